"""The records of a version as pages and reports show them: small in memory, with all that depends on no filter."""

from collections.abc import Mapping

import pandas as pd

from dashboard.analysis.prepared import prepared
from dashboard.domain.records import Records
from dashboard.store.records import OF_AN_INCIDENT, compact, give_back, records


def shown(tables: Mapping[str, pd.DataFrame], data_version: str) -> Records:
    """Describe the incidents once: what one is about, and what became of it, depends on no selection."""
    small = compact(tables)
    known = prepared(records(small, data_version))
    made = {name: known[name].collect().to_pandas() for name in OF_AN_INCIDENT}
    found = records(compact({**small, **made}), data_version)
    del known, made
    give_back()
    return found

"""The records of a version as pages and reports show them: small in memory, with all that depends on no filter."""

from collections.abc import Mapping

import pandas as pd

from dashboard.analysis.prepared import prepared
from dashboard.domain.records import Records
from dashboard.store.records import compact, give_back, records


def shown(tables: Mapping[str, pd.DataFrame], data_version: str) -> Records:
    """Describe the incidents once: what one is about, and what became of it, depends on no selection."""
    small = compact(tables)
    incidents = prepared(records(small, data_version))["incidents"].collect().to_pandas()
    found = records(compact({**small, "incidents": incidents}), data_version)
    del incidents
    give_back()
    return found

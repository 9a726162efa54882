"""Turns checked tables into Records that nobody mutates."""

from collections.abc import Mapping

import narwhals as nw
import pandas as pd

from dashboard.domain.records import Records


def records(tables: Mapping[str, pd.DataFrame], data_version: str) -> Records:
    """Wrap the tables of one version as lazy Narwhals frames, over which all of ``analysis`` is written."""
    return Records({name: nw.from_native(table).lazy() for name, table in tables.items()}, data_version)

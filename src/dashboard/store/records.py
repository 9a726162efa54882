"""Turns checked tables into Records that nobody mutates, small enough to keep."""

import ctypes
import gc
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

import narwhals as nw
import pandas as pd
import pyarrow as pa

from dashboard.domain.records import Records

OF_AN_INCIDENT: Final = ("incidents", "specimens", "legs", "proceedings", "citations")
FEW: Final = 0.2  # of the rows: a column of fewer distinct texts is kept as numbers of them


def compact(tables: Mapping[str, pd.DataFrame], few: float = FEW) -> dict[str, pd.DataFrame]:
    """The same tables with the repeating texts of those of an incident as categories, in the order of the alphabet.

    A code such as a country takes one byte instead of eleven, and is grouped as a number. Identifiers stay texts:
    tables are joined by them. ``figures.spec.collected`` makes texts again of what is left of them in a result.
    """
    return {name: _compact(table, few) if name in OF_AN_INCIDENT else table for name, table in tables.items()}


def _compact(table: pd.DataFrame, few: float) -> pd.DataFrame:
    columns = {name: _as_category(column, few) for name, column in table.items() if not str(name).endswith("_id")}
    return table.assign(**{str(name): column for name, column in columns.items()})


def _as_category(column: pd.Series, few: float) -> pd.Series:
    if column.dtype not in ("str", "object"):
        return column
    found = column.astype("str").astype("category")
    return found if len(found.cat.categories) <= few * len(found) else column


def give_back() -> None:
    """Give the system back what reading has freed: Arrow and the C library of Linux would keep it."""
    gc.collect()
    pa.default_memory_pool().release_unused()
    with suppress(OSError, AttributeError):  # no such library, or none that can
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def records(tables: Mapping[str, pd.DataFrame], data_version: str) -> Records:
    """Wrap the tables of one version as lazy Narwhals frames, over which all of ``analysis`` is written."""
    return Records({name: nw.from_native(table).lazy() for name, table in tables.items()}, data_version)

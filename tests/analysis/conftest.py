"""Small made-up records (synthetic, tests only) and the engines that analysis is run on."""

from collections.abc import Callable, Iterable, Mapping

import narwhals as nw
import pandas as pd
import pytest

from dashboard.domain.fields import Kind
from dashboard.domain.records import Records
from dashboard.domain.tables import TABLES
from dashboard.store.records import records as wrap

TYPES = {Kind.INTEGER: "Int64", Kind.YEAR: "Int64", Kind.NUMBER: "Float64"}

Row = Mapping[str, object]


def typed(name: str, rows: Iterable[Row]) -> pd.DataFrame:
    """A table with the columns and types of the field dictionary; what a row does not say is missing."""
    rows = list(rows)
    columns = {}
    for field in TABLES[name].fields:
        is_flag = field.name.startswith("is_")
        cells = pd.Series([row.get(field.name) for row in rows], dtype=object)
        columns[field.name] = cells.astype("boolean" if is_flag else TYPES.get(field.kind, "str"))
    return pd.DataFrame(columns)


TAXA = [
    {"taxon": "cats", "parent": "", "rank": "group"},
    {"taxon": "ungulates", "parent": "", "rank": "group"},
    {"taxon": "panthera_uncia", "parent": "cats", "rank": "species", "role": "snow_leopard"},
    {"taxon": "lynx_lynx", "parent": "cats", "rank": "species", "role": "co_traded"},
    {"taxon": "capra_sibirica", "parent": "ungulates", "rank": "species", "role": "prey"},
]


PROVINCES = [
    {"province": "KGZ-1", "country": "KGZ", "lon": 72.8, "lat": 40.5},
    {"province": "KGZ-2", "country": "KGZ", "lon": 75.9, "lat": 41.4},
    {"province": "TJK-1", "country": "TJK", "lon": 71.5, "lat": 37.5},
]


@pytest.fixture
def records_of() -> Callable[..., Records]:
    """Makes Records of rows; tables that are not given are empty, except the taxa."""

    def make(**tables: Iterable[Row]) -> Records:
        names = ("incidents", "specimens", "legs", "proceedings", "sources", "citations", "coverage")
        frames = {name: typed(name, tables.get(name, ())) for name in names}
        reference = {"taxa": tables.get("taxa", TAXA), "provinces": tables.get("provinces", PROVINCES)}
        return wrap({**frames, **{name: typed(name, rows) for name, rows in reference.items()}}, "synthetic")

    return make


@pytest.fixture
def typed_table() -> Callable[[str, Iterable[Row]], pd.DataFrame]:
    """Makes one table of rows, with the columns and types of the field dictionary."""
    return typed


@pytest.fixture
def rows_of() -> Callable[[nw.LazyFrame], list[dict[str, object]]]:
    """The rows of a result as plain values; missing is ``None`` on every engine."""

    def rows(table: nw.LazyFrame) -> list[dict[str, object]]:
        collected = table.collect()
        return collected.to_arrow().select(collected.columns).to_pylist()

    return rows


def as_text(table: pd.DataFrame) -> pd.DataFrame:
    """Raw tables hold their text as ``object`` and tidy ones as ``str``: Arrow does not join the two."""
    return table.astype({column: "str" for column in table.columns if table[column].dtype == object})


@pytest.fixture(params=["pyarrow", "duckdb"])
def other_records(request, loaded) -> Records:
    """The shipped records on an engine that is not pandas."""
    pyarrow = pytest.importorskip("pyarrow")
    tables = {
        name: pyarrow.Table.from_pandas(as_text(table), preserve_index=False) for name, table in loaded.tables.items()
    }
    if request.param == "duckdb":
        duckdb = pytest.importorskip("duckdb")
        tables = {name: duckdb.from_arrow(table) for name, table in tables.items()}
    return Records({name: nw.from_native(table).lazy() for name, table in tables.items()}, loaded.data_version)

"""The field dictionary: every column can be named, checked and explained."""

import re

import pytest

from dashboard.domain.fields import RANGE_COUNTRIES, Field, Kind, Table
from dashboard.domain.tables import FILE_TABLES, RAW_TABLES, REFERENCE_TABLES, TABLES, TIDY_TABLES
from dashboard.ingest.package import DATA, code_lists

FIELDS = [
    pytest.param(table, field, id=f"{table.name}.{field.name}") for table in TABLES.values() for field in table.fields
]


@pytest.fixture(scope="module")
def codes(loaded):
    return code_lists({table.name: loaded.tables[table.name] for table in REFERENCE_TABLES})


@pytest.mark.parametrize(("table", "field"), FIELDS)
def test_a_field_has_a_label_a_kind_and_codes_that_exist(codes, table, field):
    assert field.label.strip() == field.label != ""
    assert isinstance(field.kind, Kind)
    assert not field.codes or codes[field.codes]
    assert re.compile(field.pattern)
    assert field.low is None or field.high is None or field.low < field.high
    assert field.max_length > 0


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_a_table_has_a_label_says_what_a_row_is_and_has_its_key(table):
    assert table.label
    assert table.row_is
    assert set(table.key) <= set(table.columns)
    assert len(set(table.columns)) == len(table.columns) == len(table.by_name)
    assert [table.by_name[name].name for name in table.columns] == list(table.columns)


def test_no_two_tables_have_the_same_name_or_file():
    assert len(TABLES) == len(RAW_TABLES) + len(REFERENCE_TABLES) + len(TIDY_TABLES)
    assert len({table.source_file for table in FILE_TABLES}) == len(FILE_TABLES)


@pytest.mark.parametrize("table", FILE_TABLES, ids=lambda table: table.name)
def test_a_file_has_exactly_the_columns_of_its_table(table):
    header = (DATA / table.source_file).read_text(encoding="utf-8").splitlines()[0]
    assert header.split(",") == list(table.columns)


@pytest.mark.parametrize("table", TIDY_TABLES, ids=lambda table: table.name)
def test_a_tidy_table_has_its_columns_in_order_and_a_key_that_never_repeats(loaded, table):
    tidy = loaded.tables[table.name]
    assert list(tidy.columns) == list(table.columns)
    assert not tidy.duplicated(list(table.key)).any()
    required = [field.name for field in table.fields if field.is_required]
    assert not tidy[required].isna().any(axis=None)


@pytest.mark.parametrize("table", TIDY_TABLES, ids=lambda table: table.name)
def test_a_tidy_table_holds_only_codes_of_its_lists_and_numbers_within_their_limits(loaded, codes, table):
    tidy = loaded.tables[table.name]
    for field in table.fields:
        stated = tidy[field.name].dropna()
        if field.codes:
            assert set(stated) <= codes[field.codes], field.name
        if field.low is not None:
            assert (stated >= field.low).all(), field.name
        if field.high is not None:
            assert (stated <= field.high).all(), field.name


def test_the_range_countries_are_the_twelve_in_alphabetical_order():
    # DESIGN.md section 1
    assert list(RANGE_COUNTRIES) == ["AFG", "BTN", "CHN", "IND", "KAZ", "KGZ", "MNG", "NPL", "PAK", "RUS", "TJK", "UZB"]


def test_a_table_finds_its_fields_by_name():
    table = Table("t", "T", "row", (Field("a", "A"), Field("b", "B", Kind.NUMBER)))
    assert table.columns == ("a", "b")
    assert table.by_name["b"].kind is Kind.NUMBER

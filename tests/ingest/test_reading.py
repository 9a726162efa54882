"""Reading a CSV file: what is in a cell stays in it, and rows are counted as a spreadsheet counts them."""

import pandas as pd
import pytest

from dashboard.domain.fields import Field, Table
from dashboard.domain.issues import Code, Severity
from dashboard.ingest.harmonise import split
from dashboard.ingest.read import read, shorten

TABLE = Table("things", "Things", "a thing", (Field("name", "Name"), Field("note", "Note")))


def cells(content: bytes) -> dict[int, tuple[str, ...]]:
    """Row number to cells."""
    return dict(
        zip((frame := read(content, TABLE, "f").cells).index, frame.itertuples(index=False, name=None), strict=True)
    )


def found(content: bytes) -> list[tuple[Code, str, tuple[int, ...]]]:
    """What was wrong with the file."""
    return [(issue.code, issue.column, issue.rows) for issue in read(content, TABLE, "f").issues]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_both_usual_line_ends_are_read_without_remark(end):
    content = end.join([b"name,note", b"a,1", b"b,2", b""])
    assert cells(content) == {2: ("a", "1"), 3: ("b", "2")}
    assert found(content) == []


def test_the_last_line_needs_no_end():
    assert cells(b"name,note\na,1") == {2: ("a", "1")}
    assert found(b"name,note\r\na,1") == []


def test_a_byte_order_mark_is_skipped_and_warned_of():
    content = b"\xef\xbb\xbfname,note\na,1\n"
    assert cells(content) == {2: ("a", "1")}
    (issue,) = read(content, TABLE, "f").issues
    assert (issue.code, issue.rows, issue.severity) == (Code.BYTE_ORDER_MARK, (1,), Severity.WARNING)


def test_quotes_commas_and_quotation_marks_stay_in_the_cell():
    assert cells(b'name,note\n"Osh, city","said ""no"""\n') == {2: ("Osh, city", 'said "no"')}


def test_a_cell_of_several_lines_is_one_spreadsheet_row():
    content = b'name,note\na,"one\ntwo\nthree"\nb,2\n'
    assert cells(content) == {2: ("a", "one\ntwo\nthree"), 3: ("b", "2")}
    assert found(content) == []


def test_a_line_break_inside_a_cell_as_excel_writes_it_is_not_a_mixed_line_end():
    content = b'name,note\r\na,"one\ntwo"\r\nb,2\r\n'
    assert cells(content) == {2: ("a", "one\ntwo"), 3: ("b", "2")}
    assert found(content) == []


def test_a_change_of_line_ends_after_a_cell_of_several_lines_is_said_at_its_spreadsheet_row():
    content = b'name,note\na,"one\ntwo\nthree"\nb,2\r\nc,3\nd,4\n'
    assert found(content) == [(Code.MIXED_LINE_ENDS, "", (3,))]


def test_a_row_with_the_wrong_number_of_cells_after_a_cell_of_several_lines_is_said_at_its_spreadsheet_row():
    content = b'name,note\na,"one\ntwo\nthree"\nb\nc,3\n'
    assert cells(content) == {2: ("a", "one\ntwo\nthree"), 4: ("c", "3")}
    assert found(content) == [(Code.WRONG_CELL_COUNT, "", (3,))]


def test_an_empty_line_at_the_end_of_the_file_is_nothing_to_complain_of():
    assert found(b"name,note\na,1\n\n") == []


def test_a_blank_line_between_rows_is_counted_as_a_row():
    content = b"name,note\na,1\n\nb,2\n"
    assert cells(content) == {2: ("a", "1"), 4: ("b", "2")}


def test_columns_may_come_in_any_order():
    assert cells(b"note,name\n1,a\n") == {2: ("a", "1")}
    assert found(b"note,name\n1,a\n") == []


def test_a_missing_column_comes_back_empty_and_an_extra_one_is_left_out():
    content = b"name,size\na,9\n"
    assert cells(content) == {2: ("a", "")}
    assert sorted(found(content)) == [(Code.EXTRA_COLUMN, "size", (1,)), (Code.MISSING_COLUMN, "note", (1,))]


def test_of_a_repeated_column_the_first_is_read():
    assert cells(b"name,note,name\na,1,b\n") == {2: ("a", "1")}


def test_namibia_and_none_stay_text():
    assert cells(b"name,note\nNA,None\nnan,NULL\n") == {2: ("NA", "None"), 3: ("nan", "NULL")}


def test_spaces_and_leading_zeros_are_kept():
    assert cells(b"name,note\n a ,007\n") == {2: (" a ", "007")}


def test_cyrillic_in_utf_8_is_read_and_in_windows_1251_is_an_issue_that_shows_what_it_probably_says():
    assert cells("name,note\nБишкек,1\n".encode()) == {2: ("Бишкек", "1")}
    sheet = read(b"name,note\nOsh,1\n" + "Бишкек,2\n".encode("windows-1251"), TABLE, "f")
    (issue,) = sheet.issues
    assert (issue.code, issue.column, issue.rows, issue.found) == (Code.NOT_UTF8, "name", (3,), "Бишкек")
    assert sheet.cells.at[3, "note"] == "2"
    assert "\ufffd" in sheet.cells.at[3, "name"]


def test_a_very_long_cell_does_not_end_the_reading():
    content = b"name,note\na," + b"x" * 200_000 + b"\nb,2\n"
    assert len(cells(content)[2][1]) == 200_000
    assert cells(content)[3] == ("b", "2")


def test_a_quote_that_is_never_closed_is_an_issue_and_no_cells():
    sheet = read(b'name,note\na,"one\n', TABLE, "f")
    assert [issue.code for issue in sheet.issues] == [Code.NOT_READABLE]
    assert not sheet.is_readable


def test_more_rows_than_are_read_at_a_time_keep_their_numbers():
    content = b"name,note\n" + b"".join(b"a,%d\n" % n for n in range(2, 100_003)) + b"b\n"
    sheet = read(content, TABLE, "f")
    assert len(sheet.cells) == 100_001
    assert (sheet.cells["note"] == sheet.cells.index.astype(str)).all()
    assert [issue.rows for issue in sheet.issues] == [(100_003,)]


def test_reading_twice_gives_the_same():
    content = b"name,note\na,1\n"
    pd.testing.assert_frame_equal(read(content, TABLE, "f").cells, read(content, TABLE, "f").cells)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("short", "short"),
        ("a\r\nb\tc\0d", "a\\r\\nb\\tc\\0d"),
        ("x" * 80, "x" * 80),
        ("x" * 81, "x" * 80 + "… (81)"),
        ("x" * 100_000, "x" * 80 + "… (100,000)"),
    ],
)
def test_what_was_found_is_shortened_and_says_how_long_it_was(text, expected):
    assert shorten(text) == expected


@pytest.mark.parametrize(
    ("cell", "parts"),
    [("AFP", ["AFP"]), ("AFP; BBC", ["AFP", "BBC"]), (" AFP ;; BBC;", ["AFP", "BBC"]), ("", []), (";", [])],
)
def test_publishers_of_a_cell_are_told_apart(cell, parts):
    assert split(cell) == parts

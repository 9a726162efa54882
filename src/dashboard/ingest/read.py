"""Reads a CSV file into text cells, and says what is wrong with the file itself."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import pandas as pd

from dashboard.domain.fields import Table
from dashboard.domain.issues import Code, Issue, Severity

BYTE_ORDER_MARK: Final = "\ufeff"
ROWS_AT_A_TIME: Final = 50_000
QUOTED: Final = re.compile(r'"(?:[^"]|"")*"')
MOST_SHARED: Final = 200_000  # texts of which equal ones are kept once
LONGEST_CELL: Final = 10_000_000  # csv's own limit of 131,072 would end the reading at one oversized cell


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The cells of a file as text, indexed by spreadsheet row (the header is row 1)."""

    cells: pd.DataFrame
    issues: tuple[Issue, ...]

    @property
    def is_readable(self) -> bool:
        """Whether there are cells to check."""
        return not self.cells.empty


def read(content: bytes, table: Table, file: str) -> Sheet:
    """Read *content* as the columns of *table*.

    Missing columns come back empty, extra ones are dropped; both are Issues. Rows with too few or too many
    cells are left out and reported, so that no value slips into a wrong column.
    """
    issues: list[Issue] = []
    text = content.decode("utf-8", errors="surrogateescape")
    if text.startswith(BYTE_ORDER_MARK):
        text = text.removeprefix(BYTE_ORDER_MARK)
        issues.append(Issue(Code.BYTE_ORDER_MARK, file, rows=(1,), expected="UTF-8", severity=Severity.WARNING))
    if not text.strip():
        return Sheet(_no_cells(table), (*issues, Issue(Code.EMPTY_FILE, file, expected="")))
    if content.count(b"\r"):
        issues += _line_ends(text, file)
    is_utf8 = _is_utf8(text)
    del text  # of a million records it is as large as all their tables

    csv.field_size_limit(LONGEST_CELL)
    stream = io.BytesIO(content.removeprefix(codecs.BOM_UTF8))
    reader = csv.reader(io.TextIOWrapper(stream, "utf-8", errors="surrogateescape", newline=""), strict=True)
    try:
        header = next(reader)
        if len(header) == 1 and header[0].count(";") >= len(table.columns) // 2:  # Excel where the comma is a decimal
            return Sheet(
                _no_cells(table), (*issues, Issue(Code.NOT_READABLE, file, rows=(1,), found=";", expected=","))
            )
        known: dict[str, str] = {}
        chunks = [_no_cells(table)]
        cell_counts: list[tuple[int, int]] = []
        first = 2
        while rows := list(islice(reader, ROWS_AT_A_TIME)):
            numbers: Sequence[int] = range(first, first + len(rows))
            first += len(rows)
            if any(len(row) != len(header) for row in rows):
                cell_counts += [
                    (n, len(row)) for n, row in zip(numbers, rows, strict=True) if row and len(row) != len(header)
                ]
                whole = [(n, row) for n, row in zip(numbers, rows, strict=True) if len(row) == len(header)]
                numbers, rows = [n for n, _ in whole], [row for _, row in whole]
            chunks.append(_frame(numbers, rows, header, table, known))
    except csv.Error as problem:
        return Sheet(
            _no_cells(table),
            (*issues, Issue(Code.NOT_READABLE, file, rows=(reader.line_num,), found=str(problem), expected="CSV")),
        )
    issues += _header(header, table, file)
    issues += [
        Issue(Code.WRONG_CELL_COUNT, file, rows=(row,), found=str(count), expected=str(len(header)))
        for row, count in cell_counts
    ]
    cells = pd.concat(chunks)
    if cells.empty and not cell_counts and not table.may_be_empty:
        issues.append(Issue(Code.EMPTY_FILE, file))
    if not is_utf8:
        issues += _undecodable(cells, file)
    return Sheet(cells, tuple(issues))


def _frame(
    numbers: Sequence[int], rows: list[list[str]], header: list[str], table: Table, known: dict[str, str]
) -> pd.DataFrame:
    """The cells of the table's columns; the first of repeated columns counts.

    Equal texts are one object, from *known*: most cells repeat one of few, and a file of a million rows has thirty
    million cells. What is rarer than *known* is long is kept as it was read.
    """
    columns = dict(zip(header[::-1], list(zip(*rows, strict=True))[::-1], strict=True)) if rows else {}
    cells = {name: _shared(columns[name], known) if name in columns else [""] * len(rows) for name in table.columns}
    return pd.DataFrame(cells, index=pd.Index(list(numbers), dtype="int64"), dtype=object)


def _shared(cells: Sequence[str], known: dict[str, str]) -> list[str]:
    if len(known) < MOST_SHARED:
        return list(map(known.setdefault, cells, cells))
    return list(map(known.get, cells, cells))


def _no_cells(table: Table) -> pd.DataFrame:
    return pd.DataFrame({name: [] for name in table.columns}, index=pd.Index([], dtype="int64"), dtype=object)


def _header(header: list[str], table: Table, file: str) -> list[Issue]:
    available = ", ".join(header)
    missing = [name for name in table.columns if name not in header]
    extra = [name for name in dict.fromkeys(header) if name not in table.by_name]
    repeated = [name for name in dict.fromkeys(header) if header.count(name) > 1]
    return [
        *(Issue(Code.MISSING_COLUMN, file, name, (1,), found=shorten(available), expected=name) for name in missing),
        *(Issue(Code.EXTRA_COLUMN, file, shorten(name), (1,), shorten(name), "", Severity.WARNING) for name in extra),
        *(Issue(Code.REPEATED_COLUMN, file, name, (1,), shorten(name), "") for name in repeated),
    ]


def _line_ends(text: str, file: str) -> list[Issue]:
    """A file is written by one program: a change of line ends shows where something was pasted in."""
    records = QUOTED.sub("", text)  # a line break inside a cell is the cell's own
    is_crlf = [line.endswith("\r") for line in records.split("\n")[:-1]]
    if len(set(is_crlf)) < 2:
        return []
    usual = is_crlf.count(True) * 2 >= len(is_crlf)
    odd = is_crlf.index(not usual) + 1
    found, expected = ("LF", "CR LF") if usual else ("CR LF", "LF")
    return [Issue(Code.MIXED_LINE_ENDS, file, rows=(odd,), found=found, expected=expected, severity=Severity.WARNING)]


def _undecodable(cells: pd.DataFrame, file: str) -> Iterator[Issue]:
    """Name the cells that are not UTF-8, and replace what could not be read in them.

    Windows-1251, the usual culprit in the region, is tried for the message only: a guess is not data.
    """
    for column in cells.columns:
        for row in [int(str(row)) for row, value in cells[column].items() if not _is_utf8(value)]:
            raw = str(cells.at[row, column]).encode("utf-8", errors="surrogateescape")
            cells.at[row, column] = raw.decode("utf-8", errors="replace")
            yield Issue(Code.NOT_UTF8, file, column, (row,), shorten(raw.decode("windows-1251", "replace")), "UTF-8")


def _is_utf8(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def shorten(text: str, longest: int = 80) -> str:
    """Shorten *text* for a message, saying how long it was."""
    text = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    visible = text.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t").replace("\0", "\\0")
    return visible if len(visible) <= longest else f"{visible[:longest]}… ({len(text):,})"

"""Reads a file that somebody brings: CSV, XLSX or ODS, within limits. Says what is wrong with the file itself."""

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath
from typing import BinaryIO, Final

import pandas as pd
import pyarrow as pa

from dashboard.domain.issues import Code, Issue, Severity
from dashboard.ingest import workbook
from dashboard.ingest.read import LONGEST_CELL, ROWS_AT_A_TIME, shorten
from dashboard.ingest.workbook import MOST_COLUMNS, TooLargeError, UnreadableError

MOST_BYTES: Final = 1 << 30
MOST_ROWS: Final = 2_000_000
ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # XLS, or a workbook behind a password
DELIMITERS: Final = (",", ";", "\t")
# Marks that nobody sees and that make equal words unequal: zero width, direction, byte-order.
MARKS: Final = "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad"
INVISIBLE: Final = re.compile(f"[{MARKS}]")
UNTIDY: Final = re.compile(f"[{MARKS}\u00a0\u2007\u202f]|^[ \\r\\n]|[ \\r\\n]$")
SPACES: Final = re.compile(r"[\u00a0\u2007\u202f]")

NumberedRows = Iterator[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True, eq=False)
class Upload:
    """The cells of a file as text, by position of the column and spreadsheet row; empty when it cannot be read."""

    file: str
    header: tuple[str, ...]
    cells: pd.DataFrame
    issues: tuple[Issue, ...]
    digest: str
    size: int
    has_decimal_comma: bool = False


def read(content: BinaryIO, file: str) -> Upload:
    """Read a file of any kind we know. What it is, its first bytes say, not its name."""
    file = shorten(PurePath(file).name or "file", 120)
    digest, size = _measure(content)
    issues: list[Issue] = []
    start = content.read(8)
    content.seek(0)
    try:
        _refuse(start, size)
        if start.startswith(ZIP) and (sheet := workbook.packaged(content)):
            (rows, comma), pads = _csv(sheet), False
        elif start.startswith(ZIP):
            rows, comma, pads = workbook.rows(content), False, True
        else:
            (rows, comma), pads = _csv(content), False
        header, cells = _table(rows, file, issues, pads=pads)
    except (TooLargeError, UnreadableError) as problem:
        found, expected, row = problem.found, problem.expected, problem.row
        issue = Issue(problem.code, file, rows=(row,) if row else (), found=shorten(found), expected=expected)
        return Upload(file, (), pd.DataFrame(), (*issues, issue), digest, size)
    return Upload(file, header, cells, tuple(issues), digest, size, comma)


def _refuse(start: bytes, size: int) -> None:
    if size > MOST_BYTES:
        raise TooLargeError(f"{size:,} B", f"≤ {MOST_BYTES:,} B")
    if start.startswith(OLE):
        raise UnreadableError("XLS", "XLSX, ODS, CSV")


def _measure(content: BinaryIO) -> tuple[str, int]:
    digest = hashlib.sha256()
    size = 0
    content.seek(0)
    while part := content.read(1 << 20):
        digest.update(part)
        size += len(part)
    content.seek(0)
    return digest.hexdigest(), size


def _csv(content: BinaryIO) -> tuple[NumberedRows, bool]:
    """The rows of a CSV file, and whether ``;`` separates cells, as where the comma is a decimal sign."""
    encoding = _encoding(content)
    text = io.TextIOWrapper(_Kept(content), encoding=encoding, newline="")
    first = text.readline(LONGEST_CELL)
    unquoted = re.sub(r'"[^"]*"', "", first)
    delimiter = max(DELIMITERS, key=unquoted.count)
    text.seek(0)
    csv.field_size_limit(LONGEST_CELL)
    return _csv_rows(text, delimiter), delimiter == ";"


def _csv_rows(text: io.TextIOWrapper, delimiter: str) -> NumberedRows:
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    try:
        yield from enumerate(reader, 1)
    except csv.Error as problem:
        raise UnreadableError("", "CSV", row=reader.line_num) from problem
    finally:
        text.detach()  # the file below stays open: it is kept later


class _Kept(io.BufferedReader):
    """A stream that outlives the text reader around it."""

    def __init__(self, content: BinaryIO) -> None:
        super().__init__(content)  # type: ignore[arg-type]

    def close(self) -> None:
        """Leave the file open: it is kept later."""


def _encoding(content: BinaryIO) -> str:
    """UTF-8 or UTF-16 with its mark; anything else is refused with the line where it shows."""
    start = content.read(4)
    content.seek(0)
    encoding = "utf-16" if start[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} else "utf-8-sig"
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    while True:
        part = content.read(1 << 20)
        try:
            decoder.decode(part, final=not part)
        except UnicodeDecodeError as problem:
            line += part.count(b"\n", 0, problem.start)
            shown = part[max(0, problem.start - 20) : problem.start + 40].split(b"\n")[0].decode("cp1251", "replace")
            raise UnreadableError(shown, "UTF-8", row=line, code=Code.NOT_UTF8) from problem
        line += part.count(b"\n")
        if not part:
            content.seek(0)
            return encoding


def _table(rows: NumberedRows, file: str, issues: list[Issue], *, pads: bool) -> tuple[tuple[str, ...], pd.DataFrame]:
    """Collect rows below the header, some at a time. Rows of the wrong width are left out and reported."""
    header = next((tidy for _, row in islice(rows, 20) if any(tidy := [clean(cell) for cell in row])), None)
    if header is None:
        raise UnreadableError("", "", code=Code.EMPTY_FILE)
    while header and not header[-1]:
        header.pop()
    if len(header) > MOST_COLUMNS:
        raise TooLargeError(f"{len(header):,}", f"≤ {MOST_COLUMNS} ↔")
    width, count = len(header), 0
    parts: list[pa.Table] = []
    numbers: list[int] = []
    narrow: dict[int, list[int]] = {}
    while part := list(islice(_fitting(rows, width, narrow, pads=pads), ROWS_AT_A_TIME)):
        count += len(part)
        if count > MOST_ROWS:
            raise TooLargeError(f"> {MOST_ROWS:,}", f"≤ {MOST_ROWS:,} ↕")
        columns = [pa.array(cells, pa.large_string()) for cells in zip(*(row for _, row in part), strict=True)]
        parts.append(pa.table(columns, names=[str(i) for i in range(width)]))
        numbers += (number for number, _ in part)
    issues += [
        Issue(Code.WRONG_CELL_COUNT, file, rows=tuple(at), found=str(found), expected=str(width))
        for found, at in narrow.items()
    ]
    if not parts:
        if narrow:
            return tuple(header), pd.DataFrame(columns=range(width), dtype="str")
        raise UnreadableError("", "", code=Code.EMPTY_FILE)
    cells = pa.concat_tables(parts).to_pandas(split_blocks=True).astype("str")
    cells.columns = pd.RangeIndex(width)
    cells.index = pd.Index(numbers, dtype="int64")
    issues += list(_invisible(cells, header, file))
    return tuple(header), cells


def _fitting(
    rows: Iterable[tuple[int, list[str]]], width: int, narrow: dict[int, list[int]], *, pads: bool
) -> NumberedRows:
    """The rows that hold something; a workbook leaves out the empty cells at the end of a row."""
    for number, row in rows:
        if len(row) == width:
            if any(row):
                yield number, row
        elif any(row):
            if pads and len(row) < width:
                yield number, row + [""] * (width - len(row))
            elif len(row) > width and not any(row[width:]):
                yield number, row[:width]
            else:
                narrow.setdefault(len(row), []).append(number)


def _invisible(cells: pd.DataFrame, header: Sequence[str], file: str) -> Iterator[Issue]:
    """Take out marks that nobody sees, and blanks around a text; say where the former were."""
    for i, heading in enumerate(header):
        touched = cells[i][cells[i].str.contains(UNTIDY)]
        if touched.empty:
            continue
        hidden = touched[touched.str.contains(INVISIBLE)]
        cells.loc[touched.index, i] = touched.map(clean)
        if not hidden.empty:
            yield Issue(Code.INVISIBLE_MARKS, file, heading, tuple(map(int, hidden.index)), severity=Severity.WARNING)


def clean(text: str) -> str:
    """The text without invisible marks and without blanks around it."""
    return SPACES.sub(" ", INVISIBLE.sub("", text)).strip(" \r\n")

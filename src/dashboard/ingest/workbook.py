"""Rows of XLSX and ODS workbooks, read as streams: what a workbook claims of itself is not believed."""

import datetime as dt
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any, BinaryIO, Final
from xml.etree import ElementTree

from dashboard.domain.issues import Code

MOST_UNPACKED: Final = 256 << 20
MOST_PACKED: Final = 400 << 20
DESCRIPTOR: Final = "datapackage.json"
MOST_STRINGS: Final = 48 << 20  # openpyxl holds the shared strings in memory
MOST_IN_A_ROW: Final = 8 << 20  # a row is held in memory too
MOST_ABOUT: Final = 4 << 20  # styles, relations, the list of sheets
MOST_ELEMENTS: Final = 100_000
ABOUT: Final = ("styles.xml", "workbook.xml", ".rels", "[content_types].xml")
MOST_MEMBERS: Final = 2000
MOST_COLUMNS: Final = 200
WIDEST: Final = MOST_COLUMNS + 1  # one more than is allowed, so that "too many" is seen without reading them all
MACROS: Final = ("vbaproject.bin", "basic/", "scripts/", "macrosheets/")
OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
MOST_ROWS: Final = 1_048_576


class UnreadableError(ValueError):
    """A file is not what it should be."""

    code = Code.NOT_READABLE

    def __init__(self, found: str, expected: str, row: int = 0, code: Code | None = None) -> None:
        super().__init__(found)
        self.found, self.expected, self.row = found, expected, row
        self.code = code or self.code


class TooLargeError(UnreadableError):
    """A file holds more than we read."""

    code = Code.TOO_LARGE


# The readers fail in many ways on broken files; each is the file's fault, and said as such.
BROKEN: Final = (
    zipfile.BadZipFile, ElementTree.ParseError, EOFError, OSError, ArithmeticError, AssertionError, AttributeError,
    LookupError, NotImplementedError, RuntimeError, SyntaxError, TypeError, ValueError, zlib.error,
)  # fmt: skip


def rows(content: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet as text, numbered as the spreadsheet numbers them."""
    try:
        is_ods = _looked_at(content)
        yield from _ods(content) if is_ods else _xlsx(content)
    except UnreadableError:
        raise
    except BROKEN as problem:
        raise UnreadableError("ZIP", "XLSX, ODS") from problem


def packaged(content: BinaryIO) -> BinaryIO | None:
    """The first table of a Frictionless data package; ``None`` where the archive is something else."""
    try:
        with zipfile.ZipFile(content) as archive:
            if DESCRIPTOR not in archive.namelist():
                return None
            table = _first_table(archive)
            return io.BytesIO(archive.read(table))
    except UnreadableError:
        raise
    except BROKEN as problem:
        raise UnreadableError("ZIP", "XLSX, ODS, ZIP") from problem


def _first_table(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    table = next((member for member in archive.infolist() if member.filename.lower().endswith(".csv")), None)
    if table is None:
        raise UnreadableError(DESCRIPTOR, "CSV")
    if table.file_size > MOST_PACKED:
        raise TooLargeError(f"{table.file_size:,} B", f"≤ {MOST_PACKED:,} B")
    return table


def _looked_at(content: BinaryIO) -> bool:
    """Refuse what is not a plain workbook; say whether it is ODS."""
    with zipfile.ZipFile(content) as archive:
        names = {member.filename.lower() for member in archive.infolist()}
        _refuse_bombs(archive)
    if any(mark in name for name in names for mark in MACROS):
        raise UnreadableError("VBA", "XLSX, ODS", code=Code.MACROS)
    if {"content.xml", "mimetype"} <= names:
        return True
    if "xl/workbook.xml" not in names:
        raise UnreadableError("ZIP", "XLSX, ODS, CSV")
    return False


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    """Unpack every part once, counting, before anything is built from it; a wrong size or checksum is an error too."""
    members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise TooLargeError(f"{sum(m.file_size for m in members):,} B", f"≤ {MOST_UNPACKED:,} B; CSV")
    for member in members:
        size = since_row = 0
        tail = b""
        name = member.filename.lower()
        with archive.open(member) as part:
            while piece := part.read(1 << 20):
                size += len(piece)
                seen = tail + piece
                if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
                    raise UnreadableError("<!DOCTYPE", "XLSX, ODS")
                last = seen.rfind(b"row")
                since_row = since_row + len(piece) if last < 0 else len(seen) - last
                if since_row > MOST_IN_A_ROW and (name == "content.xml" or "worksheets/" in name):
                    raise TooLargeError(f"{since_row:,} B ↔", f"≤ {MOST_COLUMNS} ↔")
                tail = piece[-16:]
        limit = MOST_STRINGS if name.endswith("sharedstrings.xml") else MOST_ABOUT if name.endswith(ABOUT) else size
        if size > limit:
            raise TooLargeError(f"{member.filename}: {size:,} B", f"≤ {limit:,} B; CSV")


def _xlsx(content: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook  # takes a quarter of a second: only for those who bring a workbook

    content.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions, which we do not read
        book = load_workbook(content, read_only=True, data_only=True, keep_links=False)
        if not book.worksheets:
            raise UnreadableError("XLSX", "", code=Code.EMPTY_FILE)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            beyond = next((cell for cell in cells[WIDEST:] if cell is not None), None)
            shown = [*cells[: WIDEST - 1], beyond] if beyond is not None else cells[:WIDEST]
            yield number, [_text(cell) for cell in shown]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def _ods(content: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    with zipfile.ZipFile(content) as archive, archive.open("content.xml") as sheet:
        yield from _ods_rows(sheet)


def _ods_rows(sheet: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    """The first table of an ODS file. Repeated cells and rows are written out only where they hold something."""
    number = elements = 0
    for event, element in ElementTree.iterparse(sheet, ("start", "end")):  # noqa: S314 - entities were refused before
        elements += event == "start"
        if elements > MOST_ELEMENTS:
            raise TooLargeError(f"> {MOST_ELEMENTS:,} ↔", f"≤ {MOST_COLUMNS} ↔", row=number + 1)
        if event == "end" and element.tag == f"{TABLE}table":
            return
        if event == "end" and element.tag == f"{TABLE}table-row":
            cells = _ods_cells(element)
            repeated = _repeats(element, "number-rows-repeated")
            element.clear()
            elements = 0
            if not any(cells):
                number += repeated
                continue
            if number + repeated > MOST_ROWS:
                raise TooLargeError(f"{number + repeated:,}", f"≤ {MOST_ROWS:,} ↕; CSV")
            for _ in range(repeated):
                number += 1
                yield number, list(cells)


def _ods_cells(row: ElementTree.Element) -> list[str]:
    cells: list[str] = []
    blank = 0
    for cell in row:
        if cell.tag not in {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"}:
            continue
        text, repeated = _ods_text(cell), _repeats(cell, "number-columns-repeated")
        if not text:
            blank += repeated
            continue
        cells += [""] * min(blank, WIDEST)
        cells += [text] * min(repeated, WIDEST)
        blank = 0
        if len(cells) >= WIDEST:
            return [*cells[: WIDEST - 1], text]
    return cells


def _repeats(element: ElementTree.Element, name: str) -> int:
    return max(1, int(element.get(f"{TABLE}{name}", "1")))


def _ods_text(cell: ElementTree.Element) -> str:
    kind = cell.get(f"{OFFICE}value-type", "")
    if kind == "date":
        stated = cell.get(f"{OFFICE}date-value", "")
        return stated.removesuffix("T00:00:00")
    if kind in {"float", "percentage", "currency"}:
        return _text(float(cell.get(f"{OFFICE}value", "")))
    return "\n".join("".join(_words(paragraph)) for paragraph in cell.findall(f"{TEXT}p"))


def _words(element: ElementTree.Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == f"{TEXT}s":  # some blanks, which the format writes as a count
            yield " " * min(_spaces(child), 100)
        else:
            yield from _words(child)
        yield child.tail or ""


def _spaces(element: ElementTree.Element) -> int:
    return int(element.get(f"{TEXT}c", "1"))

"""Ways to change the raw file and send it along the road."""

import csv
import io
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dashboard.domain.issues import Issue
from dashboard.domain.tables import INCIDENT_SHEET, REFERENCE_TABLES
from dashboard.ingest.package import DATA, check_table, code_lists
from dashboard.ingest.read import read

TODAY = date(2026, 11, 22)


class RawFile:
    """A CSV file as a list of rows, changed cell by cell and written back byte for byte."""

    def __init__(self, content: bytes) -> None:
        self.rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))

    def row(self, record_id: str) -> int:
        """The spreadsheet row of a record: the header is row 1."""
        return 1 + [cells[0] for cells in self.rows].index(record_id)

    def cell(self, record_id: str, column: str) -> str:
        """What a cell holds."""
        return self.rows[self.row(record_id) - 1][self.rows[0].index(column)]

    def put(self, record_id: str, column: str, value: str) -> int:
        """Write a cell; returns its spreadsheet row."""
        row = self.row(record_id)
        self.rows[row - 1][self.rows[0].index(column)] = value
        return row

    def without_column(self, column: str) -> None:
        """Take a column out."""
        at = self.rows[0].index(column)
        self.rows = [cells[:at] + cells[at + 1 :] for cells in self.rows]

    def with_column(self, column: str, value: str = "x") -> None:
        """Add a column at the end."""
        self.rows = [[*cells, column if nth == 0 else value] for nth, cells in enumerate(self.rows)]

    def content(self) -> bytes:
        """The file with the line ends of the raw files."""
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\r\n").writerows(self.rows)
        return text.getvalue().encode("utf-8", errors="surrogateescape")


@pytest.fixture(scope="session")
def raw_rows() -> list[dict[str, str]]:
    """The rows of the raw incident file, read without any of our code."""
    with (DATA / INCIDENT_SHEET.source_file).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def raw_file() -> RawFile:
    """The raw incident file, to be changed."""
    return RawFile((DATA / INCIDENT_SHEET.source_file).read_bytes())


@pytest.fixture
def open_raw() -> Callable[[str], RawFile]:
    """Opens any file under ``data/``, to be changed."""
    return lambda name: RawFile((DATA / name).read_bytes())


@pytest.fixture
def folder(tmp_path) -> Path:
    """A copy of the data folder, to be changed."""
    for part in ("raw", "reference", "corrections", "geo"):
        shutil.copytree(DATA / part, tmp_path / "data" / part)
    shutil.copy(DATA / "datapackage.json", tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture(scope="session")
def reference_sheets():
    """The reference tables as they are read."""
    return {t.name: read((DATA / t.source_file).read_bytes(), t, t.source_file) for t in REFERENCE_TABLES}


@pytest.fixture(scope="session")
def codes(reference_sheets):
    """Every list of codes."""
    return code_lists({name: sheet.cells for name, sheet in reference_sheets.items()})


@pytest.fixture(scope="session")
def issues_of(reference_sheets, codes) -> Callable[[bytes], tuple[Issue, ...]]:
    """What the road says about the bytes of an incident sheet."""

    def check(content: bytes) -> tuple[Issue, ...]:
        file = INCIDENT_SHEET.source_file
        sheet = read(content, INCIDENT_SHEET, file)
        return check_table(sheet, INCIDENT_SHEET, file, codes, reference_sheets, TODAY)

    return check

"""Reads a file of two dates a record: when a case came to light, and when it was entered."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from dashboard.domain.fields import Field, Kind, Table
from dashboard.domain.issues import Code, Issue
from dashboard.ingest.check import check, has_errors
from dashboard.ingest.read import read

WHOLE_DAY: Final = r"\d{4}-\d{2}-\d{2}"
COLUMNS: Final = ("came_to_light_on", "entered_on")


@dataclass(frozen=True, slots=True, eq=False)
class Entries:
    """The dates as text, or ``None`` with the Issues that say why not."""

    dates: pd.DataFrame | None
    issues: tuple[Issue, ...]


def entries(content: bytes, file: str) -> Entries:
    """Read and check *content*; both dates are whole days, and nothing is entered before it came to light."""
    table = Table(
        name="entries",
        label="",
        row_is="one record",
        source_file=file,
        fields=tuple(
            Field(name, "", Kind.DATE, "", is_required=True, max_length=10, pattern=WHOLE_DAY) for name in COLUMNS
        ),
    )
    sheet = read(content, table, file)
    issues = list(check(sheet, table, file, {}))
    if has_errors(tuple(issues)) or not sheet.is_readable:
        return Entries(None, tuple(issues))
    early = sheet.cells[COLUMNS[1]] < sheet.cells[COLUMNS[0]]
    for row in early.index[early]:
        found, least = (str(sheet.cells.at[row, name]) for name in reversed(COLUMNS))
        issues.append(Issue(Code.OUT_OF_RANGE, file, COLUMNS[1], (int(row),), found, f"≥ {least}"))
    return Entries(None if has_errors(tuple(issues)) else sheet.cells, tuple(issues))

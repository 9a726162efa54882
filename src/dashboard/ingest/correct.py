"""Applies the corrections: known errors are a list, not code."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from dashboard.domain.issues import Code, Issue


class StaleCorrectionError(ValueError):
    """A correction no longer fits the file it corrects."""


def correct(cells: pd.DataFrame, corrections: pd.DataFrame, key: str = "incident_id") -> pd.DataFrame:
    """Return *cells* with each correction applied.

    *corrections* has the columns ``record_id, column, was, becomes`` of ``domain.tables``. Raises
    ``StaleCorrectionError`` when one does not fit; ``stale`` says which before it comes to that.
    """
    corrected = cells.copy()
    row_of = _row_of(cells, key)
    for c in corrections.to_dict("records"):
        found = _found(cells, row_of, c)
        if found != c["was"]:
            raise StaleCorrectionError(
                f"{c['record_id']}: {c['column']} is {found!r}, the correction expected {c['was']!r}"
            )
        corrected.at[row_of[c["record_id"]], c["column"]] = c["becomes"]
    return corrected


def stale(cells: pd.DataFrame, corrections: pd.DataFrame, file: str, key: str = "incident_id") -> Iterator[Issue]:
    """Name the corrections of *file* whose record is gone or no longer holds what they correct.

    The text itself is not repeated: corrections may hold what must not be shown.
    """
    row_of = _row_of(cells, key)
    for row, c in zip(corrections.index, corrections.to_dict("records"), strict=True):
        found = _found(cells, row_of, c)
        if found != c["was"]:
            yield Issue(Code.STALE_CORRECTION, file, c["column"], (int(row),), c["record_id"])


def _row_of(cells: pd.DataFrame, key: str) -> dict[str, int]:
    return dict(zip(cells[key], cells.index, strict=True))


def _found(cells: pd.DataFrame, row_of: dict[str, int], correction: Mapping[Any, str]) -> str | None:
    if correction["record_id"] not in row_of or correction["column"] not in cells:
        return None
    return str(cells.at[row_of[correction["record_id"]], correction["column"]])

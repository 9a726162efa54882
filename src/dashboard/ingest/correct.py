"""Applies the corrections: known errors are a list, not code."""

import pandas as pd


class StaleCorrectionError(ValueError):
    """A correction no longer fits the file it corrects."""


def correct(cells: pd.DataFrame, corrections: pd.DataFrame, key: str = "incident_id") -> pd.DataFrame:
    """Return *cells* with each correction applied.

    *corrections* has the columns ``record_id, column, was, becomes`` of ``domain.tables``. Raises
    ``StaleCorrectionError`` when a record is gone or its cell no longer holds what the correction says it held.
    """
    corrected = cells.copy()
    row_of = pd.Series(cells.index, index=cells[key])
    for c in corrections.itertuples():
        if c.record_id not in row_of.index:
            raise StaleCorrectionError(f"{c.record_id}: the record is not in the file; remove or move the correction")
        row = row_of[c.record_id]
        found = cells.at[row, c.column]
        if found != c.was:
            raise StaleCorrectionError(f"{c.record_id}: {c.column} is {found!r}, the correction expected {c.was!r}")
        corrected.at[row, c.column] = c.becomes
    return corrected

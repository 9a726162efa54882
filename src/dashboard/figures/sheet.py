"""Writes the table of a figure as a file for a spreadsheet."""

import csv
import io
from typing import Final

from dashboard.figures.context import Context
from dashboard.figures.spec import FigureSpec

STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK: Final = "\ufeff"  # without it Excel takes Cyrillic for something else


def csv_of(spec: FigureSpec, context: Context) -> bytes:
    """The figure as CSV: its passport above, an empty line, then its table with the addresses behind it.

    A cell that a spreadsheet would take for a formula gets a leading apostrophe, and so is read as text.
    """
    t, passport = context.t, spec.passport
    addresses = [column.link for column in spec.columns if column.link]
    names = [column.name for column in spec.columns] + addresses
    head = [column.label for column in spec.columns] + [t("Link")] * len(addresses)
    above = [
        (t("Title"), spec.title),
        (t("Note"), spec.caption),
        (t("Records"), t.number(spec.n)),
        (t("Not known"), spec.unknown),
        (t("Filters"), passport.filters),
        (t("Sources"), passport.source),
        (t("Data version"), passport.data_version),
        (t("Link to this view"), passport.link),
    ]
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerows([tuple(map(harmless, line)) for line in above])
    writer.writerow([])
    writer.writerow([harmless(label) for label in head])
    writer.writerows([harmless(str(row[name])) for name in names] for row in spec.table.to_dict("records"))
    return (BYTE_ORDER_MARK + file.getvalue()).encode("utf-8")


def harmless(cell: str) -> str:
    """The cell, never a formula."""
    return f"'{cell}" if cell.startswith(STARTS_A_FORMULA) else cell

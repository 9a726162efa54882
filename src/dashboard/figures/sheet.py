"""A figure's numbers as CSV: the passport in lines that start with ``#``, then the header, then the rows.

Comma, decimal point, UTF-8 with a byte-order mark (Excel needs it for Cyrillic) and codes beside names in every
language: this file is for other programs, ``comment="#"`` skips what is for people.
"""

import csv
import io
from collections.abc import Collection, Sequence

import pandas as pd

from dashboard.figures.exhibit import Exhibit
from dashboard.figures.numbers import Cell, harmless, rows


def csv_file(exhibits: Sequence[Exhibit]) -> bytes:
    """The bytes of a CSV file. No cell of it is taken for a formula."""
    text = io.StringIO()
    plain = csv.writer(text)
    for exhibit in exhibits:
        for said in exhibit.words:
            for name, value in said.notes:
                # The mark must stand outside the quotes to be seen, and the value inside so that it stays one cell.
                text.write(f"# {name},{_quoted(value)}\r\n")
    for exhibit in exhibits:
        table = rows(exhibit.spec, with_codes=True, with_links=True)
        plain.writerow([harmless(cell) for cell in table.header])
        plain.writerows([harmless(cell) for cell in row] for row in table.cells)
    return text.getvalue().encode("utf-8-sig")


def table_csv(table: pd.DataFrame, numbers: Collection[str]) -> bytes:
    """The bytes of a table of text as a file of the same kind, without a passport. *numbers* names columns of numbers.

    Each distinct text is looked at once, so that a million rows cost no more than their variety.
    """
    safe = table.copy()
    for column in safe:
        if column not in numbers:
            changed = {cell: harmless(cell) for cell in safe[column].unique() if harmless(cell) != cell}
            safe[column] = safe[column].replace(changed) if changed else safe[column]
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _quoted(value: Cell) -> str:
    return '"' + str(harmless(value)).replace('"', '""') + '"'

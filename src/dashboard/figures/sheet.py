"""A figure's numbers as CSV: the passport in lines that start with ``#``, then the header, then the rows.

Comma, decimal point, UTF-8 with a byte-order mark (Excel needs it for Cyrillic) and codes beside names in every
language: this file is for other programs, ``comment="#"`` skips what is for people.
"""

import csv
import io
from collections.abc import Sequence

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


def _quoted(value: Cell) -> str:
    return '"' + str(harmless(value)).replace('"', '""') + '"'

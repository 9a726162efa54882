"""A grid of cells (x by y) as rows of a native table: what stands in each cell and how it is filled."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from dashboard.figures.palette import LIGHT, Ink
from dashboard.figures.spec import FigureSpec

YEAR_DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the count in it, if it has one, its fill, and what that fill means."""

    count: int | None
    ink: Ink
    meaning: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Names of the columns and rows, and the cells; ``None`` where the table has no row for the place."""

    across: tuple[str, ...]
    down: tuple[str, ...]
    cells: tuple[tuple[Cell | None, ...], ...]
    corner: str


def grid(spec: FigureSpec) -> Grid:
    """The cells of a figure of kind GRID, rows by name; the first series has counts in its cells."""
    x, y, value = (column.name for column in spec.columns)
    table = spec.table
    if pd.api.types.is_integer_dtype(table[x]):
        across: list[object] = list(range(int(table[x].min()), int(table[x].max()) + 1))
    else:
        across = list(dict.fromkeys(table[x]))
    down = sorted(table[y].unique(), key=spec.label)
    meanings = {series.code: (LIGHT.inks[series.meaning], series.label) for series in spec.series}
    counted = spec.series[0].code
    found: dict[tuple[object, object], Cell] = {}
    for place, row, number, code in table[[x, y, value, spec.series_column]].itertuples(index=False, name=None):
        ink, label = meanings[code]
        count = int(number) if code == counted else None
        found[(place, row)] = Cell(count, ink if count is None else LIGHT.depth(count), label)
    return Grid(
        tuple(spec.label(place) for place in across),
        tuple(spec.label(row) for row in down),
        tuple(tuple(found.get((place, row)) for place in across) for row in down),
        spec.columns[1].label,
    )


def short(name: str) -> str:
    """A year in two digits, where four have no room."""
    return name[2:] if len(name) == YEAR_DIGITS and name.isdigit() else name

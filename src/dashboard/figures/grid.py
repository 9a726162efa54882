"""A grid of cells (x by y) as rows of a native table: what stands in each cell and how it is filled."""

from dataclasses import dataclass

from dashboard.figures.palette import LIGHT, Ink
from dashboard.figures.spec import FigureSpec


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the count in it, if it has one, its fill, and what that fill means."""

    count: int | None
    ink: Ink
    meaning: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Names of the columns and rows, and the cells; ``None`` where the table has no row for the place."""

    across: tuple[int, ...]
    down: tuple[str, ...]
    cells: tuple[tuple[Cell | None, ...], ...]
    corner: str


def grid(spec: FigureSpec) -> Grid:
    """The cells of a figure of kind GRID, rows by name; the first series has counts in its cells."""
    x, y, value = (column.name for column in spec.columns)
    rows = sorted(spec.table[y].unique(), key=spec.label)
    across = tuple(range(int(spec.table[x].min()), int(spec.table[x].max()) + 1)) if len(spec.table) else ()
    meanings = {series.code: (LIGHT.inks[series.meaning], series.label) for series in spec.series}
    counted = spec.series[0].code
    found: dict[tuple[int, str], Cell] = {}
    for year, row, count, code in spec.table[[x, y, value, spec.series_column]].itertuples(index=False, name=None):
        ink, label = meanings[code]
        has_count = code == counted
        found[(int(year), row)] = Cell(
            int(count) if has_count else None, LIGHT.depth(count) if has_count else ink, label
        )
    return Grid(
        across,
        tuple(spec.label(row) for row in rows),
        tuple(tuple(found.get((year, row)) for year in across) for row in rows),
        spec.columns[1].label,
    )

"""A grid of cells (x by y) as rows of a native table: what stands in each cell and how it is filled."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from dashboard.figures import ruler
from dashboard.figures.palette import LIGHT, Ink
from dashboard.figures.spec import FigureSpec, Kind

YEAR_DIGITS: Final = 4
FEW: Final = 5  # columns whose names may stand side by side


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the count in it, if it has one, or the *text*, and its fill."""

    count: int | None
    ink: Ink
    text: str = ""

    @property
    def words(self) -> str:
        """What stands in the cell."""
        return self.text if self.count is None else str(self.count)


@dataclass(frozen=True, slots=True)
class Grid:
    """Names of the columns and rows, and the cells; ``None`` where the table has no row for the place.

    *headings* are the rows that name a group of rows and have no cells.
    """

    across: tuple[str, ...]
    down: tuple[str, ...]
    cells: tuple[tuple[Cell | None, ...], ...]
    corner: str
    headings: frozenset[int] = frozenset()

    def part(self, places: Sequence[int]) -> "Grid":
        """Some of its rows."""
        down, cells = tuple(self.down[n] for n in places), tuple(self.cells[n] for n in places)
        headings = frozenset(new for new, old in enumerate(places) if old in self.headings)
        return replace(self, down=down, cells=cells, headings=headings)

    @property
    def widest(self) -> str:
        """The longest text in a cell or, where there are few columns, among their names."""
        texts = [cell.text for line in self.cells for cell in line if cell is not None]
        return max([*texts, *(self.across if any(texts) and len(self.across) <= FEW else ())], key=len, default="")

    def must_stand(self, room: float, size: float) -> bool:
        """Whether the names of the columns must be written upwards: a word of theirs is wider than *room* points."""
        return self.word(size) > room

    def word(self, size: float) -> float:
        """The width of the longest word among the names of the columns, in points; years may be shortened."""
        words = [word for name in self.across if not name.isdigit() for word in name.split()]
        return max((ruler.width(word, size) for word in words), default=0)


def grid(spec: FigureSpec) -> Grid:
    """The cells of a grid or a cross table, rows by name.

    Of a grid the first series has counts in its cells. Of a cross table every cell has one, except those without a
    record, which stay empty; its columns are in alphabetical order.
    """
    if spec.kind is Kind.MATRIX:
        return _matrix(spec)
    x, y, value = (column.name for column in spec.columns)
    table = spec.table
    if pd.api.types.is_integer_dtype(table[x]):
        across: list[object] = list(range(int(table[x].min()), int(table[x].max()) + 1))
    else:
        across = sorted(table[x].unique(), key=spec.label)
    down = sorted(table[y].unique(), key=spec.label)
    found: dict[tuple[object, object], Cell] = {}
    if spec.kind is Kind.CROSS:
        for place, row, number in table[[x, y, value]].itertuples(index=False, name=None):
            found[(place, row)] = Cell(int(number) or None, LIGHT.depth(int(number)))
    else:
        inks = {series.code: LIGHT.inks[series.meaning] for series in spec.series}
        counted = spec.series[0].code
        for place, row, number, code in table[[x, y, value, spec.series_column]].itertuples(index=False, name=None):
            count = int(number) if code == counted else None
            found[(place, row)] = Cell(count, inks[code] if count is None else LIGHT.depth(count))
    return Grid(
        tuple(spec.label(place) for place in across),
        tuple(spec.label(row) for row in down),
        tuple(tuple(found.get((place, row)) for place in across) for row in down),
        spec.columns[1].label,
    )


def _matrix(spec: FigureSpec) -> Grid:
    """Columns as the table has them, rows as the groups say, each group under its heading."""
    x, y = (column.name for column in spec.columns[:2])
    inks = {series.code: LIGHT.inks[series.meaning] for series in spec.series}
    table = spec.table
    across = list(dict.fromkeys(table[x]))
    found = {
        (place, row): Cell(None, inks[code], str(text))
        for place, row, text, code in zip(table[x], table[y], table["text"], table[spec.series_column], strict=True)
    }
    down: list[str] = []
    cells: list[tuple[Cell | None, ...]] = []
    headings = set()
    for group in spec.groups:
        if group.label:
            headings.add(len(down))
            down.append(group.label)
            cells.append((None,) * len(across))
        down += [spec.label(row) for row in group.codes]
        cells += [tuple(found.get((place, row)) for place in across) for row in group.codes]
    names = tuple(spec.label(place) for place in across)
    return Grid(names, tuple(down), tuple(cells), spec.columns[1].label, frozenset(headings))


def short(name: str) -> str:
    """A year in two digits, where four have no room."""
    return name[2:] if len(name) == YEAR_DIGITS and name.isdigit() else name

"""One figure: what is drawn, what it says of itself, and never how it is drawn."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

import pandas as pd

from dashboard.analysis import Frame
from dashboard.figures.palette import Meaning


class Kind(StrEnum):
    """The shapes a figure can take."""

    BAR = "bar"  # x by y, stacked by series
    SHARE = "share"  # one bar, divided by series
    GRID = "grid"  # x by y cells, one series each, with a count in the cell
    TABLE = "table"  # rows as they are
    MAP = "map"  # marks at places, divided by series, over a ground
    ARCS = "arcs"  # lines on the map from country to country
    CROSS = "cross"  # rows by columns of codes, a count in each cell
    ROWS = "rows"  # one horizontal bar a row, divided by series
    FLOW = "flow"  # from origin through the country of record to destination
    STEPS = "steps"  # one bar a row in the order of the table; the part that is not known says so
    INTERVAL = "interval"  # a point with its interval in each row, and the bounds behind it
    TERMS = "terms"  # points along each row, and the range that was allowed behind them
    CURVES = "curves"  # steps of a share over time, one line a series, with limits
    CARDS = "cards"  # a table with long texts: each row a card, the first column its heading
    MATRIX = "matrix"  # names across, names down in groups; column `text` in the cell, `hover`, `code` for a click
    RANGE = "range"  # a name down; `low` to `high` across, a dot where they are one; `text`, `hover`, `lane`
    NEEDED = "needed"  # how many there are of how many are needed: refused, caution, accepted
    BANDS = "bands"  # y along x with limits (low, high), one series each
    PANELS = "panels"  # as BANDS, the series below each other on one axis of x
    WAFFLE = "waffle"  # one square per row, panels by x
    RANGES = "ranges"  # from low to high, one row each
    TILES = "tiles"  # one tile per row, fading with the width of its interval
    PROVISIONAL = "provisional"  # bars with what is still expected on top
    ANSWERS = "answers"  # a statement a row, with the number of each answer
    DOTS = "dots"  # a text a row, with its votes


PICTURES: Final = (  # what no chart of Office can say: a picture there, and its numbers beside it
    Kind.ARCS, Kind.FLOW, Kind.TERMS, Kind.RANGE, Kind.NEEDED, Kind.CURVES, Kind.PANELS, Kind.WAFFLE, Kind.TILES,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Passport:
    """What travels with a figure wherever it goes."""

    source: str
    data_version: str
    filters: str
    link: str
    lang: str
    boundary_note: str = ""
    as_of: str = ""  # the day of the data edition, ISO; never the clock


@dataclass(frozen=True, slots=True)
class Series:
    """One value of the series column: its code in the table, its name, and what it means."""

    code: str
    label: str
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a figure's table as the reader meets it."""

    name: str
    label: str
    link: str = ""  # the column that holds the address behind the text
    is_share: bool = False  # its numbers are shares (0-1), which a reader meets as percent


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies under the marks of a map.

    *boundaries* is the profile in force (``un``, ``none``, ``tiles``); *states* says what is known of each province
    of the map, *silence* the same of each country in words; *box* is what the map shows at first: west, south, east,
    north in degrees; *countries* are those in focus, none of them meaning all.
    """

    boundaries: str
    states: Mapping[str, str]
    box: tuple[float, float, float, float]
    countries: tuple[str, ...] = ()
    silence: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """Codes of the rows of a matrix that belong together, in order, under one heading."""

    label: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class FigureSpec:
    """A figure, complete. Every renderer prints the same numbers from ``table``.

    *table* holds codes and numbers; *columns* name its columns for the reader, the first being the axis of the
    figure and the last its values. *n* is the number of records behind the figure; *unknown* says in words what
    is not known of them (never empty without a reason). *labels* maps codes in the table to names.

    *placed* names numbers, by series and column, that only say where a mark stands, such as a band over the whole scale
    where nothing was read: they are drawn, and no reader is told them.

    *hint* says what can be done with the figure on the screen, and stays there.

    A matrix has *groups* of rows and may have one *chosen* cell; a range has the *unit* of its axis (a d3 format, or
    empty) and may have a *line*: a value that matters, with its name.
    """

    id: str
    kind: Kind
    table: pd.DataFrame
    columns: tuple[Column, ...]
    title: str
    caption: str
    n: int
    unknown: str
    alt: str
    passport: Passport
    series: tuple[Series, ...] = ()
    series_column: str = ""
    labels: dict[str, str] | None = None
    ground: Ground | None = None
    groups: tuple[Group, ...] = ()
    chosen: str = ""
    unit: str = ""
    line: tuple[float, str] | None = None
    hint: str = ""
    placed: tuple[tuple[str, str], ...] = ()

    def stated(self) -> pd.DataFrame:
        """The table without numbers that only place a mark: those are missing."""
        table = self.table.copy() if self.placed else self.table
        for series, column in self.placed:
            table[column] = table[column].mask(table[self.series_column] == series)
        return table

    def label(self, code: object) -> str:
        """The name of a code in the table; the code itself where it is its own name."""
        return (self.labels or {}).get(str(code), str(code))


def collected(table: Frame) -> pd.DataFrame:
    """The finished table behind a figure."""
    found = table.collect().to_pandas()
    return found.astype({name: "str" for name, kind in found.dtypes.items() if kind == "category"})


def plain(table: pd.DataFrame) -> list[dict[Any, Any]]:
    """The rows of a table, with an empty text where something is missing."""
    names = list(table.columns)
    cells = [
        ["" if is_missing else cell for cell, is_missing in zip(column.tolist(), column.isna(), strict=True)]
        for _, column in table.items()
    ]
    return [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]


def columns(
    *pairs: tuple[str, str], link: Mapping[str, str] | None = None, shares: Collection[str] = ()
) -> tuple[Column, ...]:
    """Columns from (name, label) pairs.

    *link* names the columns that hold the addresses behind others; *shares* those that hold shares (0-1).
    """
    return tuple(Column(name, label, (link or {}).get(name, ""), name in shares) for name, label in pairs)

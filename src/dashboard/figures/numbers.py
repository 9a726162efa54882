"""The numbers of a FigureSpec as a reader meets them: rows for any kind, a matrix for bars."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from dashboard.analysis.extent import NOT_STATED
from dashboard.figures.palette import Meaning
from dashboard.figures.spans import share
from dashboard.figures.spec import Column, FigureSpec, Kind, Series
from dashboard.i18n.translator import translator

Cell = str | int | float
MOST_SIDE_BY_SIDE: Final = 5  # columns of a table of one row
JOINER: Final = "\u2060"  # keeps a range on one line of the screen; other programs show or search it
MARKS: Final = re.compile(r"</?(?:b|i|sub|sup)>")
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")  # what makes a spreadsheet run a cell instead of showing it


@dataclass(frozen=True, slots=True)
class Rows:
    """A table for reading or for a sheet: labels, not codes; a missing value is an empty text, never zero."""

    header: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    shares: frozenset[int] = frozenset()  # the places of columns whose numbers are shares (0-1)

    @property
    def is_one_of_many(self) -> bool:
        """Whether this is a single row of so many columns that it reads better name by name."""
        return len(self.cells) == 1 and len(self.header) > MOST_SIDE_BY_SIDE

    def words(self, lang: str) -> list[list[str]]:
        """The cells as a reader of this language reads them on the screen: shares as percent."""
        t = translator(lang)
        return [
            [
                share(cell, t) if place in self.shares and not isinstance(cell, str) else printed(cell, lang)
                for place, cell in enumerate(row)
            ]
            for row in self.cells
        ]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Bars: one value per series and category; ``None`` where there is no record."""

    categories: tuple[str, ...]
    rows: tuple[tuple[Series, tuple[float | None, ...]], ...]
    category_label: str
    value_label: str
    vague: tuple[bool, ...] = ()  # per category: whether it stands for what is not stated

    @property
    def peak(self) -> float:
        """The height of the highest stack."""
        return max(
            (sum(value or 0 for value in stack) for stack in zip(*(v for _, v in self.rows), strict=True)), default=0
        )


def rows(spec: FigureSpec, *, with_codes: bool = False, with_links: bool = False) -> Rows:
    """The numbers behind any figure.

    *with_codes* puts the code beside its name, for other programs; *with_links* the address behind a text.
    """
    t = translator(spec.passport.lang)
    spec = replace(spec, table=spec.stated(), placed=())
    if spec.kind is Kind.CROSS:  # a pair without a record is an empty cell on the screen, not a zero
        spec = replace(spec, table=spec.table[spec.table[spec.columns[-1].name] > 0])
    if spec.kind is Kind.MAP:  # in alphabetical order of its places
        places = spec.table[spec.columns[0].name].map(spec.label)
        spec = replace(spec, table=spec.table.loc[places.sort_values(kind="stable").index])
    names = {series.code: series.label for series in spec.series}
    header: list[str] = []
    columns: list[list[Cell]] = []
    shares: set[int] = set()
    for column in _columns(spec):
        found = spec.table[column.name].to_list() if len(spec.table) else []
        values = [(t("yes") if value else t("no")) if isinstance(value, bool) else _cell(value) for value in found]
        named = [
            names.get(str(v), spec.label(v)) if column.name == spec.series_column else _named(spec, v) for v in values
        ]
        if column.is_share:
            shares.add(len(header))
        header.append(column.label)
        columns.append([unmarked(cell) if isinstance(cell, str) else cell for cell in named])
        if with_codes and named != values:
            header.append(t("{column} (code)", column=column.label))
            columns.append(values)
        if with_links and column.link:
            header.append(t("{column} (address)", column=column.label))
            columns.append([_cell(value) for value in spec.table[column.link]] if len(spec.table) else [])
    return Rows(tuple(header), tuple(zip(*columns, strict=True)), frozenset(shares))


def said(found: Rows, number: int, lang: str) -> list[tuple[str, str]]:
    """A row in words, name by name; what is empty is left out."""
    (row,) = replace(found, cells=(found.cells[number],)).words(lang)
    return [(name, words) for name, words in zip(found.header, row, strict=True) if words]


def matrix(spec: FigureSpec) -> Matrix:
    """The bars of a figure over its first column.

    Years inside the span without a record stay in place, empty; named places keep the order of the labels; rows are
    in alphabetical order of their names.
    """
    axis, value = spec.columns[0].name, spec.columns[-1].name
    series = spec.series or (Series("", spec.columns[-1].label, Meaning.RECORD),)
    found = spec.table[axis]
    codes: list[Any] = list(dict.fromkeys(found))
    if spec.kind is Kind.ROWS:
        codes.sort(key=spec.label)
    elif pd.api.types.is_integer_dtype(found) and len(found):
        codes = list(range(int(found.min()), int(found.max()) + 1))
    elif spec.labels and set(codes) <= set(spec.labels):
        codes = list(spec.labels)
    return Matrix(
        tuple(str(spec.label(code)) for code in codes),
        tuple((one, _values(spec, one, axis, value, codes)) for one in series),
        spec.columns[0].label,
        spec.columns[-1].label,
        tuple(code == NOT_STATED for code in codes),
    )


def parts(spec: FigureSpec) -> list[tuple[Series, int]]:
    """The parts of one whole, in reading order; a part without a row is absent."""
    counts = spec.table.set_index(spec.series_column)[spec.columns[-1].name]
    return [(series, int(counts[series.code])) for series in spec.series if series.code in counts.index]


def printed(cell: Cell, lang: str) -> str:
    """A cell as a reader of this language writes it. A year is text long before it gets here, or stays whole."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int) and 1000 <= cell <= 9999:  # a year, or a count that reads as well without separator
        return str(cell)
    return translator(lang).number(cell)


def unmarked(text: str) -> str:
    """A text without the marks by which the screen breaks lines and sets bold; any other mark-up is text."""
    text = text.replace(JOINER, "")
    return MARKS.sub("", text.replace("<br>", " · ")) if "<" in text else text


def harmless(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula; numbers are numbers and stay as they are."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _columns(spec: FigureSpec) -> Iterator[Column]:
    """The columns of the reader; the series, where it is not among them, stands before the values."""
    t = translator(spec.passport.lang)
    *first, last = spec.columns
    yield from first
    if spec.series_column and spec.series_column not in {column.name for column in spec.columns}:
        yield Column(spec.series_column, t("Meaning"))
    yield last


def _named(spec: FigureSpec, value: Cell) -> Cell:
    return (spec.labels or {}).get(str(value), value) if isinstance(value, str) else value


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return unmarked(value)
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    if isinstance(value, bool) or not pd.api.types.is_number(value):
        return str(value)
    number = float(value)  # type: ignore[arg-type]
    return int(number) if number.is_integer() else number


def _values(spec: FigureSpec, series: Series, axis: str, value: str, codes: list[Any]) -> tuple[float | None, ...]:
    table = spec.table
    own = table[table[spec.series_column] == series.code] if spec.series_column else table
    found = {code: _cell(number) for code, number in zip(own[axis], own[value], strict=True)}
    return tuple(None if isinstance(number := found.get(code, ""), str) else number for code in codes)

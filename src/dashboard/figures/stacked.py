"""Figures with limits as a chart of Office can say them: stacked bars, and points with error bars over them."""

import math
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from dashboard.domain.workshop import ANSWERS
from dashboard.figures.numbers import Matrix, unmarked
from dashboard.figures.palette import Meaning
from dashboard.figures.spec import FigureSpec, Kind, Series
from dashboard.i18n.translator import translator

FEW: Final = 4  # rows beside which a chart of Office has room for the numbers of each
BASE: Final = "base"  # the part of a bar that only lifts the next one, and is not seen
STACKED: Final = (Kind.INTERVAL, Kind.RANGES, Kind.PROVISIONAL, Kind.BANDS, Kind.ANSWERS, Kind.DOTS)
LYING: Final = (Kind.RANGES, Kind.ANSWERS, Kind.DOTS)
SHARES: Final = (Kind.INTERVAL, Kind.BANDS)
DEGREES: Final = (Meaning.UNKNOWN, Meaning.SINGLE, Meaning.CORROBORATED, Meaning.OFFICIAL)  # of agreement, by answer
Values = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """One value per category with how far its limits lie above and below it."""

    series: Series
    values: Values
    above: Values
    below: Values

    @property
    def has_limits(self) -> bool:
        """Whether any value has limits."""
        return any(value is not None for value in (*self.above, *self.below))


@dataclass(frozen=True, slots=True)
class Stack:
    """Bars, and points over them; a figure may have either alone."""

    bars: Matrix
    points: tuple[Points, ...] = ()

    @property
    def highest(self) -> float:
        """The highest end of any point's limits."""
        return max(
            (
                (value or 0) + (above or 0)
                for one in self.points
                for value, above in zip(one.values, one.above, strict=True)
            ),
            default=0.0,
        )


def top(spec: FigureSpec, found: Stack) -> float | None:
    """Where the scale of the values ends, so that every point keeps its limits; ``None`` where bars alone say it."""
    if spec.kind is Kind.INTERVAL:
        return 1.0
    if spec.kind is Kind.BANDS:
        return min(1.0, math.ceil(found.highest * 20) / 20) or 1.0
    return float(math.ceil(max(found.highest, found.bars.peak) * 1.05)) if found.points else None


def stack(spec: FigureSpec) -> Stack:
    """The numbers of a figure of a kind in ``STACKED``."""
    return {
        Kind.INTERVAL: _intervals,
        Kind.RANGES: _ranges,
        Kind.PROVISIONAL: _provisional,
        Kind.BANDS: _bands,
        Kind.ANSWERS: _answers,
        Kind.DOTS: _dots,
    }[spec.kind](spec)


def _intervals(spec: FigureSpec) -> Stack:
    row = spec.columns[0].name
    bounds = spec.table.drop_duplicates(row)
    hatched, *shown = spec.series
    base = Series(BASE, "", Meaning.ABSENT)
    bars = (
        (base, _values(bounds["low_bound"])),
        (hatched, _values(bounds["high_bound"] - bounds["low_bound"])),
    )
    codes = bounds[row].to_list()
    named = _matrix(spec, codes, bars)
    whole = tuple("\n".join(unmarked(line) for line in spec.label(code).split("<br>")) for code in codes)
    short = whole if len(whole) <= FEW else tuple(words.partition("\n")[0] for words in whole)
    if len(short) == len(set(short)):  # what else a label says stands in the table
        named = replace(named, categories=short)
    return Stack(named, tuple(_points(spec, one, codes, "value") for one in shown))


def _bands(spec: FigureSpec) -> Stack:
    codes = list(dict.fromkeys(spec.table[spec.columns[0].name]))
    points = tuple(_points(spec, one, codes, spec.columns[-1].name) for one in spec.series)
    return Stack(_matrix(spec, codes, ()), points)


def _points(spec: FigureSpec, series: Series, codes: list[Any], value: str) -> Points:
    own = spec.table[spec.table[spec.series_column] == series.code].set_index(spec.columns[0].name).reindex(codes)
    found, low, high = (own[name].astype(float) for name in (value, "low", "high"))
    return Points(series, _values(found), _values(high - found), _values(found - low))


def _ranges(spec: FigureSpec) -> Stack:
    table = spec.table
    wide = table["high"].astype(float) - table["low"].astype(float)
    bars = [(Series(BASE, "", Meaning.ABSENT), _values(table["low"]))]
    bars += [(one, _values(wide.where(table[spec.series_column] == one.code))) for one in spec.series]
    names = [f"{spec.label(code)}: {text}" for code, text in zip(table["what"], table["text"], strict=True)]
    return Stack(_matrix(spec, names, tuple(bars)))


def _provisional(spec: FigureSpec) -> Stack:
    table, t = spec.table, translator(spec.passport.lang)
    whole, seen = table[spec.columns[-1].name].astype(float), table["observed"].astype(float)
    is_open = table["is_provisional"].astype(bool) & whole.notna()
    values = {"observed": seen, "expected": (whole - seen).where(is_open)}
    names = [t.date(str(period)[:7]) for period in table[spec.columns[0].name]]
    total = Series("completed", spec.columns[-1].label, Meaning.TRUTH)
    low, high = (table[name].astype(float).where(is_open) for name in ("low", "high"))
    points = Points(total, _values(whole.where(is_open)), _values(high - whole), _values(whole - low))
    return Stack(_matrix(spec, names, tuple((one, _values(values[one.code])) for one in spec.series)), (points,))


def _answers(spec: FigureSpec) -> Stack:
    bars = tuple((one, _values(spec.table[one.code])) for one in answers(spec))
    return Stack(_matrix(spec, spec.table["statement"].to_list(), bars))


def answers(spec: FigureSpec) -> tuple[Series, ...]:
    """The answers to a statement as series: the more of it, the darker."""
    names = {column.name: column.label for column in spec.columns}
    codes = [f"answer_{answer}" for answer in ANSWERS]
    return tuple(
        Series(code, f"{answer} {names[code]}", meaning)
        for answer, code, meaning in zip(ANSWERS, codes, DEGREES, strict=True)
    )


def _dots(spec: FigureSpec) -> Stack:
    label = next(column.label for column in spec.columns if column.name == "dots")
    votes = (Series("dots", label, Meaning.RECORD), _values(spec.table["dots"]))
    return Stack(_matrix(spec, spec.table["text"].to_list(), (votes,)))


def _matrix(spec: FigureSpec, codes: list[Any], bars: tuple[tuple[Series, Values], ...]) -> Matrix:
    names = tuple(unmarked(str(spec.label(code))) for code in codes)
    return Matrix(names, bars, spec.columns[0].label, spec.columns[-1].label, (False,) * len(names))


def _values(numbers: "pd.Series[Any]") -> Values:
    return tuple(None if pd.isna(number) else float(number) for number in numbers)

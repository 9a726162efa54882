"""Points with their limits on a printed page: rates, sentences over the statutes, ranges."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from dashboard.figures import ruler
from dashboard.figures.numbers import printed
from dashboard.figures.palette import LIGHT, Ink
from dashboard.figures.printing.keys import SIZE, Key, keys
from dashboard.figures.printing.lanes import FOOT, Lanes, Tick, lanes
from dashboard.figures.printing.page import ANY, Block, Page, Space
from dashboard.figures.spec import FigureSpec, Series
from dashboard.i18n.translator import translator

FEW_ROWS: Final = 6
OFFSET: Final = 0.19  # of a lane, between a raw point and its shrunken twin, and between points on one spot
MARKS: Final = ("o", "D", "s")
SENTENCES: Final = {"custodial": "o", "suspended": "ring", "life_or_death": "star"}
SPANS: Final = ("statute", "up_to", "not_read")
DOTS: Final = ("o", "D", "s", "o", "^")
YEARS: Final = 48  # months between the lines of a scale of sentences: four years
PERCENT: Final = ".0%"
BELOW: Final = FOOT + SIZE * ruler.LINE + 8


def intervals(spec: FigureSpec, width: float) -> list[Block]:
    """A point with its interval in each row; the bounds of the first series as a hatched bar behind it."""
    row, t = spec.columns[0].name, translator(spec.passport.lang)
    codes = list(dict.fromkeys(spec.table[row]))
    hatched, *others = spec.series
    ground = _lanes(spec, codes, width, (-0.015, 1.015), 30.0 if len(codes) > FEW_ROWS else 52.0, 22.0)
    ticks = [(share / 100, t.percent(share / 100)) for share in (0, 25, 50, 75, 100)]
    behind = LIGHT.inks[hatched.meaning]

    def draw(page: Page, left: float, top: float, _: float) -> None:
        ground.scale(page, left, top, ticks, spec.columns[-1].label)
        ground.name(page, left, top)
        for bounds in spec.table.drop_duplicates(row).to_dict("records"):
            span = (float(bounds["low_bound"]), float(bounds["high_bound"]))
            ground.bar(page, (left, top), codes.index(bounds[row]), span, behind)
        for nth, series in enumerate(others):
            shift = 0.0 if len(others) == 1 else -OFFSET * (1 - 2 * nth)
            own = spec.table[(spec.table[spec.series_column] == series.code) & spec.table["value"].notna()]
            ink = LIGHT.inks[series.meaning]
            for point in own.to_dict("records"):
                y = ground.y(top, codes.index(point[row]) + shift)
                ends = (ground.x(left, float(point["low"])), y), (ground.x(left, float(point["high"])), y)
                page.stroke(*ends, "#ffffff", 6.5)  # the hatch must not run into the interval
                page.stroke(*ends, ink.fill, 3.5)
                page.mark(ground.x(left, float(point["value"])), y, MARKS[nth], 9, Ink(ink.fill, "#ffffff"))

    named = [Key(hatched.label, behind)]
    named += [Key(s.label, LIGHT.inks[s.meaning], MARKS[nth], "-") for nth, s in enumerate(others)]
    return [*keys(named, width), Block(ground.deep + BELOW, draw)]


def terms(spec: FigureSpec, width: float, space: Space = ANY) -> list[Block]:
    """Points along each row over the range of the statutes; hatched where one end of the range was not read."""
    row, lang = spec.columns[0].name, spec.passport.lang
    codes = list(dict.fromkeys(spec.table[row]))[space.rows]
    highest = float(spec.table[["months", "high"]].max().max())
    named = [
        Key(s.label, LIGHT.inks[s.meaning], SENTENCES.get(s.code, "") if s.code not in SPANS else "")
        for s in spec.series
    ]
    key = keys(named, width)
    each = _lane(22.0, codes, space, key)
    ground = _lanes(spec, codes, width, (-2.0, highest + 6), each, 14.0)
    ticks = [(float(months), printed(months, lang)) for months in range(0, int(highest) + 1, YEARS)]

    def draw(page: Page, left: float, top: float, _: float) -> None:
        ground.scale(page, left, top, ticks, spec.columns[-1].label)
        ground.name(page, left, top)
        for series in sorted(spec.series, key=lambda one: one.code not in SPANS):  # points lie on ranges
            own = spec.table[(spec.table[spec.series_column] == series.code) & spec.table[row].isin(codes)]
            ink = LIGHT.inks[series.meaning]
            if series.code in SPANS:
                for code, low, high in zip(own[row], own["low"], own["high"], strict=True):
                    ground.bar(page, (left, top), codes.index(code), (float(low), float(high)), ink)
                continue
            for code, months, shift in zip(own[row], own["months"], _spread(own, row), strict=True):
                at = ground.x(left, float(months)), ground.y(top, codes.index(code) + shift)
                _sentence(page, at, series, ink)

    return [*key, Block(ground.deep + BELOW, draw)]


def _sentence(page: Page, at: tuple[float, float], series: Series, ink: Ink) -> None:
    symbol = SENTENCES[series.code]
    page.mark(*at, symbol, 13 if symbol == "star" else 8, Ink(ink.fill, "#ffffff" if symbol != "ring" else ink.fill))


def _spread(part: pd.DataFrame, row: str) -> list[float]:
    """How far points that would lie on one another stand apart, in lanes."""
    same = part.groupby([row, "months"])
    nth, size = same.cumcount(), same["months"].transform("size")
    return ((nth - (size - 1) / 2) * OFFSET).to_list()


def span(spec: FigureSpec, width: float, space: Space = ANY) -> list[Block]:
    """A name a lane, a bar from low to high, a dot where the two are one, and what stands beside its right end."""
    row = spec.columns[0].name
    codes = list(dict.fromkeys(spec.table[row]))[space.rows]
    most = max([*spec.table["high"].astype(float), spec.line[0] if spec.line else 0.0, float(spec.unit == PERCENT)])
    beside = max((ruler.width(str(words), SIZE) for words in spec.table["text"]), default=0.0)
    is_double = bool(spec.table["lane"].any())
    above = SIZE * ruler.LINE + 2 if spec.line else 0.0
    key = keys([_look(spec, series, nth) for nth, series in enumerate(spec.series)], width)
    each = _lane(30.0 if is_double else 25.0, codes, space, key, above)
    ground = _lanes(spec, codes, width, (0.0, most), each, min(beside + 18, width * 0.34))
    ends = spec.table.groupby(row)["high"].max()
    shown = spec.table[spec.table[row].isin(codes)]

    def draw(page: Page, left: float, top: float, _: float) -> None:
        top += above
        ground.scale(page, left, top, _ticks(spec, most), spec.columns[-1].label)
        ground.name(page, left, top)
        for nth, series in enumerate(spec.series):
            own = shown[shown[spec.series_column] == series.code]
            _series(page, (left, top), ground, own, codes, row, _look(spec, series, nth))
        if spec.line:
            x = ground.x(left, spec.line[0])
            page.stroke((x, top - above), (x, top + ground.deep), LIGHT.text, 1.6, "--")
            fits = x + 4 + ruler.width(spec.line[1], SIZE * 0.9) <= left + width
            beyond = {"ha": "left" if fits else "right"}
            page.text(x + (4 if fits else -4), top - above, spec.line[1], SIZE * 0.9, **beyond)
        for mark in shown[shown["text"] != ""].to_dict("records"):
            x = ground.x(left, float(ends[mark[row]])) + 10
            page.text(x, ground.y(top, codes.index(mark[row])), str(mark["text"]), SIZE * 0.92, va="center")

    return [*key, Block(above + ground.deep + BELOW, draw)]


def _series(
    page: Page, at: tuple[float, float], ground: Lanes, own: pd.DataFrame, codes: list[str], row: str, look: Key
) -> None:
    left, top = at
    for mark in own.to_dict("records"):
        place = codes.index(mark[row]) + float(mark["lane"])
        if look.symbol:
            page.mark(ground.x(left, float(mark["low"])), ground.y(top, place), look.symbol, 9, look.ink)
        else:
            ground.bar(page, at, place, (float(mark["low"]), float(mark["high"])), look.ink, 0.34)


def _look(spec: FigureSpec, series: Series, nth: int) -> Key:
    """A dot where all ends of a series are one, else a bar: as on the screen."""
    own = spec.table[spec.table[spec.series_column] == series.code]
    is_dot = len(own) > 0 and bool((own["low"] == own["high"]).all())
    return Key(series.label, LIGHT.inks[series.meaning], DOTS[nth % len(DOTS)] if is_dot else "")


def _ticks(spec: FigureSpec, most: float) -> list[Tick]:
    """Fifths of a share; multiples of the line where there is one."""
    t = translator(spec.passport.lang)
    if spec.unit == PERCENT:
        return [(n / 5, t.percent(n / 5)) for n in range(6) if n / 5 <= most]
    step = int(spec.line[0]) if spec.line else max(int(most / 5), 1)
    return [(float(value), t.number(value)) for value in range(0, int(most) + 1, step)]


def _lane(usual: float, codes: Sequence[Any], space: Space, key: Sequence[Block], above: float = 0.0) -> float:
    """The height of a lane: as usual, or what there is of *space*."""
    left = space.deep - sum(block.height for block in key) - above - BELOW
    return min(usual, left / max(len(codes), 1))


def _lanes(
    spec: FigureSpec, codes: Sequence[Any], width: float, over: tuple[float, float], height: float, right: float
) -> Lanes:
    return lanes([spec.label(code) for code in codes], width, *over, height=height, right=right)

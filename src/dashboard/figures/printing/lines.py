"""Lines and columns over time on a printed page, with their limits."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from dashboard.figures import ruler
from dashboard.figures.numbers import printed
from dashboard.figures.palette import LIGHT, Ink, Meaning
from dashboard.figures.printing.keys import SIZE, Key, keys, legend, shown
from dashboard.figures.printing.page import ANY, QUIET, TEXT, Block, Page, Space, look
from dashboard.figures.spec import FigureSpec, Kind, Series
from dashboard.i18n.translator import translator

HEIGHT: Final = 270.0
DASHES: Final = {"any": "-", "convicted": "--", "acquitted": ":", "dismissed": "-."}
SYMBOLS: Final = {Meaning.RECORD: "s", Meaning.OCCURRENCE: "o", Meaning.DETECTION: "D"}
FAINT: Final = 0.18
YEAR: Final = 12  # months between the lines of a scale of months
STEPS: Final = ((0.3, 5), (0.6, 10), (1.02, 20))  # up to this share, a line every so many percent


def curves(spec: FigureSpec, width: float, space: Space = ANY) -> list[Block]:
    """A share that rises in steps over time, with its limits as a band."""

    def fill(axes: Any) -> None:
        for series in spec.series:
            own = spec.table[spec.table[spec.series_column] == series.code]
            ink = LIGHT.inks[series.meaning]
            time = [0.0, *own["time"].astype(float)]
            low, high, share = ([0.0, *own[name].astype(float)] for name in ("low", "high", "share"))
            axes.fill_between(time, low, high, step="post", color=ink.fill, alpha=FAINT, linewidth=0)
            axes.step(time, share, where="post", color=ink.fill, linewidth=2.4, linestyle=DASHES[series.code])
        last = int(spec.table["time"].max())
        axes.set_xticks(range(0, last + YEAR, YEAR) if last < 10 * YEAR else range(0, last + YEAR, 5 * YEAR))
        axes.set_xlim(0, None)
        _shares(axes, 1.0, spec.passport.lang)

    named = [Key(s.label, LIGHT.inks[s.meaning], dash=DASHES[s.code]) for s in spec.series]
    key = keys(named, width)
    return [*key, _plot(spec.columns[-1].label, spec.columns[0].label, fill, _height(space, key))]


def bands(spec: FigureSpec, width: float, space: Space = ANY) -> list[Block]:
    """Lines along x; a band where there are limits. One block, or one below the other by panel."""
    if spec.kind is Kind.BANDS:
        return [
            *keys([_key(s, is_band=True) for s in spec.series], width),
            _panel(spec, spec.table, spec.columns[-1].label),
        ]
    blocks = keys([_key(s, is_band=False) for s in spec.series], width)
    panels = list(dict.fromkeys(spec.table["panel"]))
    each = _height(space, blocks, len(panels))
    blocks += [_panel(spec, spec.table[spec.table["panel"] == one], spec.label(one), each) for one in panels]
    return blocks


def _height(space: Space, key: Sequence[Block], count: int = 1) -> float:
    """The height of a plot, one of *count* below one another."""
    return min(HEIGHT, (space.deep - sum(block.height for block in key)) / max(count, 1))


def _panel(spec: FigureSpec, table: pd.DataFrame, title: str, height: float = HEIGHT) -> Block:
    x = spec.columns[0].name
    places = list(dict.fromkeys(spec.table[x]))

    def fill(axes: Any) -> None:
        for series in spec.series:
            own = table[table[spec.series_column] == series.code]
            if len(own):
                _line(axes, [places.index(value) for value in own[x]], own, series, is_band=spec.kind is Kind.BANDS)
        axes.set_xticks(range(len(places)), [ruler.printable(str(place)) for place in places])
        axes.set_xlim(-0.5, len(places) - 0.5)
        most = float(table[["estimate", "high"]].astype(float).fillna(0.0).to_numpy().max(initial=0.0))
        _shares(axes, min(1.0, max(0.1, most * 1.12)), spec.passport.lang)

    return _plot(title, spec.columns[0].label, fill, height)


def _line(axes: Any, places: list[int], own: pd.DataFrame, series: Series, *, is_band: bool) -> None:
    ink, value = LIGHT.inks[series.meaning], own["estimate"].astype(float)
    low, high = ((own[name] if name in own else value * float("nan")).astype(float) for name in ("low", "high"))
    if is_band and low.notna().any():
        axes.fill_between(places, low, high, color=ink.fill, alpha=FAINT, linewidth=0)
    elif low.notna().any():
        axes.vlines(places, low, high, color=ink.fill, linewidth=3.5)
    key = _key(series, is_band=is_band)
    style: dict[str, Any] = {"color": ink.fill, "linewidth": 2.4, "linestyle": key.dash if is_band else "none"}
    if key.symbol:
        hollow = series.meaning is Meaning.RECORD
        style |= {"marker": key.symbol, "markersize": 7, "markeredgewidth": 2}
        style |= {"markerfacecolor": LIGHT.paper if hollow else ink.fill}
    axes.plot(places, value, **style)


def _key(series: Series, *, is_band: bool) -> Key:
    """The mark of a line; the truth is dotted and has none."""
    ink = LIGHT.inks[series.meaning]
    if series.meaning is Meaning.TRUTH:
        return Key(series.label, ink, dash=":")
    hollow = Ink(LIGHT.paper, ink.fill) if series.meaning is Meaning.RECORD else ink
    return Key(series.label, Ink(hollow.fill, ink.fill), SYMBOLS.get(series.meaning, "o"), "-" if is_band else "")


def provisional(spec: FigureSpec, width: float) -> list[Block]:
    """Columns of what is on record; hatched on top, what is still expected, with its interval."""
    table, value = spec.table, spec.columns[-1].name
    lang = spec.passport.lang
    t = translator(lang)
    names = [t.date(str(period)[:7]) for period in table[spec.columns[0].name]]

    def fill(axes: Any) -> None:
        places = range(len(table))
        seen, whole = table["observed"].astype(float), table[value].astype(float)
        is_open = table["is_provisional"].astype(bool) & whole.notna()
        for series in spec.series:
            is_expected = series.code == "expected"
            heights = (whole - seen).where(is_open, 0.0) if is_expected else seen
            bars = axes.bar(places, heights, bottom=seen if is_expected else 0, width=0.86, zorder=2,
                            **look(LIGHT.inks[series.meaning]))  # fmt: skip
            for bar in bars:
                bar.set_hatch_linewidth(0.9)
        at = [place for place in places if is_open.iloc[place]]
        low, high = (table[name].astype(float)[is_open.to_numpy()] for name in ("low", "high"))
        axes.vlines(at, low, high, color=TEXT, linewidth=1.6, zorder=3)
        every = shown(names, (width - 60) / max(len(names), 1))
        axes.set_xticks(every, [names[place] for place in every])
        axes.yaxis.set_major_formatter(lambda number, _: printed(int(number), lang))
        axes.set_ylim(0, None)

    return [*legend(spec.series, width), _plot(spec.columns[-1].label, "", fill)]


def _plot(above: str, below: str, fill: Any, height: float = HEIGHT) -> Block:
    """Axes with the name of their values above and of their places below."""

    def draw(page: Page, left: float, top: float, room: float) -> None:
        label = SIZE * ruler.LINE
        page.text(left, top, above, SIZE, color=QUIET)
        axes = page.axes(left + 40, top + label + 6, room - 44, height - 3 * label - 24)
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        axes.spines["bottom"].set_color(QUIET)
        axes.tick_params(length=0, labelsize=SIZE, labelcolor=TEXT)
        axes.grid(axis="y", color=LIGHT.grid, linewidth=0.8, zorder=0)
        fill(axes)
        page.text(left + 40, top + height - label - 6, below, SIZE, color=QUIET)

    return Block(height, draw)


def _shares(axes: Any, top: float, lang: str) -> None:
    """A scale of shares from 0, with percents as the language writes them."""
    t = translator(lang)
    step = next((step for most, step in STEPS if top <= most), STEPS[-1][1])
    ticks = [value / 100 for value in range(0, int(top * 100) + 1, step)]
    axes.set_yticks(ticks, [t.percent(value) for value in ticks])
    axes.set_ylim(0, top * 1.02)

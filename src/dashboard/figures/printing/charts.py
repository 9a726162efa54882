"""The charts of a FigureSpec on a printed page, one function a kind; any other kind is a table of its numbers."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from matplotlib.ticker import MaxNLocator

from dashboard.figures import ruler
from dashboard.figures.numbers import matrix, parts, printed, rows
from dashboard.figures.palette import LIGHT, Ink, hatched
from dashboard.figures.printing import cards, districts, flows, grids, intervals, lines, lying, maps
from dashboard.figures.printing.keys import SIZE, Key, keys, legend, shown
from dashboard.figures.printing.page import ANY, QUIET, TEXT, Block, Page, Space, look
from dashboard.figures.printing.table import table
from dashboard.figures.spec import FigureSpec, Kind

ROOM_FOR_A_NUMBER: Final = 0.05
HATCH_LINE: Final = 0.9


def chart(spec: FigureSpec, width: float, space: Space = ANY) -> list[Block]:
    """The blocks of the figure itself, legend first; those of a kind in ``BOUNDED`` heed *space*."""
    if spec.kind in BOUNDED:
        return BOUNDED[spec.kind](spec, width, space)
    return CHARTS.get(spec.kind, _table)(spec, width)


def _bars(spec: FigureSpec, width: float) -> list[Block]:
    found, lang = matrix(spec), spec.passport.lang
    height = 270.0

    def draw(page: Page, left: float, top: float, room: float) -> None:
        label = SIZE * ruler.LINE
        page.text(left, top, found.value_label, SIZE, color=QUIET)
        gutter = ruler.width(printed(int(found.peak), lang), SIZE) + 14
        axes = page.axes(left + gutter, top + label + 6, room - gutter, height - label - 32)
        below = [0.0] * len(found.categories)
        places = range(len(found.categories))
        for series, values in found.rows:
            heights = [value or 0 for value in values]
            bars = axes.bar(places, heights, bottom=below, width=0.86, zorder=2, **look(LIGHT.inks[series.meaning]))
            for bar, is_vague in zip(bars, found.vague, strict=True):
                bar.set_hatch_linewidth(HATCH_LINE)
                if is_vague:
                    bar.update(look(hatched(LIGHT.inks[series.meaning])))
            below = [a + b for a, b in zip(below, heights, strict=True)]
        axes.set_ylim(0, (found.peak or 1) * 1.04)
        axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))
        axes.yaxis.set_major_formatter(lambda value, _: printed(int(value), lang))
        _frame(axes)
        axes.grid(axis="y", color=LIGHT.grid, linewidth=0.8, zorder=0)
        _spread(axes, found.categories, room - gutter)

    return [*legend([s for s, _ in found.rows if s.label and len(found.rows) > 1], width), Block(height, draw)]


def _share(spec: FigureSpec, width: float) -> list[Block]:
    found, lang = parts(spec), spec.passport.lang
    total = sum(count for _, count in found) or 1
    height = 62.0

    def draw(page: Page, left: float, top: float, room: float) -> None:
        for series, count in found:
            ink, share = LIGHT.inks[series.meaning], count / total
            page.box(left, top, room * share, height, ink)
            if share > ROOM_FOR_A_NUMBER:
                size, middle = SIZE * 1.5, left + room * share / 2
                number = printed(count, lang)
                if ink.pattern:  # the number stands on a plain ground, or nobody reads it
                    half = ruler.width(number, size) / 2 + 5
                    page.box(middle - half, top + height / 2 - size * 0.75, 2 * half, size * 1.5, Ink(ink.fill))
                page.text(middle, top + height / 2, number, size, ha="center", va="center", color=ink.text)
            left += room * share

    named = [Key(f"{s.label} · {printed(count, lang)}", LIGHT.inks[s.meaning]) for s, count in found]
    return [*keys(named, width), Block(height + 8, draw)]


def _incident_map(spec: FigureSpec, width: float) -> list[Block]:
    return [*legend(spec.series, width), *maps.incidents(spec, width)]


def _table(spec: FigureSpec, width: float) -> list[Block]:
    return table(rows(spec), width, spec.passport.lang)


def _frame(axes: Any) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(QUIET)
    axes.tick_params(length=0, labelsize=SIZE, labelcolor=TEXT)


def _spread(axes: Any, categories: Sequence[str], room: float) -> None:
    places = shown(categories, room / len(categories))
    axes.set_xticks(places, [ruler.printable(categories[place]) for place in places])
    axes.set_xlim(-0.7, len(categories) - 0.3)


CHARTS: Final[dict[Kind, Callable[[FigureSpec, float], list[Block]]]] = {
    Kind.BAR: _bars,
    Kind.SHARE: _share,
    Kind.GRID: grids.cells,
    Kind.CROSS: grids.cells,
    Kind.MATRIX: grids.matrix,
    Kind.ROWS: lying.rows,
    Kind.STEPS: lying.rows,
    Kind.RANGES: lying.ranges,
    Kind.NEEDED: lying.needed,
    Kind.ANSWERS: lying.answers,
    Kind.DOTS: lying.dots,
    Kind.INTERVAL: intervals.intervals,
    Kind.TERMS: intervals.terms,
    Kind.RANGE: intervals.span,
    Kind.CURVES: lines.curves,
    Kind.BANDS: lines.bands,
    Kind.PANELS: lines.bands,
    Kind.PROVISIONAL: lines.provisional,
    Kind.WAFFLE: districts.waffle,
    Kind.TILES: districts.tiles,
    Kind.CARDS: cards.cards,
    Kind.MAP: _incident_map,
    Kind.ARCS: maps.routes,
    Kind.FLOW: flows.flow,
}
BOUNDED: Final[dict[Kind, Callable[[FigureSpec, float, Space], list[Block]]]] = {  # what slides show as a picture
    Kind.TERMS: intervals.terms,
    Kind.RANGE: intervals.span,
    Kind.CURVES: lines.curves,
    Kind.PANELS: lines.bands,
    Kind.WAFFLE: districts.waffle,
    Kind.TILES: districts.tiles,
    Kind.ARCS: maps.routes,
    Kind.FLOW: flows.flow,
}

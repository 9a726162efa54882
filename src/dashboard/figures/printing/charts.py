"""The charts of a FigureSpec on a printed page, one function a kind; any other kind is a table of its numbers."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any, Final

from matplotlib.ticker import MaxNLocator

from dashboard.figures import ruler
from dashboard.figures.grid import grid
from dashboard.figures.numbers import matrix, parts, printed, rows
from dashboard.figures.palette import LIGHT, Ink, hatched
from dashboard.figures.printing import flows, maps
from dashboard.figures.printing.page import QUIET, TEXT, Block, Page, look
from dashboard.figures.printing.table import table
from dashboard.figures.spec import FigureSpec, Kind, Series

SIZE: Final = 10.0
CELL: Final = 0.9
ROOM_FOR_A_NUMBER: Final = 0.05
HATCH_LINE: Final = 0.9


def chart(spec: FigureSpec, width: float) -> list[Block]:
    """The blocks of the figure itself, legend first."""
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

    named = [(f"{s.label} · {printed(count, lang)}", LIGHT.inks[s.meaning]) for s, count in found]
    return [*_legend(named, width), Block(height + 8, draw)]


def _grid(spec: FigureSpec, width: float) -> list[Block]:
    found = grid(spec)
    row_height, small = 20.0, SIZE * 0.85
    gutter = min(max(ruler.width(name, SIZE) for name in found.down) + 10, width * 0.4)
    each = (width - gutter) / len(found.across)
    stands = found.must_stand(each - 4, small)
    is_named_above = spec.kind is Kind.CROSS
    names = [[name] if stands else ruler.wrap(name, each - 4, small) for name in found.across]
    head = max(ruler.width(name, small) for name in found.across) if stands else max(map(len, names)) * small * 1.2
    above = head + 6 if is_named_above else 0.0

    def draw(page: Page, left: float, top: float, room: float) -> None:
        del room
        if is_named_above:
            for place, words in enumerate(names):
                x = left + gutter + (place + 0.5) * each
                how = {"ha": "center", "color": QUIET, "va": "bottom"}
                if stands:
                    page.text(x, top + head, words[0], small, rotation=90, **how)
                for number, word in enumerate(() if stands else reversed(words)):
                    page.text(x, top + head - number * small * 1.2, word, small, **how)
        for number, (name, line) in enumerate(zip(found.down, found.cells, strict=True)):
            y = top + above + number * row_height
            page.text(left + gutter - 8, y + row_height / 2, name, SIZE, ha="right", va="center")
            for place, cell in enumerate(line):
                if cell is None:
                    continue
                x = left + gutter + place * each
                page.box(x + each * 0.05, y + 1, each * CELL, row_height - 2, cell.ink)
                if cell.count is not None:
                    how = {"ha": "center", "va": "center", "color": cell.ink.text}
                    page.text(x + each / 2, y + row_height / 2, str(cell.count), small, **how)
        for place in () if is_named_above else _shown(found.across, each):
            x = left + gutter + (place + 0.5) * each
            page.text(x, top + len(found.down) * row_height + 4, found.across[place], SIZE, ha="center", color=QUIET)

    foot = 8.0 if is_named_above else SIZE * ruler.LINE + 8
    meanings = [] if is_named_above else legend(spec.series, width)
    return [*meanings, Block(above + len(found.down) * row_height + foot, draw)]


def _rows(spec: FigureSpec, width: float) -> list[Block]:
    """Lying bars, one a row in alphabetical order, their parts labelled with their counts."""
    found, lang = matrix(spec), spec.passport.lang
    row_height = 21.0
    gutter = min(max(ruler.width(name, SIZE) for name in found.categories) + 10, width * 0.4)

    def draw(page: Page, left: float, top: float, room: float) -> None:
        per_unit = (room - gutter) / (found.peak or 1)
        for number, name in enumerate(found.categories):
            y, x = top + number * row_height, left + gutter
            page.text(x - 8, y + row_height / 2, name, SIZE, ha="right", va="center")
            for series, values in found.rows:
                value, ink = values[number], LIGHT.inks[series.meaning]
                if not value:
                    continue
                page.box(x, y + 1.5, value * per_unit, row_height - 3, ink)
                text = printed(int(value), lang)
                if ruler.width(text, SIZE) + 6 < value * per_unit:
                    half = ruler.width(text, SIZE) / 2 + 2
                    if ink.pattern:
                        page.box(x + value * per_unit / 2 - half, y + 4, 2 * half, row_height - 8, Ink(ink.fill))
                    how = {"ha": "center", "va": "center", "color": ink.text}
                    page.text(x + value * per_unit / 2, y + row_height / 2, text, SIZE, **how)
                x += value * per_unit
        page.text(left + gutter, top + len(found.categories) * row_height + 3, found.value_label, SIZE, color=QUIET)

    return [*legend([s for s, _ in found.rows], width), Block(len(found.categories) * row_height + 22, draw)]


def _incident_map(spec: FigureSpec, width: float) -> list[Block]:
    return [*legend(spec.series, width), *maps.incidents(spec, width)]


def _table(spec: FigureSpec, width: float) -> list[Block]:
    return table(rows(spec), width, spec.passport.lang)


def legend(series: Iterable[Series], width: float) -> list[Block]:
    """What each fill and pattern means."""
    return _legend([(one.label, LIGHT.inks[one.meaning]) for one in series], width)


def _legend(named: list[tuple[str, Ink]], width: float) -> list[Block]:
    if not named:
        return []
    swatch, gap, line = 18.0, 18.0, SIZE * 1.7
    places: list[tuple[float, float]] = []
    x = y = 0.0
    for label, _ in named:
        needed = swatch + 6 + ruler.width(label, SIZE)
        if x and x + needed > width:
            x, y = 0.0, y + line
        places.append((x, y))
        x += needed + gap

    def draw(page: Page, left: float, top: float, _: float) -> None:
        for (label, ink), (x, y) in zip(named, places, strict=True):
            page.box(left + x, top + y + 1, swatch, SIZE + 1, ink)
            page.text(left + x + swatch + 6, top + y + SIZE / 2 + 1.5, label, SIZE, va="center")

    return [Block(y + line + 4, draw)]


def _frame(axes: Any) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(QUIET)
    axes.tick_params(length=0, labelsize=SIZE, labelcolor=TEXT)


def _spread(axes: Any, categories: Sequence[str], room: float) -> None:
    shown = _shown(categories, room / len(categories))
    axes.set_xticks(shown, [ruler.printable(categories[place]) for place in shown])
    axes.set_xlim(-0.7, len(categories) - 0.3)


def _shown(names: Sequence[str], each: float) -> list[int]:
    """The places that can be named where each has so much room; of years those that end in a round number."""
    widths = [ruler.width(name, SIZE) for name in names]
    widest = max(((a + b) / 2 for a, b in pairwise(widths)), default=0) + 8
    step = next((n for n in (1, 2, 5, 10, 20, 50) if n * each >= widest), 100)
    are_years = all(name.isdigit() for name in names)
    return [place for place, name in enumerate(names) if (int(name) if are_years else place) % step == 0]


CHARTS: Final[dict[Kind, Callable[[FigureSpec, float], list[Block]]]] = {
    Kind.BAR: _bars,
    Kind.SHARE: _share,
    Kind.GRID: _grid,
    Kind.CROSS: _grid,
    Kind.ROWS: _rows,
    Kind.MAP: _incident_map,
    Kind.ARCS: maps.routes,
    Kind.FLOW: flows.flow,
}

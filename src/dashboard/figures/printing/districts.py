"""Districts on a printed page: squares by what they are, tiles that fade with what is not known."""

import math
from typing import Final

from dashboard.figures import ruler
from dashboard.figures.palette import LIGHT, Ink, Meaning
from dashboard.figures.plotly_districts import ACROSS, tile_ink
from dashboard.figures.printing.keys import SIZE, Key, keys, legend
from dashboard.figures.printing.page import ANY, Block, Page, Space
from dashboard.figures.spec import FigureSpec
from dashboard.figures.style import Style

TILE: Final = 34.0
MOST: Final = 100000.0  # points, where nothing limits the height
GAP: Final = 2  # squares between two panels


def waffle(spec: FigureSpec, width: float, space: Space = ANY) -> list[Block]:
    """Squares in rows, sorted by what they are; one panel per value of the first column."""
    axis = spec.columns[0].name
    panels = list(dict.fromkeys(spec.table[axis]))
    order = {series.code: place for place, series in enumerate(spec.series)}
    inks = {series.code: LIGHT.inks[series.meaning] for series in spec.series}
    states = [sorted(spec.table[spec.table[axis] == one][spec.series_column], key=order.__getitem__) for one in panels]
    down = max(-(-len(found) // ACROSS) for found in states)
    head = SIZE * ruler.LINE * 1.4
    key = legend(spec.series, width)
    room = space.deep - sum(block.height for block in key) - head - 10
    each = min(width / (len(panels) * (ACROSS + GAP) - GAP), room / down)

    def draw(page: Page, left: float, top: float, _: float) -> None:
        for number, (panel, found) in enumerate(zip(panels, states, strict=True)):
            start = left + number * (ACROSS + GAP) * each
            page.text(start, top, spec.label(panel), SIZE * 1.15, weight="bold")
            for k, state in enumerate(found):
                x, y = start + k % ACROSS * each, top + head + k // ACROSS * each
                page.box(x, y, each * 0.86, each * 0.86, inks[state])

    return [*key, Block(head + down * each + 10, draw)]


def tiles(spec: FigureSpec, width: float, space: Space = ANY) -> list[Block]:
    """Tiles in alphabetical order; colour is the probability, and fades as its interval widens. A square: a record."""
    rows = spec.table.to_dict("records")
    shades = LIGHT.suppressed
    record, name = LIGHT.inks[Meaning.RECORD], spec.columns[0].name
    named = [Key(spec.series[0].label, Ink(record.fill, record.text), "s")]
    named += [
        Key(spec.label(code), Ink(ink.fill, LIGHT.text))
        for code, ink in (("high", shades[0][-1]), ("low", shades[0][0]), ("unsure", shades[-1][0]))
    ]
    key = keys(named, width)
    down = max((min(space.deep, MOST) - sum(block.height for block in key) - 10) // TILE, 1)
    across = max(min(max(int(len(rows) ** 0.5 * 1.6), 4), 8), math.ceil(len(rows) / down))
    each, small = width / across, SIZE * 0.9

    def draw(page: Page, left: float, top: float, _: float) -> None:
        for place, row in enumerate(rows):
            x, y = left + place % across * each, top + place // across * TILE
            ink = tile_ink(Style(), float(row["estimate"]), float(row["low"]), float(row["high"]))
            page.box(x, y, each - 2, TILE - 2, Ink(ink.fill, LIGHT.grid))
            words = ruler.wrap(str(row[name]), each - 10, small)[0]
            page.text(x + 4, y + 4, words, small, color=ink.text)
            if row["is_detected"]:
                page.mark(x + 9, y + TILE - 11, "s", 7, Ink(record.fill, record.text))

    return [*key, Block(-(-len(rows) // across) * TILE + 10, draw)]

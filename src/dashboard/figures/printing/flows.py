"""Flows on a printed page: from origin through the country of record to destination."""

from itertools import pairwise
from typing import Final

from matplotlib.patches import PathPatch
from matplotlib.path import Path

from dashboard.analysis.extent import NOT_STATED
from dashboard.figures import ruler
from dashboard.figures.numbers import printed
from dashboard.figures.palette import LIGHT, Ink, Meaning
from dashboard.figures.printing.page import ANY, QUIET, Block, Page, Space
from dashboard.figures.spec import FigureSpec

STAGES: Final = 3  # origin, country of record, destination: the first columns of the figure
SIZE: Final = 9.0
ROW: Final = 13.0  # the least room of a name
GAP: Final = 4.0
THICK: Final = 9.0
STRONG: Final = 0.5
FAINT: Final = 0.22


def flow(spec: FigureSpec, width: float, space: Space = ANY) -> list[Block]:
    """Three columns of countries with bands between them; "not stated" is a grey band like any other, and last."""
    del width  # known when it is drawn
    stages, value = [column.name for column in spec.columns[:STAGES]], spec.columns[-1].name
    table, lang = spec.table, spec.passport.lang
    total = int(table[value].sum()) or 1
    names = [sorted(table[stage].unique(), key=lambda code: (code == NOT_STATED, spec.label(code))) for stage in stages]
    above, below = ruler.LINE * SIZE, 40.0
    high = min(max(len(column) for column in names) * (ROW + GAP) + 200.0, space.deep - above - below)
    counts = [table.groupby(stage)[value].sum() for stage in stages]
    tops: list[dict[str, float]] = []
    tall: list[dict[str, float]] = []
    for column, found in zip(names, counts, strict=True):
        each = (high - GAP * (len(column) - 1)) / total
        room = {code: int(found[code]) * each for code in column}
        tall.append(room)
        y, placed = 0.0, {}
        for code in column:
            placed[code] = y
            y += room[code] + GAP
        tops.append(placed)
    known, vague = LIGHT.inks[Meaning.CO_TRADED], LIGHT.inks[Meaning.SEVERAL]

    def draw(page: Page, left: float, top: float, room: float) -> None:
        label = ruler.LINE * SIZE + 4
        margin = max(ruler.width(f"{spec.label(code)} · 000", SIZE) for column in names for code in column) + 8
        xs = [left + margin, left + room / 2, left + room - margin - THICK]
        for x, stage in zip(xs, spec.columns[:STAGES], strict=True):
            page.text(x, top, stage.label, SIZE, color=QUIET)
        for number, (a, b) in enumerate(pairwise(stages)):
            bands = table.groupby([a, b], as_index=False)[value].sum()
            out, into = dict(tops[number]), dict(tops[number + 1])
            order = {code: place for place, code in enumerate(names[number])}
            ends = {code: place for place, code in enumerate(names[number + 1])}
            rows = sorted(
                zip(bands[a], bands[b], bands[value], strict=True), key=lambda row: (order[row[0]], ends[row[1]])
            )
            for start, end, n in rows:
                thick = (
                    tall[number][start] * n / counts[number][start],
                    tall[number + 1][end] * n / counts[number + 1][end],
                )
                is_vague = NOT_STATED in (start, end)
                _band(
                    page, (xs[number] + THICK, top + label + out[start], thick[0]),
                    (xs[number + 1], top + label + into[end], thick[1]),
                    vague.pattern_colour if is_vague else known.fill, FAINT if is_vague else STRONG,
                )  # fmt: skip
                out[start] += thick[0]
                into[end] += thick[1]
        for x, column, placed, heights, found in zip(xs, names, tops, tall, counts, strict=True):
            last = float("-inf")
            for code in column:
                y = top + label + placed[code]
                page.box(
                    x, y, THICK, max(heights[code], 1), Ink(vague.pattern_colour if code == NOT_STATED else known.fill)
                )
                middle = max(y + heights[code] / 2, last + SIZE * 1.15)  # names of thin bands stand one below the other
                last = middle
                words = f"{spec.label(code)} · {printed(int(found[code]), lang)}"
                if x == xs[0]:  # names of the origins stand before their bands, where nothing crosses them
                    page.text(x - 4, middle, words, SIZE, va="center", ha="right")
                else:
                    page.text(x + THICK + 4, middle, words, SIZE, va="center")

    return [Block(high + above + below, draw)]


def _band(
    page: Page, start: tuple[float, float, float], end: tuple[float, float, float], colour: str, opacity: float
) -> None:
    """A band between two places: left edge, top and height of both ends, in points of the page."""
    (x, y, a), (u, v, b) = start, end
    middle = (x + u) / 2
    points = [
        (x, y),
        (middle, y),
        (middle, v),
        (u, v),
        (u, v + b),
        (middle, v + b),
        (middle, y + a),
        (x, y + a),
        (x, y),
    ]
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    placed = [(px / page.width, 1 - py / page.height) for px, py in points]
    patch = PathPatch(
        Path(placed, codes), facecolor=colour, alpha=opacity, edgecolor="none", transform=page.figure.transFigure
    )
    page.figure.add_artist(patch)

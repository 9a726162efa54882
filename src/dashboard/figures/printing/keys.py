"""What each fill, pattern and mark of a printed chart means, and the room that its words need."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from dashboard.figures import ruler
from dashboard.figures.palette import LIGHT, Ink
from dashboard.figures.printing.page import Block, Page
from dashboard.figures.spec import Series

SIZE: Final = 10.0
SWATCH: Final = 18.0


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a legend: a filled box or, with a *symbol* or *dash*, the mark that stands in the chart."""

    label: str
    ink: Ink
    symbol: str = ""
    dash: str = ""


def legend(series: Iterable[Series], width: float) -> list[Block]:
    """What each fill and pattern means."""
    return keys([Key(one.label, LIGHT.inks[one.meaning]) for one in series], width)


def keys(named: Sequence[Key], width: float) -> list[Block]:
    """The entries in as many lines as they need."""
    if not named:
        return []
    gap, line = 18.0, SIZE * 1.7
    places: list[tuple[float, float]] = []
    x = y = 0.0
    for key in named:
        needed = SWATCH + 6 + ruler.width(key.label, SIZE)
        if x and x + needed > width:
            x, y = 0.0, y + line
        places.append((x, y))
        x += needed + gap

    def draw(page: Page, left: float, top: float, _: float) -> None:
        for key, (x, y) in zip(named, places, strict=True):
            middle = top + y + SIZE / 2 + 1.5
            if key.dash:
                line = key.ink.line if key.ink.line.startswith("#") else key.ink.fill
                page.stroke((left + x, middle), (left + x + SWATCH, middle), line, 2.5, key.dash)
            if key.symbol:
                page.mark(left + x + SWATCH / 2, middle, key.symbol, 8, key.ink)
            if not key.dash and not key.symbol:
                page.box(left + x, top + y + 1, SWATCH, SIZE + 1, key.ink)
            page.text(left + x + SWATCH + 6, middle, key.label, SIZE, va="center")

    return [Block(y + line + 4, draw)]


def shown(names: Sequence[str], each: float) -> list[int]:
    """The places that can be named where each has so much room; of years those that end in a round number."""
    widths = [ruler.width(name, SIZE) for name in names]
    widest = max(((a + b) / 2 for a, b in pairwise(widths)), default=0) + 8
    step = next((n for n in (1, 2, 5, 10, 20, 50) if n * each >= widest), 100)
    are_years = all(name.isdigit() for name in names)
    return [place for place, name in enumerate(names) if (int(name) if are_years else place) % step == 0]

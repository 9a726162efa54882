"""Lying charts: a name on the left, a lane for each, and one scale of numbers below."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.figures import ruler
from dashboard.figures.numbers import unmarked
from dashboard.figures.palette import LIGHT, Ink
from dashboard.figures.printing.page import QUIET, Page

SIZE: Final = 10.0
WIDEST: Final = 0.4  # of the width of a chart, for the names
GAP: Final = 10.0
FOOT: Final = 18.0  # the numbers below a scale
Tick = tuple[float, str]
Line = tuple[str, bool]  # words, and whether they are bold


@dataclass(frozen=True, slots=True)
class Lanes:
    """Lanes of one height below one another, from *low* to *high* in *room* points beside the names."""

    names: tuple[tuple[Line, ...], ...]
    gutter: float
    height: float
    room: float
    low: float
    high: float

    @property
    def deep(self) -> float:
        """The height of all lanes together."""
        return self.height * len(self.names)

    def x(self, left: float, value: float) -> float:
        """Where a value stands."""
        return left + self.gutter + (value - self.low) / ((self.high - self.low) or 1) * self.room

    def y(self, top: float, place: float) -> float:
        """The middle of a lane; the first is 0."""
        return top + (place + 0.5) * self.height

    def name(self, page: Page, left: float, top: float) -> None:
        """Write the names."""
        for place, lines in enumerate(self.names):
            above = self.y(top, place) - len(lines) * SIZE * 1.25 / 2
            for number, (words, bold) in enumerate(lines):
                middle = above + (number + 0.5) * SIZE * 1.25
                how = {"ha": "right", "va": "center", "weight": "bold" if bold else "normal"}
                page.text(left + self.gutter - GAP, middle, words, SIZE, **how)

    def scale(self, page: Page, left: float, top: float, ticks: Sequence[Tick], title: str = "") -> None:
        """Draw lines at the ticks, their words below them, and the title of the scale below these."""
        for value, words in ticks:
            x = self.x(left, value)
            page.stroke((x, top), (x, top + self.deep), LIGHT.grid, 0.8)
            page.text(x, top + self.deep + 4, words, SIZE * 0.9, ha="center", color=QUIET)
        if title:
            page.text(left + self.gutter, top + self.deep + FOOT, title, SIZE, color=QUIET)

    def bar(self, page: Page, at: tuple[float, float], place: float, span: tuple[float, float], ink: Ink,
            share: float = 0.78) -> None:  # fmt: skip
        """A bar in a lane, over *span*, *share* of the lane thick; *at* is the left top of the lanes."""
        left, top = at
        x0, x1 = self.x(left, span[0]), self.x(left, span[1])
        page.box(x0, self.y(top, place) - self.height * share / 2, max(x1 - x0, 0.5), self.height * share, ink)

    def number(self, page: Page, x: float, y: float, words: str, ink: Ink, room: float) -> None:
        """Words in the middle of a bar that is *room* wide, on plain ground; nothing where they have no room."""
        wide = ruler.width(words, SIZE)
        if wide + 6 > room:
            return
        if ink.pattern:
            page.box(x - wide / 2 - 2, y - SIZE * 0.7, wide + 4, SIZE * 1.4, Ink(ink.fill))
        page.text(x, y, words, SIZE, ha="center", va="center", color=ink.text)


def lanes(labels: Sequence[str], width: float, low: float, high: float, *, height: float, right: float = 14.0,
          widest: float = WIDEST) -> Lanes:  # fmt: skip
    """Lanes for these names, which may hold line breaks and bold; *right* is the room beyond the scale."""
    names = tuple(tuple(_lines(label, width * widest - GAP)) for label in labels)
    broad = (ruler.width(words, SIZE, bold=bold) for lines in names for words, bold in lines)
    gutter = max(broad, default=0.0) + GAP
    tall = max((len(lines) for lines in names), default=1) * SIZE * 1.25 + 5
    return Lanes(names, gutter, max(height, tall), width - gutter - right, low, high)


def _lines(label: str, room: float) -> list[Line]:
    return [
        (words, "<b>" in part)
        for part in label.split("<br>")
        for words in ruler.wrap(unmarked(part), room, SIZE, bold="<b>" in part)
    ]

"""A printed page of any height: blocks under one another, placed in points from the top left."""

import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, Literal

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from dashboard.figures import ruler
from dashboard.figures.palette import LIGHT, Ink

INCH: Final = 72.0
WIDTH: Final = 10 * INCH
MARGIN: Final = 20.0
TEXT: Final = LIGHT.text
QUIET: Final = "#4a5a67"
SIGNS: Final = {"ring": "o", "star": "*"}
HATCHES: Final = {"/": "////", "\\": "\\\\\\\\", ".": "....", "x": "xxxx", "|": "||||"}
DPI: Final = 300


@cache
def prepare() -> None:
    """Teach matplotlib the printed font, once a process. A text is never a formula and stays text in an SVG."""
    fonts = font_manager.fontManager
    fonts.ttflist = [font for font in fonts.ttflist if font.name != "Noto Sans"]  # a system's own may lack signs
    for path in (ruler.REGULAR, ruler.BOLD):
        fonts.addfont(path)
    mpl.rcParams.update(
        {"font.family": "Noto Sans", "text.parse_math": False, "svg.fonttype": "none", "svg.hashsalt": "dashboard"}
    )


@dataclass(frozen=True, slots=True)
class Space:
    """How high a chart may be, in points, and which of its rows it shows where not all fit; its scale is of all."""

    deep: float = math.inf
    rows: slice = field(default_factory=lambda: slice(None))


ANY: Final = Space()  # a page of a document, which a chart may fill as it likes


@dataclass(frozen=True, slots=True)
class Block:
    """Something of a known height that can be drawn at a place."""

    height: float
    draw: Callable[["Page", float, float, float], None]  # page, left, top, width


@dataclass(slots=True)
class Page:
    """What the blocks draw on."""

    figure: Figure
    height: float
    width: float = WIDTH

    def text(self, x: float, y: float, words: str, size: float, **how: Any) -> None:
        """Write one line with its top at *y*."""
        how = {"va": "top", "ha": "left", "color": TEXT, "fontsize": size, **how}
        self.figure.text(x / self.width, 1 - y / self.height, ruler.printable(words), **how)

    def axes(self, left: float, top: float, width: float, height: float) -> Any:
        """Axes in a rectangle."""
        return self.figure.add_axes(
            (left / self.width, 1 - (top + height) / self.height, width / self.width, height / self.height)
        )

    def box(self, left: float, top: float, width: float, height: float, ink: Ink) -> None:
        """A filled rectangle with its pattern."""
        patch = Rectangle(
            (left / self.width, 1 - (top + height) / self.height),
            width / self.width,
            height / self.height,
            transform=self.figure.transFigure,
            **look(ink),
        )
        patch.set_hatch_linewidth(0.8)
        self.figure.add_artist(patch)

    def stroke(
        self, start: tuple[float, float], end: tuple[float, float], colour: str, thickness: float, dash: str = "-"
    ) -> None:
        """A straight line between two places."""
        xs, ys = zip(*(self._at(*place) for place in (start, end)), strict=True)
        how: dict[str, Any] = {"color": colour, "linewidth": thickness, "linestyle": dash, "solid_capstyle": "butt"}
        self.figure.add_artist(Line2D(xs, ys, transform=self.figure.transFigure, **how))

    def mark(self, x: float, y: float, symbol: str, size: float, ink: Ink) -> None:
        """A mark: a sign of matplotlib, a ``star``, or a ``ring`` that lets what lies below it through."""
        at, edge = self._at(x, y), ink.line if ink.line.startswith("#") else ink.fill
        how: dict[str, Any] = {"markerfacecolor": ink.fill, "markeredgecolor": edge, "markeredgewidth": 1.2}
        if symbol == "ring":
            how |= {"markerfacecolor": "none", "markeredgecolor": ink.fill, "markeredgewidth": 2.0}
        sign = SIGNS.get(symbol, symbol)
        mark = Line2D([at[0]], [at[1]], transform=self.figure.transFigure, marker=sign, markersize=size, **how)
        self.figure.add_artist(mark)

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return x / self.width, 1 - y / self.height

    def line(self, left: float, top: float, width: float, colour: str, thickness: float = 0.6) -> None:
        """A horizontal rule."""
        self.box(left, top, width, thickness, Ink(colour))


def look(ink: Ink) -> dict[str, Any]:
    """How matplotlib fills a meaning: colour, outline and hatch as on the screen."""
    outline = ink.line if ink.line.startswith("#") else "none"
    found: dict[str, Any] = {"facecolor": ink.fill, "edgecolor": outline, "linewidth": 0.7}
    if ink.pattern:
        found |= {"hatch": HATCHES[ink.pattern], "hatchcolor": ink.pattern_colour}
    return found


def paragraph(
    text: str, size: float, width: float, *, bold: bool = False, colour: str = TEXT, after: float = 0
) -> Block:
    """A wrapped text."""
    lines = ruler.wrap(text, width, size, bold=bold)

    def draw(page: Page, left: float, top: float, _: float) -> None:
        for number, line in enumerate(lines):
            page.text(
                left, top + number * size * ruler.LINE, line, size, color=colour, weight="bold" if bold else "normal"
            )

    return Block(len(lines) * size * ruler.LINE + after, draw)


def side_by_side(columns: Sequence[Sequence[Block]], gap: float) -> Block:
    """Columns of blocks beside one another."""

    def draw(page: Page, left: float, top: float, width: float) -> None:
        each = (width - gap * (len(columns) - 1)) / len(columns)
        for number, column in enumerate(columns):
            below = top
            for block in column:
                block.draw(page, left + number * (each + gap), below, each)
                below += block.height

    return Block(max(sum(block.height for block in column) for column in columns), draw)


def save(
    blocks: Sequence[Block],
    kind: Literal["png", "svg"],
    *,
    title: str,
    alt: str,
    notes: str = "",
    margin: float = MARGIN,
    width: float = WIDTH,
) -> bytes:
    """Draw the blocks under one another and return the file; it carries its title, its words and its notes unseen."""
    prepare()
    height = sum(block.height for block in blocks) + 2 * margin
    page = Page(Figure(figsize=(width / INCH, height / INCH), facecolor="white"), height, width)
    top = margin
    for block in blocks:
        block.draw(page, margin, top, width - 2 * margin)
        top += block.height
    file = io.BytesIO()
    about = {"Title": title, "Description": alt} | ({"Date": None} if kind == "svg" else {"Comment": notes})
    page.figure.savefig(file, format=kind, dpi=DPI if kind == "png" else INCH, metadata=about)
    return file.getvalue()

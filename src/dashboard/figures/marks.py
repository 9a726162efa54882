"""What the drawings of all kinds share: their size, and how a meaning becomes a mark."""

from dataclasses import dataclass
from typing import Any

from dashboard.figures.palette import LIGHT, Ink, Palette
from dashboard.figures.spec import Series

Trace = dict[str, Any]
Drawing = tuple[list[Trace], dict[str, Any]]  # traces, and what the layout has of its own


@dataclass(frozen=True, slots=True)
class Style:
    """How large and in which theme a figure is drawn."""

    palette: Palette = LIGHT
    scale: float = 1.0

    @property
    def font_size(self) -> float:
        """The size of ordinary text, in pixels."""
        return 14 * self.scale


def ink(series: Series, style: Style) -> Ink:
    """How a series is drawn in the theme of *style*."""
    return style.palette.inks[series.meaning]


def marker(ink: Ink) -> dict[str, Any]:
    """The marker of a bar: fill, outline and pattern."""
    drawn: dict[str, Any] = {"color": ink.fill, "line": {"color": ink.line, "width": 1}}
    if ink.pattern:
        drawn["pattern"] = {
            "shape": ink.pattern,
            "fgcolor": ink.pattern_colour,
            "bgcolor": ink.fill,
            "size": 6,
            "solidity": 0.22,
            "fillmode": "overlay",
        }
    return drawn

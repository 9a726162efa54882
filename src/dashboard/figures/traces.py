"""What the drawers of Plotly share."""

from typing import Any, Final

from dashboard.figures.palette import Ink

Trace = dict[str, Any]
Drawing = tuple[list[Trace], dict[str, Any]]  # traces, and what the layout has of its own
FONT: Final = "Inter, sans-serif"


def marker(ink: Ink) -> dict[str, Any]:
    """How Plotly paints with *ink*."""
    painted: dict[str, Any] = {"color": ink.fill, "line": {"color": ink.line, "width": 1}}
    if ink.pattern:
        painted["pattern"] = {
            "shape": ink.pattern,
            "fgcolor": ink.pattern_colour,
            "bgcolor": ink.fill,
            "size": 6,
            "solidity": 0.22,
            "fillmode": "overlay",
        }
    return painted

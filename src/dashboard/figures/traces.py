"""What the drawers of Plotly share."""

from typing import Any, Final

import pandas as pd

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


def plain(values: "pd.Series[Any]") -> list[float | None]:
    """Values for a chart: ``None`` where unknown."""
    return [None if pd.isna(v) else float(v) for v in values]


def faint(colour: str, share: float) -> str:
    """A colour that lets *share* of itself through."""
    red, green, blue = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"

"""What several drawers need: values, faint colours, fills with their pattern."""

from typing import Any

import pandas as pd

from dashboard.figures.palette import Ink

Trace = dict[str, Any]


def plain(values: pd.Series) -> list[float | None]:
    """Values for a chart: ``None`` where unknown."""
    return [None if pd.isna(v) else float(v) for v in values]


def faint(colour: str, share: float) -> str:
    """A colour that lets *share* of itself through."""
    red, green, blue = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"


def marker(ink: Ink) -> dict[str, Any]:
    """The fill, outline and pattern of a bar."""
    found: dict[str, Any] = {"color": ink.fill, "line": {"color": ink.line, "width": 1}}
    if ink.pattern:
        found["pattern"] = {
            "shape": ink.pattern, "fgcolor": ink.pattern_colour, "bgcolor": ink.fill, "size": 6, "solidity": 0.3,
            "fillmode": "overlay",
        }  # fmt: skip
    return found

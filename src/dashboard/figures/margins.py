"""How much room the names beside the axes of a chart need, so that Plotly draws it once.

Plotly measures the names after it has drawn a chart, and draws it a second time where they need another margin: half of
the time of most charts. It still measures: a name that is read differently here costs that second drawing, no more.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import cos, log10, radians, sin
from typing import Any, Final

from dashboard.figures import ruler
from dashboard.figures.traces import Trace

TOP: Final = 8  # pixels above a chart that has no names there
ABOVE, BELOW = 1.2, 1.24  # of the size of a name: from the axis to its far end, above a chart and below it
LINE: Final = 1.3  # of the size: from one line of a name to the next
TICK: Final = 5  # pixels; names keep a fifth of their size from it
CAPITAL: Final = 0.7  # of its size: the height of an axis' title
TITLE: Final = 1.2  # of the text: the size of a title that is given none
AIR: Final = 1.06  # over the largest value, where an axis of numbers may end
HAIR: Final = 0.5  # of the line of the axis
SLANTED: Final = 4  # pixels more above a slanted name
WIDEST: Final = "4"  # of the ten figures
BOLD: Final = "<b>"
MARKUP: Final = re.compile(r"<[^>]+>")


def margins(traces: Sequence[Trace], layout: Mapping[str, Any]) -> dict[str, float]:
    """The margin of a layout, in pixels: what it asks for itself, or else what the names of its axes need."""
    need: dict[str, float] = defaultdict(float)
    for name, axis in layout.items():
        is_shown = name.startswith(("xaxis", "yaxis")) and axis.get("visible", True)
        if is_shown and (names := _names(name, axis, traces, layout)):
            side = _side(name, axis)
            need[side] = max(need[side], _depth(name, axis, names, layout["font"]["size"]))
    own = layout.get("margin", {})
    right = max(own.get("r", 0), need["r"])
    top = max(own.get("t", 0 if right else TOP), need["t"])  # with four margins, Plotly adds the least to each
    return {"l": round(need["l"]), "r": round(right), "t": round(top), "b": max(own.get("b", 0), round(need["b"]))}


def _side(name: str, axis: Mapping[str, Any]) -> str:
    """The first letter of the side of the chart on which an axis stands, as margins are called."""
    return str(axis.get("side", "left" if name.startswith("y") else "bottom"))[0]


def _depth(name: str, axis: Mapping[str, Any], names: Sequence[str], size: float) -> float:
    """How far an axis reaches from its line to the far end of its names and its title; *size* is that of text."""
    lines = [line for each in names for line in each.split("<br>")]
    breaks = max(each.count("<br>") for each in names)
    font = axis.get("tickfont", {}).get("size", size)
    wide = max(ruler.width(MARKUP.sub("", line), font, bold=BOLD in line, on_screen=True) for line in lines)
    depth: float = axis.get("ticklabelstandoff", 0) + (TICK + font / 5 if axis.get("ticks") == "outside" else 0)
    match _side(name, axis):
        case "l" | "r":
            depth += 2 * HAIR + wide
        case "b":
            depth += HAIR + (breaks * LINE + BELOW) * font
        case _:
            turned = radians(abs(axis.get("tickangle", 0)))
            high = cos(turned) * (breaks * LINE + 1) + ABOVE - 1
            depth += HAIR + high * font + sin(turned) * wide + (SLANTED if turned else 0)
    if title := axis.get("title"):
        depth += title.get("standoff", 0) + CAPITAL * title.get("font", {}).get("size", TITLE * size)
    return depth


def _names(name: str, axis: Mapping[str, Any], traces: Sequence[Trace], layout: Mapping[str, Any]) -> list[str]:
    """What will stand beside an axis: its names, its categories, or a number as long as its longest."""
    if "ticktext" in axis:
        return list(axis["ticktext"])
    letter = name[0]
    of = [trace for trace in traces if trace.get(f"{letter}axis", letter) == name.replace("axis", "")]
    values = [value for trace in of for value in trace.get(letter) or () if value is not None]
    if any(isinstance(value, str) for value in values) and axis.get("type") != "date":
        return [f"{value}{axis.get('ticksuffix', '')}" for value in values]
    if letter == "x":
        return [axis.get("tickformat", "").replace("\n", "<br>") or "0"]  # its lines count, not its width
    if "range" in axis:
        return [f"{axis['range'][1]:.0f}{axis.get('ticksuffix', '')}"]
    highest = _highest(of, letter, is_stacked=layout.get("barmode") == "stack")
    return [WIDEST * (int(log10(max(highest * AIR, 1))) + 1)]


def _highest(traces: Sequence[Trace], letter: str, *, is_stacked: bool) -> float:
    """The end of the longest bar, with what lies on it, or the highest point."""
    other = "x" if letter == "y" else "y"
    ends: dict[Any, float] = defaultdict(float)
    for trace in traces:
        above = trace.get(f"error_{letter}", {}).get("array") or ()
        values = trace.get(letter) or ()
        for nth, (at, value) in enumerate(zip(trace.get(other) or (), values, strict=False)):
            reach = (value or 0) + ((above[nth] or 0) if nth < len(above) else 0)
            ends[at] = ends[at] + reach if is_stacked and trace["type"] == "bar" else max(ends[at], reach)
    return max(ends.values(), default=0.0)

"""The key of a chart: what its colours, patterns and shapes mean, as text that wraps on every screen.

Plotly's own legend is part of the picture: on a narrow screen it is cut or gets a scroll bar, and a click on it takes a
part of the chart away, the unknown too.
"""

from collections.abc import Iterator
from html import escape
from typing import Any, Final

import plotly.graph_objects as go

from dashboard.figures.palette import Ink, Palette

CUT: Final = {
    "diamond": "polygon(50% 0, 100% 50%, 50% 100%, 0 50%)",
    "triangle-up": "polygon(50% 0, 100% 100%, 0 100%)",
    "star": "polygon(50% 0,62% 35%,98% 35%,69% 57%,80% 94%,50% 71%,20% 94%,31% 57%,2% 35%,38% 35%)",
    "x": "polygon(20% 0,50% 30%,80% 0,100% 20%,70% 50%,100% 80%,80% 100%,50% 70%,20% 100%,0 80%,30% 50%,0 20%)",
}
LINES: Final = {"solid": "solid", "dash": "dashed", "dot": "dotted", "dashdot": "dashed"}


def keys(drawing: go.Figure, palette: Palette) -> str:
    """The key of *drawing*; empty where there is nothing to tell apart."""
    if drawing.layout.showlegend is False:
        return ""
    named = [trace for trace in drawing.data if trace.type in {"bar", "scatter"} and trace.name]
    shown = [trace for trace in named if trace.showlegend is not False]
    if len(shown) < 2 and not any(trace.showlegend for trace in shown):
        return ""
    return f'<ul class="legend">{"".join(_item(trace, palette) for trace in shown)}</ul>'


def swatch(ink: Ink, label: str) -> str:
    """A patch of colour, or of pattern, with what it means."""
    return _said(painted(ink), label)


def painted(ink: Ink) -> str:
    """How text of ours is painted with *ink*: its ground, with the pattern, and its edge."""
    background = ink.fill
    if ink.pattern in {".", "o"}:
        background = f"radial-gradient({ink.pattern_colour} 1.3px, transparent 1.5px) 0 0/6px 6px, {ink.fill}"
    elif ink.pattern:
        stripes = (
            f"repeating-linear-gradient({angle}deg, {ink.pattern_colour} 0 1.6px, transparent 1.6px 5px)"
            for angle in {"/": (135,), "\\": (45,), "x": (45, 135)}.get(ink.pattern, (90,))
        )
        background = f"{', '.join(stripes)}, {ink.fill}"
    return f"background:{background};border-color:{ink.line}"


def _item(trace: Any, palette: Palette) -> str:
    if trace.type == "bar":
        pattern = trace.marker.pattern
        shape = pattern.shape if isinstance(pattern.shape, str) else ""
        fill = trace.marker.color
        if not isinstance(fill, str):  # deeper where there are more
            return _said(
                f"background:{_steps(fill, palette)};border-color:transparent;width:2.6rem",
                _counted(trace.name, fill, palette),
            )
        line = trace.marker.line.color
        edge = line if isinstance(line, str) else "transparent"
        return swatch(Ink(fill, edge, shape, str(pattern.fgcolor or "")), trace.name)
    if "markers" in (trace.mode or ""):
        return _said(";".join(_mark(trace.marker)), trace.name)
    dash = LINES.get(trace.line.dash or "solid", "solid")
    look = f"height:0;width:1.8rem;border:0;border-top:3px {dash} {trace.line.color};border-radius:0"
    return _said(look, trace.name)


def _steps(fills: tuple[str, ...], palette: Palette) -> str:
    """The shades of cells beside one another, those for the fewest records first."""
    found = [ink.fill for _, ink in palette.depths if ink.fill in fills] or list(fills[:1] or [palette.depth(1).fill])
    ends = [f"{fill} {k * 100 / len(found):.0f}% {(k + 1) * 100 / len(found):.0f}%" for k, fill in enumerate(found)]
    return f"linear-gradient(90deg, {', '.join(ends)})"


def _counted(name: str, fills: tuple[str, ...], palette: Palette) -> str:
    """The name, and from how many records on each shade is drawn: a narrow screen has no room for the numbers."""
    least = [count for count, _ in palette.depths]
    said = []
    for (count, ink), after in zip(palette.depths, [*least[1:], None], strict=True):
        if count and ink.fill in fills:
            said.append(
                f"≥\u00a0{count}" if after is None else f"{count}" if after == count + 1 else f"{count}–{after - 1}"
            )
    return f"{name}: {', '.join(said)}" if said else name


def _mark(marker: Any) -> Iterator[str]:
    shape, is_open = str(marker.symbol or "circle").removesuffix("-open"), "-open" in str(marker.symbol)
    fill = marker.line.color or marker.color if shape == "line-ew" else marker.color
    edge = marker.line.color if isinstance(marker.line.color, str) else fill
    yield "width:0.85rem;height:0.85rem"
    if shape in CUT:
        yield f"background:{fill};border:0;border-radius:0;clip-path:{CUT[shape]}"
    elif is_open:
        yield f"background:transparent;border:2.5px solid {fill};border-radius:{_round(shape)}"
    else:
        yield f"background:{fill};border-color:{edge};border-radius:{_round(shape)}"


def _round(shape: str) -> str:
    return "50%" if shape == "circle" else "0"


def _said(look: str, label: str) -> str:
    return f'<li><i style="{look}"></i>{escape(label)}</li>'

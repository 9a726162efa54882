"""Draws districts: squares by what they are, and tiles that fade with what is not known."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import pandas as pd

from dashboard.figures.palette import Ink, Meaning
from dashboard.figures.spec import FigureSpec, Kind
from dashboard.figures.traces import Trace, marker

if TYPE_CHECKING:
    from dashboard.figures.style import Style
    from dashboard.figures.traces import Drawing

SHORT: Final = 5  # letters of a name that fit any tile
ACROSS: Final = 16  # squares in a row of a waffle
WIDE: Final = (0.25, 0.5)  # widths of an interval from which a tile loses shades; convention


def _waffle(spec: FigureSpec, style: Style) -> Drawing:
    """Squares in rows, sorted by what they are; one panel per value of x."""
    axis = spec.columns[0].name
    panels = list(dict.fromkeys(spec.table[axis]))
    order = {series.code: place for place, series in enumerate(spec.series)}
    traces: list[Trace] = []
    notes = []
    down = 0
    for place, panel in enumerate(panels):
        rows = spec.table[spec.table[axis] == panel]
        states = sorted(rows[spec.series_column], key=order.__getitem__)
        down = max(down, -(-len(states) // ACROSS))
        start = place * (ACROSS + 2)
        notes.append(
            {
                "x": start - 0.42, "xanchor": "left", "y": -0.75, "text": f"<b>{spec.label(panel)}</b>",
                "showarrow": False, "yanchor": "bottom",
                "font": {"size": style.font_size * 1.15, "color": style.palette.text},
            }
        )  # fmt: skip
        for series in spec.series:
            at = [k for k, state in enumerate(states) if state == series.code]
            ink = style.palette.inks[series.meaning]
            traces.append(
                {
                    "type": "bar", "x": [start + k % ACROSS for k in at] or [None], "width": 0.84,
                    "y": [0.84] * max(len(at), 1), "base": [k // ACROSS - 0.42 for k in at] or None,
                    "name": series.label, "legendgroup": series.code, "showlegend": place == 0,
                    "marker": marker(ink), "hovertemplate": f"{series.label}: {len(at)}<extra></extra>",
                }
            )  # fmt: skip
    width = len(panels) * (ACROSS + 2) - 2
    return traces, {
        "xaxis": {"visible": False, "range": [-0.6, width - 0.4]},
        "yaxis": {
            "visible": False, "range": [down - 0.4, -1.9], "scaleanchor": "x", "constrain": "domain",
            "constraintoward": "top",
        },
        "annotations": notes,
        "barmode": "overlay",
        "height": 365 * style.scale**0.6,  # as the lines beside it
    }  # fmt: skip


def _tiles(spec: FigureSpec, style: Style) -> Drawing:
    """Tiles in alphabetical order; colour is the probability, and fades as its interval widens. A dot is a record."""
    rows = spec.table.reset_index(drop=True)
    across = min(max(int(len(rows) ** 0.5 * 1.6), 4), 14)
    inks = [tile_ink(style, *values) for values in zip(rows["estimate"], rows["low"], rows["high"], strict=True)]
    x, y = [k % across for k in range(len(rows))], [k // across for k in range(len(rows))]
    label = rows[spec.columns[0].name].astype(str)
    few = across <= 9 or int(label.str.len().max()) <= SHORT
    tiles: Trace = {
        "type": "bar", "x": x, "y": [0.92] * len(rows), "base": [v - 0.46 for v in y], "width": 0.92,
        "marker": {"color": [i.fill for i in inks], "line": {"width": 1, "color": style.palette.grid}},
        "text": [name if len(name) <= 14 else f"{name[:13]}…" for name in label] if few else None,
        "textposition": "inside", "insidetextanchor": "start", "textangle": 0, "constraintext": "inside",
        "textfont": {"color": [i.text for i in inks], "size": style.font_size * 0.85},
        "customdata": [[n, t] for n, t in zip(label, rows["text"], strict=True)], "showlegend": False,
        "hovertemplate": "%{customdata[0]}: %{customdata[1]}<extra></extra>",
    }  # fmt: skip
    found = rows.index[rows["is_detected"].astype(bool)]
    record = style.palette.inks[Meaning.RECORD]
    marks: Trace = {
        "type": "scatter", "mode": "markers", "x": [x[k] for k in found] or [None], "y": [y[k] + 0.2 for k in found],
        "marker": {
            "symbol": "square", "size": 11 * style.scale, "color": record.fill,
            "line": {"width": 2, "color": record.text},
        },
        "name": spec.series[0].label, "hoverinfo": "skip",
    }  # fmt: skip
    return [tiles, marks, *_key(spec, style)], {
        "xaxis": {"visible": False, "range": [-0.55, across - 0.45]},
        "yaxis": {"visible": False, "range": [max(y, default=0) + 0.55, -0.55]},
        "barmode": "overlay",
        "height": ((max(y, default=0) + 1) * (62 if few else 40) + 60) * style.scale,
    }


def _key(spec: FigureSpec, style: Style) -> list[Trace]:
    """What the shades mean, in the legend only."""
    shades = style.palette.suppressed
    return [
        {
            "type": "bar", "x": [None], "y": [None], "name": spec.label(code),
            "marker": {"color": ink.fill, "line": {"width": 1, "color": style.palette.text}},
        }
        for code, ink in (("high", shades[0][-1]), ("low", shades[0][0]), ("unsure", shades[-1][0]))
    ]  # fmt: skip


def tile_ink(style: Style, estimate: float, low: float, high: float) -> Ink:
    """The shade of a probability: the wider its interval, the fewer shades there are; grey when hardly known."""
    width = high - low
    known = 2 if pd.isna(width) or width > WIDE[1] else 1 if width > WIDE[0] else 0
    shades = style.palette.suppressed[known]
    return shades[0 if pd.isna(estimate) else min(int(estimate * len(shades)), len(shades) - 1)]


DRAWERS: Final[dict[Kind, Callable[[FigureSpec, Style], Drawing]]] = {Kind.WAFFLE: _waffle, Kind.TILES: _tiles}

"""Draws ranges: one name a line, a bar from low to high, a dot where the two are one."""

from typing import Any, Final

import pandas as pd

from dashboard.figures.spec import FigureSpec, Series
from dashboard.figures.style import Style
from dashboard.figures.traces import Drawing, Trace, marker

ROW: Final = 34  # pixels a line, before scaling
BAR: Final = 0.34  # of the room a line has
SYMBOLS: Final = ("circle", "diamond", "square", "circle", "triangle-up")
AIR: Final = 1.04  # room to the right of the largest value
PERCENT: Final = ".0%"
HALVES: Final = [0, 0.5, 1]


def ranges(spec: FigureSpec, style: Style) -> Drawing:
    """Lines in the order of the table, from the top. ``lane`` moves a mark up (-) or down within its line."""
    names = list(dict.fromkeys(spec.table[spec.columns[0].name]))
    at = {code: n for n, code in enumerate(names)}
    most = float(spec.table["high"].max()) if len(spec.table) else 1.0
    traces = []
    for nth, series in enumerate(spec.series):
        rows = spec.table[spec.table[spec.series_column] == series.code]
        y = [at[code] + lane for code, lane in zip(rows[spec.columns[0].name], rows["lane"], strict=True)]
        is_dot = (rows["low"] == rows["high"]).all() and len(rows) > 0
        make = _dots(rows, y) if is_dot else _bars(rows, y)
        look = _dot(series, style, SYMBOLS[nth % len(SYMBOLS)]) if is_dot else marker(style.ink(series))
        traces.append(make | {"marker": look, "name": series.label, "showlegend": True})
    mark, words = _words(spec.table, at, spec, style)
    beside = {"yaxis2": words} if words["tickvals"] else {}
    if beside:
        traces.append(mark)
    shapes, annotations = _line(spec, style)
    span = [len(names) - 0.45, -1.0 if spec.line else -0.55]
    return traces, {
        "xaxis": {
            "tickformat": spec.unit,
            "tickangle": 0,
            "gridcolor": style.palette.grid,
            "zeroline": False,
            "range": [0, max(most, spec.line[0] if spec.line else 0) * AIR],
            **_ticks(spec),
            "title": {"text": spec.columns[-1].label},
        },
        "yaxis": {
            "tickvals": list(at.values()),
            "ticktext": [spec.label(code) for code in names],
            "showgrid": False,
            "zeroline": False,
            "range": span,
        },
        **{name: {**axis, "range": span} for name, axis in beside.items()},
        "barmode": "overlay",
        "shapes": shapes,
        "annotations": annotations,
        "height": (len(names) * ROW + 130) * style.scale,
    }


def _ticks(spec: FigureSpec) -> dict[str, Any]:
    """Halves of a share, which fit any screen; multiples of the line where there is one."""
    if spec.unit == PERCENT:
        sign = "\u00a0%" if spec.passport.lang == "ru" else "%"
        return {"tickvals": HALVES, "ticktext": [f"{100 * v:.0f}{sign}" for v in HALVES]}
    return {"tick0": 0, "dtick": spec.line[0]} if spec.line else {}


def _bars(rows: pd.DataFrame, y: list[float]) -> Trace:
    return {
        "type": "bar",
        "orientation": "h",
        "base": rows["low"].to_list(),
        "x": (rows["high"] - rows["low"]).to_list() or [None],
        "y": y or [None],
        "width": BAR,
        "hovertext": rows["hover"].to_list(),
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _dots(rows: pd.DataFrame, y: list[float]) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": rows["low"].to_list(),
        "y": y,
        "hovertext": rows["hover"].to_list(),
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _dot(series: Series, style: Style, symbol: str) -> dict[str, Any]:
    of = style.ink(series)
    edge = {"color": of.line, "width": 1.5 * style.scale}
    return {"symbol": symbol, "size": 12 * style.scale, "color": of.fill, "line": edge}


def _words(table: pd.DataFrame, at: dict[str, int], spec: FigureSpec, style: Style) -> tuple[Trace, dict[str, Any]]:
    """What is said of each line, in a column of its own to the right: nothing is cut however narrow the screen is.

    The names of a second axis, which Plotly draws only where a mark stands on it: one that cannot be seen.
    """
    rows = table[table["text"] != ""]
    part = "; " if style.scale > 1 else "<br>"  # a projected chart is low and wide, a telephone narrow
    mark: Trace = {
        "type": "scatter", "mode": "markers", "x": [0], "y": [0], "yaxis": "y2", "marker": {"opacity": 0},
        "hoverinfo": "skip", "showlegend": False,
    }  # fmt: skip
    axis = {
        "overlaying": "y",
        "side": "right",
        "tickvals": [at[code] for code in rows[spec.columns[0].name]],
        "ticktext": [text.replace("; ", part) for text in rows["text"]],
        "tickfont": {"size": style.font_size * 0.92},
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
    }
    return mark, axis


def _line(spec: FigureSpec, style: Style) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    if spec.line is None:
        return [], []
    value, name = spec.line
    stroke = {"color": style.palette.text, "width": 2 * style.scale, "dash": "dash"}
    shape = {"type": "line", "x0": value, "x1": value, "y0": 0, "y1": 1, "yref": "paper", "line": stroke}
    note = {
        "x": value,
        "y": 1,
        "yref": "paper",
        "yanchor": "top",
        "xanchor": "left",
        "text": f" {name}",
        "showarrow": False,
        "font": {"size": style.font_size * 0.9, "color": style.palette.text},
    }
    return [shape], [note]

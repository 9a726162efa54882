"""Draws a FigureSpec on the screen with Plotly."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.analysis.extent import NOT_STATED
from dashboard.figures import plotly_detection, plotly_justice
from dashboard.figures.margins import margins
from dashboard.figures.matrices import matrix
from dashboard.figures.plotly_cross import cross, rows
from dashboard.figures.plotly_flow import flow
from dashboard.figures.plotly_map import light_map
from dashboard.figures.ranges import ranges
from dashboard.figures.spec import FigureSpec, Kind
from dashboard.figures.style import Style
from dashboard.figures.traces import FONT, Drawing, Trace, marker

LOCALES: Final = Path(__file__).parents[3] / "static" / "locale"
FEW: Final = 5  # up to here every whole number has a tick, and nothing between them
CELL: Final = 0.9  # of the room a cell has; the rest is the gap between cells
DECIMAL_AND_THOUSANDS: Final = {"en": ".,", "ru": ",\u00a0"}


def draw(spec: FigureSpec, style: Style) -> go.Figure:
    """Draw *spec*. The figure has no title of its own: the panel around it shows it as text.

    Tables are not drawn here: ``figures.html`` writes them as text. The drawers return plain dictionaries, which become
    a figure once and unvalidated: Plotly's validators took two thirds of a rerun (a test validates every drawing).
    Streamlit's page hands each chart to Plotly twice, as two equal copies: with a revision of the data and without a
    template Plotly sees that nothing changed, and draws it once.
    """
    traces, own = DRAWERS[spec.kind](spec, style)
    palette = style.palette
    layout = {
        "font": {"family": FONT, "size": style.font_size, "color": palette.text},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "separators": DECIMAL_AND_THOUSANDS[spec.passport.lang],
        "hoverlabel": {"font": {"family": FONT, "size": style.font_size}},
        "barmode": "stack",
        "bargap": 0.12,
        "datarevision": 1,
        **own,
        "xaxis": _axis(own["xaxis"], style),
        "yaxis": _axis(own["yaxis"], style),
    }
    if "height" in layout:
        layout["height"] = round(layout["height"])  # as the browser will have it
    layout["margin"] = margins(traces, layout)
    drawing = go.Figure({"data": traces, "layout": layout}, _validate=False)
    drawing.layout.template = None  # Streamlit's: it sets nothing we leave open, and differs at each look
    return drawing


def _axis(own: dict[str, Any], style: Style) -> dict[str, Any]:
    """An axis with its name as large as its numbers and clear of them."""
    title = own.get("title")
    if isinstance(title, dict):
        title = {"standoff": 10 * style.scale, "font": {"size": style.font_size}, **title}
    return {"automargin": True, "fixedrange": True, **own, **({"title": title} if title else {})}


def config(lang: str) -> dict[str, Any]:
    """The Plotly configuration of a language. No mode bar: figures leave through the panel's own menu."""
    return {"displayModeBar": False, "locale": lang, "locales": _locales(lang), "scrollZoom": False}


@cache
def _locales(lang: str) -> dict[str, Any]:
    if lang == "en":
        return {}
    return {lang: json.loads((LOCALES / f"plotly-{lang}.json").read_text(encoding="utf-8"))}


def _bars(spec: FigureSpec, style: Style) -> Drawing:
    """Stacked columns; values of x without a row have no column."""
    axis, value = spec.columns[0].name, spec.columns[-1].name
    traces = []
    for series in spec.series:
        rows = spec.table[spec.table[spec.series_column] == series.code]
        traces.append(
            {
                "type": "bar",
                "x": [spec.label(x) for x in rows[axis]] if spec.labels else rows[axis].astype(int).to_list(),
                "y": rows[value].astype(int).to_list(),
                "name": series.label,
                "marker": _vague(marker(style.ink(series)), rows[axis].to_list(), style),
                "hovertemplate": f"%{{x}} · {series.label}: %{{y}}<extra></extra>",
            }
        )
    grid = style.palette.grid
    highest = spec.table.groupby(axis)[value].sum().max()
    return traces, {
        "xaxis": {"showgrid": False, "ticks": "outside", "tickcolor": grid, **_positions(spec)},
        "yaxis": {
            "gridcolor": grid,
            "rangemode": "tozero",
            "zeroline": False,
            "title": {"text": spec.columns[-1].label, "standoff": 14},
            "dtick": 1 if highest <= FEW else None,
        },
        "height": 460 * style.scale,
    }


def _vague(painted: dict[str, Any], at: list[Any], style: Style) -> dict[str, Any]:
    """Hatch the bar of what is not stated: it has no place among the others."""
    if NOT_STATED not in at or "pattern" in painted:
        return painted
    shapes = ["/" if one == NOT_STATED else "" for one in at]
    hatch = {"fgcolor": style.palette.paper, "size": 7, "solidity": 0.25, "fillmode": "overlay"}
    return {**painted, "pattern": {"shape": shapes, **hatch}}


def _positions(spec: FigureSpec) -> dict[str, Any]:
    """Years stand where they belong; named positions keep the order of the labels, also where there is no bar."""
    if not spec.labels:
        axis = spec.columns[0]
        is_short = axis.name == "year" and spec.table["year"].nunique() <= FEW  # no ticks between the years
        title = {"text": "" if axis.name == "year" else axis.label, "standoff": 14}
        return {"tickformat": "d", "title": title, "dtick": 1 if is_short else None}
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": list(spec.labels.values()),
        "range": [-0.5, len(spec.labels) - 0.5],
    }


def _grid(spec: FigureSpec, style: Style) -> Drawing:
    """Cells of x by y: what is known of each is its fill and pattern; the first series has counts in its cells."""
    across, down, value = (column.name for column in spec.columns)
    rows = sorted(spec.table[down].unique(), key=spec.label, reverse=True)
    at = {code: index for index, code in enumerate(rows)}
    traces = []
    for series in spec.series:
        cells = spec.table[spec.table[spec.series_column] == series.code]
        trace: Trace = {
            "type": "bar",
            "x": cells[across].astype(int).to_list() or [None],  # an empty series keeps its place in the legend
            "y": [CELL] * max(len(cells), 1),
            "base": [at[code] - CELL / 2 for code in cells[down]],
            "width": CELL,
            "name": series.label,
            "marker": marker(style.ink(series)),
            "customdata": [spec.label(code) for code in cells[down]],
            "hovertemplate": f"%{{customdata}}, %{{x}}: {series.label}<extra></extra>",
            "showlegend": True,
        }
        is_counted = series is spec.series[0]
        traces.append(trace | (_counts(trace, cells[value].astype(int).to_list(), style) if is_counted else {}))
    return traces, {
        "xaxis": {
            "showgrid": False,
            "tickformat": "d",
            "range": _span(spec.table[across]),
            "dtick": 5,
            "tick0": 2000,
        },
        "yaxis": {
            "tickvals": list(at.values()),
            "ticktext": [spec.label(code) for code in rows],
            "showgrid": False,
            "zeroline": False,
            "range": [-0.5, len(rows) - 0.5],
        },
        "barmode": "overlay",
        "height": (len(rows) * 27 + 100) * style.scale,
    }


def _counts(trace: Trace, counts: list[int], style: Style) -> Trace:
    """What writes the counts into the cells of *trace*, and deepens the cells with them."""
    inks = [style.palette.depth(count) for count in counts]
    return {
        "marker": {"color": [ink.fill for ink in inks], "line": {"color": [ink.line for ink in inks], "width": 1}},
        "text": [str(count) for count in counts],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"size": style.font_size * 0.85, "color": [ink.text for ink in inks]},
        "hovertemplate": trace["hovertemplate"].replace("<extra>", " · %{text}<extra>"),
    }


def _span(values: pd.Series) -> list[float]:
    return [float(values.min()) - 0.5, float(values.max()) + 0.5]


DRAWERS: Final[dict[Kind, Callable[[FigureSpec, Style], Drawing]]] = {
    Kind.BAR: _bars,
    Kind.GRID: _grid,
    Kind.CROSS: cross,
    Kind.ROWS: rows,
    Kind.FLOW: flow,
    Kind.MAP: light_map,
    Kind.STEPS: plotly_justice.steps,
    Kind.INTERVAL: plotly_justice.intervals,
    Kind.TERMS: plotly_justice.terms,
    Kind.CURVES: plotly_justice.curves,
    Kind.MATRIX: matrix,
    Kind.RANGE: ranges,
    **plotly_detection.DRAWERS,
}

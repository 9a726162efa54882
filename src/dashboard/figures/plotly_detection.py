"""Draws what the detection page shows: evidence needed, lines with their limits, ranges, what is still to come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from dashboard.figures import plotly_districts
from dashboard.figures.palette import Ink, Meaning
from dashboard.figures.spec import FigureSpec, Kind, Series
from dashboard.figures.traces import Trace, faint, marker, plain

if TYPE_CHECKING:
    from dashboard.figures.style import Style
    from dashboard.figures.traces import Drawing

LESSON: Final = 365  # pixels; grows less than the text, so that a lesson fits one screen
SYMBOLS: Final[Mapping[Meaning, str]] = {
    Meaning.RECORD: "square-open",
    Meaning.OCCURRENCE: "circle",
    Meaning.DETECTION: "diamond",
    Meaning.TRUTH: "line-ew",
}


def _needed(spec: FigureSpec, style: Style) -> Drawing:
    """How many there are, on a scale with the zones "refused", "caution" and "accepted". Limits are in the table."""
    rows = spec.table.iloc[::-1]
    found = rows[spec.columns[-1].name].astype(int)
    refuse, enough = int(rows["refuse_below"].max()), int(rows["ok_from"].max())
    names = [_gap(spec, code, refuse - n) for code, n in zip(rows[spec.columns[0].name], found, strict=True)]
    right = max(enough * 1.5, float(found.max()) + enough * 0.3)
    inks = style.palette.inks
    edges = {"refused": (0, refuse), "caution": (refuse, enough), "accepted": (enough, right)}
    shapes, keys = [], list[Trace]()
    for series in spec.series:
        low, high = edges[series.code]
        shapes.append(_zone(low, high, inks[series.meaning]))
        key = {"color": inks[series.meaning].fill, "line": {"width": 1, "color": style.palette.text}}
        keys.append({"type": "bar", "x": [None], "y": [names[0]], "name": series.label, "marker": key})
    strong = inks[Meaning.RECORD]
    marks: Trace = {
        "type": "scatter", "mode": "markers+text", "x": found.to_list(), "y": names, "cliponaxis": False,
        "marker": {"size": 30 * style.scale, "color": strong.fill, "line": {"width": 2, "color": strong.text}},
        "text": [str(n) for n in found],
        "textfont": {"color": strong.text, "size": style.font_size * 1.15, "weight": 700},
        "hovertemplate": "%{y}: %{x}<extra></extra>", "showlegend": False,
    }  # fmt: skip
    stems: Trace = {
        "type": "bar", "orientation": "h", "x": found.to_list(), "y": names, "width": 0.12, "hoverinfo": "skip",
        "marker": {"color": strong.fill}, "showlegend": False,
    }  # fmt: skip
    return [*keys, stems, marks], {
        "xaxis": {
            "range": [-0.035 * right, right], "showgrid": False, "zeroline": False, "tickvals": [0, refuse, enough],
            "title": {"text": spec.columns[-1].label},
        },
        "yaxis": {"showgrid": False, "ticklabelstandoff": round(24 * style.scale)},
        "shapes": shapes,
        "height": len(rows) * 56 + 110,  # projected, too: two lines a row have room, and one screen holds them
    }  # fmt: skip


def _gap(spec: FigureSpec, code: str, missing: int) -> str:
    """The name of a row, and below it how many are missing; it stays beside the chart on every width."""
    return f"{spec.label(code)}<br><b>{spec.label(f'missing-{missing}')}</b>" if missing > 0 else spec.label(code)


def _zone(low: float, high: float, ink: Ink) -> dict[str, Any]:
    return {
        "type": "rect", "xref": "x", "yref": "paper", "x0": low, "x1": high, "y0": 0, "y1": 1, "layer": "below",
        "fillcolor": ink.fill, "line": {"width": 1, "color": ink.pattern_colour or ink.fill},
    }  # fmt: skip


def _bands(spec: FigureSpec, style: Style) -> Drawing:
    """Lines along x; a band where there are limits."""
    traces: list[Trace] = []
    for series in spec.series:
        traces += _line(spec, series, style, band=True)
    grid = style.palette.grid
    return traces, {
        "xaxis": {"showgrid": False, "ticks": "outside", "tickcolor": grid, "title": {"text": spec.columns[0].label}},
        "yaxis": {
            **({"rangemode": "tozero"} if spec.unit else _shares(spec.table, spec.passport.lang)),
            "gridcolor": grid, "zeroline": False, "title": {"text": spec.columns[-1].label, "standoff": 14},
        },
        "hovermode": "x unified",
        "height": LESSON * style.scale**0.6,
    }  # fmt: skip


def _panels(spec: FigureSpec, style: Style) -> Drawing:
    """One axis of x for all; each panel of the table has its own y. Ranges are drawn stronger than points."""
    panels = list(dict.fromkeys(spec.table["panel"]))
    traces: list[Trace] = []
    own: dict[str, Any] = {"xaxis": {"type": "category", "showgrid": False, "anchor": f"y{len(panels)}"}}
    gap, height = 0.14, 1 / len(panels)
    for place, panel in enumerate(panels):
        axis = "y" if place == 0 else f"y{place + 1}"
        rows = spec.table[spec.table["panel"] == panel]
        for series in (s for s in spec.series if s.code in set(rows[spec.series_column])):
            traces += [{**t, "yaxis": axis} for t in _line(spec, series, style, band=False)]
        top = 1 - place * height
        own["yaxis" if place == 0 else f"yaxis{place + 1}"] = {
            "domain": [max(top - height + (gap if place < len(panels) - 1 else 0), 0), top],
            **_shares(rows, spec.passport.lang), "gridcolor": style.palette.grid, "zeroline": False,
            "title": {"text": spec.label(panel), "standoff": 14}, "fixedrange": True, "automargin": True,
        }  # fmt: skip
    return traces, {**own, "height": 300 * len(panels) * style.scale}


def _line(spec: FigureSpec, series: Series, style: Style, *, band: bool) -> list[Trace]:
    """The traces of one series: its limits as a band or as bars, and its values."""
    rows = spec.table[spec.table[spec.series_column] == series.code]
    x, y = rows[spec.columns[0].name].to_list(), rows[spec.columns[-1].name]
    ink, is_truth = style.palette.inks[series.meaning], series.meaning is Meaning.TRUTH
    has_limits, unit = bool(rows["low"].notna().any()), spec.unit or ".0%"
    traces: list[Trace] = []
    if band and has_limits:
        traces.append(
            {
                "type": "scatter", "mode": "lines", "x": [*x, *x[::-1]],
                "y": [*rows["high"].to_list(), *rows["low"].to_list()[::-1]], "fill": "toself", "hoverinfo": "skip",
                "fillcolor": faint(ink.fill, 0.2), "line": {"width": 0}, "showlegend": False,
            }
        )  # fmt: skip
    trace: Trace = {
        "type": "scatter", "x": x, "y": plain(y), "name": series.label,
        "mode": "lines" if is_truth else "lines+markers" if band else "markers",
        "line": {
            "color": ink.fill, "width": (2 if is_truth else 3) * style.scale, "dash": "dot" if is_truth else "solid",
        },
        "marker": {
            "symbol": SYMBOLS.get(series.meaning, "circle"), "color": ink.fill,
            "size": (11 if series.meaning is Meaning.RECORD else 8) * style.scale,
            "line": {"width": 2.5, "color": ink.fill},
        },
        "hovertemplate": f"{series.label}: %{{y:{unit}}}<extra></extra>",
    }  # fmt: skip
    if has_limits:
        trace["customdata"] = rows[["low", "high"]].astype(float).to_numpy().tolist()
        trace["hovertemplate"] = (
            f"{series.label}: %{{customdata[0]:{unit}}}–%{{customdata[1]:{unit}}} (%{{y:{unit}}})<extra></extra>"
        )
        if not band:
            trace["error_y"] = {
                "type": "data", "symmetric": False, "array": plain(rows["high"] - y),
                "arrayminus": plain(y - rows["low"]),
                "color": ink.fill, "thickness": 4 * style.scale, "width": 0,
            }  # fmt: skip
    return [*traces, trace]


def _ranges(spec: FigureSpec, style: Style) -> Drawing:
    """Bars from low to high with both ends written out; what is implied has a pattern."""
    table = spec.table.iloc[::-1]
    traces: list[Trace] = []
    for series in spec.series:
        rows = table[table[spec.series_column] == series.code]
        low, high = rows["low"].astype(float), rows["high"].astype(float)
        traces.append(
            {
                "type": "bar", "orientation": "h", "y": [spec.label(code) for code in rows[spec.columns[0].name]],
                "x": plain(high - low), "base": plain(low), "width": 0.5, "name": series.label,
                "marker": marker(style.palette.inks[series.meaning]), "showlegend": False,
                "text": rows["text"].to_list(), "textposition": "outside", "cliponaxis": False,
                "textfont": {"size": style.font_size * 1.35, "weight": 700},
                "hovertemplate": "%{y}: %{text}<extra></extra>",
            }
        )  # fmt: skip
    return traces, {
        "xaxis": {
            "range": [0, float(spec.table["axis_to"].max())], "gridcolor": style.palette.grid, "zeroline": False,
            "title": {"text": spec.columns[-1].label}, "tickformat": ",d",
        },
        "yaxis": {
            "showgrid": False, "ticksuffix": "  ", "tickfont": {"size": style.font_size * 1.1},
            "categoryorder": "array", "categoryarray": [spec.label(code) for code in table[spec.columns[0].name]],
        },
        "barmode": "overlay",
        "height": (len(spec.table) * 85 + 75) * style.scale,
    }  # fmt: skip


def _provisional(spec: FigureSpec, style: Style) -> Drawing:
    """Bars of what is on record; hatched on top, what is still expected, with its interval."""
    table, (axis, value) = spec.table, (spec.columns[0].name, spec.columns[-1].name)
    traces: list[Trace] = []
    for series in spec.series:
        expected = series.code == "expected"
        y = (
            (table[value] - table["observed"]).where(table["is_provisional"].astype(bool))
            if expected
            else table["observed"]
        )
        trace: Trace = {
            "type": "bar", "x": table[axis].to_list(), "y": plain(y), "name": series.label,
            "marker": marker(style.palette.inks[series.meaning]),
            "hovertemplate": f"%{{x|%B %Y}} · {series.label}: %{{y:.0f}}<extra></extra>",
        }  # fmt: skip
        if expected:
            trace["error_y"] = {
                "type": "data", "symmetric": False, "array": plain(table["high"] - table[value]),
                "arrayminus": plain(table[value] - table["low"]), "color": style.palette.text, "thickness": 2,
            }  # fmt: skip
        traces.append(trace)
    return traces, {
        "xaxis": {"showgrid": False, "type": "date", "tickformat": "%b\n%Y"},
        "yaxis": {
            "gridcolor": style.palette.grid,
            "rangemode": "tozero",
            "title": {"text": spec.columns[-1].label, "standoff": 14},
        },
        "height": 380 * style.scale,
    }


def _shares(rows: pd.DataFrame, lang: str) -> dict[str, Any]:
    """An axis of shares from 0, with percents as the language writes them."""
    most = float(rows[["estimate", "high"]].astype(float).fillna(0.0).to_numpy().max(initial=0.0))
    top = min(1.02, max(0.1, most * 1.12))
    step = 5 if top <= 0.3 else 10 if top <= 0.6 else 20
    ticks = range(0, int(top * 100) + 1, step)
    sign = "\u00a0%" if lang == "ru" else "%"
    return {"range": [0, top], "tickvals": [v / 100 for v in ticks], "ticktext": [f"{v}{sign}" for v in ticks]}


DRAWERS: Final[dict[Kind, Callable[[FigureSpec, Style], Drawing]]] = {
    Kind.NEEDED: _needed,
    Kind.BANDS: _bands,
    Kind.PANELS: _panels,
    Kind.RANGES: _ranges,
    Kind.PROVISIONAL: _provisional,
    **plotly_districts.DRAWERS,
}

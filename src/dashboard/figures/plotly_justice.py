"""How steps, rates, sentences and times to a decision are drawn with Plotly."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from dashboard.figures.palette import Ink
from dashboard.figures.spec import FigureSpec, Series
from dashboard.figures.style import Style
from dashboard.figures.traces import Drawing, Trace, marker

NOTHING: Final[list[Any]] = [None]  # a series without marks keeps its place in the legend
BAR: Final = 0.78  # of the room a row has
ROOM_FOR_A_NUMBER: Final = 0.045  # of the width of a chart
ROOM_FOR_WORDS: Final = 0.6  # in a chart of few rows; in one of many the legend says it
FEW_ROWS: Final = 6
OFFSET: Final = 0.19  # of a row, between a raw point and its shrunken twin
HUNDRED: Final = 100
QUIET_HATCH: Final = {"size": 8, "solidity": 0.18}  # where points lie on it
PERCENT: Final = {"en": "%", "ru": "\u00a0%"}
LOUD_HATCH: Final = {"size": 10, "solidity": 0.36}  # bolder than in a grid: what is not known must be seen first
SYMBOLS: Final = ("circle", "diamond-open", "x")


def steps(spec: FigureSpec, style: Style) -> Drawing:
    """Stacked bars from left to right, one a row in the order of the table; the hatched part says its name."""
    row, value = spec.columns[0].name, spec.columns[-1].name
    at = _places(spec)
    longest = float(spec.table.groupby(row)[value].sum().max()) or 1.0
    traces, labels = [], []
    reach = dict.fromkeys(at, 0.0)
    for series in spec.series:
        ink = style.ink(series)
        part = spec.table[spec.table[spec.series_column] == series.code]
        codes, counts = part[row].to_list(), part[value].astype(int).to_list()
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "x": counts or NOTHING,
                "y": [at[code] for code in codes] or NOTHING,
                "width": BAR,
                "name": series.label,
                "marker": _marker(ink, LOUD_HATCH),
                "customdata": [[code, spec.label(code)] for code in codes],
                "hovertemplate": f"%{{customdata[1]}} · {series.label}: %{{x}}<extra></extra>",
                "showlegend": True,
            }
        )
        for code, count in zip(codes, counts, strict=True):
            share = count / longest
            if share >= ROOM_FOR_A_NUMBER:
                is_named = bool(ink.pattern) and share >= ROOM_FOR_WORDS and len(at) <= FEW_ROWS
                text = f"<b>{series.label} · {count}</b>" if is_named else f"<b>{count}</b>"
                labels.append(_label(reach[code] + count / 2, at[code], text, ink, style))
            reach[code] += count
    return traces, {
        "xaxis": {"visible": False, "range": [0, longest * 1.002]},
        "yaxis": _row_axis(spec, at),
        "barmode": "stack",
        "annotations": labels,
        "height": (len(at) * 44 + 50) * style.scale,
    }


def intervals(spec: FigureSpec, style: Style) -> Drawing:
    """A point with its interval in each row; the bounds of the first series as a hatched bar behind it."""
    at = _places(spec)
    row = spec.columns[0].name
    bounds = spec.table.drop_duplicates(row)
    hatched, *shown = spec.series
    hatch = style.ink(hatched)
    traces: list[Trace] = [
        {
            "type": "bar",
            "orientation": "h",
            "base": (bounds["low_bound"] * HUNDRED).to_list(),
            "x": ((bounds["high_bound"] - bounds["low_bound"]) * HUNDRED).to_list(),
            "y": [at[code] for code in bounds[row]],
            "width": BAR,
            "name": hatched.label,
            "marker": _marker(hatch),
            "customdata": [[code, spec.label(code)] for code in bounds[row]],
            "hovertemplate": f"%{{customdata[1]}} · {hatched.label}<extra></extra>",
        }
    ]
    for nth, series in enumerate(shown):
        part = spec.table[(spec.table[spec.series_column] == series.code) & spec.table["value"].notna()]
        shift = 0 if len(shown) == 1 else OFFSET * (1 - 2 * nth)
        traces.append(_points(spec, part, at, shift, series, SYMBOLS[nth], style))
    suffix = PERCENT[spec.passport.lang]
    return traces, {
        "xaxis": {
            "range": [-1.5, 101.5],
            "ticksuffix": suffix,
            "dtick": 25,
            "tickangle": 0,
            "gridcolor": style.palette.grid,
            "zeroline": False,
        },
        "yaxis": _row_axis(spec, at),
        "barmode": "overlay",
        "margin": {"r": 24 * style.scale},
        "height": (len(at) * (42 if len(at) > FEW_ROWS else 78) + 80) * style.scale,
    }


def _points(
    spec: FigureSpec, part: pd.DataFrame, at: dict[str, float], shift: float, series: Series, symbol: str, style: Style
) -> Trace:
    ink = style.ink(series)
    row, value = spec.columns[0].name, part["value"] * HUNDRED
    return {
        "type": "scatter",
        "mode": "markers",
        "x": value.to_list() or NOTHING,
        "y": [at[code] + shift for code in part[row]] or NOTHING,
        "name": series.label,
        "marker": {
            "color": ink.fill,
            "symbol": symbol,
            "size": 9 * style.scale,
            "line": {"color": ink.fill, "width": 2},
        },
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": (part["high"] * HUNDRED - value).to_list(),
            "arrayminus": (value - part["low"] * HUNDRED).to_list(),
            "color": ink.fill,
            "thickness": 4 * style.scale,
            "width": 0,
        },
        "customdata": [
            [code, spec.label(code), text] for code, text in zip(part[row], part["interval_text"], strict=True)
        ],
        "hovertemplate": f"%{{customdata[1]}} · {series.label}: %{{customdata[2]}}<extra></extra>",
    }


def terms(spec: FigureSpec, style: Style) -> Drawing:
    """Points along each row over the range of the statutes; hatched where one end of the range was not read."""
    at = _places(spec)
    row = spec.columns[0].name
    traces: list[Trace] = []
    for series in spec.series:
        ink = style.ink(series)
        part = spec.table[spec.table[spec.series_column] == series.code]
        common = {"name": series.label, "showlegend": True, "y": [at[code] for code in part[row]] or NOTHING}
        names = [[str(code).split("|")[0], text] for code, text in zip(part[row], part["hover"], strict=True)]
        if series.code in {"statute", "up_to", "not_read"}:
            span = {
                "type": "bar",
                "orientation": "h",
                "base": part["low"].to_list(),
                "x": (part["high"] - part["low"]).to_list() or NOTHING,
                "width": BAR,
                "marker": _marker(ink),
            }
            traces.append(common | span | {"customdata": names, "hovertemplate": "%{customdata[1]}<extra></extra>"})
            continue
        size = (18 if series.code == "life_or_death" else 12) * style.scale
        mark = {"color": ink.fill, "symbol": MARKS[series.code], "size": size, "opacity": 0.85}
        points = {
            "y": [at[code] + shift for code, shift in zip(part[row], _spread(part, row), strict=True)] or NOTHING,
            "type": "scatter",
            "mode": "markers",
            "x": part["months"].to_list() or NOTHING,
            "marker": mark
            | {
                "line": {
                    "color": ink.line if series.code == "suspended" else style.palette.paper,
                    "width": 2,
                }
            },
        }
        traces.append(common | points | {"customdata": names, "hovertemplate": "%{customdata[1]}<extra></extra>"})
    highest = float(spec.table[["months", "high"]].max().max())
    return traces, {
        "xaxis": {
            "range": [-2, highest + 6],
            "dtick": 48,
            "tickangle": 0,
            "gridcolor": style.palette.grid,
            "zeroline": False,
            "title": _title(spec.columns[-1].label, style),
        },
        "yaxis": _row_axis(spec, at),
        "barmode": "overlay",
        "height": (len(at) * 30 + 130) * style.scale,
    }


def _spread(part: pd.DataFrame, row: str) -> list[float]:
    """How far points that would lie on one another stand apart, in rows."""
    same = part.groupby([row, "months"])
    nth, size = same.cumcount(), same["months"].transform("size")
    return ((nth - (size - 1) / 2) * OFFSET).to_list()


MARKS: Final = {"custodial": "circle", "suspended": "circle-open", "life_or_death": "star"}


def curves(spec: FigureSpec, style: Style) -> Drawing:
    """A share that rises in steps over time, with its limits as a band."""
    traces: list[Trace] = []
    for series in spec.series:
        ink = style.ink(series)
        part = spec.table[spec.table[spec.series_column] == series.code]
        band = {"type": "scatter", "mode": "lines", "line": {"width": 0, "shape": "hv"}, "hoverinfo": "skip"}
        time = [0.0, *part["time"].to_list()]
        limits = [[0.0, *(part[end] * HUNDRED).to_list()] for end in ("low", "high")]
        traces += [
            band | {"x": time, "y": limits[0], "showlegend": False},
            band | {"x": time, "y": limits[1], "showlegend": False, "fill": "tonexty", "fillcolor": _faint(ink.fill)},
            {
                "type": "scatter",
                "mode": "lines",
                "x": time,
                "y": [0.0, *(part["share"] * HUNDRED).to_list()],
                "name": series.label,
                "line": {"color": ink.fill, "width": 3 * style.scale, "shape": "hv", "dash": DASHES[series.code]},
                "hovertemplate": f"{series.label}: %{{y:.0f}}{PERCENT[spec.passport.lang]}<extra></extra>",
            },
        ]
    grid = style.palette.grid
    return traces, {
        "xaxis": {"title": _title(spec.columns[0].label, style), "dtick": 12, "gridcolor": grid, "rangemode": "tozero"},
        "yaxis": {"range": [0, 102], "ticksuffix": PERCENT[spec.passport.lang], "gridcolor": grid, "zeroline": False},
        "height": 420 * style.scale,
    }


DASHES: Final = {"any": "solid", "convicted": "dash", "acquitted": "dot", "dismissed": "dashdot"}


def _title(text: str, style: Style) -> dict[str, Any]:
    return {"text": text, "standoff": 8 * style.scale, "font": {"size": style.font_size}}


def _places(spec: FigureSpec) -> dict[str, float]:
    """Where each row stands: the first of the table on top."""
    codes = list(dict.fromkeys(spec.table[spec.columns[0].name]))
    return {code: float(len(codes) - 1 - nth) for nth, code in enumerate(codes)}


def _row_axis(spec: FigureSpec, at: dict[str, float]) -> dict[str, Any]:
    return {
        "tickvals": list(at.values()),
        "ticktext": [spec.label(code).replace(": ", ":<br>") for code in at],  # what is said of a step below its name
        "showgrid": False,
        "zeroline": False,
        "range": [-0.5, len(at) - 0.5],
    }


def _label(x: float, y: float, text: str, ink: Ink, style: Style) -> dict[str, Any]:
    """Text on a bar, with a ground of its own where the bar is hatched."""
    ground = {"bgcolor": ink.fill, "borderpad": 3} if ink.pattern else {}
    font = {"size": style.font_size, "color": ink.text}
    return {"x": x, "y": y, "text": text, "showarrow": False, "font": font, **ground}


def _marker(ink: Ink, hatch: Mapping[str, float] = QUIET_HATCH) -> dict[str, Any]:
    """The marker of *ink* with a hatch of its own size."""
    painted = marker(ink)
    return painted | ({"pattern": painted["pattern"] | hatch} if ink.pattern else {})


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.15)"

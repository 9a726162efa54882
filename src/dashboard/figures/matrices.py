"""Draws a matrix: names across, names down in groups, each cell filled and patterned by what it says."""

from typing import Any, Final

import pandas as pd

from dashboard.figures.spec import FigureSpec
from dashboard.figures.style import Style
from dashboard.figures.traces import Drawing, Trace, marker

CELL: Final = 0.92  # of the room a cell has across; down it is a little less
ROW: Final = 23  # pixels a row, before scaling
ROW_OF_WORDS: Final = 22  # the same, where few columns leave room for words in the cells
FRAME: Final = 0.49  # from the middle of the chosen cell
HEADING: Final = 0.85  # rows of room for the heading of a group
FEW: Final = 5  # columns whose names may fit side by side
PAIR: Final = 2  # columns whose names do, on a phone too
SLANT: Final = (-55, -40)  # degrees of names over narrow columns: so that they keep clear of one another; projected
READABLE: Final = 11.5  # pixels, before scaling; where a word would be smaller, the colour speaks alone


def matrix(spec: FigureSpec, style: Style) -> Drawing:
    """Cells of the first column (across) by the second (down). Columns stand as they come, rows as the groups say."""
    across = spec.columns[0].name
    x_of = {code: n for n, code in enumerate(dict.fromkeys(spec.table[across]))}
    y_of, headings, depth = _rows(spec)
    traces = [
        _cells(spec.table[spec.table[spec.series_column] == series.code], spec, series, style, x_of, y_of)
        for series in spec.series
    ]
    few = len(x_of) <= FEW
    row = (
        ROW_OF_WORDS * (1 + (style.scale - 1) / 4) if few else ROW * (1 + (style.scale - 1) / 8)
    )  # text grows, rows little
    size = style.font_size * (0.88 if few else 1)
    above = 34 if len(x_of) <= PAIR else 84 if few else 90  # the names of the columns
    return traces, {
        "xaxis": {
            "tickvals": list(x_of.values()),
            "ticktext": [spec.label(code) for code in x_of],
            **({"autotickangles": [0, -40, -90]} if few else {"tickangle": SLANT[style.scale > 1]}),
            "ticklabeloverflow": "allow",
            "side": "top",
            "tickfont": {"size": style.font_size * (0.8 if few else 1)},
            "showgrid": False,
            "zeroline": False,
            "range": [-0.5, len(x_of) - 0.5],
        },
        "yaxis": {
            "tickvals": list(y_of.values()),
            "ticktext": [spec.label(code) for code in y_of],
            "ticklabelstandoff": 6,
            "tickfont": {"size": size},
            "showgrid": False,
            "zeroline": False,
            "range": [depth - 0.4, -0.5],
        },
        # only the cells of one or two columns have room for words, on a phone too; none when projected: text grows more
        "showlegend": len(x_of) > PAIR or style.scale > 1,
        "uniformtext": {"minsize": READABLE * style.scale, "mode": "hide"} if few else None,
        "margin": {"r": 8 if few else 56 * style.scale},
        "annotations": [_heading(label, y, style) for label, y in headings],
        "shapes": _outline(spec, style, x_of, y_of),
        "barmode": "overlay",
        "height": depth * row + above * style.scale,
    }


def _rows(spec: FigureSpec) -> tuple[dict[str, float], list[tuple[str, float]], float]:
    """Where each row stands, where the headings of the groups stand, and how deep all of it is."""
    y_of: dict[str, float] = {}
    headings = []
    y = 0.0
    for group in spec.groups:
        if group.label:
            headings.append((group.label, y + (HEADING - 1) / 2))
            y += HEADING
        for code in group.codes:
            y_of[code] = y
            y += 1
    return y_of, headings, y


def _cells(
    rows: pd.DataFrame, spec: FigureSpec, series: Any, style: Style, x_of: dict[str, int], y_of: dict[str, float]
) -> Trace:
    across, down = spec.columns[0].name, spec.columns[1].name
    of = style.ink(series)
    as_ever = {"marker": {"opacity": 1}, "textfont": {"color": of.text}}
    return {
        "type": "bar",
        "x": [x_of[code] for code in rows[across]] or [None],  # an empty series keeps its place in the legend
        "y": [CELL] * max(len(rows), 1),
        "base": [y_of[code] - CELL / 2 for code in rows[down]],
        "width": CELL + 0.03,
        "name": series.label,
        "marker": marker(of),
        "selected": as_ever,  # the outline shows what is chosen; Plotly fails on one of the two without the other
        "unselected": as_ever,
        "customdata": [[code] for code in rows["code"]],
        "text": rows["text"].to_list(),
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"size": style.font_size * 0.85, "color": of.text},
        "constraintext": "inside",
        "hovertext": rows["hover"].to_list(),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "showlegend": True,
    }


def _heading(label: str, y: float, style: Style) -> dict[str, Any]:
    return {
        "text": f"<b>{label}</b>",
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "y": y,
        "yanchor": "middle",
        "showarrow": False,
        "font": {"size": style.font_size * 0.92, "color": style.palette.text},
    }


def _outline(spec: FigureSpec, style: Style, x_of: dict[str, int], y_of: dict[str, float]) -> list[dict[str, Any]]:
    """A frame around the chosen cell."""
    chosen = spec.table[spec.table["code"] == spec.chosen]
    if chosen.empty:
        return []
    x, y = x_of[chosen[spec.columns[0].name].iloc[0]], y_of[chosen[spec.columns[1].name].iloc[0]]
    edge = {"color": style.palette.text, "width": 3 * style.scale}
    return [{"type": "rect", "x0": x - FRAME, "x1": x + FRAME, "y0": y - 0.5, "y1": y + 0.5, "line": edge}]

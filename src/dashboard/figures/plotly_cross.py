"""Draws cross tables and rows of bars with Plotly."""

from typing import Final

from dashboard.analysis.extent import NOT_STATED, OTHER, SEVERAL
from dashboard.figures.spec import FigureSpec
from dashboard.figures.style import Style
from dashboard.figures.traces import Drawing, Trace, marker

CELL: Final = 0.92  # of the room a cell has
REST: Final = (OTHER, SEVERAL, NOT_STATED)
ROW: Final = 30  # pixels
PROJECTED: Final = 0.85  # of ordinary text: names of twelve countries fit side by side, and leave numbers their room
LONGEST_WORD: Final = 14  # letters; longer names of columns are broken


def cross(spec: FigureSpec, style: Style) -> Drawing:
    """Cells with their counts, deeper where there are more; an empty cell is a pair without a record.

    Rows and columns are in alphabetical order of their names, with what is several or not stated at the end.
    """
    across, down, value = (column.name for column in spec.columns)
    columns = _in_order(spec, across)
    lines = _in_order(spec, down)[::-1]
    x = {code: place for place, code in enumerate(columns)}
    y = {code: place for place, code in enumerate(lines)}
    cells = [
        (x[c], y[d], int(n), c, d)
        for c, d, n in zip(spec.table[across], spec.table[down], spec.table[value], strict=True)
    ]
    inks = [style.palette.depth(n) for _, _, n, _, _ in cells]
    trace: Trace = {
        "type": "bar",
        "x": [at for at, *_ in cells],
        "y": [CELL] * len(cells),
        "base": [at - CELL / 2 for _, at, *_ in cells],
        "width": CELL,
        "marker": {
            "color": [ink.fill for ink in inks],
            "line": {
                "color": [
                    style.palette.grid if n == 0 else ink.line for (_, _, n, _, _), ink in zip(cells, inks, strict=True)
                ],
                "width": 1,
            },
        },
        "text": [str(n) if n else "" for _, _, n, _, _ in cells],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"size": style.font_size * 0.95, "color": [ink.text for ink in inks]},
        "customdata": [[d, spec.label(d), spec.label(c)] for *_, c, d in cells],
        "hovertemplate": "%{customdata[1]} · %{customdata[2]}: %{text}<extra></extra>",
        "showlegend": False,
    }
    return [trace], {
        "xaxis": {
            "tickvals": list(x.values()),
            "ticktext": [broken(spec.label(code)) for code in columns],
            "side": "top",
            "tickfont": {"size": style.font_size * (PROJECTED if style.scale > 1 else 1)},
            "showgrid": False,
            "zeroline": False,
            "range": [-0.5, len(columns) - 0.5],
        },
        "yaxis": {
            "tickvals": list(y.values()),
            "ticktext": [spec.label(code) for code in lines],
            "showgrid": False,
            "zeroline": False,
            "range": [-0.5, len(lines) - 0.5],
        },
        "barmode": "overlay",
        "height": (len(lines) * ROW + 70) * style.scale,
    }


def _in_order(spec: FigureSpec, column: str) -> list[str]:
    """The codes of a column by their names; those that stand for no value of their own come last."""
    return sorted(spec.table[column].unique(), key=lambda code: (code in REST, spec.label(code)))


def broken(name: str) -> str:
    """A long name in two lines."""
    words = name.split(" ")
    if len(name) <= LONGEST_WORD or len(words) == 1:
        return name
    first = words.pop(0)
    while words and len(first) + len(words[0]) < len(name) / 2:
        first = f"{first} {words.pop(0)}"
    return f"{first}<br>{' '.join(words)}"


def rows(spec: FigureSpec, style: Style) -> Drawing:
    """Horizontal bars, one a row in alphabetical order, divided by series."""
    row, value = spec.columns[0].name, spec.columns[-1].name
    codes = sorted(spec.table[row].unique(), key=spec.label, reverse=True)
    place = {code: at for at, code in enumerate(codes)}
    traces = []
    for series in spec.series:
        found = spec.table[spec.table[spec.series_column] == series.code]
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "x": found[value].astype(int).to_list(),
                "y": [place[code] for code in found[row]],
                "name": series.label,
                "marker": marker(style.ink(series)),
                "text": [str(n) for n in found[value]],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "textfont": {"color": style.ink(series).text},
                "customdata": [[code, spec.label(code)] for code in found[row]],
                "hovertemplate": f"%{{customdata[1]}} · {series.label}: %{{x}}<extra></extra>",
            }
        )
    return traces, {
        "xaxis": {"gridcolor": style.palette.grid, "zeroline": False, "title": {"text": spec.columns[-1].label}},
        "yaxis": {
            "tickvals": list(place.values()),
            "ticktext": [spec.label(code) for code in codes],
            "showgrid": False,
            "range": [-0.5, len(codes) - 0.5],
        },
        "height": (len(codes) * ROW + 110) * style.scale,
    }

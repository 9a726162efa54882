"""Draws flows from origin through the country of record to destination with Plotly."""

from itertools import pairwise
from typing import Final

from dashboard.analysis.extent import NOT_STATED
from dashboard.figures.palette import Meaning
from dashboard.figures.spec import FigureSpec
from dashboard.figures.style import Style
from dashboard.figures.traces import Drawing, faint

STAGES: Final = ("origin", "country", "destination")
HEIGHT: Final = 740
STRONG: Final = 0.5  # opacity of a band of a stated route
FAINT: Final = 0.22  # of one that leads to or comes from "not stated"


def flow(spec: FigureSpec, style: Style) -> Drawing:
    """Three columns of countries with bands between them. "Not stated" is a band like any other, hatched in grey.

    Takes a table of ``origin``, ``country``, ``destination`` and counts, the last column of the figure.
    """
    value = spec.columns[-1].name
    nodes: dict[tuple[str, str], int] = {}
    totals: dict[tuple[str, str], int] = {}
    for stage in STAGES:
        counts = spec.table.groupby(stage)[value].sum()
        for code in sorted(counts.index, key=lambda code: (code == NOT_STATED, spec.label(code))):
            nodes[(stage, code)] = len(nodes)
            totals[(stage, code)] = int(counts[code])
    known, unknown = style.palette.inks[Meaning.CO_TRADED], style.palette.inks[Meaning.SEVERAL]
    links = []
    for start, end in pairwise(STAGES):
        bands = spec.table.groupby([start, end], as_index=False)[value].sum()
        links += [
            (nodes[(start, a)], nodes[(end, b)], int(n), NOT_STATED in (a, b))
            for a, b, n in zip(bands[start], bands[end], bands[value], strict=True)
        ]
    trace = {
        "type": "sankey",
        "arrangement": "snap",
        "node": {
            "label": [f"{spec.label(code)} · {totals[(stage, code)]}" for stage, code in nodes],
            "color": [unknown.pattern_colour if code == NOT_STATED else known.fill for _, code in nodes],
            "pad": 15 * style.scale,
            "thickness": 16 * style.scale,
            "line": {"width": 0},
            "hovertemplate": "%{label}<extra></extra>",
        },
        "link": {
            "source": [a for a, *_ in links],
            "target": [b for _, b, *_ in links],
            "value": [n for *_, n, _ in links],
            "color": [
                faint(unknown.pattern_colour if is_vague else known.fill, FAINT if is_vague else STRONG)
                for *_, is_vague in links
            ],
            "hovertemplate": "%{source.label} → %{target.label}: %{value}<extra></extra>",
        },
        "textfont": {"size": style.font_size, "color": style.palette.text},
    }
    return [trace], {
        "xaxis": {"visible": False},
        "yaxis": {"visible": False},
        "margin": {"b": 24},
        "height": HEIGHT * style.scale,
    }

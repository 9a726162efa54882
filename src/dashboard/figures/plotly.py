"""Draws a FigureSpec on the screen with Plotly."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.palette import DARK, LIGHT, Ink, Palette
from dashboard.figures.spec import FigureSpec, Kind, Series

LOCALES: Final = Path(__file__).parents[3] / "static" / "locale"
FONT: Final = "Inter, sans-serif"
CELL: Final = 0.9  # of the room a cell has; the rest is the gap between cells
ROOM_FOR_A_NUMBER: Final = 0.05  # of a bar; a narrower part keeps its number in the legend
DECIMAL_AND_THOUSANDS: Final = {"en": ".,", "ru": ",\u00a0"}


@dataclass(frozen=True, slots=True)
class Style:
    """How large and in which theme a figure is drawn."""

    palette: Palette = LIGHT
    scale: float = 1.0

    @property
    def font_size(self) -> float:
        """The size of ordinary text, in pixels."""
        return 14 * self.scale


def style(*, is_dark: bool, is_presenting: bool) -> Style:
    """The style for a reader's screen; in a room, everything is scaled for the back row."""
    return Style(DARK if is_dark else LIGHT, 1.45 if is_presenting else 1.0)


def draw(spec: FigureSpec, style: Style) -> go.Figure:
    """Draw *spec*. The figure has no title of its own: the panel around it shows it as text.

    Tables are not drawn here: ``figures.html`` writes them as text.
    """
    figure = go.Figure()
    DRAWERS[spec.kind](figure, spec, style)
    palette = style.palette
    figure.update_xaxes(automargin=True, fixedrange=True)
    figure.update_yaxes(automargin=True, fixedrange=True)
    figure.update_layout(
        font={"family": FONT, "size": style.font_size, "color": palette.text},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        separators=DECIMAL_AND_THOUSANDS[spec.passport.lang],
        hoverlabel={"font": {"family": FONT, "size": style.font_size}},
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
        barmode="stack",
        bargap=0.12,
    )
    return figure


def config(lang: str) -> dict[str, Any]:
    """The Plotly configuration of a language. No mode bar: figures leave through the panel's own menu."""
    return {"displayModeBar": False, "locale": lang, "locales": _locales(lang), "scrollZoom": False}


@cache
def _locales(lang: str) -> dict[str, Any]:
    if lang == "en":
        return {}
    return {lang: json.loads((LOCALES / f"plotly-{lang}.json").read_text(encoding="utf-8"))}


def _bars(figure: go.Figure, spec: FigureSpec, style: Style) -> None:
    """Stacked columns; values of x without a row have no column."""
    axis, value = spec.columns[0].name, spec.columns[-1].name
    for series in spec.series:
        rows = spec.table[spec.table[spec.series_column] == series.code]
        figure.add_bar(
            x=rows[axis].astype(int).to_numpy(),
            y=rows[value].astype(int).to_numpy(),
            name=series.label,
            marker=_marker(_ink(series, style)),
            hovertemplate=f"%{{x}} · {series.label}: %{{y}}<extra></extra>",
        )
    figure.update_xaxes(showgrid=False, tickformat="d", ticks="outside", tickcolor=style.palette.grid)
    figure.update_yaxes(
        gridcolor=style.palette.grid, rangemode="tozero", title={"text": spec.columns[-1].label}, zeroline=False
    )
    figure.update_layout(height=460 * style.scale)


def _share(figure: go.Figure, spec: FigureSpec, style: Style) -> None:
    """One bar from left to right, its parts labelled with their counts."""
    value = spec.columns[-1].name
    counts = spec.table.set_index(spec.series_column)[value]
    total = int(counts.sum())
    for series in (s for s in spec.series if s.code in counts.index):
        count = int(counts[series.code])
        ink = _ink(series, style)
        figure.add_bar(
            x=[count],
            y=[""],
            orientation="h",
            name=f"{series.label} · {count}",
            text=[str(count)] if count / total > ROOM_FOR_A_NUMBER else None,
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"size": style.font_size * 1.5, "color": ink.text},
            marker=_marker(ink),
            hovertemplate=f"{series.label}: %{{x}}<extra></extra>",
        )
    figure.update_xaxes(visible=False, range=[0, total])
    figure.update_yaxes(visible=False)
    figure.update_layout(height=160 * style.scale)


def _grid(figure: go.Figure, spec: FigureSpec, style: Style) -> None:
    """Cells of x by y: what is known of each is its fill and pattern; the first series has counts in its cells."""
    across, down, value = (column.name for column in spec.columns)
    rows = sorted(spec.table[down].unique(), key=spec.label, reverse=True)
    at = {code: index for index, code in enumerate(rows)}
    for series in spec.series:
        cells = spec.table[spec.table[spec.series_column] == series.code]
        is_counted = series is spec.series[0]
        figure.add_bar(
            x=cells[across].astype(int).to_numpy() if len(cells) else [None],
            y=[CELL] * max(len(cells), 1),
            base=[at[code] - CELL / 2 for code in cells[down]],
            width=CELL,
            name=series.label,
            marker=_marker(_ink(series, style)),
            customdata=[spec.label(code) for code in cells[down]],
            hovertemplate=f"%{{customdata}}, %{{x}}: {series.label}<extra></extra>",
            showlegend=True,
        )
        if is_counted:
            _count_in_cells(figure, cells[value].astype(int).to_list(), style)
    figure.update_xaxes(showgrid=False, tickformat="d", range=_span(spec.table[across]), dtick=5, tick0=2000)
    figure.update_yaxes(
        tickvals=list(at.values()),
        ticktext=[spec.label(code) for code in rows],
        showgrid=False,
        zeroline=False,
        range=[-0.5, len(rows) - 0.5],
    )
    figure.update_layout(barmode="overlay", height=(len(rows) * 27 + 100) * style.scale)


def _count_in_cells(figure: go.Figure, counts: list[int], style: Style) -> None:
    """Write the counts into the cells just added, and deepen the cells with them."""
    inks = [style.palette.depth(count) for count in counts]
    figure.data[-1].update(
        marker={"color": [ink.fill for ink in inks], "line": {"color": [ink.line for ink in inks]}},
        text=[str(count) for count in counts],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"size": style.font_size * 0.85, "color": [ink.text for ink in inks]},
        hovertemplate=figure.data[-1].hovertemplate.replace("<extra>", " · %{text}<extra>"),
    )


def _span(values: pd.Series) -> list[float]:
    return [float(values.min()) - 0.5, float(values.max()) + 0.5]


def _ink(series: Series, style: Style) -> Ink:
    return style.palette.inks[series.meaning]


def _marker(ink: Ink) -> dict[str, Any]:
    marker: dict[str, Any] = {"color": ink.fill, "line": {"color": ink.line, "width": 1}}
    if ink.pattern:
        marker["pattern"] = {
            "shape": ink.pattern,
            "fgcolor": ink.pattern_colour,
            "bgcolor": ink.fill,
            "size": 6,
            "solidity": 0.22,
            "fillmode": "overlay",
        }
    return marker


DRAWERS: Final[dict[Kind, Callable[[go.Figure, FigureSpec, Style], None]]] = {
    Kind.BAR: _bars,
    Kind.SHARE: _share,
    Kind.GRID: _grid,
}

"""Draws the tables of a FigureSpec as text that screen readers, phones and translators can follow."""

from collections.abc import Mapping
from html import escape
from itertools import zip_longest
from typing import Any, Final

from dashboard.figures.context import Context
from dashboard.figures.keys import swatch
from dashboard.figures.marks import WIDEST, diameter
from dashboard.figures.meanings import MEANINGS
from dashboard.figures.spec import Column, FigureSpec, Ground, Kind
from dashboard.figures.style import Style

ALL: Final = slice(None)
SHORT: Final = 18  # letters of a date or a name that is not broken

SEVERAL: Final = " | "  # between sources in one cell, and between their addresses


def table(spec: FigureSpec, rows: slice = ALL) -> str:
    """An HTML table of some rows of *spec*; all content is escaped.

    On a narrow screen each row becomes a card (theme.css).
    """
    head = "".join(f'<th scope="col">{escape(column.label)}</th>' for column in spec.columns)
    body = "".join(
        "<tr>" + "".join(_cell(column, row) for column in spec.columns) + "</tr>"
        for row in spec.table[rows].to_dict("records")
    )
    return (
        f'<table class="records"><caption class="hidden">{escape(spec.title)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def cards(spec: FigureSpec) -> str:
    """The rows of *spec* as cards: the first column is the heading; what is empty is left out."""
    head, *rest = spec.columns
    return '<div class="cards">' + "".join(_card(head, rest, row) for row in spec.table.to_dict("records")) + "</div>"


def _card(head: Column, rest: list[Column], row: Mapping[Any, str]) -> str:
    facts = "".join(
        f"<div><dt>{escape(column.label)}</dt><dd>{_text(column, row)}</dd></div>"
        for column in rest
        if row[column.name]
    )
    return f"<article><h3>{_text(head, row)}</h3><dl>{facts}</dl></article>"


def _cell(column: Column, row: Mapping[Any, str]) -> str:
    short = ' class="short"' if len(str(row[column.name])) <= SHORT else ""
    return f'<td{short} data-label="{escape(column.label)}">{_text(column, row)}</td>'


def _text(column: Column, row: Mapping[Any, str]) -> str:
    """The content of a cell, with the addresses behind it. A source more than there are addresses stands as text."""
    text = str(row[column.name])
    links = str(row[column.link]).split(SEVERAL) if column.link and row[column.link] else []
    parts = text.split(SEVERAL) if len(links) > 1 else [text]
    if len(parts) < len(links):
        parts += [f"[{n}]" for n in range(len(parts) + 1, len(links) + 1)]
    return "; ".join(
        f'<a href="{escape(link)}" target="{_target(link)}" rel="noopener">{escape(part)}</a>' if link else escape(part)
        for part, link in zip_longest(parts, links, fillvalue="")
    )


def _target(link: str) -> str:
    """Our own pages open where one is, those of others beside it."""
    return "_self" if link.startswith("?") else "_blank"


def legend(spec: FigureSpec, style: Style, context: Context) -> str:
    """What the colours, sizes and patterns of a map mean; empty for a figure whose key ``keys`` makes."""
    if spec.kind is Kind.ARCS:
        return f'<ul class="legend">{"".join(swatch(style.ink(one), one.label) for one in spec.series)}</ul>'
    if spec.kind is not Kind.MAP or spec.ground is None or spec.ground.boundaries == "tiles":
        return ""
    counts = spec.table.groupby(spec.series_column)["incident_count"].sum()
    parts = [
        swatch(style.ink(one), f"{one.label} · {context.t.number(int(counts[one.code]))}")
        for one in spec.series
        if one.code in counts.index
    ]
    parts += [_sizes(spec, style, context), _silences(spec.ground, style, context)]
    return f'<ul class="legend">{"".join(parts)}</ul>'


def _sizes(spec: FigureSpec, style: Style, context: Context) -> str:
    """Three rings with the counts they stand for."""
    totals = spec.table.groupby("code")["incident_count"].sum()
    largest = int(totals.max()) if len(totals) else 1
    steps = sorted({1, max(round(largest / 4), 1), largest})
    rings = "".join(
        f'<b style="width:{size:.0f}px;height:{size:.0f}px">{n}</b>'
        for n in steps
        for size in [diameter(n, largest, WIDEST * style.scale)]
    )
    words = escape(context.t("incidents"))
    return f'<li class="sizes">{rings}{words}</li>'


def _silences(ground: Ground, style: Style, context: Context) -> str:
    """The states of the provinces that occur on this map, apart from those with a record."""
    if ground.boundaries == "none":
        return ""
    occurring = set(ground.states.values())
    return "".join(
        swatch(style.palette.inks[meaning], context.labels("coverage_state", state))
        for state, meaning in MEANINGS["coverage_state"].items()
        if state in occurring and state != "reported"
    )

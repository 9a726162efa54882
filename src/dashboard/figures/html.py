"""Draws tables, and bars that are one line, as text that screen readers, phones and translators can follow."""

from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape
from itertools import zip_longest
from typing import Any, Final

from dashboard.figures.context import Context
from dashboard.figures.keys import painted, swatch
from dashboard.figures.marks import WIDEST, diameter
from dashboard.figures.meanings import MEANINGS
from dashboard.figures.palette import Ink
from dashboard.figures.spec import Column, FigureSpec, Ground, Kind
from dashboard.figures.style import Style

ALL: Final = slice(None)
SHORT: Final = 18  # letters of a date or a name that is not broken
ROOM_FOR_A_NUMBER: Final = 0.05  # of a bar; a narrower part keeps its number in the key
THICK: Final = 134  # pixels of a bar, before scaling

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


def share(spec: FigureSpec, style: Style) -> str:
    """One bar from left to right, its parts as wide as their counts and labelled with them.

    It is a few boxes, for which nobody needs Plotly.
    """
    counts = _counts(spec)
    least = ROOM_FOR_A_NUMBER * counts.total()
    occurring = [one for one in spec.series if counts[one.code]]
    parts = "".join(_part(one.label, style.ink(one), counts[one.code], least) for one in occurring)
    look = f"height:{THICK * style.scale:.0f}px;font-size:{style.font_size * 1.5:.0f}px"
    return f'<div class="share" role="img" aria-label="{escape(spec.alt)}" style="{look}">{parts}</div>'


def _part(label: str, ink: Ink, count: int, least: float) -> str:
    """A part of the bar; its number has a ground of its own, which shows on a hatch."""
    number = f'<b style="background:{ink.fill}">{count}</b>' if count > least else ""
    look = f"flex-grow:{count};{painted(ink)};color:{ink.text}"
    return f'<span style="{look}" title="{escape(label)}: {count}">{number}</span>'


def _counts(spec: FigureSpec) -> Counter[str]:
    """How many each series of a table of counts has."""
    counted: Counter[str] = Counter()
    for code, count in zip(spec.table[spec.series_column], spec.table["incident_count"], strict=True):
        counted[str(code)] += int(count)  # a few rows: pandas would take ten times as long to group them
    return counted


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
    """What the colours, sizes and patterns of a map or a bar mean; empty for a figure whose key ``keys`` makes."""
    if spec.kind is Kind.SHARE:
        return f'<ul class="legend">{"".join(_counted(spec, style, context))}</ul>'
    if spec.kind is Kind.ARCS:
        return f'<ul class="legend">{"".join(swatch(style.ink(one), one.label) for one in spec.series)}</ul>'
    if spec.kind is not Kind.MAP or spec.ground is None or spec.ground.boundaries == "tiles":
        return ""
    parts = [*_counted(spec, style, context), _sizes(spec, style, context), _silences(spec.ground, style, context)]
    return f'<ul class="legend">{"".join(parts)}</ul>'


def _counted(spec: FigureSpec, style: Style, context: Context) -> Iterator[str]:
    """Each series that occurs, with its count."""
    counts = _counts(spec)
    for one in spec.series:
        if one.code in counts:
            yield swatch(style.ink(one), f"{one.label} · {context.t.number(counts[one.code])}")


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

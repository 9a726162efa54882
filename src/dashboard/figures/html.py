"""Draws the tables of a FigureSpec as text that screen readers, phones and translators can follow."""

from collections.abc import Mapping
from html import escape
from itertools import zip_longest
from typing import Any, Final

from dashboard.figures.spec import Column, FigureSpec

SEVERAL: Final = " | "  # between sources in one cell, and between their addresses


def table(spec: FigureSpec) -> str:
    """An HTML table of *spec*; all content is escaped. On a narrow screen each row becomes a card (theme.css)."""
    head = "".join(f'<th scope="col">{escape(column.label)}</th>' for column in spec.columns)
    body = "".join(
        "<tr>" + "".join(_cell(column, row) for column in spec.columns) + "</tr>"
        for row in spec.table.to_dict("records")
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
    return f'<td data-label="{escape(column.label)}">{_text(column, row)}</td>'


def _text(column: Column, row: Mapping[Any, str]) -> str:
    """The content of a cell, with the addresses behind it. A source more than there are addresses stands as text."""
    text = str(row[column.name])
    links = str(row[column.link]).split(SEVERAL) if column.link and row[column.link] else []
    parts = text.split(SEVERAL) if len(links) > 1 else [text]
    if len(parts) < len(links):
        parts += [f"[{n}]" for n in range(len(parts) + 1, len(links) + 1)]
    return "; ".join(
        f'<a href="{escape(link)}" target="_blank" rel="noopener">{escape(part)}</a>' if link else escape(part)
        for part, link in zip_longest(parts, links, fillvalue="")
    )

"""Draws the tables of a FigureSpec as text that screen readers, phones and translators can follow."""

from collections.abc import Mapping
from html import escape
from typing import Any

from dashboard.figures.spec import Column, FigureSpec


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


def _cell(column: Column, row: Mapping[Any, str]) -> str:
    text = escape(str(row[column.name]))
    if column.link and row[column.link]:
        text = f'<a href="{escape(row[column.link])}" target="_blank" rel="noopener">{text}</a>'
    return f'<td data-label="{escape(column.label)}">{text}</td>'

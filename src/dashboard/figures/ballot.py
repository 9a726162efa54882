"""Draws scores and dots as text and boxes: they can be read aloud, and grow with the page in front of a room."""

from html import escape
from typing import Any

from dashboard.domain.workshop import ANSWERS
from dashboard.figures.spec import FigureSpec


def answers(spec: FigureSpec) -> str:
    """One row for each statement: a bar of its answers, then what the columns say."""
    names = {column.name: column.label for column in spec.columns}
    key = "".join(f'<li><i class="answer-{a}">{a}</i> {escape(names[f"answer_{a}"])}</li>' for a in ANSWERS)
    facts = [name for name in ("middle", "range", "change", "agreed") if spec.table[name].any()]
    head = "".join(f'<th scope="col">{escape(names[name])}</th>' for name in facts)
    body = "".join(_statement(row, names, facts) for row in spec.table.to_dict("records"))
    return (
        f'<ul class="answer-key">{key}</ul><table class="ballot"><caption class="hidden">{escape(spec.title)}</caption>'
        f'<thead><tr><th scope="col">{escape(names["statement"])}</th><th scope="col">{escape(names["n"])}</th>{head}'
        f"</tr></thead><tbody>{body}</tbody></table>"
    )


def _statement(row: dict[Any, Any], names: dict[str, str], facts: list[str]) -> str:
    remarks = "".join(
        f'<li class="{name}">{escape(names[name])}: {escape(row[name])}</li>' for name in ("spread", "law") if row[name]
    )
    cells = "".join(
        f'<td class="number" data-label="{escape(names[name])}">{escape(str(row[name])) or "–"}</td>' for name in facts
    )
    return (
        f'<tr><th scope="row">{escape(row["statement"])}<ul class="passport">{remarks}</ul></th>'
        f'<td class="bar-cell" data-label="{escape(names["n"])}">{_bar(row)}</td>{cells}</tr>'
    )


def _bar(row: dict[Any, Any]) -> str:
    total = sum(row[f"answer_{a}"] for a in ANSWERS)
    if not total:
        return (
            f'<span class="too-few">n = {row["n"]} &lt; 3</span>' if row["n"] else '<span class="too-few">n = 0</span>'
        )
    parts = "".join(
        f'<i class="answer-{a}" style="flex-grow:{row[f"answer_{a}"]}" title="{a}">{row[f"answer_{a}"]}</i>'
        for a in ANSWERS
        if row[f"answer_{a}"]
    )
    return f'<span class="answer-bar">{parts}</span>'


def dots(spec: FigureSpec) -> str:
    """Texts with their dots; the box behind a text is as long as its share of the most."""
    most = max(int(spec.table["dots"].max()), 1) if len(spec.table) else 1
    rows = "".join(
        f'<li><span class="dots-number">{row["dots"]}</span><span class="dots-text" '
        f'style="--share:{row["dots"] / most:.3f}">{escape(row["text"])}'
        f"<small>{escape(row['kind'])} · {escape(row['theme'])}</small></span></li>"
        for row in spec.table.to_dict("records")
    )
    return f'<ol class="dots">{rows}</ol>'

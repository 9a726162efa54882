"""What pages are made of: the headline, numbers, figures with their passport, and honest empty states."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from html import escape
from typing import Final, Literal

import streamlit as st

from dashboard.figures import ballot, html, passport
from dashboard.figures.context import Context
from dashboard.figures.plotly import config
from dashboard.figures.spec import FigureSpec, Kind
from dashboard.figures.suppress import sentence as hushed
from dashboard.figures.suppress import suppress
from dashboard.ui import exports, filters, session
from dashboard.ui.charts import chart, style_of

AT_ONCE: Final = 26  # rows of a table that are shown without asking; of a longer one the first few
FIRST_ROWS: Final = 12
PROJECTED_ROW: Final = 80  # pixels of a row of two or three lines for the back row
AS_TEXT: Final = {Kind.CARDS: html.cards, Kind.ANSWERS: ballot.answers, Kind.DOTS: ballot.dots}


def figure(
    spec: FigureSpec,
    context: Context,
    *,
    sets: str = "",
    click: Callable[[str], None] | None = None,
    tallest: int | None = None,
) -> None:
    """A figure with its title, caption, passport and link.

    A click on one of its marks sets the URL parameter *sets* to the code in the mark's ``customdata``, or calls
    *click* with it. A chart is no higher than *tallest* pixels; of a table that is projected, so many rows are shown.
    """
    whole, spec = spec, safe(spec, context)
    is_hushed, is_text = spec.table.empty and not whole.table.empty, spec.kind in {Kind.TABLE, Kind.SHARE, *AS_TEXT}
    is_clicked = bool(sets or click)
    draw = None if is_hushed or is_text else partial(chart, tallest=tallest, is_clicked=is_clicked)
    drawing, key_of_it = session.shown(spec, context, draw, tallest, is_clicked) or (None, "")
    with framed(spec, context, key_of_it):
        if is_hushed:
            line(context.t("Every count here is under 3, or would give one away: none is shown."))
            return
        if spec.kind is Kind.TABLE:
            _table(spec, context, tallest)
            return
        if spec.kind is Kind.SHARE:
            st.html(html.share(spec, style_of(context)))
            return
        if is_text:
            st.html(AS_TEXT[spec.kind](spec))
            return
        key = f"chart-{spec.id}"
        st.plotly_chart(
            drawing,
            key=key,
            theme=None,
            config=config(context.lang),
            alt=spec.alt,
            on_select=_on_select(key, sets, click),
            selection_mode="points",
        )


def safe(spec: FigureSpec, context: Context) -> FigureSpec:
    """The figure as it may be projected: small counts are withheld while the lock is on."""
    return suppress(spec, context) if context.is_locked else spec


def _table(spec: FigureSpec, context: Context, tallest: int | None) -> None:
    """The first rows, and the rest on demand: a long table must not bury what follows it."""
    few = tallest // PROJECTED_ROW if tallest and context.is_presenting else 0
    if spec.table.empty:
        st.html(f'<p class="figure-caption">{escape(context.t("None."))}</p>')
    elif len(spec.table) <= (few or AT_ONCE):
        st.html(html.table(spec))
    else:
        first = few or FIRST_ROWS
        st.html(html.table(spec, slice(first)))
        more = len(spec.table) - first
        with st.expander(context.t.n("{n} more row", "{n} more rows", more), key=f"more-{spec.id}"):
            st.html(html.table(spec, slice(first, None)))


def _on_select(key: str, sets: str, click: Callable[[str], None] | None) -> Callable[[], None] | Literal["ignore"]:
    if click is not None:
        return partial(_call, click, key)
    return partial(session.pick, key, sets) if sets else "ignore"


def _call(click: Callable[[str], None], key: str) -> None:
    for code in session.picked_codes(key)[:1]:
        click(code)


@contextmanager
def framed(spec: FigureSpec, context: Context, key: str = "") -> Iterator[None]:
    """What surrounds every figure: title, caption and key above, passport below."""
    with st.container(key=f"figure-{spec.id}"):
        words = f"{spec.caption} {spec.hint}".strip()
        st.html(
            f'<h2 id="{spec.id}" class="figure-title">{escape(spec.title)}</h2>'
            f'<p class="figure-caption">{escape(words)}</p>{key or html.legend(spec, style_of(context), context)}'
        )
        yield
        _passport(spec, context)


def _passport(spec: FigureSpec, context: Context) -> None:
    t = context.t
    facts = "".join(f"<li>{escape(part)}</li>" for part in passport.facts(spec, t))
    with st.container(key=f"passport-{spec.id}", horizontal=True, vertical_alignment="center"):
        st.html(f'<ul class="passport">{facts}</ul>')
        if context.is_locked:  # a file would hold the counts that the screen withholds
            with st.popover(t("Link"), key=f"link-{spec.id}", icon=":material/link:"):
                exports.link(spec, context)
        else:
            exports.menu(spec, context)


def brand(name: str, context: Context) -> None:
    """What this is, on every page and every photograph of the screen."""
    st.html(f'<p class="brand" lang="{context.lang}">{escape(name)}</p>')


def headline(sentence: str, remark: str) -> None:
    """The one thing that matters, first on the page."""
    second = session.other_language(sentence)
    if session.context().is_locked:
        sentence, remark = hushed(sentence), hushed(remark)
        second = (second[0], hushed(second[1])) if second else None
    other = f'<p class="headline-second" lang="{second[0]}">{escape(second[1])}</p>' if second else ""
    st.html(f'<h1 class="headline">{escape(sentence)}</h1>{other}<p class="headline-remark">{escape(remark)}</p>')


def eyebrow(country: str, part: str) -> None:
    """Of which country, and which part of its report: small, above the headline."""
    st.html(f'<p class="eyebrow">{escape(country)} · {escape(part)}</p>')


def references(cited: list[tuple[str, str]], context: Context) -> None:
    """Publications with their addresses: the first ones, and the rest on demand."""

    def listed(some: list[tuple[str, str]], start: int) -> str:
        lines = "".join(
            f'<li><a href="{escape(link)}" target="_blank" rel="noopener">{escape(text)}</a></li>'
            if link
            else f"<li>{escape(text)}</li>"
            for text, link in some
        )
        return f'<ol class="references" start="{start}">{lines}</ol>'

    if cited:
        st.html(listed(cited[:AT_ONCE], 1))
    if more := cited[AT_ONCE:]:
        with st.expander(context.t.n("{n} more row", "{n} more rows", len(more)), key="more-references"):
            st.html(listed(more, AT_ONCE + 1))


def notice(text: str) -> None:
    """What a reader must not miss: that what follows is made up, for one."""
    st.html(f'<p class="notice" role="note">{escape(text)}</p>')


def numbers(tiles: list[tuple[str, str, str]]) -> None:
    """Large numbers: (value, what it counts, what is not known of it)."""
    cells = "".join(
        f'<div class="tile"><dt>{escape(label)}</dt><dd class="tile-value">{escape(value)}</dd>'
        f'<dd class="tile-unknown">{escape(unknown)}</dd></div>'
        for value, label, unknown in tiles
    )
    st.html(f'<dl class="tiles">{cells}</dl>')


def nothing_selected(context: Context) -> None:
    """Say that nothing matches, what was asked, and offer a way back."""
    t = context.t
    honest = t("That nothing was recorded does not mean that nothing happened.")
    headline(t("No record matches these filters."), f"{context.filters_in_words()}. {honest}")
    st.button(t("Show all records"), key="show-all", on_click=filters.clear, type="primary")


def stop_without_records(count: int, context: Context) -> None:
    """End the page, with a way back, where no record matches the filters."""
    if not count:
        nothing_selected(context)
        st.stop()


def older_version(context: Context) -> None:
    """Say on every page that the reader looks at an older version, and lead back to the newest."""
    if session.VERSION not in context.view:
        return
    t = context.t
    with st.container(key="older-version", horizontal=True, vertical_alignment="center"):
        st.warning(t("You are looking at version {number} of the data.", number=context.chosen(session.VERSION)))
        st.button(t("To the newest version"), key="newest", on_click=session.choose, args=(session.VERSION, []))


def subheading(title: str, caption: str) -> None:
    """A heading below the first one, as figures have."""
    st.html(f'<h2 class="figure-title">{escape(title)}</h2><p class="figure-caption">{escape(caption)}</p>')


def facts(pairs: list[tuple[str, str]]) -> None:
    """Names and what is said of them, one a line."""
    cells = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in pairs)
    st.html(f'<dl class="facts">{cells}</dl>')


def receipt(words: str, code: str) -> None:
    """A code to be written down, large enough for a picture."""
    st.html(
        f'<div class="receipt" role="status"><p>{escape(words)}</p><p class="receipt-code">{escape(code)}</p></div>'
    )


def lines(sentences: list[str]) -> None:
    """Sentences, one a line."""
    st.html('<ul class="lines">' + "".join(f"<li>{escape(one)}</li>" for one in sentences) + "</ul>")


def rows(table: list[dict[str, str]]) -> None:
    """Some rows by heading, as text."""
    if not table:
        return
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table[0])
    body = "".join(
        "<tr>" + "".join(f'<td data-label="{escape(k)}">{escape(v)}</td>' for k, v in row.items()) + "</tr>"
        for row in table
    )
    st.html(f'<table class="records"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')


def plain(text: str) -> str:
    """A text of others inside Markdown, with no mark-up of its own."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!|<>$~:" else c for c in text)


def prose(sections: list[tuple[str, list[str]]]) -> None:
    """Headings with paragraphs, for reading."""
    parts = (
        f'<section><h2 class="figure-title">{escape(heading)}</h2>'
        + "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
        + "</section>"
        for heading, paragraphs in sections
    )
    st.html(f'<div class="prose">{"".join(parts)}</div>')


def way(words: str, address: str) -> None:
    """A link to another page of ours."""
    st.html(f'<p class="way"><a href="{escape(address)}" target="_self">{escape(words)} →</a></p>')


def to_copy(title: str, text: str, context: Context) -> None:
    """A text to be copied into a message; nothing is sent from here."""
    with st.popover(title):
        st.caption(context.t("Copy this text into a message to the Secretariat. Nothing is sent from here."))
        st.code(text, language=None, wrap_lines=True)


def subtitle(words: str, remark: str = "") -> None:
    """A heading below the first, with a remark."""
    caption = f'<p class="figure-caption">{escape(remark)}</p>' if remark else ""
    st.html(f'<h2 class="figure-title">{escape(words)}</h2>{caption}')


def line(words: str, remark: str = "") -> None:
    """A line of a list, with a remark below it."""
    st.html(f'<p class="line">{escape(words)}<small>{escape(remark)}</small></p>')


def counted(words: str) -> None:
    """A confirmation that cannot be overlooked."""
    st.html(f'<p class="counted" role="status">{escape(words)}</p>')


def anchors(meanings: dict[str, str]) -> None:
    """What each step of a scale means."""
    rows = "".join(f"<dt>{escape(step)}</dt><dd>{escape(meaning)}</dd>" for step, meaning in meanings.items())
    st.html(f'<dl class="anchors">{rows}</dl>')

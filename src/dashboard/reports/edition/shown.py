"""A figure on a page of the edition: its words, its drawing or table, its numbers, and the files beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Final

from markupsafe import Markup

from dashboard.figures import html, passport
from dashboard.figures.exhibit import exhibits
from dashboard.figures.export import export
from dashboard.figures.numbers import Rows, rows
from dashboard.figures.printing.charts import CHARTS
from dashboard.figures.spec import FigureSpec, Kind
from dashboard.reports.edition.drawn import drawn

AS_TEXT: Final = (Kind.TABLE, Kind.CARDS)  # are words on a page, whatever print makes of them
MANY: Final = 15  # rows from which a table can be searched
FILES: Final = "figures"


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What a page shows of a figure. *numbers* is empty where the figure is its own table."""

    id: str
    spec: FigureSpec
    body: Markup
    numbers: Markup
    facts: tuple[str, ...]
    files: tuple[tuple[str, str], ...]  # what it is called, and its address from the page
    is_long: bool


def shown(spec: FigureSpec, folder: str) -> tuple[Shown, Mapping[str, bytes]]:
    """The figure, and the files beside it by their name from the page; *folder* keeps those of a country apart."""
    (exhibit,) = exhibits([spec])
    spec = exhibit.spec
    address = "/".join(filter(None, (FILES, folder, spec.id)))
    files = {f"{address}.csv": export(spec, "csv")}
    is_chart = spec.kind in CHARTS and spec.kind not in AS_TEXT
    if is_chart:
        files = {f"{address}.png": export(spec, "png"), **files}
    names = {"png": "PNG", "csv": "CSV"}
    found = Shown(
        id=spec.id,
        spec=spec,
        body=_made(drawn(exhibit, spec.id)) if is_chart else _text(spec),
        numbers=_table(rows(spec), spec) if is_chart else Markup(),
        facts=tuple(passport.facts(spec)),
        files=tuple((names[name.rpartition(".")[2]], name) for name in files),
        is_long=not is_chart and len(spec.table) >= MANY,
    )
    return found, files


def _text(spec: FigureSpec) -> Markup:
    """A figure made of words."""
    if spec.table.empty:
        return Markup()
    if spec.kind is Kind.CARDS:
        return _made(html.cards(spec))
    if spec.kind is Kind.TABLE:
        return _made(html.table(_without_ways(spec)))
    return _table(rows(spec), spec)


def _without_ways(spec: FigureSpec) -> FigureSpec:
    """The table without links into the dashboard: there is none. Those to the sources stay."""
    inner = {
        one.name
        for one in spec.columns
        if one.link and spec.table[one.link].astype(str).str.startswith(("?", "/", "data?")).any()
    }
    return replace(spec, columns=tuple(replace(one, link="") if one.name in inner else one for one in spec.columns))


def _table(found: Rows, spec: FigureSpec) -> Markup:
    """The numbers behind a figure, as a reader writes them."""
    lang = spec.passport.lang
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in found.header)
    body = "".join(
        "<tr>"
        + "".join(
            f'<td data-label="{escape(name)}">{escape(words)}</td>'
            for name, words in zip(found.header, row, strict=True)
        )
        + "</tr>"
        for row in found.words(lang)
    )
    caption = f'<caption class="hidden">{escape(spec.title)}</caption>'
    return _made(f'<table class="records">{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')


def _made(markup: str) -> Markup:
    """What was made with every text escaped, and goes into the page as it is."""
    return Markup(markup)  # noqa: S704

"""A report that somebody put together: figures in an order of their own, each with a heading and a note."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.figures.context import Context
from dashboard.figures.spec import FigureSpec
from dashboard.reports.report import Report, Section


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One figure, in each language of the report, with what its author wrote of it.

    An empty *heading* leaves the figure its own title; an empty *note* is none.
    """

    figures: tuple[FigureSpec, ...]
    heading: str
    note: str


def report(title: str, items: Sequence[Item], context: Context) -> Report:
    """The report, in the language of *context*; figures that come in two languages speak both."""
    t = context.t
    if not items:
        raise ValueError("a report needs at least one figure")
    version = t("Data {version}", version=context.data_version)
    return Report(
        title=title,
        subtitle=", ".join([version, *([t.date(context.as_of)] if context.as_of else [])]),
        author=t("Illegal wildlife trade in High Asia"),
        lang=context.lang,
        as_of=context.as_of,
        link=context.link,
        footer=" · ".join([title, version]),
        sections=tuple(_section(number, item) for number, item in enumerate(items, start=1)),
    )


def _section(number: int, item: Item) -> Section:
    """The heading of the author is the title of the figure: the same in a document and on a slide."""
    first, *others = (replace(spec, title=item.heading or spec.title) for spec in item.figures)
    notes = tuple(filter(None, (line.strip() for line in item.note.splitlines())))
    return Section(f"own-{number}", "", notes, (first,), translations=tuple(others))

"""What figures are made from, and the rows of their catalogue."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dashboard.analysis.select import select
from dashboard.domain.records import Records
from dashboard.figures.context import Context
from dashboard.figures.spec import FigureSpec


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What figures are made from: all records, those the reader selected, the data package, and the reader."""

    records: Records
    selected: Records
    package: Mapping[str, Any]
    context: Context

    def reader(self, usual: Mapping[str, tuple[str, ...]]) -> Context:
        """The reader, with the *usual* value of each choice of the page that the link says nothing of."""
        return replace(self.context, view={**usual, **self.context.view})

    def seen_by(self, context: Context) -> "Material":
        """The same for a reader who chose more on the page; the selection must be the same."""
        return replace(self, context=context)


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure of the catalogue.

    *page* is the path of its page, *part* what of the page it stands on; *is_of_incidents*: without a selected
    incident there is no such figure; *is_made_up*: a simulation, which can be made again from the link alone.
    """

    page: str
    make: Callable[[Material], FigureSpec]
    part: str = ""
    is_of_incidents: bool = True
    is_made_up: bool = False


def material(records: Records, package: Mapping[str, Any], context: Context) -> Material:
    """Select once what all figures of a page share."""
    return Material(records, select(records, context.selection), package, context)

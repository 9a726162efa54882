"""Every figure by its identifier: what makes it, and on which page it stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from dashboard.analysis import overview as analysis
from dashboard.analysis.select import select
from dashboard.domain.records import Records
from dashboard.figures import edition, overview
from dashboard.figures.context import Context
from dashboard.figures.spec import FigureSpec

LATEST: Final = 10


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What figures are made from: all records, those the reader selected, the data package, and the reader."""

    records: Records
    selected: Records
    package: Mapping[str, Any]
    context: Context


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure. *page* is the path of its page; *is_of_incidents*: without a selected incident there is none."""

    page: str
    make: Callable[[Material], FigureSpec]
    is_of_incidents: bool = True


def material(records: Records, package: Mapping[str, Any], context: Context) -> Material:
    """Select once what all figures of a page share."""
    return Material(records, select(records, context.selection), package, context)


def figure(figure_id: str, made_from: Material) -> FigureSpec:
    """The figure *figure_id*; ``KeyError`` for one that is not in the catalogue."""
    return FIGURES[figure_id].make(made_from)


def _coverage(m: Material) -> FigureSpec:
    return overview.coverage(analysis.coverage_grid(m.selected["coverage"], m.selected["incidents"]), m.context)


def _by_year(m: Material) -> FigureSpec:
    return overview.by_year(analysis.count_by_year(m.selected["incidents"], "evidence_grade"), m.context)


def _outcomes(m: Material) -> FigureSpec:
    return overview.outcomes(analysis.count_by(m.selected["incidents"], "outcome"), m.context)


def _evidence(m: Material) -> FigureSpec:
    return overview.evidence(analysis.count_by(m.selected["incidents"], "evidence_grade"), m.context)


def _latest(m: Material) -> FigureSpec:
    return overview.latest(m.selected, LATEST, m.context)


def _edition(m: Material) -> FigureSpec:
    return edition.edition(m.records, m.package, m.context)


FIGURES: Final[dict[str, Entry]] = {
    "coverage": Entry("", _coverage),
    "incidents-by-year": Entry("", _by_year),
    "outcomes": Entry("", _outcomes),
    "evidence": Entry("", _evidence),
    "latest": Entry("", _latest),
    "edition": Entry("about", _edition, is_of_incidents=False),
}

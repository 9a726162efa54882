"""Every figure by its identifier: what makes it, and on which page it stands."""

from typing import Final

from dashboard.analysis import overview as analysis
from dashboard.figures import edition, overview
from dashboard.figures.catalogue_detection import DETECTION
from dashboard.figures.catalogue_extent import EXTENT, counts
from dashboard.figures.catalogue_justice import JUSTICE
from dashboard.figures.catalogue_law import LAW
from dashboard.figures.context import Context
from dashboard.figures.material import Entry, Material, material
from dashboard.figures.spec import FigureSpec

__all__ = ["FIGURES", "Entry", "Material", "figure", "is_made_again", "material"]

LATEST: Final = 10


def figure(figure_id: str, made_from: Material) -> FigureSpec:
    """The figure *figure_id*; ``KeyError`` for one that is not in the catalogue."""
    make = FIGURES[figure_id].make
    spec: FigureSpec = made_from.as_seen(figure_id, lambda: make(made_from))
    return spec


def is_made_again(spec: FigureSpec, context: Context) -> bool:
    """Whether the catalogue makes this very figure from its link: not so where it shows a reader's own file."""
    entry = FIGURES.get(spec.id)
    return entry is not None and (entry.is_made_up or spec.passport.data_version == context.data_version)


def _coverage(m: Material) -> FigureSpec:
    return overview.coverage(analysis.coverage_grid(m.selected["coverage"], m.incidents("country", "year")), m.context)


def _by_year(m: Material) -> FigureSpec:
    return overview.by_year(analysis.count_by_year(m.incidents("year", "evidence_grade"), "evidence_grade"), m.context)


def _outcomes(m: Material) -> FigureSpec:
    return overview.outcomes(counts(m, "outcome"), m.context)


def _evidence(m: Material) -> FigureSpec:
    return overview.evidence(counts(m, "evidence_grade"), m.context)


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
    **EXTENT,
    **JUSTICE,
    **LAW,
    **DETECTION,
    "edition": Entry("about", _edition, is_of_incidents=False),
}

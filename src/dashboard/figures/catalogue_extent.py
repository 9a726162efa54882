"""The figures of the extent of the trade, for the catalogue. What the reader did not choose has its usual value."""

from typing import Final

from dashboard.analysis import Frame, extent, overview, routes
from dashboard.analysis.select import searched
from dashboard.figures import extent as figures
from dashboard.figures import incident_map, records
from dashboard.figures import routes as route_figures
from dashboard.figures.context import Context
from dashboard.figures.material import Entry, Material
from dashboard.figures.spec import FigureSpec

USUAL: Final = {  # what holds where a link says nothing; the same as in ``ui.choices``
    "colour": ("incident_type",),
    "boundaries": ("un",),
    "level": ("auto",),
    "by": ("species_group",),
}


def _reader(m: Material) -> Context:
    return m.reader(USUAL)


def silence(m: Material) -> Frame:
    """What is known of each province in the chosen countries and years."""

    def states() -> Frame:
        return extent.province_states(*searched(m.records, m.context.selection), m.records["provinces"])

    known: Frame = m.of_selection("silence", states)
    return known


def unplaced(m: Material) -> Frame:
    """The incidents of which only the country is known, by country."""
    counts: Frame = m.of_selection("unplaced", lambda: extent.unplaced(m.incidents("country", "coord_precision")))
    return counts


def counts(m: Material, column: str) -> Frame:
    """The incidents by the values of one column."""
    counted: Frame = m.of_selection(("counts", column), lambda: overview.count_by(m.incidents(column), column))
    return counted


def corridors(m: Material) -> Frame:
    """The incidents by where they came from and went to."""
    counted: Frame = m.of_selection("corridors", lambda: routes.corridors(m.incidents(*routes.ENDS, "evidence_grade")))
    return counted


def _map(m: Material) -> FigureSpec:
    context = _reader(m)
    split = context.chosen("colour")
    incidents = m.incidents(*extent.PLACE, split)
    marks = extent.marks(incidents, m.selected["provinces"], incident_map.level(context), split)
    return incident_map.incident_map(marks, silence(m), unplaced(m), context)


def _unplaced(m: Material) -> FigureSpec:
    return records.unplaced(extent.only_country(m.selected), _reader(m))


def _by_year(m: Material) -> FigureSpec:
    context = _reader(m)
    split = context.chosen("colour")
    return figures.by_year(overview.count_by_year(m.incidents("year", split), split), context)


def _by_month(m: Material) -> FigureSpec:
    context = _reader(m)
    split = context.chosen("colour")
    incidents = m.incidents("occurred_on", "occurred_on_precision", split)
    return figures.by_month(extent.count_by_month(incidents, split), context)


def _precision(m: Material) -> FigureSpec:
    return figures.precision(counts(m, "occurred_on_precision"), _reader(m))


def _species(m: Material) -> FigureSpec:
    context = _reader(m)
    by = context.chosen("by")
    return figures.species(extent.count_by_two(m.incidents(by, "country"), by, "country"), by, context)


def _commodities(m: Material) -> FigureSpec:
    context = _reader(m)
    by = context.chosen("by")
    return figures.commodities(extent.count_by_two(m.incidents(by, "commodity"), by, "commodity"), by, context)


def _amounts(m: Material) -> FigureSpec:
    return figures.amounts(extent.amounts(m.selected), _reader(m))


def _appendices(m: Material) -> FigureSpec:
    return figures.appendices(m.selected, _reader(m))


def _published(m: Material) -> FigureSpec:
    return figures.published(extent.range_wide(m.selected["justice_statistics"]), _reader(m))


def _ways(m: Material) -> FigureSpec:
    return route_figures.ways(corridors(m), _reader(m))


def _flow(m: Material) -> FigureSpec:
    return route_figures.flow(corridors(m), _reader(m))


def _crossing(m: Material) -> FigureSpec:
    return route_figures.crossing(routes.count_by_crossing(m.incidents(*routes.ENDS)), _reader(m))


def _corridors(m: Material) -> FigureSpec:
    return route_figures.corridors(corridors(m), _reader(m))


def _seized_flows(m: Material) -> FigureSpec:
    flows = routes.seized_flows(m.selected["seized_flows"], m.selected["countries"])
    return route_figures.seized_flows(flows, _reader(m))


EXTENT: Final[dict[str, Entry]] = {
    "map": Entry("extent", _map),
    "unplaced": Entry("extent", _unplaced),
    "when-year": Entry("extent", _by_year, "when"),
    "when-month": Entry("extent", _by_month, "when"),
    "date-precision": Entry("extent", _precision, "when"),
    "species": Entry("extent", _species, "what"),
    "commodities": Entry("extent", _commodities, "what"),
    "amounts": Entry("extent", _amounts, "what"),
    "appendices": Entry("extent", _appendices, "what"),
    "published": Entry("extent", _published, "what"),
    "routes-map": Entry("extent", _ways, "routes"),
    "routes": Entry("extent", _flow, "routes"),
    "crossing": Entry("extent", _crossing, "routes"),
    "corridors": Entry("extent", _corridors, "routes"),
    "seized-flows": Entry("extent", _seized_flows, "routes"),
}

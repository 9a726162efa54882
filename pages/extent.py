"""Where, what and when."""

from dashboard.analysis import extent, overview, routes
from dashboard.analysis.select import searched, select
from dashboard.figures import extent as figures
from dashboard.figures import incident_map, records
from dashboard.figures import overview as known_figures
from dashboard.figures import routes as route_figures
from dashboard.figures import sentences_extent as sentences
from dashboard.ui import choices, controls, maps, panels, reading, session

context = controls.choose(session.context(), choices.EXTENT_PART)
part = context.chosen("part")
selected = select(session.records(), context.selection)
known = overview.headline(selected)
panels.stop_without_records(known.incident_count, context)
incidents, provinces = selected["incidents"], selected["provinces"]

if part == "map":
    silence = extent.province_states(*searched(session.records(), context.selection), provinces)
    panels.headline(*sentences.where(silence, extent.unplaced(incidents), known, context))
    context = controls.choose(context, choices.COLOUR, choices.BOUNDARIES, choices.LEVEL, choices.DRAWING)
    marks = extent.marks(incidents, provinces, maps.level(context), context.chosen("colour"))
    maps.way_back(context)
    maps.show(incident_map.incident_map(marks, silence, extent.unplaced(incidents), context), context)
    panels.figure(records.unplaced(extent.only_country(selected), context), context)
elif part == "when":
    panels.headline(*sentences.when(overview.count_by(incidents, "occurred_on_precision"), context))
    context = controls.choose(context, choices.COLOUR)
    split, precisions = context.chosen("colour"), overview.count_by(incidents, "occurred_on_precision")
    panels.figure(figures.by_year(overview.count_by_year(incidents, split), context), context)
    grid = overview.coverage_grid(selected["coverage"], incidents)
    panels.figure(known_figures.coverage(grid, context), context)
    panels.figure(figures.by_month(extent.count_by_month(incidents, split), context), context)
    panels.figure(figures.precision(precisions, context), context)
elif part == "what":
    panels.headline(*sentences.what(overview.count_by(incidents, "role"), context))
    context = controls.choose(context, choices.SPECIES_BY)
    by = context.chosen("by")
    panels.figure(figures.species(extent.count_by_two(incidents, by, "country"), by, context), context)
    panels.figure(figures.commodities(extent.count_by_two(incidents, by, "commodity"), by, context), context)
    panels.figure(figures.amounts(extent.amounts(selected), context), context)
    panels.figure(figures.appendices(selected, context), context)
    panels.figure(figures.published(extent.range_wide(selected["justice_statistics"]), context), context)
elif part == "routes":
    routed, flows = routes.routed(selected), routes.seized_flows(selected["seized_flows"], selected["countries"])
    corridors = routes.corridors(routed)
    panels.headline(*sentences.routes(corridors, context))
    context = controls.choose(context, choices.BOUNDARIES)
    maps.show_ways(route_figures.ways(corridors, context), context)
    panels.figure(route_figures.flow(corridors, context), context)
    panels.figure(route_figures.crossing(routes.count_by_crossing(routed), context), context)
    panels.figure(route_figures.corridors(corridors, context), context)
    panels.figure(route_figures.seized_flows(flows, context), context)
else:
    panels.headline(*sentences.records(known, context))
    reading.show(selected, known.incident_count, context)

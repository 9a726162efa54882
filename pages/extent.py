"""Where, what and when."""

import streamlit as st

from dashboard.figures import sentences_extent as sentences
from dashboard.figures.catalogue import figure
from dashboard.figures.catalogue_extent import corridors, counts, silence, unplaced
from dashboard.ui import choices, controls, maps, panels, reading, session

context = controls.choose(session.context(), choices.EXTENT_PART)
part = context.chosen("part")
material = session.material(context)
known = material.known
panels.stop_without_records(known.incident_count, context)

if part == "map":
    panels.headline(
        *sentences.where(silence(material), counts(material, "province"), unplaced(material), known, context)
    )
    places = st.container(key="choosing"), st.container()
    choosing, showing = reversed(places) if context.is_presenting else places  # a room sees the map first
    with choosing:
        context = controls.choose(context, choices.COLOUR, choices.BOUNDARIES, choices.LEVEL, choices.DRAWING)
    with choosing if context.is_presenting else showing:
        maps.way_back(context)
    with showing:
        maps.show(figure("map", material.seen_by(context)), context)
    panels.figure(figure("unplaced", material.seen_by(context)), context)
elif part == "when":
    panels.headline(*sentences.when(counts(material, "occurred_on_precision"), context))
    context = controls.choose(context, choices.COLOUR)
    for name in ("when-year", "coverage", "when-month", "date-precision"):
        panels.figure(figure(name, material.seen_by(context)), context)
elif part == "what":
    panels.headline(*sentences.what(counts(material, "role"), context))
    context = controls.choose(context, choices.SPECIES_BY)
    for name in ("species", "commodities", "amounts", "appendices", "published"):
        panels.figure(figure(name, material.seen_by(context)), context)
elif part == "routes":
    panels.headline(*sentences.routes(corridors(material), context))
    context = controls.choose(context, choices.BOUNDARIES)
    maps.show_ways(figure("routes-map", material.seen_by(context)), context)
    for name in ("routes", "crossing", "corridors", "seized-flows"):
        panels.figure(figure(name, material.seen_by(context)), context)
else:
    panels.headline(*sentences.records(known, context))
    reading.show(material.selected, known.incident_count, context)

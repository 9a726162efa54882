"""Is crime rising, or are we seeing more of it?"""

import streamlit as st

from dashboard.analysis import known
from dashboard.figures import detection as figures
from dashboard.figures import known as known_figures
from dashboard.figures.catalogue import figure
from dashboard.figures.catalogue_detection import planned
from dashboard.ui import detection, histories, latest, panels, session
from dashboard.ui.controls import choose

context = choose(session.context(), detection.PART)
t = context.t
part = context.chosen("part")
material = session.material(context)

if part == "lesson":
    panels.notice(t("Simulation: this is not data"))
    detection.lesson(material)
elif part == "experts":
    first = st.container()
    context = choose(context, detection.ASSUMED)
    published, share = known.published(session.records()), int(context.chosen("assumed")) / 100
    with first:
        panels.headline(*known_figures.headline(published, share, context))
    for name in ("known-to-likely", "known-sources"):
        panels.figure(figure(name, material.seen_by(context)), context)
elif part == "months":
    latest.months(choose(context, detection.MONTHS))
elif part == "own":
    histories.own(choose(context, detection.HISTORIES))
elif not material.known.incident_count:
    panels.nothing_selected(context)
else:
    first = st.container()  # the sentence comes first, what it rests on is chosen below it
    context = choose(context, detection.LOOKED, detection.CERTAINTY)
    material = material.seen_by(context)
    with first:
        panels.headline(*figures.headline(planned(material), context))
    panels.figure(figure("designs", material), context)
    detection.show_offered(material)
    for name in ("questions", "traffic-index", "looked", "design-table"):
        panels.figure(figure(name, material), context)

"""Is crime rising, or are we seeing more of it?"""

import streamlit as st

from dashboard.analysis import known, overview
from dashboard.analysis.select import select
from dashboard.figures import detection as figures
from dashboard.figures import known as known_figures
from dashboard.figures import lesson as lesson_figures
from dashboard.figures import trend
from dashboard.ui import detection, histories, latest, panels, session
from dashboard.ui.controls import choose

context = choose(session.context(), detection.PART)
t = context.t
part = context.chosen("part")

if part == "lesson":
    panels.notice(t("Simulation: this is not data"))
    context = choose(context, detection.EFFORT, detection.CHANCE)
    shown = detection.lesson(context.chosen("effort"), context.chosen("chance"))
    panels.headline(*lesson_figures.headline(shown, context))
    left, right = st.columns(2, gap="large")
    with left:
        panels.figure(lesson_figures.districts(shown, context), context)
    with right:
        panels.figure(lesson_figures.lines(shown, context), context)
elif part == "experts":
    context = choose(context, detection.ASSUMED)
    published, share = known.published(session.records()), int(context.chosen("assumed")) / 100
    panels.headline(*known_figures.headline(published, share, context))
    panels.figure(known_figures.ranges(published, share, 0.1, context), context)
    panels.figure(known_figures.sources(published, context), context)
elif part == "months":
    latest.months(choose(context, detection.MONTHS))
elif part == "own":
    histories.own(choose(context, detection.HISTORIES))
elif not overview.headline(select(session.records(), context.selection)).incident_count:
    panels.nothing_selected(context)
else:
    context = choose(context, detection.LOOKED, detection.CERTAINTY)
    looked, certainty = context.chosen("looked"), context.chosen("certainty")
    given, planned, grid = detection.planned(session.records(), context.selection, looked, certainty)
    recent, index = detection.other_answers(session.records(), given, context.selection)
    panels.headline(*figures.headline(planned, context))
    panels.figure(figures.needed(planned, context), context)
    detection.show_offered(given, planned, certainty, context)
    panels.figure(figures.questions(planned, recent, index, context), context)
    panels.figure(trend.index(index, context), context)
    panels.figure(figures.looked(grid, context), context)
    panels.figure(figures.designs(planned, context), context)

"""What do we know, how well, and what changed?"""

import streamlit as st

from dashboard.analysis import overview
from dashboard.analysis.select import select
from dashboard.figures import overview as figures
from dashboard.figures import sentences
from dashboard.ui import panels, session

context = session.context()
selected = select(session.records(), context.selection)
known = overview.headline(selected)

panels.stop_without_records(known.incident_count, context)
panels.headline(*sentences.headline(known, context))
panels.numbers(sentences.numbers(known, context))
panels.figure(figures.coverage(overview.coverage_grid(selected["coverage"], selected["incidents"]), context), context)
left, right = st.columns([3, 2], gap="large")
with left:
    panels.figure(figures.by_year(overview.count_by_year(selected["incidents"], "evidence_grade"), context), context)
with right:
    panels.figure(figures.outcomes(overview.count_by(selected["incidents"], "outcome"), context), context)
    panels.figure(figures.evidence(overview.count_by(selected["incidents"], "evidence_grade"), context), context)
panels.figure(figures.latest(selected, 10, context), context)

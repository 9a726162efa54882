"""What do we know, how well, and what changed?"""

import streamlit as st

from dashboard.figures import sentences
from dashboard.figures.catalogue import figure
from dashboard.ui import panels, session

context = session.context()
material = session.material(context)
known = material.known

panels.stop_without_records(known.incident_count, context)
panels.headline(*sentences.headline(known, context))
panels.numbers(sentences.numbers(known, context))
panels.figure(figure("coverage", material), context)
left, right = st.columns([3, 2], gap="large")
with left:
    panels.figure(figure("incidents-by-year", material), context)
with right:
    panels.figure(figure("outcomes", material), context)
    panels.figure(figure("evidence", material), context)
panels.figure(figure("latest", material), context)

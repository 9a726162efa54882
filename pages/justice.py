"""What became of the cases?"""

import streamlit as st

from dashboard.figures import justice_words as words
from dashboard.figures.catalogue import figure
from dashboard.figures.catalogue_justice import tallies, total
from dashboard.ui import controls, panels, session
from dashboard.ui import justice_choices as choices

context = session.context()
material = session.material(context)
tally = total(material.selected)

if not tally.recorded:
    panels.nothing_selected(context)
    st.stop()

panels.headline(*words.headline(tally, context))
first = st.container()  # the steps come first, what is counted is chosen below them
context = controls.choose(context, choices.COUNTED, choices.INTERVAL)
material = material.seen_by(context)
with first:
    counted = "justice-persons" if context.chosen("count") == choices.PERSONS else "justice-funnel"
    panels.figure(figure(counted, material), context)
panels.figure(figure("justice-rates", material), context)

context = controls.choose(context, choices.STEP, choices.BASE)
material = material.seen_by(context)
panels.figure(figure("justice-by-country", material), context, sets="country")
if len(tallies(material.selected)) > 1:
    panels.figure(figure("justice-compare", material), context, sets="country")

panels.figure(figure("justice-terms", material), context)
with st.expander(context.t("Provisions and fines")):
    panels.figure(figure("justice-statutes", material), context)
    panels.figure(figure("justice-fines", material), context)

panels.figure(figure("justice-published-rates", material), context)
with st.expander(context.t("Figures without a base, and single cases")):
    panels.figure(figure("justice-published-figures", material), context)
    panels.figure(figure("justice-illustrations", material), context)

panels.figure(figure("justice-time", material), context)
if tally.under_investigation:
    panels.figure(figure("justice-open", material), context)

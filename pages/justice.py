"""What became of the cases?"""

import streamlit as st

from dashboard.figures import justice_words as words
from dashboard.figures.catalogue import figure
from dashboard.figures.catalogue_justice import tallies, total
from dashboard.ui import controls, panels, session
from dashboard.ui import justice_choices as choices

context = controls.choose(session.context(), choices.PART)
material = session.material(context)
tally = total(material)
panels.stop_without_records(tally.recorded, context)
panels.headline(*words.headline(tally, context))
part = context.chosen("part")

if part == "steps":
    first = st.container()  # the steps come first, what is counted is chosen below them
    context = controls.choose(context, choices.COUNTED, choices.INTERVAL)
    counted = "justice-persons" if context.chosen("count") == choices.PERSONS else "justice-funnel"
    with first:
        panels.figure(figure(counted, material.seen_by(context)), context)
    panels.figure(figure("justice-rates", material.seen_by(context)), context)
elif part == "countries":
    context = controls.choose(context, choices.STEP, choices.BASE, choices.INTERVAL)
    panels.figure(figure("justice-by-country", material.seen_by(context)), context, sets="country")
    if len(tallies(material)) > 1:
        panels.figure(figure("justice-compare", material.seen_by(context)), context, sets="country")
elif part == "sentences":
    panels.figure(figure("justice-terms", material), context)
    with st.expander(context.t("Provisions and fines")):
        panels.figure(figure("justice-statutes", material), context)
        panels.figure(figure("justice-fines", material), context)
elif part == "official":
    panels.figure(figure("justice-published-rates", material), context)
    with st.expander(context.t("Figures without a base, and single cases")):
        panels.figure(figure("justice-published-figures", material), context)
        panels.figure(figure("justice-illustrations", material), context)
else:
    panels.figure(figure("justice-time", material), context)
    if tally.under_investigation:
        panels.figure(figure("justice-open", material), context)

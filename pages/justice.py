"""What became of the cases?"""

import streamlit as st

from dashboard.analysis import justice
from dashboard.analysis.select import select
from dashboard.figures import justice as figures
from dashboard.figures import justice_penalties as penalties
from dashboard.figures import justice_published as published
from dashboard.figures import justice_time as time
from dashboard.figures import justice_words as words
from dashboard.ui import controls, panels, session
from dashboard.ui import justice_choices as choices

context = session.context()
selected = select(session.records(), context.selection)
cases = justice.cases(selected)
tallies = justice.tallies(cases)
tally = justice.total(tallies)

if not tally.recorded:
    panels.nothing_selected(context)
    st.stop()

panels.headline(*words.headline(tally, context))
first = st.container()  # the steps come first, what is counted is chosen below them
context = controls.choose(context, choices.COUNTED, choices.INTERVAL)
method = context.chosen("interval")
with first:
    if context.chosen("count") == choices.PERSONS:
        panels.figure(figures.persons(justice.persons(cases), tally, context), context)
    else:
        panels.figure(figures.funnel(justice.funnel(cases), tally, context), context)
panels.figure(figures.rates(justice.rates(tally, method), tally, context), context)

context = controls.choose(context, choices.STEP, choices.BASE)
by_country = justice.funnel(cases, "country")
panels.figure(figures.by_country(by_country, tallies, context.chosen("step"), context), context, sets="country")
if len(tallies) > 1:
    why_not = justice.differences(tallies, selected["coverage"], justice.fined(cases))
    compared = justice.compare(tallies, context.chosen("of"), method, why_not)
    panels.figure(figures.compare(compared, tallies, context), context, sets="country")

countries = context.selection.countries
laws = session.derived(justice.statutes, "provisions", countries)
panels.figure(penalties.terms(justice.terms(cases), laws, tally.convicted, context), context)
with st.expander(context.t("Provisions and fines")):
    rows = session.derived(justice.provision_rows, "provisions", countries)
    panels.figure(penalties.provisions(rows, context), context)
    panels.figure(penalties.fines(justice.fines(cases), context), context)

statistics = justice.statistics(selected["justice_statistics"], context.selection)
panels.figure(published.shared_base(justice.shared_base(statistics), context), context)
with st.expander(context.t("Figures without a base, and single cases")):
    panels.figure(published.lone_figures(justice.lone_figures(statistics), context), context)
    panels.figure(published.illustrations(justice.illustrations(statistics), context), context)

panels.figure(time.decision(justice.time_of(cases, session.edition_date()), context), context)
if tally.under_investigation:
    panels.figure(time.open_cases(justice.open_cases(cases, int(session.edition_date()[:4])), context), context)

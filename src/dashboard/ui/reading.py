"""Reading records one by one: the table, one record, and the way to report that it is wrong."""

import streamlit as st

from dashboard.analysis import listing
from dashboard.domain.records import Records
from dashboard.figures import records as figures
from dashboard.figures.context import Context
from dashboard.ui import choices, controls, panels, session


def show(selected: Records, count: int, context: Context) -> None:
    """The record that the link names, or else a page of the selected ones."""
    context = controls.choose(context, choices.SORT, choices.sheet(count, figures.PER_PAGE))
    table = figures.table(selected, count, context)
    named = [number for number in session.url_values("record") if _exists(number)]
    numbers = list(dict.fromkeys([*table.table["incident_id"], *named]))
    chosen = controls.choose(context, choices.record(numbers)).chosen("record")
    if chosen:
        record = listing.one(session.records(), chosen)
        st.button(context.t("← All records"), key="all-records", on_click=session.clear, args=(("record",),))
        panels.figure(figures.facts(record, context), context)
        if not context.is_locked:  # the data page is closed meanwhile
            panels.way(context.t("Report a correction"), figures.correction_form(chosen, context))
        panels.to_copy(context.t("Report a correction by message"), figures.correction(chosen, context), context)
    panels.figure(table, context)


def _exists(number: str) -> bool:
    found = listing.one(session.records(), number)["incidents"].select("incident_id").collect()
    return len(found) == 1

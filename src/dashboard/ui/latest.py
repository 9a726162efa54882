"""The latest months: the shipped records, an example, or a reader's own file of two dates a record."""

from typing import Final

import streamlit as st

from dashboard.analysis import detection
from dashboard.analysis.delay import Nowcast, nowcast
from dashboard.analysis.example import dated
from dashboard.figures import latest as figures
from dashboard.figures.context import Context
from dashboard.figures.origin import Origin, made_up, public, uploaded
from dashboard.i18n import problems
from dashboard.ingest.entries import COLUMNS, Entries, entries
from dashboard.ui import panels, session
from dashboard.ui.upload import kept_file

FILE: Final = "own-dates"
MOST_ISSUES: Final = 30


@st.cache_data(show_spinner=False)
def _template() -> str:
    return dated().to_csv(index=False, lineterminator="\n")


@st.cache_data(show_spinner=False, scope="session", max_entries=8)
def _read(content: bytes, file: str) -> Entries:
    """Uploads are confidential: never shared between readers."""
    return entries(content, file)


def months(context: Context) -> None:
    """Complete the latest months of what was chosen, or say why not."""
    t, chosen = context.t, context.chosen("months")
    if chosen == "records":
        _show(detection.latest_months(session.records()), public(context), context)
        return
    file, content = ("example.csv", _template().encode()) if chosen == "example" else _upload(context)
    if chosen == "example":
        panels.notice(t("Simulation: this is not data"))
    if not content:
        return
    found = _read(content, file)
    for issue in found.issues[:MOST_ISSUES]:
        st.text(problems.sentence(issue, t))
    if found.dates is None:
        panels.headline(t("The file cannot be used yet."), t("Mend what is listed and upload it again."))
        return
    origin = made_up(context) if chosen == "example" else uploaded(file, context)
    _show(nowcast(found.dates[COLUMNS[0]], found.dates[COLUMNS[1]]), origin, context)


def _show(found: Nowcast, origin: Origin, context: Context) -> None:
    panels.headline(*figures.headline(found, context))
    if found.status != "refused":
        panels.figure(figures.completed(found, origin, context), context)


def _upload(context: Context) -> tuple[str, bytes]:
    t = context.t
    welcome = (
        t("Two dates a record tell how late records come in."),
        t("One row per record: came_to_light_on and entered_on, both as whole days such as 2025-03-31."),
    )
    return kept_file(FILE, t("A file of dates (CSV, UTF-8)"), ("dates-template.csv", _template), welcome, context)

"""The strategy ledger: joint actions, their history, and what changed since."""

from secrets import token_hex
from typing import Final

import streamlit as st

from dashboard.domain import room
from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.domain.room import Action
from dashboard.domain.workshop import LONGEST_TEXT, STATUSES, Event, Kind, Reason, RefusedError
from dashboard.figures import scoring as figures
from dashboard.figures.context import Context
from dashboard.store import room as store
from dashboard.ui import panels, pin, refusals, session

NEW: Final = "new"
PREFIX: Final = "action-"


def part(context: Context) -> None:
    """The part of the workshop page."""
    t = context.t
    events = session.workshop().events(Kind.ACTION)
    found = room.actions(events)
    shown = [a for a in found if not _is_elsewhere(a, context)]
    done = sum(a.content["status"] == "done" for a in shown)
    if shown:
        agreed = t.n("{n} joint action is agreed", "{n} joint actions are agreed", len(shown))
        panels.headline(
            t("{actions}; {done} of them done.", actions=agreed, done=t.number(done)),
            t("An action needs someone responsible, a deadline, and a sign by which everybody sees that it happened."),
        )
        panels.figure(figures.ledger(shown, context), context)
    else:
        panels.headline(
            t("No joint action has been agreed yet."),
            t("Write the first one below: what, who, by when, and how everybody will see that it happened."),
        )
    if pin.is_facilitator():
        _edit(found, context)
    if found:
        _history(events, context)


def _is_elsewhere(action: Action, context: Context) -> bool:
    country, chosen = action.content.get("country"), context.selection.countries
    return bool(chosen and country and country not in chosen)


def _edit(found: list[Action], context: Context) -> None:
    """One form for a new action and for a change; what the form was filled from is checked when it is saved."""
    t, labels = context.t, context.labels
    by_id = {action.id: action for action in found}
    chosen = st.selectbox(
        t("Write or change"),
        [NEW, *by_id],
        format_func=lambda one: t("A new action") if one == NEW else by_id[one].content["action"],
        key="ledger-chosen",
    )
    old = by_id.get(chosen)
    said, revision = (old.content, old.revision) if old else ({}, 0)
    with st.form(f"ledger-{chosen}-{revision}", border=True):
        wide, narrow = st.columns([3, 2], gap="large")
        key = f"{PREFIX}{chosen}-{revision}-"
        with wide:
            for field, label in (
                ("action", t("Action")), ("indicator", t("Sign that it happened")), ("evidence", t("Evidence: a link")),
            ):  # fmt: skip
                st.text_input(label, said.get(field, ""), key=key + field, max_chars=LONGEST_TEXT)
        with narrow:
            st.text_input(t("Responsible agency"), said.get("owner", ""), key=key + "owner", max_chars=LONGEST_TEXT)
            countries = ["", *sorted(RANGE_COUNTRIES, key=lambda c: labels("country", c))]
            st.selectbox(
                t("Country"), countries, countries.index(said.get("country", "")), key=key + "country",
                format_func=lambda c: labels("country", c) if c else t("all"),
            )  # fmt: skip
            st.text_input(
                t("Deadline"), said.get("deadline", ""), key=key + "deadline", placeholder="2027-06-30", max_chars=10
            )
            st.segmented_control(
                t("Status"), STATUSES, default=said.get("status", STATUSES[0]), key=key + "status", required=True,
                format_func=lambda s: labels("action_status", s),
            )  # fmt: skip
        st.form_submit_button(t("Save"), type="primary", on_click=_save, args=(chosen, revision, context))
    for words in session.said("ledger"):
        st.warning(words)


def _save(action: str, revision: int, context: Context) -> None:
    t, key = context.t, f"{PREFIX}{action}-{revision}-"
    content = {f: str(session.typed(key + f) or "") for f in figures.ACTION_FIELDS}
    try:
        store.save_action(session.workshop(), token_hex(4) if action == NEW else action, content, revision)
    except RefusedError as problem:
        stale = t("Not saved: this action was changed meanwhile. Look at it as it is now, and change it again.")
        words = stale if problem.reason is Reason.STALE else refusals.sentence(problem.reason, context)
        session.say("ledger", words)
        return
    if action == NEW:
        for field in ("action", "indicator", "evidence", "owner"):
            session.empty(key + field)


def _history(events: list[Event], context: Context) -> None:
    """What changed since a day on which something was written."""
    t = context.t
    days = sorted({event.at[:10] for event in events}, reverse=True)
    since = st.selectbox(t("What changed since"), days, index=len(days) - 1, format_func=t.date, key="ledger-since")
    panels.figure(figures.changed(room.changes(events, since), since, context), context)

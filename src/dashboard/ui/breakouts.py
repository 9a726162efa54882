"""Break-out groups: issues and proposals by theme, duplicates merged, dots counted."""

from typing import Final

import streamlit as st

from dashboard.domain import room
from dashboard.domain.fields import N_
from dashboard.domain.workshop import DOTS, THEMES, Kind, RefusedError, Task
from dashboard.figures import scoring as figures
from dashboard.figures.context import Context
from dashboard.store import room as store
from dashboard.ui import controls, lan, panels, pin, refusals, session
from dashboard.ui.controls import Choice
from dashboard.ui.scoreboard import LOOKS_EVERY, asking

THEME: Final = Choice(
    "theme", N_("Theme"), ("all", *THEMES), ("all",), codes="workshop_theme", names={"all": N_("All themes")}
)


def part(context: Context) -> None:
    """The part of the workshop page."""
    context = controls.choose(context, THEME)
    _board(context)
    with st.container(key="breakouts-desk"):
        left, right = st.columns([2, 3], gap="large")
        with left:
            lan.code(context)
        with right:
            panels.subtitle(context.t("What the phones ask"))
            asking((Task.TEXTS, Task.DOTS), context)
            _merging(context)


@st.fragment(run_every=LOOKS_EVERY)
def _board(context: Context) -> None:
    """All texts with their dots; drawn again by itself."""
    t = context.t
    events = session.workshop().events(Kind.WRITTEN, Kind.MERGED, Kind.DOTTED)
    found = room.contributions(events)
    voters = {(e.author, e.subject) for e in events if e.kind == Kind.DOTTED}
    theme = context.chosen(THEME.key)
    if not found:
        panels.headline(
            t("Nothing has been written yet."),
            t("Open issues and proposals below; phones show the field by themselves."),
        )
        return
    texts = t.n("{n} text is on the list", "{n} texts are on the list", len(found))
    votes = t.n("{n} person has voted", "{n} people have voted", len(voters))
    panels.headline(
        t("{texts}; {votes}.", texts=texts, votes=votes),
        t.n("Each phone has {n} dot for all themes.", "Each phone has {n} dots for all themes.", DOTS),
    )
    panels.figure(figures.priorities(found, len(voters), context, "" if theme == "all" else theme), context)


def _merging(context: Context) -> None:
    t = context.t
    found = {c.id: c for c in room.contributions(session.workshop().events(Kind.WRITTEN, Kind.MERGED))}
    if len(found) < 2:
        return
    panels.subtitle(t("Merge what says the same"), t("Both texts stay; their dots are added."))
    with st.form("merge", border=False):
        for key, label in (("merge-one", t("This text")), ("merge-into", t("joins this one"))):
            st.selectbox(
                label, list(found), index=None, format_func=lambda one: " / ".join(found[one].texts), key=key,
                placeholder=t("Choose"),
            )  # fmt: skip
        st.form_submit_button(t("Merge"), on_click=_merge, args=(context,))
    for words in session.said("merge"):
        st.warning(words)


def _merge(context: Context) -> None:
    if not pin.is_facilitator():
        return
    try:
        store.merge(session.workshop(), session.typed("merge-one") or "", session.typed("merge-into") or "")
    except RefusedError as problem:
        session.say("merge", refusals.sentence(problem.reason, context))

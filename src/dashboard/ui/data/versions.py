"""Versions and sources: what the data is made of, and what changed since."""

from dataclasses import replace
from typing import Final

import streamlit as st

from dashboard.analysis import changes, overview
from dashboard.domain.fields import N_
from dashboard.domain.selection import Selection
from dashboard.figures import versions as figures
from dashboard.figures.context import Context
from dashboard.figures.edition import edition
from dashboard.ui import controls, desking, panels, session
from dashboard.ui.data import who

SINCE: Final = "since"


def show(context: Context) -> None:
    """The newest changes first, then every version, then what this one is made of."""
    context = replace(context, selection=Selection())  # versions are told of the whole
    now, t = session.current(), context.t
    all_versions = _listed()
    records = session.answers().get("all that is known", lambda: overview.headline(session.records()))
    panels.headline(
        t.n("{n} incident is on record.", "{n} incidents are on record.", records.incident_count),
        t("Data version {version}", version=now.data_version) + ". " + _remark(len(all_versions), context),
    )
    if all_versions and now.version:
        _changes(now.version, context)
    created = str(session.package()["created"])
    panels.figure(figures.listed(all_versions, session.loaded().data_version, created, context), context)
    made_of = session.answers().get(
        ("edition", context.key()), lambda: edition(session.records(), session.package(), context)
    )
    panels.figure(made_of, context)
    if desking.is_there():
        _audit(context)


def _remark(count: int, context: Context) -> str:
    t = context.t
    if not count:
        return t("This is the shipped edition; nothing has been added on this computer.")
    return t.n(
        "{n} change has been made since the shipped edition.",
        "{n} changes have been made since the shipped edition.",
        count,
    )


def _listed() -> list[dict[str, object]]:
    if not desking.is_there():
        return []
    from dashboard.store import engine, versions

    shipped = session.loaded().data_version
    with engine.reading(desking.desk().engine) as connection:
        found = versions.listed(connection)
    for one in found:
        state = versions.State(one["version"], one["row_count"], one["content_sum"])
        one["data_version"] = state.data_version(shipped)
    return found


def _changes(newer: int, context: Context) -> None:
    options = tuple(str(number) for number in range(newer))
    since = controls.Choice(SINCE, N_("Compare with version"), options, (options[-1],), look="list")
    context = controls.choose(context, since)
    older = int(context.chosen(SINCE))
    from dashboard.store import engine, versions

    desk = desking.desk()
    with engine.reading(desk.engine) as connection:
        moved = versions.rows_between(connection, older, newer)
    found = changes.by_incident(moved, set(desk.ref.base.digests))
    panels.figure(figures.changed(changes.count_by_country(found), older, newer, context), context)
    then, now = overview.headline(session.records_of(older)), overview.headline(session.records_of(newer))
    panels.figure(figures.moved(then, now, older, newer, context), context)


def _audit(context: Context) -> None:
    """Say whether the audit trail is whole."""
    t = context.t
    if found := desking.desk().audit_problems():
        st.error(t("The audit trail is broken: the database was changed from outside, or restored from a copy."))
        for problem in found[:20]:
            st.text(problem)
    else:
        st.caption(t("The audit trail is whole."))
    who.pin_settings(context)

"""Review: what was sent, what may be told twice, and the decisions about it."""

from functools import partial
from typing import Any, Final

import streamlit as st

from dashboard.analysis import duplicates
from dashboard.domain.faults import DecidedError
from dashboard.domain.fields import N_
from dashboard.domain.roles import JUDGES, Actor
from dashboard.domain.tables.record_sheet import RECORD_SHEET
from dashboard.figures.context import Context
from dashboard.figures.spec import collected
from dashboard.i18n import problems
from dashboard.intake import bringing
from dashboard.intake import review as desk_review
from dashboard.store import engine as engines
from dashboard.store import queue
from dashboard.ui import desking, faults, panels, session
from dashboard.ui.data import who
from dashboard.ui.data.submit import STATES

REASONS: Final = {
    "same_day": N_("same day"),
    "near_day": N_("at most three days apart"),
    "same_month": N_("same month"),
    "same_place": N_("same place"),
    "same_province": N_("same province"),
    "same_species": N_("same species"),
    "same_amount": N_("same quantity"),
    "near_amount": N_("nearly the same quantity"),
    "same_agency": N_("same agency"),
    "same_source": N_("same source"),
}
SHOWN: Final = 10
SAID: Final = "review"


def show(context: Context) -> None:
    """The queue, then likely duplicates, then what was merged."""
    t = context.t
    actor = who.door(context, *JUDGES)
    if actor is None:
        panels.headline(t("Review is for reviewers."), t("Nothing unchecked is in any figure."))
        return
    with engines.reading(desking.desk().engine, actor) as connection:
        waiting = queue.listed(connection, actor)
    pairs = _pairs(actor)
    panels.headline(
        t.n("{n} report waits for a decision.", "{n} reports wait for a decision.", len(waiting))
        if waiting
        else t("Nothing waits for a decision."),
        t.n(
            "{n} pair of records may tell of one incident.",
            "{n} pairs of records may tell of one incident.",
            len(pairs),
        ),
    )
    for words in session.said(SAID):
        st.success(words)
    for item in waiting:
        _item(item, actor, context)
    _duplicates(pairs, actor, context)
    _merged(actor, context)


def _item(item: queue.Item, actor: Actor, context: Context) -> None:
    t, number = context.t, item.item_id
    with st.container(key=f"item-{number}", border=True):
        if item.kind == queue.CORRECTION:
            field = RECORD_SHEET.by_name[item.content["column"]]
            panels.subheading(t("Correction of {record}", record=item.subject), item.reason)
            named = partial(bringing.named, field, labels=context.labels)
            panels.facts([
                (t(field.label), named(item.content["was"]) or t("Not stated")),
                (t("It should be"), named(item.content["becomes"]) or t("Not stated")),
            ])  # fmt: skip
        else:
            panels.subheading(t("Reported incident"), context.labels("country", item.country))
            panels.facts(bringing.told(item.content, t, context.labels, desking.desk().ref))
        st.caption(f"{t(STATES[item.state])} · {t.date(item.sent_at[:10])} · …{item.receipt[-4:]}")
        why = st.text_input(t("Remark to the sender"), key=f"why-{number}", max_chars=200)
        with st.container(horizontal=True):
            act = partial(_act, item, actor, why, context)
            if st.button(t("Publish"), key=f"publish-{number}", type="primary"):
                act("publish")
            if item.state == queue.RECEIVED and st.button(t("Checked, not decided"), key=f"checked-{number}"):
                act(queue.CHECKED)
            if st.button(
                t("Do not use"), key=f"refuse-{number}", disabled=not why.strip(), help=t("Say why in the remark.")
            ):
                act(queue.NOT_USED)


def _act(item: queue.Item, actor: Actor, why: str, context: Context, what: str) -> None:
    desk = desking.desk()
    try:
        if what == "publish":
            done = desk_review.publish(desk, actor, item.item_id, why)
            desking.catch_up()
            session.say(SAID, context.t("Published in version {number}. Every figure shows it.", number=done.version))
        else:
            desk_review.decide(desk, actor, item.item_id, what, why)
    except desk_review.NotSoundError as refused:
        for issue in refused.issues:
            st.error(problems.short(desk_review.in_words(issue, context.t), context.t))
        return
    except DecidedError:
        session.say(faults.PLACE, faults.DECIDED)
    st.rerun()


def _pairs(actor: Actor) -> list[dict[str, Any]]:
    """Likely duplicates that nobody has looked at yet, as far as the actor may decide of both."""
    records = session.records()
    tables = {name: collected(records[name]) for name in ("incidents", "specimens", "citations")}
    found = duplicates.proposals(tables["incidents"], tables["specimens"], tables["citations"])
    known = desk_review.different(desking.desk())
    country = dict(zip(tables["incidents"]["incident_id"], tables["incidents"]["country"], strict=True))
    pairs: list[dict[str, Any]] = found.to_dict("records")  # type: ignore[assignment]
    return [
        pair
        for pair in pairs
        if (pair["first"], pair["second"]) not in known
        and all(actor.may_see(country[pair[one]]) for one in ("first", "second"))
    ]


def _duplicates(pairs: list[dict[str, Any]], actor: Actor, context: Context) -> None:
    t, desk = context.t, desking.desk()
    if not pairs:
        return
    panels.subheading(
        t("One incident or two?"),
        t("When merged, the sources of both stand behind the one that is kept, and its evidence grade follows."),
    )
    for pair in pairs[:SHOWN]:
        first, second = pair["first"], pair["second"]
        with st.container(key=f"pair-{first}-{second}", border=True):
            st.caption("; ".join(t(REASONS[reason]) for reason in pair["reasons"]))
            for column, incident in zip(st.columns(2), (first, second), strict=True):
                with column:
                    st.markdown(f"**{incident}**")
                    panels.facts(bringing.told(_first(incident), t, context.labels, desk.ref, bringing.COMPARED))
            with st.container(horizontal=True):
                merge = partial(_merge, actor)
                st.button(
                    t("One incident: keep {record}", record=first),
                    key=f"keep-{first}-{second}-1",
                    on_click=merge,
                    args=(second, first, _why(pair, context)),
                )
                st.button(
                    t("One incident: keep {record}", record=second),
                    key=f"keep-{first}-{second}-2",
                    on_click=merge,
                    args=(first, second, _why(pair, context)),
                )
                st.button(
                    t("Two incidents"),
                    key=f"two-{first}-{second}",
                    on_click=faults.kept(desk_review.tell_apart),
                    args=(desk, actor, first, second),
                )


def _first(incident: str) -> dict[str, str]:
    return {str(name): str(cell) for name, cell in desking.desk().incident(incident).iloc[0].items()}


@faults.kept
def _merge(actor: Actor, incident: str, into: str, why: str) -> None:
    desk_review.merge(desking.desk(), actor, incident, into, why)


@faults.kept
def _part(actor: Actor, incident: str, why: str) -> None:
    desk_review.part(desking.desk(), actor, incident, why)


def _why(pair: dict[str, Any], context: Context) -> str:
    return "; ".join(context.t(REASONS[reason]) for reason in pair["reasons"])


def _merged(actor: Actor, context: Context) -> None:
    t, desk = context.t, desking.desk()
    found = desk_review.merged(desk, actor)
    if not found:
        return
    panels.subheading(t("Merged records"), t("A merge can be taken back at any time."))
    for incident, into in found:
        with st.container(key=f"merged-{incident}", horizontal=True, vertical_alignment="center"):
            st.markdown(f"{incident} → {into}")
            st.button(
                t("Take apart"), key=f"part-{incident}", on_click=_part, args=(actor, incident, t("Two incidents"))
            )

"""The projector-safe lock and the workshop file: switch it, lift it with the PIN, take a copy, go on from a copy."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from dashboard.domain.workshop import RefusedError
from dashboard.figures.context import Context
from dashboard.store import room as store
from dashboard.ui import lock, panels, pin, refusals, session
from dashboard.ui.upload import in_popover

PIN: Final = "pin"
NEW: Final = "pin-new"


def ask_pin(context: Context) -> None:
    """For a reader on another machine: without the PIN there is nothing to run here."""
    t = context.t
    panels.headline(t("The facilitator's PIN is needed here."), t("Phones answer on the page of the QR code."))
    field(t("Go on"), context)


def part(context: Context) -> None:
    """The part of the workshop page."""
    t, file = context.t, session.workshop()
    is_on = lock.is_on()
    panels.headline(
        t("The screen is safe to photograph.") if is_on else t("The screen shows everything that is published."),
        t(
            "With the lock on, a position is the middle of its province, a date is a year, words and addresses of "
            "sources are gone, and counts under 3 are not shown. It holds for everybody whom this computer serves."
        ),
    )
    left, copy = st.columns(2, gap="large")
    with left:
        panels.subtitle(t("Projector-safe lock"))
        if not pin.is_set():
            _choose(t("Choose a PIN, 6 characters or more"), t("Keep the PIN and lock"), context, then=_lock)
        elif is_on:
            field(t("Lift the lock"), context, then=lambda: store.lock(session.workshop(), on=False))
        else:
            st.button(t("Lock"), key="lock-on", type="primary", on_click=_lock)
            with st.expander(t("PIN of the facilitator")):
                if pin.is_known():
                    _choose(t("New PIN, 6 characters or more"), t("Set the PIN"), context)
                else:
                    field(t("Go on"), context)
        for words in session.said(NEW):
            st.info(words)
        st.caption(
            t("With a PIN, only those who know it can lift the lock, or import, review and correct records here.")
        )
    with copy:
        panels.subtitle(
            t("The workshop file"),
            t("Everything is written to it as it happens. Another computer goes on from a copy."),
        )
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M")
        st.download_button(
            t("Take a copy"),
            data=file.export,
            file_name=f"workshop-{stamp}.sqlite",
            mime="application/vnd.sqlite3",
            on_click="ignore",
            key="file-copy",
        )
        arrived = in_popover(
            t("Go on from a copy; the file in use is kept beside it"), "sqlite", "file-upload", context
        )
        if arrived is not None:
            st.button(t("Go on from this copy"), key="file-take", on_click=_take, args=(arrived, context))
        st.caption(t("Digest of all that happened: {digest}", digest=file.head()[:16] or "–"))
        for words in session.said("file"):
            st.info(words)


def field(label: str, context: Context, then: Callable[[], None] = lambda: None) -> None:
    """Where the PIN is typed, the only place on every page; *then* is done when it is right."""
    with st.form("pin-form", border=False):
        st.text_input(context.t("PIN"), type="password", key=PIN, max_chars=store.LONGEST_TYPED, autocomplete="off")
        st.form_submit_button(label, type="primary", on_click=_with_pin, args=(then, context))
    for words in session.said(PIN):
        st.warning(words)


def _with_pin(then: Callable[[], None], context: Context) -> None:
    if words := pin.tried(PIN, context):
        session.say(PIN, words)
        return
    try:
        then()
    except RefusedError as problem:
        session.say(PIN, refusals.sentence(problem.reason, context))


def _choose(label: str, button: str, context: Context, then: Callable[[], None] = lambda: None) -> None:
    """Where a PIN is set, the only place."""
    with st.form(NEW, border=False):
        st.text_input(label, type="password", key="pin-chosen", max_chars=store.LONGEST_PIN, autocomplete="off")
        st.form_submit_button(button, type="primary", on_click=_chosen, args=(context, then))


def _chosen(context: Context, then: Callable[[], None]) -> None:
    if words := pin.choose("pin-chosen", context):
        session.say(NEW, words)
        return
    session.say(NEW, context.t("The PIN is set."))
    then()


def _lock() -> None:
    if pin.is_facilitator():
        store.lock(session.workshop(), on=True)


def _take(content: bytes, context: Context) -> None:
    if not pin.is_facilitator() or lock.is_on():
        session.say("file", context.t("Lift the lock first: another file could lift it without the PIN."))
        return
    try:
        store.go_on_from(session.workshop(), content)
        session.say("file", context.t("The workshop goes on from the copy."))
    except RefusedError:
        session.say("file", context.t("This is not a whole, unchanged workshop file; nothing was changed."))

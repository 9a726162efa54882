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


def ask_pin(context: Context) -> None:
    """For a reader on another machine: without the PIN there is nothing to run here."""
    t = context.t
    panels.headline(t("The facilitator's PIN is needed here."), t("Phones answer on the page of the QR code."))
    _field(t("Go on"), lambda: None, context)


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
        if not store.has_pin(file):
            with st.form("pin-new", border=False):
                st.text_input(t("Choose a PIN, 6 characters or more"), type="password", key=PIN, max_chars=32)
                st.form_submit_button(t("Keep the PIN and lock"), type="primary", on_click=_first_pin, args=(context,))
        elif is_on:
            _field(t("Lift the lock"), lambda: store.lock(session.workshop(), on=False), context)
        else:
            st.button(t("Lock"), key="lock-on", type="primary", on_click=_lock)
        for words in session.said(PIN):
            st.warning(words)
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


def _field(label: str, then: Callable[[], None], context: Context) -> None:
    with st.form("pin-form", border=False):
        st.text_input(context.t("PIN"), type="password", key=PIN, max_chars=32)
        st.form_submit_button(label, type="primary", on_click=_with_pin, args=(then, context))
    for words in session.said(PIN):
        st.warning(words)


def _with_pin(then: Callable[[], None], context: Context) -> None:
    try:
        if pin.take(PIN):
            then()
        else:
            session.say(PIN, context.t("This is not the PIN."))
    except RefusedError as problem:
        session.say(PIN, refusals.sentence(problem.reason, context))


def _first_pin(context: Context) -> None:
    file = session.workshop()
    try:
        if pin.is_local() and not store.has_pin(file):
            store.set_pin(file, str(session.typed(PIN) or ""))
            store.lock(file, on=True)
            session.empty(PIN)
    except RefusedError:
        session.say(PIN, context.t("A PIN has 6 to 32 characters."))


def _lock() -> None:
    if pin.is_facilitator():
        store.lock(session.workshop(), on=True)


def _take(content: bytes, context: Context) -> None:
    if not pin.is_facilitator() or lock.is_on():
        session.say("file", context.t("Lift the lock first: another file could lift it without the PIN."))
        return
    try:
        session.workshop().take_over(content)
        session.say("file", context.t("The workshop goes on from the copy."))
    except RefusedError:
        session.say("file", context.t("This is not a whole, unchanged workshop file; nothing was changed."))

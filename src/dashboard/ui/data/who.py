"""Who is at the screen: on a server, whom the identity provider says; on a laptop, whoever knows the PIN."""

import time
from typing import Final

import streamlit as st

from dashboard.domain.roles import NOBODY, ROLE_NAMES, Actor, Role
from dashboard.figures.context import Context
from dashboard.store import location
from dashboard.ui import desking, session
from dashboard.ui.security import is_shared

OPENED: Final = "pin-opened"
MOST_WRONG: Final = 5
REST_S: Final = 60
LOCAL: Final = Actor("local", Role.ADMINISTRATOR)


def actor() -> Actor:
    """Who acts. Taken from the server's side of the session, never from a widget or the link."""
    if not _is_local():
        # without a provider Streamlit's user has no attribute that could be asked
        is_known = _has_provider() and st.user.is_logged_in and st.user.get("email_verified")
        email = str(st.user.get("email", "")) if is_known else ""
        return _person(email) if email else NOBODY
    if session.kept(OPENED):
        return LOCAL
    # with `run.py room` the phones of the room reach this page too: without the PIN only the machine itself may write
    return LOCAL if session.is_local() and not _has_pin() else NOBODY


def _is_local() -> bool:
    """Whether this is one person's laptop: one file, and no identity provider named."""
    return location.file(location.url()) is not None and not _has_provider() and not is_shared()


def _has_provider() -> bool:
    try:
        return "auth" in st.secrets
    except FileNotFoundError:
        return False


def _person(email: str) -> Actor:
    from dashboard.store import engine, people

    with engine.reading(desking.desk().engine) as connection:
        return people.person(connection, email)


def _has_pin() -> bool:
    if not desking.is_there():
        return False
    from dashboard.store import engine, people

    with engine.reading(desking.desk().engine) as connection:
        return people.has_pin(connection)


def door(context: Context, *roles: Role) -> Actor | None:
    """The actor, if they have one of *roles*; else a way in, and ``None``."""
    t, one = context.t, actor()
    if one.role in roles:
        _said(one, context)
        return one
    if not _is_local():
        st.info(t("Please sign in with the account of your agency."))
        if _has_provider() and not st.user.is_logged_in:
            st.button(t("Sign in"), key="sign-in", on_click=st.login, type="primary")
        return None
    with st.form("pin", border=False):
        pin = st.text_input(t("PIN of the facilitator"), type="password", key="pin-entered", autocomplete="off")
        if st.form_submit_button(t("Open")) and _opens(pin, context):
            st.rerun()
    return None


def _opens(pin: str, context: Context) -> bool:
    from dashboard.store import engine, people

    if not _may_try():
        st.error(context.t("After five wrong PINs nobody may try for a minute."))
        return False
    with engine.reading(desking.desk().engine) as connection:
        is_open = people.is_pin(connection, pin)
    session.keep(OPENED, is_open)
    if not is_open:
        _wrong().append(time.monotonic())
        st.error(context.t("This PIN does not open it."))
    return is_open


def _may_try() -> bool:
    """Four digits are soon guessed by a program; five tries a minute they take more than a day."""
    since = time.monotonic() - REST_S
    _wrong()[:] = [at for at in _wrong() if at > since]
    return len(_wrong()) < MOST_WRONG


@st.cache_resource(show_spinner=False)
def _wrong() -> list[float]:
    """When a wrong PIN was entered, by anybody."""
    return []


def _said(one: Actor, context: Context) -> None:
    t = context.t
    countries = ", ".join(context.labels("country", code) for code in one.countries)
    st.caption(" · ".join(part for part in (t(ROLE_NAMES[one.role]), countries) if part))


def pin_settings(context: Context) -> None:
    """Let the person at a laptop set the PIN. With one, only who knows it can change records."""
    t = context.t
    if not (_is_local() and (session.is_local() or session.kept(OPENED))):
        return
    with st.expander(t("PIN of the facilitator")), st.form("set-pin", border=False):
        st.caption(t("With a PIN, only those who know it can import, review and correct on this computer."))
        pin = st.text_input(t("New PIN, at least 4 digits"), type="password", key="pin-new", autocomplete="off")
        if st.form_submit_button(t("Set the PIN")):
            _set(pin, context)


def _set(pin: str, context: Context) -> None:
    from dashboard.store import audit, engine, people

    if len(pin) < people.SHORTEST_PIN:
        st.error(context.t("This PIN is too short."))
        return
    desk = desking.desk()
    with engine.writing(desk.engine) as connection:
        head = people.set_pin(connection, pin)
    audit.note_head(desk.heads, *head)
    session.keep(OPENED, True)
    st.success(context.t("The PIN is set."))

"""Who is at the screen: on a server, whom the identity provider says; on a laptop, whoever knows the PIN."""

import time
from collections import deque
from typing import Final

import streamlit as st

from dashboard.domain.roles import NOBODY, ROLE_NAMES, Actor, Role
from dashboard.figures.context import Context
from dashboard.store import location
from dashboard.ui import desking, panels, pin, session
from dashboard.ui.security import is_shared

MOST_WRONG: Final = 5
REST_SECONDS: Final = 60
OPENED: Final = "pin-opened"
LOCAL: Final = Actor("local", Role.ADMINISTRATOR)


def actor() -> Actor:
    """Who acts. Taken from the server's side of the session, never from a widget or the link."""
    if not _is_local():
        # Some providers send the word "true"; anything else, and "false" above all, is not a verified e-mail.
        is_verified = st.user.get("is_logged_in") and st.user.get("email_verified") in (True, "true")
        email = str(st.user.get("email") or "") if is_verified else ""
        return _person(email) if email else NOBODY
    # Phones in the room reach this server too: without a PIN, only who sits at the machine may change records.
    is_open = session.kept(OPENED) if _has_pin() else pin.is_local()
    return LOCAL if is_open else NOBODY


def gives_roles() -> bool:
    """Whether this reader gives roles: an administrator of a server. On a laptop there is the PIN instead."""
    return not _is_local() and actor().role is Role.ADMINISTRATOR


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
        _sign_in(one, context)
        return None
    if not _has_pin():
        st.info(t("Only at the computer that serves this page, until a PIN is set there."))
        return None
    with st.form("pin", border=False):
        pin = st.text_input(t("PIN of the facilitator"), type="password", key="pin-entered", autocomplete="off")
        if st.form_submit_button(t("Open")) and _opens(pin, context):
            st.rerun()
    return None


def _sign_in(one: Actor, context: Context) -> None:
    """What to do for somebody whom the identity provider has not named, or whom nobody has given such a role."""
    t = context.t
    if not _has_provider():
        st.info(t("This server knows no identity provider: its administrator has to name one."))
    elif not st.user.is_logged_in:
        st.info(t("Please sign in with the account of your agency."))
        st.button(t("Sign in"), key="sign-in", on_click=st.login, type="primary")
    elif one is NOBODY:
        st.warning(t("Your identity provider does not vouch for your e-mail address, so you have no role here."))
        _sign_out(context)
    else:
        said = t("You are signed in as {person}. An administrator can give you the role that this needs.",
                 person=panels.plain(one.name))  # fmt: skip
        st.info(said)
        _sign_out(context)


def _sign_out(context: Context) -> None:
    st.button(context.t("Sign out"), key="sign-out", on_click=st.logout)


def _opens(pin: str, context: Context) -> bool:
    from dashboard.store import engine, people

    wrong = _wrong()
    if sum(at > time.monotonic() - REST_SECONDS for at in wrong) >= MOST_WRONG:
        st.error(context.t("Too many wrong PINs. Wait a minute and try again."))
        return False
    with engine.reading(desking.desk().engine) as connection:
        is_open = people.is_pin(connection, pin)
    session.keep(OPENED, is_open)
    if not is_open:
        wrong.append(time.monotonic())
        st.error(context.t("This PIN does not open it."))
    return is_open


@st.cache_resource(show_spinner=False)
def _wrong() -> "deque[float]":
    """When wrong PINs were tried, by anybody: a new session must not give new tries."""
    return deque(maxlen=MOST_WRONG)


def _said(one: Actor, context: Context) -> None:
    t = context.t
    countries = ", ".join(context.labels("country", code) for code in one.countries)
    said = " · ".join(
        filter(None, (t(ROLE_NAMES[one.role]), countries, "" if one is LOCAL else panels.plain(one.name)))
    )
    with st.container(key="who", horizontal=True, vertical_alignment="center"):
        st.caption(said)
        if one is not LOCAL:
            _sign_out(context)


def pin_settings(context: Context) -> None:
    """Let the person at a laptop set the PIN. With one, only who knows it can change records."""
    t = context.t
    if not _is_local() or actor() is not LOCAL:
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

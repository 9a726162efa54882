"""Who is at the screen: on a server, whom the identity provider says; on a laptop, whoever knows the PIN."""

from typing import Final

import streamlit as st

from dashboard.domain.roles import NOBODY, ROLE_NAMES, Actor, Role
from dashboard.figures.context import Context
from dashboard.store import location
from dashboard.ui import desking, locking, panels, pin
from dashboard.ui.security import is_shared

LOCAL: Final = Actor("local", Role.ADMINISTRATOR)


def actor() -> Actor:
    """Who acts. Taken from the server's side of the session, never from a widget or the link."""
    if not _is_local():
        # Some providers send the word "true"; anything else, and "false" above all, is not a verified e-mail.
        is_verified = st.user.get("is_logged_in") and st.user.get("email_verified") in (True, "true")
        email = str(st.user.get("email") or "") if is_verified else ""
        return _person(email) if email else NOBODY
    # Phones in the room reach this server too: without a PIN, only who sits at the machine may change records.
    is_open = pin.is_known() if pin.is_set() else pin.is_local()
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


def door(context: Context, *roles: Role) -> Actor | None:
    """The actor, if they have one of *roles*; else a way in, and ``None``."""
    t, one = context.t, actor()
    if one.role in roles:
        _said(one, context)
        return one
    if not _is_local():
        _sign_in(one, context)
        return None
    if not pin.is_set():
        st.info(t("Only at the computer that serves this page, until a PIN is set there."))
        return None
    locking.field(t("Open"), context)
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
    """At a laptop, the way to the PIN. With one, only who knows it can change records."""
    if _is_local() and actor() is LOCAL:
        panels.way(context.t("PIN of the facilitator"), f"workshop?lang={context.lang}&part=lock")

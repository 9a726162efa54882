"""People: who has a role, for the administrator of a server."""

from typing import Final

import streamlit as st

from dashboard.domain.fields import N_, RANGE_COUNTRIES
from dashboard.domain.roles import ROLE_NAMES, Actor, Role
from dashboard.figures.context import Context
from dashboard.intake import roles
from dashboard.store.people import EMAIL, LastAdministratorError
from dashboard.ui import desking, panels, session
from dashboard.ui.data import who

MEANING: Final = {
    Role.CONTRIBUTOR: N_("brings records of their own countries"),
    Role.REVIEWER: N_("decides what is published, of all countries or of some"),
    Role.ADMINISTRATOR: N_("does all of this and gives roles"),
}
SAID: Final = "people"


def show(context: Context) -> None:
    """Everybody with a role, and a form to give one."""
    t = context.t
    actor = who.door(context, Role.ADMINISTRATOR)
    if actor is None:
        panels.headline(t("Roles are given by an administrator."), t("Everybody may look, and report an incident."))
        return
    found = roles.everybody(desking.desk(), actor)
    panels.headline(
        t.n("{n} person has a role.", "{n} people have a role.", len(found)) if found else t("Nobody has a role yet."),
        t("A role holds from the next click on, for the e-mail that the identity provider has verified."),
    )
    for words in session.said(SAID):
        st.warning(words)
    for one in found:
        with st.container(key=f"person-{one.name}", horizontal=True, vertical_alignment="center"):
            _person(one, actor, context)
    _form(actor, context)


def _person(one: Actor, actor: Actor, context: Context) -> None:
    t = context.t
    countries = ", ".join(context.labels("country", code) for code in one.countries)
    st.markdown(" · ".join(filter(None, (f"**{panels.plain(one.name)}**", t(ROLE_NAMES[one.role]), countries))))
    with st.popover(t("Take away the role"), key=f"take-{one.name}"):
        st.markdown(t("They may still look and report, as everybody may."))
        st.button(
            t("Take away the role of {person}", person=one.name), key=f"take-do-{one.name}", on_click=_take,
            args=(one.name, actor, context),
        )  # fmt: skip


def _take(email: str, actor: Actor, context: Context) -> None:
    try:
        roles.take(desking.desk(), actor, email)
    except LastAdministratorError:
        session.say(SAID, _last(context))
    except ValueError:  # somebody else was faster
        session.say(SAID, context.t("{person} has no role any more.", person=email))


def _last(context: Context) -> str:
    return context.t("This is the last administrator. Make somebody else one first.")


def _form(actor: Actor, context: Context) -> None:
    t, labels = context.t, context.labels
    panels.subtitle(t("Give a role, or change one"))
    panels.facts([(t(ROLE_NAMES[role]), t(MEANING[role])) for role in MEANING])
    with st.container(key="narrow"), st.form("give-role", border=False):
        email = st.text_input(t("E-mail"), key="role-email", max_chars=200, placeholder="name@example.org").strip()
        role = st.selectbox(
            t("Role"), list(MEANING), key="role-role", format_func=lambda role: t(ROLE_NAMES[Role(role)])
        )
        countries = st.multiselect(
            t("Countries; none means all"), sorted(RANGE_COUNTRIES, key=lambda code: labels("country", code)),
            key="role-countries", select_all=False, placeholder=t("None chosen"),
            format_func=lambda code: labels("country", code),
        )  # fmt: skip
        if st.form_submit_button(t("Give the role"), key="role-give", type="primary"):
            _give(email, Role(role), countries, actor, context)


def _give(email: str, role: Role, countries: list[str], actor: Actor, context: Context) -> None:
    t = context.t
    if not EMAIL.fullmatch(email):
        st.error(t("This is not an e-mail address."))
    elif role is Role.CONTRIBUTOR and not countries:
        st.error(t("A contributor needs at least one country."))
    elif role is Role.ADMINISTRATOR and countries:
        st.error(t("An administrator cannot be limited to some countries."))
    else:
        try:
            roles.give(desking.desk(), actor, email, role, countries)
        except LastAdministratorError:
            st.error(_last(context))
            return
        st.rerun()

"""The facilitator's PIN, the only one: who sits at the machine that serves, who knows the PIN, who may set it.

Its digest is in the workshop file, beside the lock that it lifts: so it holds without a database, and wrong ones are
counted on the disk for all processes. Older databases held a PIN of their own; it is moved over before it is asked for.
"""

from typing import Final

import streamlit as st

from dashboard.domain.faults import Fault, StoreError
from dashboard.domain.workshop import Reason, RefusedError
from dashboard.figures.context import Context
from dashboard.store import location, room
from dashboard.ui import desking, refusals, session
from dashboard.ui.security import is_shared

FACILITATOR: Final = "facilitator"


def is_local() -> bool:
    """Whether this reader sits at the machine that serves. Behind a proxy everybody would seem to, so nobody does."""
    return st.context.ip_address is None and not is_shared()


def is_known() -> bool:
    """Whether this reader has typed the PIN that holds now: a new one closes what the one before it opened."""
    typed = session.kept(FACILITATOR)
    return bool(typed) and typed == room.pin_mark(session.workshop())


def is_facilitator() -> bool:
    """Whether this reader may run the workshop: at the machine itself, or with the PIN."""
    return is_local() or is_known()


def is_set() -> bool:
    """Whether there is a PIN."""
    _move_old_pin()
    return room.has_pin(session.workshop())


def tried(key: str, context: Context) -> str:
    """Try what was typed into the field *key*, which is emptied; what to say of it, nothing where it is the PIN."""
    typed = str(session.typed(key) or "")
    session.empty(key)
    try:
        is_there, mark = is_set(), room.pin_mark(session.workshop())
        is_right = is_there and room.is_pin(session.workshop(), typed)
    except (RefusedError, StoreError) as problem:
        return _sentence(problem, context)
    session.keep(FACILITATOR, mark if is_right else "")
    return "" if is_right else context.t("This is not the PIN.")


def choose(key: str, context: Context) -> str:
    """Make what was typed into the field *key* the PIN; what to say against it, nothing where it is done.

    The first one is chosen at the machine itself, another by whoever knows the one before.
    """
    typed = str(session.typed(key) or "")
    session.empty(key)
    try:
        if not (is_known() if is_set() else is_local()):
            return context.t("This is not the PIN.")
        room.set_pin(session.workshop(), typed)
        session.keep(FACILITATOR, room.pin_mark(session.workshop()))
    except (RefusedError, StoreError) as problem:
        return _sentence(problem, context)
    return ""


def _sentence(problem: RefusedError | StoreError, context: Context) -> str:
    t, reason = context.t, problem.reason if isinstance(problem, RefusedError) else Reason.NOT_SAVED
    if reason is Reason.TOO_MANY:
        return t("Too many wrong PINs. Wait a minute and try again.")
    return t("A PIN has 6 to 32 characters.") if reason is Reason.MALFORMED else refusals.sentence(reason, context)


def _move_old_pin() -> None:
    """Move the PIN of the database to the workshop file, where there is one; once a process and database."""
    if desking.is_there():
        _moved(location.url())


@st.cache_resource(show_spinner=False)
def _moved(address: str) -> None:
    if location.file(address) is None:
        return  # a server with sign-in never had one
    from dashboard.store import audit, engine, people

    desk = desking.desk()
    with engine.reading(desk.engine) as connection:
        old = people.old_pin(connection)
    if old is None:
        return
    try:
        room.adopt_pin(session.workshop(), *old, people.ROUNDS)
    except RefusedError as problem:  # the file cannot be written: better nobody gets in than everybody
        raise StoreError(Fault.NOT_SAVED, "the PIN could not be moved to the workshop file") from problem
    with engine.writing(desk.engine) as connection:
        head = people.drop_old_pin(connection)
    audit.note_head(desk.heads, *head)

"""Who may run the workshop: whoever sits at the machine that serves, or knows the PIN."""

from typing import Final

import streamlit as st

from dashboard.store import room
from dashboard.ui import session
from dashboard.ui.security import is_shared

FACILITATOR: Final = "facilitator"


def is_local() -> bool:
    """Whether this reader sits at the machine that serves. Behind a proxy everybody would seem to, so nobody does."""
    return st.context.ip_address is None and not is_shared()


def is_facilitator() -> bool:
    """Whether this reader may run the workshop: at the machine itself, or with the PIN."""
    return is_local() or bool(session.kept(FACILITATOR))


def take(key: str) -> bool:
    """Whether what was typed into the field *key* is the PIN; the field is emptied."""
    typed = str(session.typed(key) or "")
    session.empty(key)
    session.keep(FACILITATOR, room.is_pin(session.workshop(), typed))
    return bool(session.kept(FACILITATOR))

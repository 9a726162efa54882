"""Who answers on a phone: a number that says nothing of its owner."""

from hashlib import sha256
from secrets import token_hex
from typing import Final

import streamlit as st

from dashboard.ui import session

COOKIE: Final = "device"
SEAT: Final = "seat"
OF_A_PERSON: Final = ("score-", "dots-", "room-")  # fields of the phone page


def device() -> str:
    """A digest that tells one phone from another and says nothing of its owner; empty where no cookie is kept."""
    token = st.context.cookies.get(COOKIE, "")
    seat = session.kept(SEAT, "")
    return sha256(f"{token}/{seat}".encode()).hexdigest()[:20] if token else ""


def next_seat() -> None:
    """Callback: another person answers on this very device; nothing of the one before stays on the page."""
    session.forget_fields(*OF_A_PERSON)
    session.keep(SEAT, token_hex(8))

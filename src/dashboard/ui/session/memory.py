"""What is kept for one reader between two runs and belongs into no link."""

from typing import Any, Final

import streamlit as st

SAID: Final = "said"


def keep(key: str, value: object) -> None:
    """Remember something of this reader's session that belongs into no link."""
    st.session_state[key] = value


def kept(key: str, default: Any = None) -> Any:
    """What was remembered."""
    return st.session_state.get(key, default)


def forget(*keys: str) -> None:
    """Forget what was remembered."""
    for key in keys:
        st.session_state.pop(key, None)


def forget_fields(*beginnings: str) -> None:
    """Forget what was typed and chosen in all fields whose key begins so."""
    forget(*(str(key) for key in st.session_state if str(key).startswith(beginnings)))


def typed(key: str) -> Any:
    """What a widget holds, for a callback; ``None`` where it was not drawn."""
    return st.session_state.get(key)


def empty(key: str) -> None:
    """For a callback: empty a text field once what it held is on record."""
    st.session_state[key] = ""


def say(place: str, *said: str) -> None:
    """Keep what a callback has to say until the page is drawn again."""
    st.session_state[f"{SAID}-{place}"] = said


def is_said(place: str) -> bool:
    """Whether a callback has left something to say of *place*."""
    return f"{SAID}-{place}" in st.session_state


def said(place: str) -> tuple[str, ...]:
    """What a callback said of *place*; saying it once is enough."""
    words: tuple[str, ...] = st.session_state.pop(f"{SAID}-{place}", ())
    return words

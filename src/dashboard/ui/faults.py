"""What the screen says when the store could not do what was asked."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, ParamSpec

import streamlit as st

from dashboard.domain.faults import DecidedError, Fault, StoreError
from dashboard.i18n import faults
from dashboard.i18n.translator import Translator
from dashboard.ui import desking, session

P = ParamSpec("P")
PLACE: Final = "fault"
DECIDED: Final = "decided"


def sentence(fault: str, t: Translator) -> str:
    """What happened, what it means, what to do."""
    if fault == DECIDED:
        return t("Somebody else has decided this meanwhile. Nothing was changed; this is how it stands now.")
    return faults.sentence(Fault(fault), t)


def show(problem: StoreError, t: Translator) -> None:
    """Say it in place of the page."""
    st.error(sentence(problem.fault, t))


def said(t: Translator) -> None:
    """What a callback could not do."""
    for fault in session.said(PLACE):
        st.error(sentence(fault, t))


def kept(act: Callable[P, Any]) -> Callable[P, None]:
    """A callback that writes: what hinders it is kept for the page, which says it."""

    @wraps(act)
    def careful(*arguments: P.args, **named: P.kwargs) -> None:
        try:
            act(*arguments, **named)
            desking.catch_up()
        except StoreError as problem:
            session.say(PLACE, problem.fault)
        except DecidedError:
            session.say(PLACE, DECIDED)

    return careful

"""Choices of a page beyond the filters: how something is shown, not what is selected. In the link like the filters."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final, Literal
from urllib.parse import urlencode

import streamlit as st

from dashboard.figures.context import Context
from dashboard.ui import session

NARROWEST: Final = 190
Look = Literal["tabs", "buttons", "list", "slider", "several"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One parameter of a page.

    *options* are codes, *default* what holds where the link says nothing. Their names come from the list *codes* of
    the vocabulary, or from *names* (texts marked with ``N_``); a code in neither is its own name. A choice that
    *lasts* is kept when the page is left.
    """

    key: str
    label: str
    options: tuple[str, ...]
    default: tuple[str, ...]
    codes: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    look: Look = "buttons"
    lasts: bool = False

    def name(self, code: str, context: Context) -> str:
        """What an option is called."""
        if code in self.names:
            return context.t(self.names[code])
        return context.labels(self.codes, code) if self.codes else code


def keep(*lasting: Choice) -> None:
    """Draw what lasts from page to page. Called by the frame: widgets of a page are forgotten when it is left."""
    session.bound({choice.key: list(choice.options) for choice in lasting})


def choose(context: Context, *choices: Choice, is_drawn: bool = True) -> Context:
    """Draw the choices in a row and return the context with what was chosen, in its view and its link.

    Those that are not drawn, since what holds them is closed, are as the link says.
    """
    if passing := {choice.key: list(choice.options) for choice in choices if not choice.lasts}:
        session.bound(passing)
    view = {choice.key: _chosen(choice) for choice in choices}
    if is_drawn:
        with st.container(key=f"choices-{choices[0].key}", horizontal=True, vertical_alignment="top"):
            for choice in choices:
                _draw(choice, view[choice.key], context)
    said = [(c.key, code) for c in choices for code in view[c.key] if view[c.key] != c.default]
    link = f"{context.link}&{urlencode(said)}" if said else context.link
    return replace(context, view={**context.view, **view}, link=link)


def _chosen(choice: Choice) -> tuple[str, ...]:
    """What is chosen: what the link says, or else the default."""
    chosen = tuple(session.codes_of(choice.key)) or choice.default
    return chosen if choice.look == "several" else chosen[-1:]


def _draw(choice: Choice, chosen: tuple[str, ...], context: Context) -> None:
    """The visible twin of the bound widget."""
    label, options = context.t(choice.label), list(choice.options)
    common: dict[str, Any] = {
        "key": session.show(choice.key, list(chosen) if choice.look == "several" else chosen[-1]),
        "format_func": partial(choice.name, context=context),
        "on_change": session.take_over,
        "args": (choice.key,),
    }
    if choice.look == "tabs":
        st.segmented_control(label, options, required=True, label_visibility="collapsed", wrap=True, **common)
    elif choice.look == "several":
        st.multiselect(label, options, select_all=False, placeholder=context.t("None chosen"), **common)
    elif choice.look == "list":
        st.selectbox(label, options, width=_width(choice, context), **common)
    elif choice.look == "slider":
        st.select_slider(label, options, **common)
    else:
        st.segmented_control(label, options, required=True, wrap=True, **common)


def _width(choice: Choice, context: Context) -> int:
    """Pixels of a list: none of its names is cut, and on a telephone it still fits."""
    longest = max(len(choice.name(code, context)) for code in choice.options)
    letter, most = (15, 640) if context.is_presenting else (9, 340)
    return min(max(NARROWEST, 50 + letter * longest), most)

"""What readers are likely to ask next, made while nobody waits: the page that was drawn, of each country.

Choosing a country is the first thing a room does with a page. Whoever does it then finds the counts, figures and
drawings of it among the answers that are kept.
"""

import logging
import os
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from queue import SimpleQueue
from threading import Condition, Thread
from typing import Any, Final

import streamlit as st

from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.domain.selection import Selection
from dashboard.figures.answers import Answers
from dashboard.figures.catalogue import figure, is_made_again
from dashboard.figures.context import Context
from dashboard.figures.material import Material
from dashboard.figures.spec import FigureSpec
from dashboard.ui.session.address import VERSION
from dashboard.ui.session.cached import answers
from dashboard.ui.session.reader import material

ASKED: Final = "asked"
SETTING: Final = "DASHBOARD_AHEAD"
Draw = Callable[[FigureSpec, Context], Any]
Asked = tuple[str, Context, Draw | None, tuple[Hashable, ...]]
Step = Callable[[], object]


class Ahead:
    """A thread that takes one step after another, and none while a page is being drawn."""

    def __init__(self) -> None:
        self._steps: SimpleQueue[list[Step]] = SimpleQueue()
        self._quiet = Condition()
        self._runs = 0
        Thread(target=self._work, name="ahead", daemon=True).start()

    @contextmanager
    def waits(self) -> Iterator[None]:
        """Somebody is waiting for a page: no step begins before it is drawn."""
        with self._quiet:
            self._runs += 1
        try:
            yield
        finally:
            with self._quiet:
                self._runs -= 1
                self._quiet.notify_all()

    def add(self, steps: list[Step]) -> None:
        """Take these steps, in order, once those before them are done."""
        self._steps.put(steps)

    def _work(self) -> None:
        while True:
            for step in self._steps.get():
                with self._quiet:
                    self._quiet.wait_for(lambda: not self._runs)
                try:
                    step()
                except Exception:  # a reader who asks for the same meets it on the screen
                    logging.getLogger(__name__).exception("not made ahead")


@st.cache_resource(show_spinner=False)
def _ahead() -> Ahead:
    return Ahead()


def _is_on() -> bool:
    """DASHBOARD_AHEAD=no turns this off, for a machine with one small processor and for tests."""
    return os.environ.get(SETTING) != "no"


def later(steps: list[Step]) -> None:
    """Take these steps while nobody waits."""
    if _is_on():
        _ahead().add(steps)


@contextmanager
def run() -> Iterator[None]:
    """Around each run: nothing is made ahead while it lasts, and then what it has shown, of other countries."""
    if not _is_on():
        yield
        return
    with _ahead().waits():
        asked: list[Asked] = []
        st.session_state[ASKED] = asked
        try:
            yield
        finally:  # not what a fragment shows later
            st.session_state.pop(ASKED, None)
        _go_ahead(asked)


def shown(spec: FigureSpec, context: Context, draw: Draw | None = None, *how: Hashable) -> Any:
    """The drawing of a figure, made once for all who are shown it alike; *how* is what else it depends on.

    Without *draw* the figure is text. Either way it is noted that this run has shown it.
    """
    if is_made_again(spec, context):
        st.session_state.get(ASKED, []).append((spec.id, context, draw, how))
    return _drawn(answers(), spec, context, draw, how) if draw else None


def _drawn(kept: Answers, spec: FigureSpec, context: Context, draw: Draw, how: tuple[Hashable, ...]) -> Any:
    """The figure is kept beside its drawing, so that no other can come to have its identity."""
    question = ("drawn", id(spec), context.is_dark, context.is_presenting, how)
    return kept.get(question, lambda: (spec, draw(spec, context)))[1]


def _go_ahead(asked: list[Asked]) -> None:
    unseen = [one for one in asked if _is_plain(one[1]) and _is_new(one)]
    for country in RANGE_COUNTRIES if unseen else ():
        later(_steps(country, unseen))


def _is_plain(context: Context) -> bool:
    """No filter but that of countries, in the newest version, without the lock: what a room begins with."""
    selection = replace(context.selection, countries=())
    return selection == Selection() and VERSION not in context.view and not context.is_locked


def _is_new(asked: Asked) -> bool:
    name, context, _, how = asked
    found: list[None] = []
    answers().get(("ahead", name, context.of_countries(()).key(), how), lambda: found.append(None))
    return bool(found)


def _steps(country: str, asked: list[Asked]) -> list[Step]:
    """A figure a step; what all of them are made from is made once."""
    of = material(asked[0][1].of_countries((country,)))
    return [
        partial(_make, of.seen_by(context.of_countries((country,))), name, draw, how)
        for name, context, draw, how in asked
    ]


def _make(of: Material, name: str, draw: Draw | None, how: tuple[Hashable, ...]) -> None:
    if of.known.incident_count:
        spec = figure(name, of)
        if draw:
            _drawn(of.answers, spec, of.context, draw, how)

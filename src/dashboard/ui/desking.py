"""The desk for the screen: opened once, asked for its version in each run, never opened where there is no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock, Thread
from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from dashboard.domain.faults import Fault, StoreError
from dashboard.store import location

if TYPE_CHECKING:
    from dashboard.intake.desk import Desk
    from dashboard.store.versions import State

FEW: Final = 5_000  # rows of one's own; the tables of so many are made in a moment


@dataclass(frozen=True, slots=True)
class Current:
    """The version of one run: all figures of a page agree on it."""

    version: int
    data_version: str
    is_older: bool = False


@st.cache_resource(show_spinner=False)
def _desk(address: str) -> "Desk":
    from dashboard.intake.desk import open_desk
    from dashboard.ui import session

    return open_desk(session.loaded(), address)


def desk() -> "Desk":
    """The open database. Makes it where there is none: for pages that write."""
    return _desk(location.url())


def is_there() -> bool:
    """Whether a database was ever made. A dashboard without one starts faster and shows the shipped data.

    One that was there and is gone is a fault: the shipped data must not take its place in silence.
    """
    address = location.url()
    if location.exists(address):
        _seen().add(address)
    elif address in _seen():
        raise StoreError(Fault.UNREACHABLE, "the file is not there any more")
    return address in _seen()


@st.cache_resource(show_spinner=False)
def _seen() -> set[str]:
    """The databases that this server has found."""
    return set()


def options() -> list[str]:
    """The versions that a link may name."""
    return [str(number) for number in range(desk().state().version + 1)] if is_there() else []


def current(wanted: str | None) -> Current:
    """The newest version, or the one that the link names."""
    from dashboard.ui import session

    shipped = session.loaded().data_version
    if not is_there():
        return Current(0, shipped)
    newest = desk().state()
    if wanted is None:
        state = _ready().newest(newest)
        return Current(state.version, state.data_version(shipped))
    number = int(wanted)
    return Current(number, desk().state(number).data_version(shipped), is_older=number != newest.version)


def catch_up() -> None:
    """Make the tables of the newest version before going on: for whoever has just changed something."""
    if is_there():
        _ready().make(desk().state())


class Ready:
    """The newest version whose tables are made.

    To make them of 100,000 records takes seconds. Readers see the version before until then, and every figure says
    which it is; without this, all of them would wait at the first click after each change.
    """

    def __init__(self) -> None:
        self.state: State | None = None
        self.thread: Thread | None = None
        self.turn = Lock()

    def newest(self, found: "State") -> "State":
        """*found*, or the version to show while the tables of *found* are made in a thread of their own."""
        before = self.state
        if before is None or found == before or found.row_count <= FEW or found.version < before.version:
            self.state = found
            return found
        with self.turn:
            if self.thread is None or not self.thread.is_alive():
                self.thread = Thread(target=self.make, args=(found,), name="tables", daemon=True)
                self.thread.start()
        return before

    def make(self, found: "State") -> None:
        """Make the tables of a version, and show it from now on."""
        from dashboard.ui import session

        if found.row_count > FEW:
            session.warm(found.data_version(session.loaded().data_version), found.version)
        self.state = found


@st.cache_resource(show_spinner=False)
def _ready() -> Ready:
    return Ready()


def tables(version: int) -> Mapping[str, pd.DataFrame]:
    """The tables of a version."""
    from dashboard.ui import session

    return _tables(desk().state(version).content_sum, version) if version else session.loaded().tables


@st.cache_resource(show_spinner=False, max_entries=2)
def _tables(content_sum: str, version: int) -> Mapping[str, pd.DataFrame]:  # noqa: ARG001 - the key of the cache
    """Made once a version: the records and the names in each language are all taken from them."""
    return desk().tables(version)


def sheet(version: int) -> pd.DataFrame:
    """All rows of the record sheet that stand in a version."""
    return _sheet(desk().state(version).content_sum if version else "", version)


@st.cache_resource(show_spinner=False, max_entries=2)
def _sheet(content_sum: str, version: int) -> pd.DataFrame:  # noqa: ARG001 - the key of the cache
    from dashboard.intake.combine import sheet as combined

    return combined(desk().ref, desk().own(version))

"""The desk for the screen: opened once, asked for its version in each run, never opened where there is no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.domain.faults import Fault, StoreError
from dashboard.store import location

if TYPE_CHECKING:
    from dashboard.intake.desk import Desk


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
    state = newest if wanted is None else desk().state(int(wanted))
    number = newest.version if wanted is None else int(wanted)
    return Current(number, state.data_version(shipped), is_older=number != newest.version)


def tables(version: int) -> Mapping[str, pd.DataFrame]:
    """The tables of a version."""
    from dashboard.ui import session

    return desk().tables(version) if version else session.loaded().tables


def sheet(version: int) -> pd.DataFrame:
    """All rows of the record sheet that stand in a version."""
    return _sheet(version)


@st.cache_resource(show_spinner=False, max_entries=2)
def _sheet(version: int) -> pd.DataFrame:
    from dashboard.intake.combine import sheet as combined

    return combined(desk().ref, desk().own(version))

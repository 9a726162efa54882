"""The projector-safe lock: whether it is on, and the records as they may then be shown."""

import streamlit as st

from dashboard.analysis.lock import generalise
from dashboard.domain.records import Records
from dashboard.store import room, workshop
from dashboard.store.workshop import Workshop


def is_on() -> bool:
    """Whether the lock is on, for everybody this server serves."""
    return room.is_locked(Workshop(workshop.path()))


@st.cache_resource(show_spinner=False, max_entries=4)
def generalised(_records: Records, data_version: str, version: int) -> Records:  # noqa: ARG001 - the key of the cache
    """The records of a data version without what leads to a place."""
    return generalise(_records)

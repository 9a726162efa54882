"""The data as this reader sees them: read once, kept for all readers, by version and language."""

import gc
from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Any, Final

import narwhals as nw
import plotly.graph_objects as go
import streamlit as st

from dashboard.domain.issues import Issue
from dashboard.domain.records import Records
from dashboard.figures.answers import Answers
from dashboard.i18n import translator
from dashboard.i18n.labels import TABLES, Labels, labels
from dashboard.ingest.package import Loaded, descriptor, load
from dashboard.intake.shown import shown
from dashboard.store import workshop as store
from dashboard.store.records import compact, give_back
from dashboard.store.workshop import Workshop
from dashboard.ui import desking, lock
from dashboard.ui.desking import Current

CURRENT: Final = "current"


@st.cache_resource(show_spinner=False)
def _loaded() -> Loaded:
    """Read the shipped data once, warm the chart library, and take all of it out of the garbage collector's way."""
    loaded = load()
    loaded = replace(loaded, tables=compact(loaded.tables))
    go.Figure(go.Bar(x=[1], y=[1]))
    for lang in translator.LANGUAGES:
        translator.translator(lang)
    give_back()
    gc.freeze()
    return loaded


def loaded() -> Loaded:
    """The shipped data, below everything the database holds."""
    return _loaded()


def has_data() -> bool:
    """Whether the shipped data could be loaded."""
    return bool(_loaded().tables)


def data_issues() -> tuple[Issue, ...]:
    """What the checks said of the shipped data. With errors among them there are no records."""
    return _loaded().issues


@st.cache_resource(show_spinner=False)
def package() -> dict[str, Any]:
    """What the data package says of itself: title, version, licences."""
    return descriptor()


def edition_date() -> str:
    """The day up to which the data tell: the date of their edition, never the clock."""
    return str(package()["created"])[:10]


@st.cache_resource(show_spinner=False)
def reference(table: str) -> list[dict[str, str]]:
    """The rows of a reference table, in the order of the file."""
    return [{str(k): str(v) for k, v in row.items()} for row in _loaded().tables[table].to_dict("records")]


@st.cache_resource(show_spinner=False)
def settle(page: str) -> None:  # noqa: ARG001 - the key of the cache
    """Once a page has run for the first time, take what it has loaded out of the garbage collector's way too.

    A collection walks all that is not frozen: libraries that only this page needs, and tables that were made for it.
    Called once a page and process, so that nothing can pile up.
    """
    gc.collect()
    gc.freeze()


def current() -> Current:
    """The data version of this run, as ``begin`` found it."""
    found: Current = st.session_state[CURRENT]
    return found


def records() -> Records:
    """The records of the data version that this reader looks at, and the one place where pages get them.

    So it is here that the projector-safe lock works.
    """
    now = current()
    return _of_version(now.data_version, now.version)


def records_of(version: int) -> Records:
    """The records of another version, to compare with."""
    return _of_version(desking.current(str(version)).data_version, version)


def _of_version(data_version: str, version: int) -> Records:
    found = _records(data_version, version)
    return lock.generalised(found, data_version, version) if lock.is_on() else found


@st.cache_resource(show_spinner=False, max_entries=4)
def _records(data_version: str, version: int) -> Records:
    return shown(desking.tables(version), data_version)


def warm(data_version: str, version: int) -> None:
    """Make what every page of a version needs, outside a run: its records, and its names in every language."""
    _records(data_version, version)
    for lang in translator.LANGUAGES:
        _labels(lang, data_version, version)


def answers() -> Answers:
    """What was made of the records of this run, for all readers of the same version."""
    now = current()
    return _answers(now.data_version, now.version, is_locked=lock.is_on())


@st.cache_resource(show_spinner=False, max_entries=4)
def _answers(data_version: str, version: int, *, is_locked: bool) -> Answers:  # noqa: ARG001 - the key of the cache
    return Answers()


def derived(function: Callable[..., Any], table: str, *arguments: Hashable) -> Any:
    """What a function of ``analysis`` makes of a whole small table, such as the provisions of the law, once a version.

    Such tables depend on no filter and no reader: the matrix was read anew in every rerun, a quarter of its time.
    """
    now = current()
    return _derived(
        f"{function.__module__}.{function.__name__}", table, arguments, now.data_version, now.version, function
    )


@st.cache_resource(show_spinner=False, max_entries=64)
def _derived(
    name: str,  # noqa: ARG001 - the key of the cache, as the version is
    table: str,
    arguments: tuple[Hashable, ...],
    data_version: str,
    version: int,
    _function: Callable[..., Any],
) -> Any:
    made = _function(_records(data_version, version)[table], *arguments)
    return made.collect().lazy() if isinstance(made, nw.LazyFrame) else made


def names(lang: str) -> Labels:
    """The names of codes in a language, which need not be the reader's; outside a run, those of the shipped data."""
    now: Current | None = st.session_state.get(CURRENT)
    return _labels(lang, *((now.data_version, now.version) if now else (_loaded().data_version, 0)))


@st.cache_resource(show_spinner=False, max_entries=8)
def _labels(lang: str, data_version: str, version: int) -> Labels:  # noqa: ARG001 - the key of the cache
    tables = desking.tables(version)
    return labels({name: tables[name].to_dict("records") for name in TABLES}, lang)


def workshop() -> Workshop:
    """The workshop file."""
    return Workshop(store.path())

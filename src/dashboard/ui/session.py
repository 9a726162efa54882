"""The only module that touches ``st.session_state``, the URL and the caches."""

import gc
from typing import Any, Final

import plotly.graph_objects as go
import streamlit as st

from dashboard.domain.issues import Issue
from dashboard.domain.records import Records
from dashboard.domain.selection import Selection
from dashboard.figures.context import Context
from dashboard.i18n import translator
from dashboard.i18n.labels import KEYS, Labels, labels
from dashboard.ingest.package import Loaded, descriptor, load
from dashboard.store.records import records as wrap

LANG: Final = "lang"
PRESENT: Final = "present"
ON: Final = "1"
LINK_PROBLEMS: Final = "link-problems"


@st.cache_resource(show_spinner=False)
def _loaded() -> Loaded:
    """Read the shipped data once, warm the chart library, and take all of it out of the garbage collector's way.

    Streamlit collects garbage after every run; frozen objects are not walked again.
    """
    loaded = load()
    go.Figure(go.Bar(x=[1], y=[1]))
    for lang in translator.LANGUAGES:
        translator.translator(lang)
    gc.collect()
    gc.freeze()
    return loaded


@st.cache_resource(show_spinner=False)
def records() -> Records:
    """The records of the shipped data version. Shared by all readers: they are public."""
    loaded = _loaded()
    return wrap(loaded.tables, loaded.data_version)


@st.cache_resource(show_spinner=False)
def _labels(lang: str) -> Labels:
    tables = _loaded().tables
    return labels({name: tables[name].to_dict("records") for name in ("vocabulary", *KEYS)}, lang)


@st.cache_resource(show_spinner=False)
def package() -> dict[str, Any]:
    """What the data package says of itself: title, version, licences."""
    return descriptor()


def data_issues() -> tuple[Issue, ...]:
    """What the checks said of the shipped data. With errors among them there are no records."""
    return _loaded().issues


def has_data() -> bool:
    """Whether the shipped data could be loaded."""
    return bool(_loaded().tables)


def first_language() -> str:
    """The language to begin in: the browser's, where we speak it."""
    wanted = (st.context.locale or "").split("-")[0]
    return wanted if wanted in translator.LANGUAGES else translator.DEFAULT


def language() -> str:
    """The language of this run. It must be known before the widget that switches it is drawn."""
    chosen = st.session_state.get(LANG) or st.query_params.get(LANG)
    return chosen if chosen in translator.LANGUAGES else first_language()


def is_presenting() -> bool:
    """Whether the page is projected. Like the language, needed before its widget is drawn."""
    if PRESENT in st.session_state:
        return bool(st.session_state[PRESENT])
    return st.query_params.get(PRESENT) == ON


def context() -> Context:
    """This reader's language, theme and data version, with nothing selected yet."""
    lang = language()
    return Context(
        t=translator.translator(lang),
        labels=_labels(lang),
        selection=Selection(),
        data_version=_loaded().data_version,
        link=(st.context.url or "").split("?")[0],
        is_presenting=is_presenting(),
        is_dark=st.context.theme.type == "dark",
    )


def bound_codes(key: str, options: list[str]) -> list[str]:
    """Codes bound to the URL parameter *key*, in a widget that nobody sees (theme.css hides ``bound-``)."""
    with st.container(key=f"bound-{key}"):
        return st.multiselect(key, options, key=key, select_all=False, bind="query-params")


def show(key: str, chosen: list[str]) -> str:
    """Make the visible twin of a bound widget show what is chosen; return the twin's key."""
    st.session_state[_twin(key)] = chosen
    return _twin(key)


def take_over(key: str) -> None:
    """Callback of the visible twin: what was chosen there goes to the bound widget, and so into the URL."""
    st.session_state[key] = st.session_state[_twin(key)]
    _forget_link_problems()


def clear(several: tuple[str, ...], single: tuple[str, ...]) -> None:
    """Set widgets back to "all". For callbacks: a widget that is already drawn keeps its value."""
    st.session_state.update({key: [] for key in several} | dict.fromkeys(single))
    _forget_link_problems()


def toggle_presenting() -> None:
    """Callback of the presenter's button."""
    st.session_state[PRESENT] = [] if is_presenting() else [ON]


def link_problems(unknown: list[str]) -> list[str]:
    """Keep what was unknown in the link the reader came with, until they choose something themselves."""
    if unknown:
        st.session_state[LINK_PROBLEMS] = unknown
    kept: list[str] = st.session_state.get(LINK_PROBLEMS, [])
    return kept


def _forget_link_problems() -> None:
    st.session_state.pop(LINK_PROBLEMS, None)


def _twin(key: str) -> str:
    return f"{key}-shown"


def url_values(key: str) -> list[str]:
    """The values of a URL parameter as the reader wrote them, valid or not."""
    return st.query_params.get_all(key)

"""The only module that touches ``st.session_state``, the URL and the caches."""

import gc
from typing import Any, Final

import plotly.graph_objects as go
import streamlit as st

from dashboard.analysis.extent import described
from dashboard.domain.issues import Issue
from dashboard.domain.records import Records
from dashboard.domain.selection import Selection
from dashboard.figures import catalogue
from dashboard.figures.catalogue import Material
from dashboard.figures.context import Context
from dashboard.i18n import translator
from dashboard.i18n.labels import TABLES, Labels, labels
from dashboard.ingest.package import Loaded, descriptor, load
from dashboard.store.records import records as wrap

LANG: Final = "lang"
PRESENT: Final = "present"
ON: Final = "1"
LINK_PROBLEMS: Final = "link-problems"
CONTEXT: Final = "context"


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
    """The records of the shipped data version. Shared by all readers: they are public.

    The incidents are described once (``analysis.extent.described``): what an incident is about does not depend on
    what is selected.
    """
    loaded = _loaded()
    found = wrap(loaded.tables, loaded.data_version)
    return found.with_tables(incidents=described(found).collect().lazy())


@st.cache_resource(show_spinner=False)
def _labels(lang: str) -> Labels:
    tables = _loaded().tables
    return labels({name: tables[name].to_dict("records") for name in TABLES}, lang)


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


def language() -> str:
    """The language of this run: the reader's choice, or else the browser's language where we speak it.

    Draws the bound widget, so call it once, before anything is said.
    """
    chosen = bound_codes(LANG, list(translator.LANGUAGES))
    wanted = chosen[-1] if chosen else (st.context.locale or "").split("-")[0]
    return wanted if wanted in translator.LANGUAGES else translator.DEFAULT


def is_presenting() -> bool:
    """Whether the page is projected. Draws the bound widget: call it once."""
    return bool(bound_codes(PRESENT, [ON]))


def begin(lang: str, *, is_presenting: bool) -> Context:
    """This reader's language, theme and data version, with nothing selected yet."""
    return Context(
        t=translator.translator(lang),
        labels=_labels(lang),
        selection=Selection(),
        data_version=_loaded().data_version,
        link=(st.context.url or "").split("?")[0],
        is_presenting=is_presenting,
        is_dark=st.context.theme.type == "dark",
        as_of=str(package()["created"])[:10],
    )


def material(context: Context) -> Material:
    """What the figures of this reader are made from."""
    return catalogue.material(records(), package(), context)


def in_language(context: Context, lang: str) -> Context:
    """The same view in another language."""
    return context.spoken(translator.translator(lang), _labels(lang))


def share(context: Context) -> None:
    """Hand the context of this run to the page."""
    st.session_state[CONTEXT] = context


def context() -> Context:
    """What the reader chose in the frame around the page: language, filters, theme."""
    chosen: Context = st.session_state[CONTEXT]
    return chosen


def bound_codes(key: str, options: list[str]) -> list[str]:
    """Codes bound to the URL parameter *key*, in a widget that nobody sees (theme.css hides ``bound-``).

    Two habits of Streamlit's binding make this necessary. It writes the *shown* text of an option into the URL,
    while a link must hold codes, so that one made in English opens in Russian. And it replaces the history entry
    when a person operates the bound widget, but adds one when the program sets it: only then does Back go back.
    So people operate an unbound twin, whose callback sets the bound widget. Bound widgets are drawn by the frame:
    Streamlit drops the parameters of widgets that belong to a page when the page is left.
    """
    with st.container(key=f"bound-{key}"):
        return st.multiselect(key, options, key=key, select_all=False, bind="query-params")


def codes_of(key: str) -> list[str]:
    """What the bound widget *key* holds; the frame has drawn it in this run."""
    codes: list[str] = st.session_state[key]
    return codes


def show(key: str, chosen: object) -> str:
    """Make the visible twin of a bound widget show what is chosen; return the twin's key."""
    st.session_state[_twin(key)] = chosen
    return _twin(key)


def take_over(key: str) -> None:
    """Callback of the visible twin: what was chosen there goes to the bound widget, and so into the URL."""
    chosen = st.session_state[_twin(key)]
    st.session_state[key] = chosen if isinstance(chosen, list) else [chosen] if chosen else []
    st.session_state.pop(LINK_PROBLEMS, None)


def choose(key: str, codes: list[str]) -> None:
    """Callback of a button: set a bound widget."""
    st.session_state[key] = codes


def picked_codes(chart: str) -> list[str]:
    """The codes behind the marks of a chart that were clicked: the first of their ``customdata``."""
    points = st.session_state[chart].selection.points
    return [str(point["customdata"][0]) for point in points if point.get("customdata")]


def picked_objects(chart: str) -> dict[str, list[dict[str, Any]]]:
    """The objects of a map that were clicked, by layer."""
    objects: dict[str, list[dict[str, Any]]] = st.session_state[chart].selection.objects
    return objects


def pick(chart: str, key: str) -> None:
    """Callback of a chart: the code behind the mark that was clicked sets a bound widget.

    A click beside every mark, or a second one on the same, changes nothing.
    """
    if codes := picked_codes(chart):
        choose(key, codes[:1])


def clear(keys: tuple[str, ...]) -> None:
    """Callback: set bound widgets back to "all"."""
    st.session_state.update({key: [] for key in keys})
    st.session_state.pop(LINK_PROBLEMS, None)


def link_problems(unknown: list[str]) -> list[str]:
    """Keep what was unknown in the link the reader came with, until they choose something themselves."""
    if unknown:
        st.session_state[LINK_PROBLEMS] = unknown
    kept: list[str] = st.session_state.get(LINK_PROBLEMS, [])
    return kept


def _twin(key: str) -> str:
    return f"{key}-shown"


def url_values(key: str) -> list[str]:
    """The values of a URL parameter as the reader wrote them, valid or not."""
    return st.query_params.get_all(key)

"""The only module that touches ``st.session_state``, the URL and the caches."""

import gc
from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Any, Final

import narwhals as nw
import plotly.graph_objects as go
import streamlit as st

from dashboard.analysis.prepared import prepared
from dashboard.domain.issues import Issue
from dashboard.domain.records import Records
from dashboard.domain.selection import Selection
from dashboard.figures import catalogue
from dashboard.figures.catalogue import Material
from dashboard.figures.context import Context
from dashboard.i18n import translator
from dashboard.i18n.discreet import discreet
from dashboard.i18n.labels import TABLES, Labels, labels
from dashboard.i18n.said import again
from dashboard.ingest.package import Loaded, descriptor, load
from dashboard.store import workshop as store
from dashboard.store.records import compact, give_back
from dashboard.store.records import records as wrap
from dashboard.store.workshop import Workshop
from dashboard.ui import desking, lock
from dashboard.ui.desking import Current

LANG: Final = "lang"
PRESENT: Final = "present"
ON: Final = "1"
SECOND: Final = "second"
SCENE: Final = "scene"
SAID: Final = "said"
WANTED: Final = "wanted"
BOUND: Final = "bound"
OF_THE_FRAME: Final = (LANG, PRESENT, SECOND, SCENE)  # parameters that no scene holds
LINK_PROBLEMS: Final = "link-problems"
CONTEXT: Final = "context"
CURRENT: Final = "current"
VERSION: Final = "version"


@st.cache_resource(show_spinner=False)
def _loaded() -> Loaded:
    """Read the shipped data once, warm the chart library, and take all of it out of the garbage collector's way.

    Streamlit collects garbage after every run; frozen objects are not walked again.
    """
    loaded = load()
    loaded = replace(loaded, tables=compact(loaded.tables))
    go.Figure(go.Bar(x=[1], y=[1]))
    for lang in translator.LANGUAGES:
        translator.translator(lang)
    give_back()
    gc.freeze()
    return loaded


@st.cache_resource(show_spinner=False)
def settle(page: str) -> None:  # noqa: ARG001 - the key of the cache
    """Once a page has run for the first time, take what it has loaded out of the garbage collector's way too.

    Streamlit collects garbage after every run and walks all that is not frozen: libraries that only this page needs,
    and tables that were made for it. Called once a page and process, so that nothing can pile up.
    """
    gc.collect()
    gc.freeze()


def records() -> Records:
    """The records of the data version that this reader looks at, and the one place where pages get them.

    So it is here that the projector-safe lock works.
    """
    now = current()
    return _of_version(now.data_version, now.version)


def records_of(version: int) -> Records:
    """The records of another version, to compare with."""
    return _of_version(desking.current(str(version)).data_version, version)


@st.cache_resource(show_spinner=False, max_entries=4)
def _records(data_version: str, version: int) -> Records:
    """The incidents are described once: what one is about, and what became of it, depends on no selection."""
    tables = compact(desking.tables(version))
    incidents = prepared(wrap(tables, data_version))["incidents"].collect().to_pandas()
    found = wrap(compact({**tables, "incidents": incidents}), data_version)
    del incidents
    give_back()
    return found


@st.cache_resource(show_spinner=False, max_entries=8)
def _labels(lang: str, data_version: str, version: int) -> Labels:  # noqa: ARG001 - the key of the cache
    tables = desking.tables(version)
    return labels({name: tables[name].to_dict("records") for name in TABLES}, lang)


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


def loaded() -> Loaded:
    """The shipped data, below everything the database holds."""
    return _loaded()


def current() -> Current:
    """The data version of this run, as ``begin`` found it."""
    found: Current = st.session_state[CURRENT]
    return found


def _of_version(data_version: str, version: int) -> Records:
    found = _records(data_version, version)
    return lock.generalised(found, data_version, version) if lock.is_on() else found


def workshop() -> Workshop:
    """The workshop file."""
    return Workshop(store.path())


def path() -> str:
    """The page that the address names; empty for the first."""
    return (st.context.url or "").split("?")[0].rstrip("/").rpartition("/")[2]


def speaker(lang: str) -> translator.Translator:
    """The texts of a language, which need not be the reader's; with the lock on they tell no small number."""
    return discreet(lang) if lock.is_on() else translator.translator(lang)


def names(lang: str) -> Labels:
    """The names of codes in a language, which need not be the reader's; outside a run, those of the shipped data."""
    now: Current | None = st.session_state.get(CURRENT)
    return _labels(lang, *((now.data_version, now.version) if now else (_loaded().data_version, 0)))


@st.cache_resource(show_spinner=False)
def reference(table: str) -> list[dict[str, str]]:
    """The rows of a reference table, in the order of the file."""
    return [{str(k): str(v) for k, v in row.items()} for row in _loaded().tables[table].to_dict("records")]


@st.cache_resource(show_spinner=False)
def package() -> dict[str, Any]:
    """What the data package says of itself: title, version, licences."""
    return descriptor()


def edition_date() -> str:
    """The day up to which the data tell: the date of their edition, never the clock."""
    return str(package()["created"])[:10]


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


def other_language(text: str) -> tuple[str, str] | None:
    """The other language and *text* in it, where the reader wants both and the text can be said again."""
    reader = context()
    lang = next(lang for lang in translator.LANGUAGES if lang != reader.lang)
    words = again(text, speaker(lang), names(lang)) if reader.has_second_language else None
    return (lang, words) if words else None


def has_second_language() -> bool:
    """Whether titles are shown in the other language too. Draws the bound widget: call it once."""
    return bool(bound_codes(SECOND, [ON]))


def begin(lang: str, *, is_presenting: bool) -> Context:
    """This reader's language, theme and data version, with nothing selected yet."""
    options = desking.options()
    chosen = bound_codes(VERSION, options) if options else []
    now = st.session_state[CURRENT] = desking.current(chosen[-1] if chosen else None)
    return Context(
        t=speaker(lang),
        labels=_labels(lang, now.data_version, now.version),
        selection=Selection(),
        data_version=now.data_version,
        view={VERSION: (str(now.version),)} if now.is_older else {},
        link=(st.context.url or "").split("?")[0],
        is_presenting=is_presenting,
        is_dark=st.context.theme.type == "dark",
        is_locked=lock.is_on(),
        as_of=edition_date(),
    )


def material(context: Context) -> Material:
    """What the figures of this reader are made from."""
    return catalogue.material(records(), package(), context)


def in_language(context: Context, lang: str) -> Context:
    """The same view in another language."""
    now = current()
    return context.spoken(speaker(lang), _labels(lang, now.data_version, now.version))


def share(context: Context) -> None:
    """Hand the context of this run to the page."""
    st.session_state[CONTEXT] = context


def context() -> Context:
    """What the reader chose in the frame around the page: language, filters, theme."""
    chosen: Context = st.session_state[CONTEXT]
    return chosen


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


def bound_codes(key: str, options: list[str]) -> list[str]:
    """Codes bound to the URL parameter *key*, in a widget that nobody sees (theme.css hides ``bound-``).

    Two habits of Streamlit's binding make this necessary. It writes the *shown* text of an option into the URL,
    while a link must hold codes, so that one made in English opens in Russian. And it replaces the history entry
    when a person operates the bound widget, but adds one when the program sets it: only then does Back go back.
    So people operate an unbound twin, whose callback sets the bound widget. Bound widgets are drawn by the frame:
    Streamlit drops the parameters of widgets that belong to a page when the page is left.
    """
    st.session_state.setdefault(BOUND, set()).add(key)
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


def join(key: str, parts: tuple[str, ...]) -> None:
    """Callback of twins that choose one code in parts: ``country.topic`` from a country and a topic."""
    choose(key, [".".join(st.session_state[_twin(part)] for part in parts)])


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


def view() -> dict[str, list[str]]:
    """What the address says of the view on the screen, without what belongs to the frame."""
    return {key: st.query_params.get_all(key) for key in sorted(st.query_params) if key not in OF_THE_FRAME}


def show_scene(scene: str, page: str, parameters: dict[str, list[str]]) -> None:
    """Callback: set everything that the address holds to what a scene wants, and ask for its page."""
    for key in st.session_state.get(BOUND, set()) - set(OF_THE_FRAME):
        st.session_state[key] = parameters.get(key, [])
    st.session_state.update(parameters)
    st.session_state[SCENE] = [scene]
    st.session_state[WANTED] = page


def wanted_page() -> str:
    """The page that a scene has asked for; asking takes it."""
    page: str = st.session_state.pop(WANTED, "")
    return page


def unbound(parameters: dict[str, list[str]]) -> dict[str, list[str]]:
    """The parameters that no widget of this session has held yet: only those may be set in the address itself."""
    return {key: values for key, values in parameters.items() if key not in st.session_state[BOUND]}


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

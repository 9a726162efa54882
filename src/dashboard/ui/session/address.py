"""What the address of the browser holds: the bound widgets, who sets them, and what a link says."""

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

LANG: Final = "lang"
PRESENT: Final = "present"
ON: Final = "1"
SECOND: Final = "second"
SCENE: Final = "scene"
VERSION: Final = "version"
OF_THE_FRAME: Final = (LANG, PRESENT, SECOND, SCENE)  # parameters that no scene holds
WANTED: Final = "wanted"
BOUND: Final = "bound"
LINK_PROBLEMS: Final = "link-problems"


def path() -> str:
    """The page that the address names; empty for the first."""
    return (st.context.url or "").split("?")[0].rstrip("/").rpartition("/")[2]


def bound(options: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Codes bound to URL parameters, in widgets that nobody sees (theme.css hides ``bound-``); *options* by parameter.

    Two habits of Streamlit's binding make this necessary. It writes the *shown* text of an option into the URL,
    while a link must hold codes, so that one made in English opens in Russian. And it replaces the history entry
    when a person operates the bound widget, but adds one when the program sets it: only then does Back go back.
    So people operate an unbound twin, whose callback sets the bound widget. Bound widgets are drawn by the frame:
    Streamlit drops the parameters of widgets that belong to a page when the page is left.

    A widget offers only what is chosen, and is of the kind that a browser draws soonest: a dozen lists with all
    options were a third of its work in every rerun. Those that are drawn together share a container.
    """
    st.session_state.setdefault(BOUND, set()).update(options)
    with st.container(key=f"bound-{next(iter(options))}"):
        return {key: _bound(key, known) for key, known in options.items()}


def bound_codes(key: str, options: list[str]) -> list[str]:
    """Codes bound to one URL parameter; see ``bound``."""
    return bound({key: options})[key]


def _bound(key: str, options: list[str]) -> list[str]:
    asked = {*st.session_state.get(key, ()), *st.query_params.get_all(key)}
    return st.pills(
        key,
        [option for option in options if option in asked],
        selection_mode="multi",
        label_visibility="collapsed",
        wrap=True,
        key=key,
        bind="query-params",
    )


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


def url_values(key: str) -> list[str]:
    """The values of a URL parameter as the reader wrote them, valid or not."""
    return st.query_params.get_all(key)


def link_problems(unknown: list[str]) -> list[str]:
    """Keep what was unknown in the link the reader came with, until they choose something themselves."""
    if unknown:
        st.session_state[LINK_PROBLEMS] = unknown
    kept: list[str] = st.session_state.get(LINK_PROBLEMS, [])
    return kept


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


def _twin(key: str) -> str:
    return f"{key}-shown"

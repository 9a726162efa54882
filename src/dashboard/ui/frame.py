"""What surrounds every page: navigation, language, presenting, theme."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.domain.faults import StoreError
from dashboard.figures.context import Context
from dashboard.i18n import problems
from dashboard.i18n.translator import LANGUAGES, Translator, translator
from dashboard.ui import choices, controls, faults, filters, panels, pin, scenes, session
from dashboard.ui.presenter import PRESENTER, STYLE, Presenter, badge, keys

ROOT: Final = Path(__file__).parents[3]
ICON: Final = ROOT / "static" / "icon.png"
THEME: Final = Path(__file__).parent / "theme.css"
LANGUAGE_NAMES: Final = {"en": "English", "ru": "Русский"}  # each in itself: a reader must find their own
PRESENTING: Final = Path(__file__).parent / "presenting.css"
ROOM: Final = "room"
FIRST: Final = "overview"
RESERVED: Final = "first-page"  # Streamlit serves its first page at the root and keeps the name of it to itself
PHONE: Final = Path(__file__).parent / "phone.css"
WORKSHOP: Final = Path(__file__).parent / "workshop.css"
ROOM_LOOK: Final = Path(__file__).parent / "room.css"


def run() -> None:
    """Draw the frame and run the page that the address names."""
    lang = session.language()
    is_presenting = session.is_presenting()
    t = translator(lang)
    st.set_page_config(page_title=t("Illegal wildlife trade in High Asia"), page_icon=str(ICON), layout="wide")
    st.html(THEME)
    st.html(STYLE)
    st.html(WORKSHOP)
    st.html(PHONE)
    if is_presenting:
        st.html(PRESENTING)
    if not session.has_data():
        _data_cannot_be_read(t)
        return
    try:
        with session.run():
            _page(lang, is_presenting=is_presenting)
    except StoreError as problem:
        faults.show(problem, t)


def _page(lang: str, *, is_presenting: bool) -> None:
    context = session.begin(lang, is_presenting=is_presenting)
    t = context.t
    pages = _pages(context)
    is_room = session.path() == ROOM
    page = st.navigation(pages, position="hidden" if is_presenting or is_room else "sidebar")
    if page.url_path == ROOM:
        _room(context, page)
        return
    context = replace(context, has_second_language=session.has_second_language())
    presenter = Presenter(context, {_path(one): one for one in reversed(pages)}, partial(_titles, context, _path(page)))
    presenter.follow(_path(page))
    controls.keep(*choices.LASTING)
    _controls(context, _path(page))
    panels.brand(t("Illegal wildlife trade in High Asia"), context)
    badge(context)
    presenter.heading()
    if is_presenting:
        keys()
    session.share(filters.sidebar(context))
    panels.older_version(context)
    faults.said(t)
    session.keep(PRESENTER, presenter)
    try:
        page.run()
    finally:  # a page may stop early; the bar leads on from there too
        presenter.bar(_path(page))
    session.settle(_path(page))


def _room(context: Context, page: st.Page) -> None:
    """The page for phones: no filters, no figures, nothing to get lost in."""
    st.html(ROOM_LOOK)
    _language(context)
    session.share(context)
    page.run()


def _path(page: st.Page) -> str:
    return page.url_path or FIRST


def _titles(context: Context, path: str) -> dict[str, str]:
    """What a page is called in every language."""
    return {
        lang: page.title
        for lang in LANGUAGES
        for page in _pages(replace(context, t=translator(lang)))
        if _path(page) == path
    }


def _pages(context: Context) -> list[st.Page]:
    """The pages that work, in reading order. Titles are translated, addresses never."""
    t = context.t
    lost = session.path()
    pages = [
        st.Page(ROOT / "pages" / "overview.py", title=t("Overview"), url_path=RESERVED, default=True),
        st.Page(ROOT / "pages" / "extent.py", title=t("Extent of the trade"), url_path="extent"),
        st.Page(ROOT / "pages" / "justice.py", title=t("Justice"), url_path="justice"),
        st.Page(ROOT / "pages" / "law.py", title=t("Law"), url_path="law"),
        st.Page(ROOT / "pages" / "detection.py", title=t("Occurrence and detection"), url_path="detection"),
        st.Page(ROOT / "pages" / "country.py", title=t("Country"), url_path="country"),
        st.Page(ROOT / "pages" / "data.py", title=t("Data"), url_path="data"),
        st.Page(ROOT / "pages" / "workshop.py", title=t("Workshop"), url_path="workshop"),
        st.Page(ROOT / "pages" / "about.py", title=t("About"), url_path="about"),
        st.Page(ROOT / "pages" / "room.py", title=t("In the room"), url_path=ROOM, visibility="hidden"),
        # Whoever writes out the address of the first page gets the same page.
        st.Page(ROOT / "pages" / "overview.py", title=t("Overview"), url_path=FIRST, visibility="hidden"),
    ]
    if lost and lost not in {RESERVED, *(_path(one) for one in pages)}:  # Streamlit would say so in English only
        pages.append(st.Page(ROOT / "pages" / "lost.py", title=t("No such page"), url_path=lost, visibility="hidden"))
    return pages


def _controls(context: Context, page: str) -> None:
    """The language and the presenter, always within reach."""
    t = context.t
    with st.container(key="controls", horizontal=True, horizontal_alignment="right"):
        if pin.is_facilitator() and not context.is_presenting and page != "workshop":
            scenes.save_this_view(page, context)
        if context.is_presenting:
            st.button(
                t("One language") if context.has_second_language else t("Both languages"),
                key="both",
                on_click=session.choose,
                args=(session.SECOND, [] if context.has_second_language else [session.ON]),
            )
        _language(context)
        st.button(
            t("Leave the presentation") if context.is_presenting else t("Present"),
            key="presenting",
            on_click=session.choose,
            args=(session.PRESENT, [] if context.is_presenting else [session.ON]),
        )


def _language(context: Context) -> None:
    st.segmented_control(
        context.t("Language"),
        LANGUAGES,
        required=True,
        key=session.show(session.LANG, context.lang),
        format_func=LANGUAGE_NAMES.__getitem__,
        label_visibility="collapsed",
        on_change=session.take_over,
        args=(session.LANG,),
    )


def _data_cannot_be_read(t: Translator) -> None:
    """Say what is wrong with the shipped data, and what to do. There is no dashboard without data."""
    st.error(
        t("The data cannot be shown: the files under data/ have errors. Run `dashboard check` to see all of them.")
    )
    for issue in session.data_issues()[:20]:
        st.text(problems.sentence(issue, t))

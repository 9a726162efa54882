"""What surrounds every page: navigation, language, presenting, theme."""

from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.figures.context import Context
from dashboard.i18n import problems
from dashboard.i18n.translator import LANGUAGES, translator
from dashboard.ui import panels, session

ROOT: Final = Path(__file__).parents[3]
ICON: Final = ROOT / "static" / "icon.png"
THEME: Final = Path(__file__).parent / "theme.css"
PRESENTING: Final = Path(__file__).parent / "presenting.css"


def run() -> None:
    """Draw the frame and run the page that the address names."""
    t = translator(session.language())
    is_presenting = session.is_presenting()
    st.set_page_config(
        page_title=t("Illegal wildlife trade in High Asia"),
        page_icon=str(ICON),
        layout="wide",
        initial_sidebar_state="auto",
    )
    st.html(THEME)
    if is_presenting:
        st.html(PRESENTING)
    if not session.has_data():
        _data_cannot_be_read()
        return
    context = session.context()
    page = st.navigation(_pages(context), position="hidden" if is_presenting else "sidebar")
    _controls(context)
    panels.brand(t("Illegal wildlife trade in High Asia"), context)
    page.run()


def _pages(context: Context) -> list[st.Page]:
    """The pages that work, in reading order. Titles are translated, addresses never."""
    t = context.t
    return [
        st.Page(ROOT / "pages" / "overview.py", title=t("Overview"), url_path="overview", default=True),
        st.Page(ROOT / "pages" / "about.py", title=t("About"), url_path="about"),
    ]


def _controls(context: Context) -> None:
    """The language and the presenter, always within reach."""
    t = context.t
    with st.container(key="controls", horizontal=True, horizontal_alignment="right"):
        st.segmented_control(
            t("Language"),
            LANGUAGES,  # shown as they stand in the URL; theme.css capitalises them
            default=session.first_language(),
            required=True,
            key=session.LANG,
            label_visibility="collapsed",
            bind="query-params",
        )
        session.bound_codes(session.PRESENT, [session.ON])
        st.button(
            t("Leave the presentation") if context.is_presenting else t("Present"),
            key="presenting",
            on_click=session.toggle_presenting,
        )


def _data_cannot_be_read() -> None:
    """Say what is wrong with the shipped data, and what to do. There is no dashboard without data."""
    t = translator(session.language())
    st.error(
        t("The data cannot be shown: the files under data/ have errors. Run `dashboard check` to see all of them.")
    )
    for issue in session.data_issues()[:20]:
        st.text(problems.sentence(issue, t))

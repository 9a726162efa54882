"""What surrounds every page: navigation, language, presenting, theme."""

from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.figures.context import Context
from dashboard.i18n import problems
from dashboard.i18n.translator import LANGUAGES, Translator, translator
from dashboard.ui import choices, controls, filters, panels, session

ROOT: Final = Path(__file__).parents[3]
ICON: Final = ROOT / "static" / "icon.png"
THEME: Final = Path(__file__).parent / "theme.css"
LANGUAGE_NAMES: Final = {"en": "English", "ru": "Русский"}  # each in itself: a reader must find their own
PRESENTING: Final = Path(__file__).parent / "presenting.css"


def run() -> None:
    """Draw the frame and run the page that the address names."""
    lang = session.language()
    is_presenting = session.is_presenting()
    t = translator(lang)
    st.set_page_config(page_title=t("Illegal wildlife trade in High Asia"), page_icon=str(ICON), layout="wide")
    st.html(THEME)
    if is_presenting:
        st.html(PRESENTING)
    if not session.has_data():
        _data_cannot_be_read(t)
        return
    context = session.begin(lang, is_presenting=is_presenting)
    page = st.navigation(_pages(context), position="hidden" if is_presenting else "sidebar")
    controls.keep(*choices.LASTING)
    _controls(context)
    panels.brand(t("Illegal wildlife trade in High Asia"), context)
    session.share(filters.sidebar(context))
    panels.older_version(context)
    page.run()


def _pages(context: Context) -> list[st.Page]:
    """The pages that work, in reading order. Titles are translated, addresses never."""
    t = context.t
    return [
        st.Page(ROOT / "pages" / "overview.py", title=t("Overview"), url_path="overview", default=True),
        st.Page(ROOT / "pages" / "extent.py", title=t("Extent of the trade"), url_path="extent"),
        st.Page(ROOT / "pages" / "justice.py", title=t("Justice"), url_path="justice"),
        st.Page(ROOT / "pages" / "law.py", title=t("Law"), url_path="law"),
        st.Page(ROOT / "pages" / "detection.py", title=t("Occurrence and detection"), url_path="detection"),
        st.Page(ROOT / "pages" / "data.py", title=t("Data"), url_path="data"),
        st.Page(ROOT / "pages" / "about.py", title=t("About"), url_path="about"),
    ]


def _controls(context: Context) -> None:
    """The language and the presenter, always within reach."""
    t = context.t
    with st.container(key="controls", horizontal=True, horizontal_alignment="right"):
        st.segmented_control(
            t("Language"),
            LANGUAGES,
            required=True,
            key=session.show(session.LANG, context.lang),
            format_func=LANGUAGE_NAMES.__getitem__,
            label_visibility="collapsed",
            on_change=session.take_over,
            args=(session.LANG,),
        )
        st.button(
            t("Leave the presentation") if context.is_presenting else t("Present"),
            key="presenting",
            on_click=session.choose,
            args=(session.PRESENT, [] if context.is_presenting else [session.ON]),
        )


def _data_cannot_be_read(t: Translator) -> None:
    """Say what is wrong with the shipped data, and what to do. There is no dashboard without data."""
    st.error(
        t("The data cannot be shown: the files under data/ have errors. Run `dashboard check` to see all of them.")
    )
    for issue in session.data_issues()[:20]:
        st.text(problems.sentence(issue, t))

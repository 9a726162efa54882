"""A reader's own file: chosen once, kept while they look at other parts, with a template to fill in."""

from collections.abc import Callable

import streamlit as st

from dashboard.figures.context import Context
from dashboard.ui import panels, session

# Streamlit says "Upload" on the button, in English; theme.css hides that word and shows this one.
WORDS = "<style>:root {{ --choose-file: '{words}'; }}</style>"


def kept_file(
    key: str, label: str, template: tuple[str, Callable[[], str]], welcome: tuple[str, str], context: Context
) -> tuple[str, bytes]:
    """The name and the bytes of the reader's file; empty, below the headline *welcome*, until there is one.

    *template* is the name of a file to fill in and what makes it. Nothing of the file leaves the memory of this
    reader's session.
    """
    t = context.t
    above = st.container()
    st.html(WORDS.format(words=t("Choose a file").replace("'", "")))
    with st.container(key=f"upload-{key}", horizontal=True, vertical_alignment="bottom"):
        given = st.file_uploader(label, type="csv", key=f"{key}-field", max_upload_size=panels.SMALL_MB)
        st.download_button(
            t("Template"), template[1], file_name=template[0], mime="text/csv", on_click="ignore", key=f"{key}-template"
        )
    if given is not None:
        session.keep(key, (given.name, given.getvalue()))
    kept: tuple[str, bytes] = session.kept(key) or ("", b"")
    if not kept[1]:
        with above:
            panels.headline(*welcome)
    return kept

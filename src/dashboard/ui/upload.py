"""A reader's own file: the one field to choose it, and what keeps it while they look at other parts."""

from collections.abc import Callable
from typing import Any, Final

import streamlit as st

from dashboard.figures.context import Context
from dashboard.ui import panels, session

SMALL_MB: Final = 20  # of everything but records: a million of those are 250 MB
# Streamlit says "Upload" on the button, in English; theme.css hides that word and shows this one.
WORDS: Final = "<style>:root {{ --choose-file: '{words}'; }}</style>"


def chosen_file(
    label: str, key: str, context: Context, *, kind: str | None = None, largest_mb: int = SMALL_MB,
    is_labelled: bool = True,
) -> Any:  # fmt: skip
    """The file that the reader chose, with ``name``, ``getbuffer`` and ``getvalue``; ``None`` until there is one."""
    words = "".join(letter for letter in context.t("Choose a file") if letter not in "\\'<")
    st.html(WORDS.format(words=words))
    visibility: Any = "visible" if is_labelled else "collapsed"
    return st.file_uploader(label, type=kind, key=key, max_upload_size=largest_mb, label_visibility=visibility)


def in_popover(label: str, kind: str, key: str, context: Context) -> bytes | None:
    """The bytes of a file that the reader chose, behind a button: for what is seldom needed."""
    with st.popover(label, key=f"{key}-field"):
        arrived = chosen_file(label, key, context, kind=kind, is_labelled=False)
    return arrived.getvalue() if arrived else None


def kept_file(
    key: str, label: str, template: tuple[str, Callable[[], str]], welcome: tuple[str, str], context: Context
) -> tuple[str, bytes]:
    """The name and the bytes of the reader's file; empty, below the headline *welcome*, until there is one.

    *template* is the name of a file to fill in and what makes it. Nothing of the file leaves the memory of this
    reader's session.
    """
    t = context.t
    above = st.container()
    with st.container(key=f"upload-{key}", horizontal=True, vertical_alignment="bottom"):
        given = chosen_file(label, f"{key}-field", context, kind="csv")
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

"""The menu that every figure leaves through. Nothing in it is computed until it is opened, no file until asked for."""

from collections.abc import Mapping
from functools import partial
from typing import Final

import streamlit as st

from dashboard.figures import catalogue
from dashboard.figures.catalogue import Material
from dashboard.figures.context import Context
from dashboard.figures.export import FORMATS, export
from dashboard.figures.spec import FigureSpec
from dashboard.i18n.translator import LANGUAGES
from dashboard.ui import collection, lock, session

NAMES: Final = {"en": "English", "ru": "Русский"}  # each in itself
BOTH: Final = "+".join(LANGUAGES)
ICONS: Final = {
    "pptx": ":material/slideshow:",
    "docx": ":material/description:",
    "xlsx": ":material/table_chart:",
    "pdf": ":material/picture_as_pdf:",
    "png": ":material/image:",
    "svg": ":material/draw:",
    "csv": ":material/csv:",
}


@st.fragment
def menu(spec: FigureSpec, context: Context) -> None:
    """A button that opens the list of formats and the link. Opening it reruns nothing but itself."""
    t = context.t
    popover = st.popover(t("Export"), key=f"export-{spec.id}", icon=":material/download:", on_change="rerun")
    if not popover.open:
        return
    with popover:
        languages = _languages(spec, context)
        spoken = {lang: session.material(session.in_language(context, lang)) for lang in languages}
        with st.container(key=f"formats-{spec.id}", gap=None):
            for kind, fmt in FORMATS.items():
                st.download_button(
                    t(fmt.name),
                    data=partial(_file, spec, spoken, kind),
                    file_name=_name(spec, context, languages, kind),
                    mime=fmt.mime,
                    key=f"{kind}-{spec.id}",
                    icon=ICONS[kind],
                    on_click="ignore",
                    type="tertiary",
                )
        collection.offer(spec, context)
        st.caption(t("Each file carries the source, the selection, what is not known and a link back to this view."))
        link(spec, context)


def link(spec: FigureSpec, context: Context) -> None:
    """The address of the view, to be copied."""
    st.caption(context.t("This address reopens exactly this view."))
    st.code(spec.passport.link, language=None, wrap_lines=True)


def _languages(spec: FigureSpec, context: Context) -> tuple[str, ...]:
    """The languages of the file; a figure outside the catalogue can only be had in the language it was made in."""
    if not catalogue.is_made_again(spec, context):
        return (context.lang,)
    chosen: str = st.segmented_control(
        context.t("Language of the file"),
        [context.lang, *(lang for lang in LANGUAGES if lang != context.lang), BOTH],
        default=context.lang,
        required=True,
        format_func=lambda code: " + ".join(NAMES[lang] for lang in code.split("+")),
        key=f"export-lang-{spec.id}",
    )
    return tuple(chosen.split("+"))


def _file(spec: FigureSpec, spoken: Mapping[str, Material], kind: str) -> bytes:
    """Make the file. Called when it is asked for, outside a run: it must not touch the session.

    A menu that was opened before the lock was switched on must not hand out what the screen withholds.
    """
    if lock.is_on():
        raise PermissionError(
            "the projector-safe lock is on: the facilitator has to lift it before figures are exported"
        )
    own = spec.passport.lang
    return export([spec if lang == own else catalogue.figure(spec.id, spoken[lang]) for lang in spoken], kind)


def _name(spec: FigureSpec, context: Context, languages: tuple[str, ...], kind: str) -> str:
    """A file name that says what is in it."""
    return "_".join([spec.id, *context.selection.countries[:3], *languages, spec.passport.as_of]) + f".{kind}"

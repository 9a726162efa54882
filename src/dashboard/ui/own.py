"""The part of the country page where a reader puts a report together: order, headings, notes, one document."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

import streamlit as st

from dashboard.figures import catalogue
from dashboard.figures.catalogue import Material
from dashboard.figures.context import Context
from dashboard.i18n.translator import LANGUAGES
from dashboard.reports import export, own
from dashboard.ui import collection, panels, reporting, session
from dashboard.ui.collection import Collected
from dashboard.ui.exports import BOTH, NAMES

TITLE: Final = "own-title"
LONGEST: Final = {"heading": 120, "note": 600}


def show(context: Context) -> None:
    """What was put aside, to be ordered and explained; then the document."""
    t, found = context.t, collection.collected()
    if not found:
        panels.headline(
            t("Nothing has been put into your report yet."),
            t("Below every figure of every page stands “Export”, and in it “Add to the report”."),
        )
        return
    panels.headline(
        t.n("{n} figure is in your report.", "{n} figures are in your report.", len(found)),
        t("What you write here stands in your document only. It is gone when you close this window."),
    )
    with st.container(key="own-report", gap="small"):
        for place, one in enumerate(found):
            _row(one, place, len(found), context)
    _document(found, context)


def _row(one: Collected, place: int, of: int, context: Context) -> None:
    t, lang = context.t, context.lang
    made = collection.made_from(one, context)
    spec = catalogue.figure(one.figure, made)
    with st.container(key=f"own-{one.number}", horizontal=True, vertical_alignment="bottom"):
        panels.line(t("{n}. {title}", n=t.number(place + 1), title=spec.title), spec.passport.filters)
        for part, label in (("heading", t("Heading")), ("note", t("Note"))):
            key = f"own-{part}-{one.number}-{lang}"
            st.text_input(
                label,
                one.said(part, lang),
                key=key,
                max_chars=LONGEST[part],
                placeholder=spec.title if part == "heading" else "",
                on_change=collection.edit,
                args=(one.number, part, lang, key),
            )
        for label, icon, key, callback, arguments, is_off in (
            (t("Up"), ":material/arrow_upward:", "up", collection.move, (one.number, -1), place == 0),
            (t("Down"), ":material/arrow_downward:", "down", collection.move, (one.number, 1), place == of - 1),
            (t("Remove"), ":material/close:", "remove", collection.remove, (one.number,), False),
        ):
            st.button(
                label,
                icon=icon,
                key=f"own-{key}-{one.number}",
                type="tertiary",
                disabled=is_off,
                on_click=callback,
                args=arguments,
            )


def _document(found: Sequence[Collected], context: Context) -> None:
    t = context.t
    with st.container(key="own-document", horizontal=True, vertical_alignment="bottom"):
        title = st.text_input(t("Title of the report"), session.kept(TITLE, ""), key=TITLE, max_chars=120)
        chosen: str = st.segmented_control(
            t("Language of the file"),
            [*LANGUAGES, BOTH],
            default=context.lang,
            required=True,
            format_func=lambda code: " + ".join(NAMES[lang] for lang in code.split("+")),
            key="own-lang",
        )
        languages = chosen.split("+")
        readers = {lang: session.in_language(context, lang) for lang in languages}
        spoken = [{lang: collection.made_from(one, reader) for lang, reader in readers.items()} for one in found]
        first = readers[context.lang if context.lang in readers else languages[0]]
        reporting.buttons(
            partial(_file, found, spoken, first, collection.printable(title)), "own-report", chosen, context
        )
    st.caption(
        t("On slides the note is the speaker's note. A heading or note written in one language only stands in both.")
    )


def _file(
    found: Sequence[Collected], spoken: Sequence[Mapping[str, Material]], reader: Context, title: str, kind: str
) -> bytes:
    """Make the file. Called when it is asked for, outside a run: it must not touch the session."""
    items = [
        own.Item(
            tuple(catalogue.figure(one.figure, made) for made in of.values()),
            one.said("heading", reader.lang),
            one.said("note", reader.lang),
        )
        for one, of in zip(found, spoken, strict=True)
    ]
    return export.export(own.report(title or reader.t("Own report"), items, reader), kind)

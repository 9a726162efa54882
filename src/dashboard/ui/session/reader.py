"""Who reads: their language, version, theme and choices, handed from the frame to the page as one context."""

from typing import Final

import streamlit as st

from dashboard.domain.selection import Selection
from dashboard.figures import catalogue
from dashboard.figures.catalogue import Material
from dashboard.figures.context import Context
from dashboard.i18n import translator
from dashboard.i18n.discreet import discreet
from dashboard.i18n.said import again
from dashboard.ui import desking, lock
from dashboard.ui.session.address import LANG, ON, PRESENT, SECOND, VERSION, bound_codes
from dashboard.ui.session.cached import CURRENT, answers, edition_date, names, package, records

CONTEXT: Final = "context"


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


def is_phone() -> bool:
    """Whether the reader holds a telephone, which says so of itself; how wide a window is, no browser says."""
    return "Mobi" in st.context.headers.get("User-Agent", "")


def has_second_language() -> bool:
    """Whether titles are shown in the other language too. Draws the bound widget: call it once."""
    return bool(bound_codes(SECOND, [ON]))


def speaker(lang: str) -> translator.Translator:
    """The texts of a language, which need not be the reader's; with the lock on they tell no small number."""
    return discreet(lang) if lock.is_on() else translator.translator(lang)


def other_language(text: str) -> tuple[str, str] | None:
    """The other language and *text* in it, where the reader wants both and the text can be said again."""
    reader = context()
    lang = next(lang for lang in translator.LANGUAGES if lang != reader.lang)
    words = again(text, speaker(lang), names(lang)) if reader.has_second_language else None
    return (lang, words) if words else None


def begin(lang: str, *, is_presenting: bool) -> Context:
    """This reader's language, theme and data version, with nothing selected yet."""
    options = desking.options()
    chosen = bound_codes(VERSION, options) if options else []
    now = st.session_state[CURRENT] = desking.current(chosen[-1] if chosen else None)
    return Context(
        t=speaker(lang),
        labels=names(lang),
        selection=Selection(),
        data_version=now.data_version,
        view={VERSION: (str(now.version),)} if now.is_older else {},
        link=(st.context.url or "").split("?")[0],
        is_presenting=is_presenting,
        is_dark=st.context.theme.type == "dark",
        is_locked=lock.is_on(),
        as_of=edition_date(),
    )


def share(context: Context) -> None:
    """Hand the context of this run to the page."""
    st.session_state[CONTEXT] = context


def context() -> Context:
    """What the reader chose in the frame around the page: language, filters, theme."""
    chosen: Context = st.session_state[CONTEXT]
    return chosen


def in_language(context: Context, lang: str) -> Context:
    """The same view in another language."""
    return context.spoken(speaker(lang), names(lang))


def material(context: Context) -> Material:
    """What the figures of this reader are made from."""
    return catalogue.material(records(), package(), context, answers())

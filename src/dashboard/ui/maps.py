"""Maps on the screen: at which level they count, how they are drawn, and what a click does."""

from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st

from dashboard.figures import deck
from dashboard.figures.context import Context
from dashboard.figures.spec import FigureSpec
from dashboard.ui import filters, panels, session
from dashboard.ui.charts import style_of

HEIGHT: Final = 640
CLICKS: Final = "map-clicks"
HEIGHT_PRESENTING: Final = 490  # the sentence, the key and the map on one screen
FRAME: Final = 20  # pixels of it that are kept free
PHONE: Final = (420, 330, 0.7)  # height and width in pixels, and how large the marks are


def show(spec: FigureSpec, context: Context, height: int = 0) -> None:
    """The map with its passport; a click on a country or province sets the filter of the sidebar."""
    if context.chosen("drawing") == "simple" or context.chosen("boundaries") == "tiles":
        panels.figure(spec, context, click=_clicked)
        return
    spec = panels.safe(spec, context)
    with panels.framed(spec, context):
        _deck(spec, context, height)


def show_ways(spec: FigureSpec, context: Context) -> None:
    """Lines from country to country, with their passport."""
    spec = panels.safe(spec, context)
    with panels.framed(spec, context):
        drawing, high = _drawn(spec, context, 0)
        st.pydeck_chart(drawing, key=_key(spec), height=high, alt=spec.alt)


def _deck(spec: FigureSpec, context: Context, height: int) -> None:
    """After each click the map is a new one: a second click on the same country, having come back, is a click again.

    Otherwise it stays the same, so that another selection moves it and does not build it anew.
    """
    drawing, high = _drawn(spec, context, height)
    key = f"{_key(spec)}-{session.kept(CLICKS, 0)}"
    st.pydeck_chart(
        drawing,
        key=key,
        height=high,
        on_select=partial(_touched, key),
        selection_mode="single-object",
        alt=spec.alt,
    )


def _key(spec: FigureSpec) -> str:
    """For whom the map is drawn, and which: ``theme.css`` makes a wide one smaller where there is no room for it."""
    return f"{'phone' if session.is_phone() else 'wide'}-{spec.id}"


def _drawn(spec: FigureSpec, context: Context, height: int) -> tuple[deck.CompactDeck, int]:
    """The map, and how high it is. On a telephone the region fits its width."""
    height = height or (HEIGHT_PRESENTING if context.is_presenting else HEIGHT)
    size = round(height * (1.1 if context.is_presenting else 1)), deck.SCREEN[0], 0.0
    if session.is_phone():
        size = PHONE
    return session.shown(spec, context, partial(_picture, size=size), size), size[0]


def _picture(spec: FigureSpec, context: Context, size: tuple[int, int, float]) -> deck.CompactDeck:
    high, wide, scale = size
    look = style_of(context)
    return deck.draw(spec, replace(look, scale=scale or look.scale), high - FRAME, wide)


def _touched(key: str) -> None:
    session.keep(CLICKS, session.kept(CLICKS, 0) + 1)
    _clicked(deck.picked(session.picked_objects(key)))


def _clicked(code: str) -> None:
    """Callback: a country becomes the filter by country, a province that by province."""
    country_of = filters.country_of_province()
    if code in country_of:
        session.choose(filters.COUNTRY, [country_of[code]])
        session.choose(filters.PROVINCE, [code])
    elif code in set(country_of.values()):
        session.choose(filters.COUNTRY, [code])
        session.choose(filters.PROVINCE, [])


def way_back(context: Context) -> None:
    """Back to the whole region, where the map shows a part of it; in a presentation there is no sidebar."""
    chosen = context.selection
    if chosen.provinces:
        country = filters.country_of_province()[chosen.provinces[0]]
        text = context.t("← All of {country}", country=context.labels("country", country))
        st.button(text, key="way-back", on_click=session.clear, args=((filters.PROVINCE,),))
    elif chosen.countries:
        keys = (filters.COUNTRY, filters.PROVINCE)
        st.button(context.t("← All countries"), key="way-back", on_click=session.clear, args=(keys,))

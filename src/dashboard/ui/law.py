"""The parts of the law page, one at a time: what is chosen on each, and what it shows."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st

from dashboard.analysis.law import corridor, gaps, matrix, penalties, practice
from dashboard.domain.fields import N_, RANGE_COUNTRIES
from dashboard.domain.selection import Selection
from dashboard.figures import law_sentences as sentences
from dashboard.figures.catalogue import Material, figure
from dashboard.figures.catalogue_law import events, matrix_headline
from dashboard.figures.context import Context
from dashboard.figures.export import export
from dashboard.figures.law_material import (
    CELL,
    OWN,
    USUAL,
    cell,
    every_country,
    gap_country,
    law_of,
    legs,
    pair,
    shown_countries,
    weights,
)
from dashboard.ui import controls, panels, session
from dashboard.ui.controls import Choice
from dashboard.ui.law_choices import DOUBLED, OFFENCE, PART, TOPIC, WEIGHTS, arrow, choose_date

__all__ = ["choose_date", "draw"]

MATRIX_PRESENTING: Final = 596  # pixels that sentence, key and passport leave of a projected screen


def draw(context: Context) -> None:
    """Draw the chosen part."""
    PARTS[context.chosen(PART.key)](session.material(context), context)


def _show(material: Material, context: Context, *names: str, sets: str = "", tallest: int | None = None) -> None:
    """Figures of the catalogue, for a reader who has chosen on the page."""
    for name in names:
        panels.figure(figure(name, material.seen_by(context)), context, sets=sets, tallest=tallest)


def _matrix(material: Material, context: Context) -> None:
    panels.headline(*matrix_headline(material.seen_by(context)))
    context, country, topic = _with_cell(context)
    left, right = st.columns([5, 3], gap="medium")
    if not session.is_phone():
        with left:
            tallest = MATRIX_PRESENTING if context.is_presenting else None
            _show(material, context, "law-matrix", sets=CELL, tallest=tallest)
    with right:
        _choose_cell(country, topic, context)
        if session.is_phone():  # has no room for twelve columns
            _show(material, context, "law-country", sets=CELL)
        _show(material, context, "law-cell")
    weighing = st.expander(context.t("Weigh the topics"), key="weighing", on_change="rerun")
    with weighing:
        context = controls.choose(context, *WEIGHTS, is_drawn=bool(weighing.open))
        context = controls.choose(context, DOUBLED, is_drawn=bool(weighing.open))
    if any(weights(context)[2].values()):
        _show(material, context, "law-ranges")
    else:
        st.info(sentences.nothing_weighed(context))
    _show(material, context, "law-reply")


def _with_cell(context: Context) -> tuple[Context, str, str]:
    """The cell in the link, or the first country and topic where it names none of those shown."""
    named = session.bound_codes(CELL, [f"{country}.{topic}" for country in RANGE_COUNTRIES for topic in matrix.TOPICS])
    if not named:
        return (context, *cell(context))
    country, topic = cell(replace(context, view={**context.view, CELL: tuple(named[-1:])}))
    chosen = f"{country}.{topic}"
    view = {**context.view, CELL: (chosen,)}
    return replace(context, link=f"{context.link}&{CELL}={chosen}", view=view), country, topic


def _choose_cell(country: str, topic: str, context: Context) -> None:
    """Two boxes that choose a cell without a click on the matrix."""
    t, labels = context.t, context.labels
    parts = (f"{CELL}-country", f"{CELL}-topic")
    with st.container(key="choices-cell", horizontal=True):
        st.selectbox(
            t("Country"),
            shown_countries(context),
            key=session.show(parts[0], country),
            format_func=lambda code: labels("country", code),
            on_change=session.join,
            args=(CELL, parts),
        )
        st.selectbox(
            t("Topic"),
            matrix.TOPICS,
            key=session.show(parts[1], topic),
            format_func=lambda code: labels("provision_topic", code),
            on_change=session.join,
            args=(CELL, parts),
        )


def _penalties(material: Material, context: Context) -> None:
    of = law_of(material, context, context.selection.countries)
    first = st.container()
    context = controls.choose(context, OFFENCE)
    with first:
        against = penalties.against_the_line(of.tiers, of.review, context.chosen(OFFENCE.key))
        panels.headline(*sentences.penalties(against, context))
    _show(material, context, "law-line", "law-penalties")


def _treaties(material: Material, context: Context) -> None:
    panels.headline(*sentences.treaties(law_of(material, context, context.selection.countries).treaties, context))
    _show(material, context, "law-treaties")


def _reforms(material: Material, context: Context) -> None:
    found = events(law_of(material, context, context.selection.countries), context)
    panels.headline(*sentences.reforms(found, context))
    if len(found.collect()):
        _show(material, context, "law-timeline", "law-events")


def _loopholes(material: Material, context: Context) -> None:
    table = material.records["loopholes"]
    first = st.container()
    chosen = controls.choose(context, TOPIC)
    found = gaps.loopholes(table, context.selection.countries, chosen.view[TOPIC.key])
    with first:
        panels.headline(*sentences.loopholes(len(found), len(gaps.loopholes(table, (), ())), chosen))
    if found:
        _show(material, chosen, "law-loopholes")
    countries = shown_countries(context)
    of_whom = Choice("gaps", N_("Gap list of"), tuple(countries), (countries[0],), codes="country", look="list")
    chosen = controls.choose(chosen, of_whom)
    spec = figure("law-gaps", material.seen_by(chosen))
    st.download_button(
        context.t("Download the gap list as a table (CSV)"),
        partial(export, spec, "csv"),
        f"{spec.id}-{gap_country(chosen)}-{context.lang}.csv",
        "text/csv",
        key="download-gaps",
        on_click="ignore",
    )
    panels.figure(spec, chosen)


def _corridors(material: Material, context: Context) -> None:
    found = {".".join(way): (way, n) for way, n in corridor.recorded(material.records)}
    named = {code: f"{arrow(way, context)} · {n}" for code, (way, n) in found.items()}  # names are translated already
    ways = Choice(
        "corridor",
        N_("Or a recorded corridor · incidents"),
        (OWN, *found),
        USUAL["corridor"],
        names={OWN: N_("The route as chosen"), **named},
        look="list",
    )
    route = Choice(
        "route",
        N_("Route, in order"),
        tuple(every_country(context)),
        USUAL["route"],
        codes="country",
        look="several",
    )
    first = st.container()
    context = controls.choose(context, route, ways)
    way = legs(material.records, context)
    weakest = corridor.weakest_legs(law_of(material, context, way).cells, way)
    incidents = figure("law-corridor-incidents", material.seen_by(context))
    with first:
        panels.headline(*sentences.corridor(weakest, way, incidents.n, context))
    _show(material, context, "law-legs", "law-weakest")
    if incidents.n:
        panels.figure(incidents, context)


def _compare(material: Material, context: Context) -> None:
    countries = tuple(every_country(context))
    both = [
        Choice(key, label, countries, (usual,), codes="country", look="list")
        for (key, label), usual in zip(
            (("one", N_("Country")), ("other", N_("Compared with"))), pair(context), strict=True
        )
    ]
    left, right = st.columns([2, 3], gap="medium")  # one screen: the words beside the figure, above it on a phone
    with left:
        first = st.container()
        context = controls.choose(context, *both)
    chosen = pair(context)
    cells = law_of(material, context, chosen).cells
    with first:
        panels.headline(*sentences.pair(cells, chosen, replace(context, selection=Selection(chosen))))
    with right:
        _show(material, context, "law-pair")


def _practice(material: Material, context: Context) -> None:
    if not material.known.incident_count:
        panels.nothing_selected(context)
        return
    review = law_of(material, context, context.selection.countries).review
    panels.headline(*sentences.practice(practice.seen_in_court(material.selected, review), context))
    _show(material, context, "law-practice", "law-practice-table")


PARTS: Final[dict[str, Callable[[Material, Context], None]]] = {
    "matrix": _matrix,
    "penalties": _penalties,
    "treaties": _treaties,
    "reforms": _reforms,
    "loopholes": _loopholes,
    "corridors": _corridors,
    "compare": _compare,
    "practice": _practice,
}

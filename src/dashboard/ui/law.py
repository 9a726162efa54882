"""The parts of the law page, one at a time: what is chosen on each, and what it shows."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

import narwhals as nw
import streamlit as st

from dashboard.analysis import Frame
from dashboard.analysis.law import corridor, gaps, matrix, penalties, practice, reforms, timing
from dashboard.analysis.select import select
from dashboard.domain.fields import N_, RANGE_COUNTRIES
from dashboard.domain.records import Records
from dashboard.domain.selection import Selection
from dashboard.figures import (
    law,
    law_cards,
    law_corridor,
    law_loopholes,
    law_penalties,
    law_practice,
    law_scores,
    law_treaties,
)
from dashboard.figures import law_sentences as sentences
from dashboard.figures import law_words as words
from dashboard.figures.context import Context
from dashboard.figures.export import export
from dashboard.ui import controls, panels, session
from dashboard.ui.controls import Choice
from dashboard.ui.law_choices import (
    CELL,
    DOUBLED,
    EVENTS,
    OFFENCE,
    OWN,
    PART,
    TOPIC,
    WEIGHTS,
    Law,
    arrow,
    choose_date,
    every_country,
    shown_countries,
)

__all__ = ["choose_date", "draw"]


def draw(records: Records, context: Context) -> None:
    """Draw the chosen part."""
    when = context.chosen(words.AS_OF)
    provisions = timing.as_of(records["provisions"], None if when == words.LATEST else int(when))
    tiers = penalties.standing(records["penalty_tiers"], provisions)
    everything = Law(records, provisions, tiers, records["law_review"], records["treaties"])
    PARTS[context.chosen(PART.key)](everything, context)


def _matrix(everything: Law, context: Context) -> None:
    of = everything.of(context.selection.countries)
    when = context.chosen(words.AS_OF)
    year = None if when == words.LATEST else int(when)
    cells = session.derived(timing.cells_as_of, "provisions", year, context.selection.countries)
    plain = matrix.scores(cells, {})
    panels.headline(*sentences.matrix(cells, matrix.overlap(plain), context))
    country, topic = _chosen_cell(context)
    context = replace(context, link=f"{context.link}&{CELL}={country}.{topic}")
    left, right = st.columns([5, 3], gap="medium")
    with left:
        spec = law.matrix(cells, of.provisions, of.review, f"{country}.{topic}", context)
        panels.figure(spec, context, sets=CELL)
    with right:
        _choose_cell(country, topic, context)
        with st.container(key="narrow-only"):
            spec = law.one(cells, of.provisions, of.review, country, f"{country}.{topic}", context)
            panels.figure(spec, context, sets=CELL)
        rows = matrix.behind(of.provisions, country, topic)
        panels.figure(law_cards.behind(rows, country, topic, of.review, context), context)
    context = controls.choose(context, *WEIGHTS)
    context = controls.choose(context, DOUBLED)
    _ranges(of, cells, plain, context)
    panels.figure(law_cards.reply(of.review, context), context)


def _ranges(of: Law, cells: Frame, plain: Frame, context: Context) -> None:
    pillars = {choice.key[1:]: float(context.chosen(choice.key)) for choice in WEIGHTS}
    doubled = context.view[DOUBLED.key]
    weights = {topic: pillars[p] * (1 + (topic in doubled)) for p, topics in matrix.PILLARS.items() for topic in topics}
    if not any(weights.values()):
        st.info(sentences.nothing_weighed(context))
        return
    said = sentences.weights(pillars, doubled, context)
    moved = {topic: weight for topic, weight in weights.items() if weight != 1}
    scored = matrix.scores(cells, moved) if moved else plain
    panels.figure(law_scores.ranges(scored, plain, said, of.review, context), context)


def _chosen_cell(context: Context) -> tuple[str, str]:
    """The cell in the link, or the first country and topic where it names none of those shown."""
    chosen = session.bound_codes(CELL, [f"{country}.{topic}" for country in RANGE_COUNTRIES for topic in matrix.TOPICS])
    country, topic = chosen[-1].split(".") if chosen else ("", matrix.TOPICS[0])
    shown = shown_countries(context)
    return (country if country in shown else shown[0]), topic


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


def _penalties(everything: Law, context: Context) -> None:
    of = everything.of(context.selection.countries)
    first = st.container()
    context = controls.choose(context, OFFENCE)
    offence = context.chosen(OFFENCE.key)
    against = penalties.against_the_line(of.tiers, of.review, offence)
    with first:
        panels.headline(*sentences.penalties(against, context))
    panels.figure(law_penalties.line(against, offence, of.review, context), context)
    tiers, fines = penalties.of_offence(of.tiers, offence), penalties.fines(of.provisions, offence)
    panels.figure(law_penalties.table(tiers, fines, of.provisions, offence, of.review, context), context)


def _treaties(everything: Law, context: Context) -> None:
    of = everything.of(context.selection.countries)
    panels.headline(*sentences.treaties(of.treaties, context))
    panels.figure(law_treaties.commitments(of.treaties, of.review, context), context)


def _reforms(everything: Law, context: Context) -> None:
    of = everything.of(context.selection.countries)
    when = context.chosen(words.AS_OF)
    events = reforms.events(of.provisions, of.treaties)
    if when != words.LATEST:
        events = events.filter(nw.col("year") <= int(when))
    panels.headline(*sentences.reforms(events, context))
    if not len(events.collect()):
        return
    panels.figure(law_treaties.timeline(reforms.count_by_year(events), of.review, context), context)
    panels.figure(law_treaties.events(events, EVENTS, of.review, context), context)


def _loopholes(everything: Law, context: Context) -> None:
    table = everything.records["loopholes"]
    first = st.container()
    chosen = controls.choose(context, TOPIC)
    found = gaps.loopholes(table, context.selection.countries, chosen.view[TOPIC.key])
    with first:
        panels.headline(*sentences.loopholes(len(found), len(gaps.loopholes(table, (), ())), chosen))
    if found:
        panels.figure(law_loopholes.cards(found, everything.provisions, everything.review, chosen), chosen)
    countries = shown_countries(context)
    of_whom = Choice("gaps", N_("Gap list of"), tuple(countries), (countries[0],), codes="country", look="list")
    chosen = controls.choose(chosen, of_whom)
    country = chosen.chosen(of_whom.key)
    one = everything.of((country,))
    chosen = replace(chosen, selection=Selection((country,)))
    spec = law_loopholes.gap_list(gaps.of_country(one.provisions, country), country, one.review, chosen)
    st.download_button(
        context.t("Download the gap list as a table (CSV)"),
        partial(export, spec, "csv"),
        f"{spec.id}-{country}-{context.lang}.csv",
        "text/csv",
        key="download-gaps",
        on_click="ignore",
    )
    panels.figure(spec, chosen)


def _corridors(everything: Law, context: Context) -> None:
    found = {".".join(way): (way, n) for way, n in corridor.recorded(everything.records)}
    named = {code: f"{arrow(way, context)} · {n}" for code, (way, n) in found.items()}  # names are translated already
    ways = Choice(
        "corridor",
        N_("Or a recorded corridor · incidents"),
        (OWN, *found),
        (OWN,),
        names={OWN: N_("The route as chosen"), **named},
        look="list",
    )
    route = Choice(
        "route",
        N_("Route, in order"),
        tuple(every_country(context)),
        ("TJK", "KGZ", "CHN"),
        codes="country",
        look="several",
    )
    first = st.container()
    context = controls.choose(context, route, ways)
    chosen = context.chosen(ways.key)
    legs = context.view[route.key] if chosen == OWN else found[chosen][0]
    of = everything.of(legs)
    cells = matrix.cells(of.provisions)
    weakest = corridor.weakest_legs(cells, legs)
    everywhere = replace(context, selection=replace(context.selection, countries=()))  # the route says which countries
    moved = corridor.on_the_way(select(everything.records, everywhere.selection), legs)
    with first:
        panels.headline(*sentences.corridor(weakest, legs, len(moved.collect()), context))
    law_context = replace(context, selection=Selection(legs))
    panels.figure(law.legs(cells, of.provisions, of.review, legs, corridor.TOPICS, law_context), law_context)
    against = penalties.against_the_line(of.tiers, of.review, penalties.OVERALL)
    panels.figure(law_corridor.weakest(weakest, against, of.review, law_context), law_context)
    if len(moved.collect()):
        panels.figure(law_corridor.incidents(moved, legs, everywhere), everywhere)


def _compare(everything: Law, context: Context) -> None:
    countries = every_country(context)
    one, *others = (*shown_countries(context), *countries)
    other = next(code for code in others if code != one)
    both = [
        Choice(key, label, tuple(countries), (default,), codes="country", look="list")
        for key, label, default in (("one", N_("Country"), one), ("other", N_("Compared with"), other))
    ]
    left, right = st.columns([2, 3], gap="medium")  # one screen: the words beside the figure, above it on a phone
    with left:
        first = st.container()
        context = controls.choose(context, *both)
    pair = tuple(context.chosen(choice.key) for choice in both)
    of = everything.of(pair)
    cells = matrix.cells(of.provisions)
    context = replace(context, selection=Selection(pair))
    with first:
        panels.headline(*sentences.pair(cells, pair, context))
    with right:
        panels.figure(law.pair(cells, of.provisions, of.review, pair, context), context)


def _practice(everything: Law, context: Context) -> None:
    of = everything.of(context.selection.countries)
    selected = select(everything.records, context.selection)
    if not len(selected["incidents"].collect()):
        panels.nothing_selected(context)
        return
    seen = practice.seen_in_court(selected, of.review)
    panels.headline(*sentences.practice(seen, context))
    against = penalties.against_the_line(of.tiers, of.review, penalties.OVERALL)
    panels.figure(law_practice.beside(against, practice.terms(selected), of.review, context), context)
    panels.figure(law_practice.table(seen, against, of.review, context), context)


PARTS: Final[dict[str, Callable[[Law, Context], None]]] = {
    "matrix": _matrix,
    "penalties": _penalties,
    "treaties": _treaties,
    "reforms": _reforms,
    "loopholes": _loopholes,
    "corridors": _corridors,
    "compare": _compare,
    "practice": _practice,
}

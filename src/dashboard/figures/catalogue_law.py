"""The figures of the law, for the catalogue. What the reader did not choose has its usual value."""

from dataclasses import replace
from typing import Final

import narwhals as nw

from dashboard.analysis import Frame
from dashboard.analysis.law import corridor, gaps, matrix, penalties, practice, reforms
from dashboard.analysis.select import select
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
from dashboard.figures.law_material import USUAL, Law, cell, gap_country, law_of, legs, moved, pair, weights
from dashboard.figures.material import Entry, Material
from dashboard.figures.spec import FigureSpec

EVENTS: Final = 25  # changes in the table under the timeline


def _read(m: Material) -> tuple[Law, Context]:
    """The law of the chosen countries, and who reads it."""
    context = m.reader(USUAL)
    return law_of(m, context, context.selection.countries), context


def _matrix(m: Material) -> FigureSpec:
    of, context = _read(m)
    return law.matrix(of.cells, of.provisions, of.review, ".".join(cell(context)), context)


def matrix_headline(m: Material) -> tuple[str, str]:
    """The first sentences of the matrix."""
    of, context = _read(m)

    def said() -> tuple[str, str]:
        return sentences.matrix(of.cells, matrix.overlap(matrix.scores(of.cells, {})), context)

    first: tuple[str, str] = m.as_seen("law-matrix-headline", said)
    return first


def _one(m: Material) -> FigureSpec:
    of, context = _read(m)
    country, topic = cell(context)
    cells = of.cells
    return law.one(cells, of.provisions, of.review, country, f"{country}.{topic}", context)


def _cell(m: Material) -> FigureSpec:
    of, context = _read(m)
    country, topic = cell(context)
    return law_cards.behind(matrix.behind(of.provisions, country, topic), country, topic, of.review, context)


def _ranges(m: Material) -> FigureSpec:
    of, context = _read(m)
    cells = of.cells
    plain = matrix.scores(cells, {})
    pillars, doubled, topics = weights(context)
    if not any(topics.values()):  # nothing would be scored: the page says so in place of the figure
        pillars, doubled, topics = dict.fromkeys(pillars, 1.0), (), dict.fromkeys(topics, 1.0)
    scored = matrix.scores(cells, moved(topics)) if moved(topics) else plain
    return law_scores.ranges(scored, plain, sentences.weights(pillars, doubled, context), of.review, context)


def _reply(m: Material) -> FigureSpec:
    of, context = _read(m)
    return law_cards.reply(of.review, context)


def _line(m: Material) -> FigureSpec:
    of, context = _read(m)
    offence = context.chosen("offence")
    return law_penalties.line(penalties.against_the_line(of.tiers, of.review, offence), offence, of.review, context)


def _penalties(m: Material) -> FigureSpec:
    of, context = _read(m)
    offence = context.chosen("offence")
    tiers, fines = penalties.of_offence(of.tiers, offence), penalties.fines(of.provisions, offence)
    return law_penalties.table(tiers, fines, of.provisions, offence, of.review, context)


def _treaties(m: Material) -> FigureSpec:
    of, context = _read(m)
    return law_treaties.commitments(of.treaties, of.review, context)


def events(of: Law, context: Context) -> Frame:
    """The changes of the law up to the date that was chosen."""
    when, found = context.chosen(words.AS_OF), reforms.events(of.provisions, of.treaties)
    return found if when == words.LATEST else found.filter(nw.col("year") <= int(when))


def _timeline(m: Material) -> FigureSpec:
    of, context = _read(m)
    return law_treaties.timeline(reforms.count_by_year(events(of, context)), of.review, context)


def _events(m: Material) -> FigureSpec:
    of, context = _read(m)
    return law_treaties.events(events(of, context), EVENTS, of.review, context)


def _loopholes(m: Material) -> FigureSpec:
    context = m.reader(USUAL)
    found = gaps.loopholes(m.records["loopholes"], context.selection.countries, context.view["topic"])
    everything = law_of(m, context)
    return law_loopholes.cards(found, everything.provisions, everything.review, context)


def _gaps(m: Material) -> FigureSpec:
    context = m.reader(USUAL)
    country = gap_country(context)
    one = law_of(m, context, (country,))
    reader = replace(context, selection=Selection((country,)))
    return law_loopholes.gap_list(gaps.of_country(one.provisions, country), country, one.review, reader)


def _on_route(m: Material) -> tuple[Law, tuple[str, ...], Context]:
    """The law of the legs of the route, the legs, and a reader who chose them."""
    context = m.reader(USUAL)
    route = legs(m.records, context)
    return law_of(m, context, route), route, replace(context, selection=Selection(route))


def _legs(m: Material) -> FigureSpec:
    of, route, context = _on_route(m)
    return law.legs(of.cells, of.provisions, of.review, route, corridor.TOPICS, context)


def _weakest(m: Material) -> FigureSpec:
    of, route, context = _on_route(m)
    found = corridor.weakest_legs(of.cells, route)
    against = penalties.against_the_line(of.tiers, of.review, penalties.OVERALL)
    return law_corridor.weakest(found, against, of.review, context)


def _on_the_way(m: Material) -> FigureSpec:
    context = m.reader(USUAL)
    route = legs(m.records, context)
    everywhere = replace(context, selection=replace(context.selection, countries=()))  # the route says which
    return law_corridor.incidents(
        corridor.on_the_way(select(m.records, everywhere.selection), route), route, everywhere
    )


def _pair(m: Material) -> FigureSpec:
    context = m.reader(USUAL)
    both = pair(context)
    of, reader = law_of(m, context, both), replace(context, selection=Selection(both))
    return law.pair(of.cells, of.provisions, of.review, both, reader)


def _practice(m: Material) -> FigureSpec:
    of, context = _read(m)
    against = penalties.against_the_line(of.tiers, of.review, penalties.OVERALL)
    return law_practice.beside(against, practice.terms(m.selected), of.review, context)


def _practice_table(m: Material) -> FigureSpec:
    of, context = _read(m)
    against = penalties.against_the_line(of.tiers, of.review, penalties.OVERALL)
    return law_practice.table(practice.seen_in_court(m.selected, of.review), against, of.review, context)


LAW: Final[dict[str, Entry]] = {
    "law-matrix": Entry("law", _matrix, is_of_incidents=False),
    "law-country": Entry("law", _one, is_of_incidents=False),
    "law-cell": Entry("law", _cell, is_of_incidents=False),
    "law-ranges": Entry("law", _ranges, is_of_incidents=False),
    "law-reply": Entry("law", _reply, is_of_incidents=False),
    "law-line": Entry("law", _line, "penalties", is_of_incidents=False),
    "law-penalties": Entry("law", _penalties, "penalties", is_of_incidents=False),
    "law-treaties": Entry("law", _treaties, "treaties", is_of_incidents=False),
    "law-timeline": Entry("law", _timeline, "reforms", is_of_incidents=False),
    "law-events": Entry("law", _events, "reforms", is_of_incidents=False),
    "law-loopholes": Entry("law", _loopholes, "loopholes", is_of_incidents=False),
    "law-gaps": Entry("law", _gaps, "loopholes", is_of_incidents=False),
    "law-legs": Entry("law", _legs, "corridors", is_of_incidents=False),
    "law-weakest": Entry("law", _weakest, "corridors", is_of_incidents=False),
    "law-corridor-incidents": Entry("law", _on_the_way, "corridors", is_of_incidents=False),
    "law-pair": Entry("law", _pair, "compare", is_of_incidents=False),
    "law-practice": Entry("law", _practice, "practice"),
    "law-practice-table": Entry("law", _practice_table, "practice"),
}

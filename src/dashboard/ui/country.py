"""The page of one country: what a delegation speaks to, one part of its report per screen."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.analysis import country as counts
from dashboard.domain.fields import N_, RANGE_COUNTRIES
from dashboard.domain.selection import Selection
from dashboard.figures import country as words
from dashboard.figures.catalogue import Material, figure
from dashboard.figures.context import Context
from dashboard.figures.spec import FigureSpec, Kind
from dashboard.reports import country as report
from dashboard.reports.report import Section
from dashboard.ui import choices, controls, filters, maps, own, panels, reporting, session
from dashboard.ui.controls import Choice

STYLE: Final = Path(__file__).parent / "country.css"
PRESENTING: Final = Path(__file__).parent / "country_presenting.css"
SUMMARY: Final = "summary"
FILES: Final = "files"
OWN: Final = "own"
PART: Final = Choice(
    "part",
    N_("Part"),
    (SUMMARY, *(chapter.id for chapter in report.CHAPTERS), FILES, OWN),
    (SUMMARY,),
    names={
        **{chapter.id: chapter.heading for chapter in report.CHAPTERS},
        SUMMARY: N_("Summary"),
        "recorded": N_("On record"),
        "species": N_("Species"),
        "routes": N_("Routes"),
        "outcomes": N_("Outcomes"),
        "law": N_("Law"),
        "detection": N_("Detection"),
        "limits": N_("Limits"),
        FILES: N_("Reports"),
        OWN: N_("Own report"),
    },
    look="tabs",
)
INSTEAD: Final = Choice(
    "show",
    N_("Show"),
    ("countries", FILES, OWN),
    ("countries",),
    names={"countries": N_("Countries"), FILES: N_("Reports"), OWN: N_("Own report")},
    look="tabs",
)
LONGEST: Final = 140  # letters of a sentence that is a headline
ACROSS: Final = 4  # countries in a row
MAP_HEIGHT: Final = 385
MAP_HEIGHT_PRESENTING: Final = 325
SUMMARY_HEIGHT: Final = 370
TALLEST: Final = 460


def show(context: Context) -> None:
    """One country, or the twelve to choose from."""
    st.html(STYLE)
    if context.is_presenting:
        st.html(PRESENTING)
    (_one if len(context.selection.countries) == 1 else _twelve)(context)


def _one(context: Context) -> None:
    whole = _drawn_as_usual(context)  # the link of the report leads to the page, whatever part is open
    part = controls.choose(context, PART).chosen(PART.key)
    if part in {FILES, OWN}:
        _files(part, whole)
        return
    material = session.material(whole)
    (code,) = context.selection.countries
    known = _facts(material)[code]
    if not known.incident_count and context.selection != Selection((code,)):
        panels.nothing_selected(context)
    elif part == SUMMARY:
        _summary(known, material)
    else:
        section: Section = material.as_seen(("section", part), partial(_section, part, material))
        _chapter(section, material.context)


def _facts(material: Material) -> dict[str, counts.Facts]:
    """What is known of each country of the selection."""
    facts: dict[str, counts.Facts] = material.of_selection(
        "facts", lambda: counts.facts(material.records, material.selected)
    )
    return facts


def _drawn_as_usual(context: Context) -> Context:
    """The reader with what the map needs to know."""
    boundaries = session.codes_of(choices.BOUNDARIES.key)
    usual = {"boundaries": tuple(boundaries) or choices.BOUNDARIES.default, "drawing": choices.DRAWING.default}
    return replace(context, view={**context.view, **usual})


def _summary(known: counts.Facts, material: Material) -> None:
    context, t = material.context, material.context.t
    panels.headline(*words.headline(known, context))
    panels.numbers(words.numbers(known, context))
    left, right = st.columns([3, 2], gap="large")
    if context.is_presenting:  # from the back row, words need the room of the chart, which is the next part
        first, second = left, right
    else:
        first = second = right
        if known.incident_count:
            with left:
                panels.figure(figure("incidents-by-year", material), context, tallest=SUMMARY_HEIGHT)
    with first, st.container(key="missing"):
        panels.subtitle(t("What is missing"))
        panels.lines(words.missing(known, context))
    with second, st.container(key="government"):
        panels.subtitle(t("The government"))
        panels.facts(words.government(known, context))


def _section(part: str, material: Material) -> Section:
    """A chapter of the report; what a figure invites to do is done on the pages of the figures."""
    made = report.section(part, material)
    return replace(made, figures=tuple(replace(spec, hint="") for spec in made.figures))


def _chapter(section: Section, context: Context) -> None:
    """The first sentence is the headline; the others stand beside the figure. Of several, one at a time."""
    country = context.labels("country", context.selection.countries[0])
    panels.eyebrow(country, section.heading)
    first, *others = section.sentences
    if len(first) > LONGEST:
        first, others = section.heading, list(section.sentences)
    panels.headline(first, "")
    if not section.figures and not section.references:
        _say(others)
        return
    left, right = st.columns([1, 2], gap="large")
    with left:
        _say(others)
    with right:
        if section.figures:
            _draw(_chosen_figure(section, context), context)
        panels.references([(one.text, one.link) for one in section.references], context)


def _chosen_figure(section: Section, context: Context) -> FigureSpec:
    """The figure of a chapter; where it has several, the one that was chosen."""
    made = {spec.id: spec for spec in section.figures}
    if len(made) == 1:
        return section.figures[0]
    titles = {name: spec.title for name, spec in made.items()}  # translated already
    which = Choice(f"figure-{section.id}", N_("Figure"), tuple(made), tuple(made)[:1], names=titles, look="tabs")
    return made[controls.choose(context, which).chosen(which.key)]


def _say(sentences: list[str]) -> None:
    with st.container(key="say"):
        panels.lines(sentences)


def _draw(spec: FigureSpec, context: Context) -> None:
    if spec.kind is Kind.MAP:
        maps.show(spec, context, MAP_HEIGHT_PRESENTING if context.is_presenting else MAP_HEIGHT)
    elif spec.kind is Kind.ARCS:
        maps.show_ways(spec, context)
    else:
        panels.figure(spec, context, tallest=TALLEST)


def _twelve(context: Context) -> None:
    """The countries to choose from, in the order of the alphabet."""
    t = context.t
    shown = controls.choose(context, INSTEAD).chosen(INSTEAD.key)
    if shown in {FILES, OWN}:
        _files(shown, context)
        return
    everywhere = replace(context.selection, countries=(), provinces=())
    material = session.material(replace(context, selection=everywhere))
    found = _facts(material)
    if not any(known.incident_count for known in found.values()):
        panels.nothing_selected(context)
        return
    panels.headline(
        t("Choose a country."),
        t("In alphabetical order, not ranked: how much was searched and published differs from country to country."),
    )
    codes = sorted(RANGE_COUNTRIES, key=lambda code: context.labels("country", code))
    with st.container(key="countries", gap="medium"):
        for start in range(0, len(codes), ACROSS):
            for column, code in zip(st.columns(ACROSS, gap="medium"), codes[start : start + ACROSS], strict=False):
                with column, st.container(key=f"country-{code}", border=True, gap="small"):
                    st.button(
                        context.labels("country", code),
                        key=f"choose-{code}",
                        width="stretch",
                        type="primary" if code in context.selection.countries else "secondary",
                        on_click=session.choose,
                        args=(filters.COUNTRY, [code]),
                    )
                    panels.line(words.records(found[code], context), words.silence(found[code], context))


def _files(part: str, context: Context) -> None:
    if context.is_locked:
        t = context.t
        panels.headline(
            t("Nothing can be taken along while the projector-safe lock is on."),
            t("A file would hold the places and counts that the screen withholds."),
        )
    else:
        (reporting if part == FILES else own).show(context)

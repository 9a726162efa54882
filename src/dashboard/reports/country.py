"""The report of one country: the twenty minutes of a workshop, the two pages on a minister's desk.

A chapter is a heading, a function that says what is known in sentences, and the figures that show it. To give a
chapter a figure, add its maker from the catalogue to the chapter; to give it more to say, extend its function.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from dashboard.domain.fields import N_
from dashboard.figures.catalogue import FIGURES, Material
from dashboard.reports import country_law, country_words
from dashboard.reports.report import Reference, Report, Section


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter of every country report. *figures* are identifiers of the catalogue; slides show the first."""

    id: str
    heading: str
    say: Callable[[Material], list[str]]
    figures: tuple[str, ...] = ()
    cite: Callable[[Material], list[Reference]] | None = None


LAW_FIGURES: Final = ("law-country", "law-line", "law-treaties", "law-events")
CHAPTERS: Final = (
    Chapter("recorded", N_("What is on record"), country_words.recorded, ("incidents-by-year",)),
    Chapter("where-and-when", N_("Where and when"), country_words.where_and_when, ("map", "coverage")),
    Chapter("species", N_("Species and commodities"), country_words.species, ("commodities",)),
    Chapter("routes", N_("Trade routes"), country_words.routes, ("corridors",)),
    Chapter("outcomes", N_("What became of the cases"), country_words.outcomes, ("justice-funnel",)),
    Chapter("law", N_("The law: gaps and reforms"), country_law.law, LAW_FIGURES),
    Chapter("detection", N_("Occurrence and detection"), country_words.detection, ("questions",)),
    Chapter("limits", N_("Coverage and limits"), country_words.limits, ("evidence",)),
    Chapter("sources", N_("Sources"), country_words.sources, cite=country_words.references),
)


def report(made_from: Material) -> Report:
    """The report of the country that is selected."""
    context = made_from.context
    t = context.t
    if len(context.selection.countries) != 1:
        raise ValueError(f"a country report is of one country, got {context.selection.countries or 'none'}")
    name = context.labels("country", context.selection.countries[0])
    version = t("Data {version}", version=context.data_version)
    return Report(
        title=t("{country}: illegal wildlife trade on record", country=name),
        subtitle=" · ".join([t("Country report"), version, *([t.date(context.as_of)] if context.as_of else [])]),
        author=t("Illegal wildlife trade in High Asia"),
        lang=context.lang,
        as_of=context.as_of,
        link=context.link,
        footer=" · ".join([name, version]),
        sections=tuple(section(chapter.id, made_from) for chapter in CHAPTERS),
    )


def section(chapter_id: str, made_from: Material) -> Section:
    """One chapter, the links of whose figures lead to that part of the country page."""
    (chapter,) = (chapter for chapter in CHAPTERS if chapter.id == chapter_id)
    context = made_from.context
    return _section(chapter, made_from.seen_by(replace(context, link=f"{context.link}&part={chapter_id}")))


def _section(chapter: Chapter, made_from: Material) -> Section:
    has_incidents = country_words.has_incidents(made_from)
    entries = (FIGURES[name] for name in chapter.figures)
    figures = (entry.make(made_from) for entry in entries if has_incidents or not entry.is_of_incidents)
    return Section(
        id=chapter.id,
        heading=made_from.context.t(chapter.heading),
        sentences=tuple(chapter.say(made_from)),
        figures=tuple(spec for spec in figures if len(spec.table)),
        references=tuple(chapter.cite(made_from)) if chapter.cite else (),
    )

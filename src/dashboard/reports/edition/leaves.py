"""What stands on each page of the edition: its first sentence, its numbers, sentences and figures.

Figures are those of the catalogue, by the page and part that they stand on; a new one appears by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from dashboard.analysis import detection, overview
from dashboard.analysis.law import matrix
from dashboard.domain.fields import N_, RANGE_COUNTRIES
from dashboard.domain.selection import Selection
from dashboard.figures import detection as detection_words
from dashboard.figures import justice_words, law_sentences, parts, records, sentences, sentences_extent
from dashboard.figures.catalogue import FIGURES, Entry, Material, material
from dashboard.figures.catalogue_extent import corridors, counts, silence, unplaced
from dashboard.figures.catalogue_justice import total
from dashboard.figures.spec import FigureSpec
from dashboard.reports import country
from dashboard.reports.edition import glossary, methods
from dashboard.reports.report import Reference

HOME: Final = "overview"
PARTS: Final = {  # of a page, in the catalogue; a part without a name here has none
    **parts.EXTENT,
    **parts.JUSTICE,
    **parts.LAW,
    "records": N_("What the records can tell"),
    "lesson": N_("The one-minute lesson"),
    "experts": N_("From known to likely"),
    "months": N_("The latest months"),
}
OF_A_CHOICE: Final = {  # what shows one country, cell, pair or route that a reader chose: arbitrary on a page of all
    "law-country", "law-cell", "law-gaps", "law-pair", "law-legs", "law-weakest", "law-corridor-incidents",
}  # fmt: skip
OF_A_COUNTRY: Final = ("law-country", "law-gaps")  # of these, what the page of a country has besides its report
MADE_UP: Final = ("detection", "lesson")
NAMES: Final = {  # of the pages, in reading order; the same as in ``ui.frame``
    HOME: N_("Overview"),
    "extent": N_("Extent of the trade"),
    "justice": N_("Justice"),
    "law": N_("Law"),
    "detection": N_("Occurrence and detection"),
    "countries": N_("Countries"),
    "records": N_("Records"),
    "data": N_("Data"),
    "about": N_("About"),
    "glossary": N_("Glossary"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Chapter:
    """A heading, what can be read aloud, terms with their meaning, figures, and publications."""

    heading: str = ""
    notice: str = ""  # what a reader must not miss
    sentences: tuple[str, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    figures: tuple[FigureSpec, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """One page in one language. *ways* lead to other pages: (name of the file, what it is called, a remark)."""

    name: str
    title: str
    headline: str
    remark: str = ""
    tiles: tuple[tuple[str, str, str], ...] = ()
    chapters: tuple[Chapter, ...] = ()
    ways: tuple[tuple[str, str, str], ...] = ()


def country_page(code: str) -> str:
    """The name of the page of a country."""
    return f"country-{code}"


def leaves(m: Material) -> Iterator[Leaf]:
    """The pages in one language, in reading order. *m* is the material of a reader who selected nothing."""
    context, t = m.context, m.context.t
    known = m.known
    said = {
        HOME: sentences.headline(known, context),
        "extent": _extent(m, known),
        "justice": justice_words.headline(total(m), context),
        "law": _law(m),
        "detection": _detection(m),
    }
    for name, (headline, remark) in said.items():
        tiles = tuple(sentences.numbers(known, context)) if name == HOME else ()
        yield Leaf(name, t(NAMES[name]), headline, remark, tiles, tuple(_chapters(name, m)))
    yield _countries(m)
    for code in by_name(m):
        yield _country(code, m)
    name = NAMES["records"]
    yield Leaf("records", t(name), *sentences_extent.records(known, context), chapters=(_records(m, t(name)),))
    yield from _words(m)


def _words(m: Material) -> Iterator[Leaf]:
    """The pages for reading: the data, the methods, the glossary."""
    context, t = m.context, m.context.t
    titles = {name: t(words) for name, words in NAMES.items()}
    count = m.known.incident_count
    yield Leaf(
        "data",
        titles["data"],
        t.n("{n} incident is on record.", "{n} incidents are on record.", count),
        t("Tables as CSV, with a data package that says what each column means, licence and citation."),
        chapters=tuple(_chapters("about", m)),
    )
    told = tuple(Chapter(heading, sentences=tuple(paragraphs)) for heading, paragraphs in methods.prose(context))
    yield Leaf(
        "about",
        titles["about"],
        t("More reports do not mean more crime."),
        t("Occurrence and detection are different things; this dashboard never lets one stand for the other."),
        chapters=told,
    )
    terms = tuple(Chapter(heading, terms=found) for heading, found in glossary.chapters(context))
    yield Leaf("glossary", titles["glossary"], t("What the words mean here."), chapters=terms)


def by_name(m: Material) -> list[str]:
    """The range countries in the alphabetical order of the reader's language."""
    return sorted(RANGE_COUNTRIES, key=lambda code: m.context.labels("country", code))


def _extent(m: Material, known: overview.Headline) -> tuple[str, str]:
    return sentences_extent.where(silence(m), counts(m, "province"), unplaced(m), known, m.context)


def _law(m: Material) -> tuple[str, str]:
    cells = matrix.cells(m.records["provisions"])
    return law_sentences.matrix(cells, matrix.overlap(matrix.scores(cells, {})), m.context)


def _detection(m: Material) -> tuple[str, str]:
    given = detection.histories_of(m.records, m.context.selection, "target_group")
    return detection_words.headline(detection.designs(given, "confirmed"), m.context)


def _chapters(page: str, m: Material) -> Iterator[Chapter]:
    """The figures of a page, a chapter for each of its parts."""
    path = "" if page == HOME else page
    here = [entry for name, entry in FIGURES.items() if entry.page == path and name not in OF_A_CHOICE]
    for part, entries in groupby(here, key=lambda entry: entry.part):
        yield Chapter(
            heading=m.context.t(PARTS[part]) if part in PARTS else "",
            notice=m.context.t("Simulation: this is not data") if (page, part) == MADE_UP else "",
            sentences=_part_sentences(page, part, m),
            figures=tuple(entry.make(_seen_on(entry, m)) for entry in entries),
        )


def _part_sentences(page: str, part: str, m: Material) -> tuple[str, ...]:
    if (page, part) == ("extent", "when"):
        return sentences_extent.when(counts(m, "occurred_on_precision"), m.context)
    if (page, part) == ("extent", "what"):
        return sentences_extent.what(counts(m, "role"), m.context)
    if (page, part) == ("extent", "routes"):
        return sentences_extent.routes(corridors(m), m.context)
    return ()


def _seen_on(entry: Entry, m: Material) -> Material:
    """The same material for a reader on the page of a figure: its link leads there."""
    address, _, query = m.context.link.partition("?")
    link = f"{address.rstrip('/')}/{entry.page}?{query}" + (f"&part={entry.part}" if entry.part else "")
    return m.seen_by(replace(m.context, link=link))


def _countries(m: Material) -> Leaf:
    t, labels = m.context.t, m.context.labels
    counts, name = counts_by_country(m), NAMES["countries"]
    return Leaf(
        "countries",
        t(name),
        t("Twelve countries, each on its own page."),
        t("Countries are listed alphabetically and never ranked: depth of search differs."),
        ways=tuple(
            (
                country_page(code),
                labels("country", code),
                t.n("{n} incident is on record", "{n} incidents are on record", counts.get(code, 0)),
            )
            for code in by_name(m)
        ),
    )


def counts_by_country(m: Material) -> dict[str, int]:
    """The incidents on record of each country that has one."""
    return dict(overview.count_by(m.selected["incidents"], "country").collect().iter_rows())


def _country(code: str, m: Material) -> Leaf:
    """The country report as a page, and the records of the country."""
    link = f"{m.context.link}&country={code}"
    here = material(m.records, m.package, replace(m.context, selection=Selection((code,)), link=link))
    report = country.report(here)
    first, *others = report.sections
    headline, *told = first.sentences
    shown = {spec.id for section in report.sections for spec in section.figures}
    besides = [name for name in OF_A_COUNTRY if name in FIGURES and name not in shown]
    law = tuple(FIGURES[name].make(_seen_on(FIGURES[name], here)) for name in besides)
    chapters = [Chapter(first.heading, "", tuple(told), figures=first.figures, references=first.references)]
    for one in others:
        figures = (*one.figures, *law) if one.id == "law" else one.figures
        chapters.append(Chapter(one.heading, "", one.sentences, figures=figures, references=one.references))
    name = m.context.labels("country", code)
    title, _ = sentences_extent.records(here.known, here.context)
    return Leaf(country_page(code), name, f"{name}. {headline}", chapters=(*chapters, _records(here, title)))


def _records(m: Material, title: str) -> Chapter:
    """Every selected record in one table, the latest first."""
    count = m.known.incident_count
    if not count:
        return Chapter()
    context = replace(m.context, view={**m.context.view, "sort": ("date",), "sheet": ("1",)})
    table = records.table(m.selected, count, context, per_page=count)
    caption = m.context.t("The latest come first. A date or place is as precise as its source.")
    return Chapter(figures=(replace(table, title=title, caption=caption),))


def totals(m: Material) -> dict[str, object]:
    """The numbers that every copy of this edition must show, for the manifest."""
    known = m.known
    return {
        "incidents": known.incident_count,
        "countries": known.country_count,
        "species_groups": known.group_count,
        "final_outcomes": known.final_outcome_count,
        "convictions": known.conviction_count,
        "incidents_by_country": dict(sorted(counts_by_country(m).items())),
    }

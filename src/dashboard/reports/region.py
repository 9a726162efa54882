"""The report of several countries: what is known of each, side by side and never ranked, then each in short."""

from dataclasses import replace

from dashboard.analysis import country as counts
from dashboard.domain.fields import N_, RANGE_COUNTRIES
from dashboard.figures import country as words
from dashboard.figures import sentences
from dashboard.figures.catalogue import FIGURES, Material
from dashboard.figures.context import Context
from dashboard.reports import country_law, country_words, places
from dashboard.reports.report import Report, Section

COMPARED = (  # chapters of the comparison: heading, figures of the catalogue
    ("silence", N_("Coverage and silence"), ("coverage",)),
    ("when", N_("When the records are from"), ("incidents-by-year",)),
    ("what", N_("Species and commodities"), ("species", "commodities")),
    ("outcomes", N_("What became of the cases"), ("outcomes",)),
    ("evidence", N_("How well the records are evidenced"), ("evidence",)),
)


def countries(context: Context) -> list[str]:
    """The countries of the report, those selected or all of the range, in the alphabet of the reader."""
    return sorted(context.selection.countries or RANGE_COUNTRIES, key=lambda code: context.labels("country", code))


def report(made_from: Material) -> Report:
    """The report of the countries that are selected; of all of the range where none is."""
    context, t = made_from.context, made_from.context.t
    codes = countries(context)
    if len(codes) == 1:
        raise ValueError(f"a regional report compares countries, got {codes[0]} alone")
    names = t.list([context.labels("country", code) for code in codes])
    everywhere = set(codes) == set(RANGE_COUNTRIES)
    place = t("the snow leopard range countries") if everywhere else names
    version = t("Data {version}", version=context.data_version)
    return Report(
        title=t("Illegal wildlife trade on record: {place}", place=place),
        subtitle=" · ".join([t("Regional report"), version, *([t.date(context.as_of)] if context.as_of else [])]),
        author=t("Illegal wildlife trade in High Asia"),
        lang=context.lang,
        as_of=context.as_of,
        link=context.link,
        footer=" · ".join([t("Regional report"), version]),
        sections=(
            _side_by_side(made_from, codes),
            *(_compared(name, heading, figures, made_from) for name, heading, figures in COMPARED),
            *(_in_short(places.of_country(made_from, code)) for code in codes),
            Section("limits", t("Coverage and limits"), tuple(_limits(made_from))),
        ),
    )


def _side_by_side(made_from: Material, codes: list[str]) -> Section:
    context, t = made_from.context, made_from.context.t
    found = counts.facts(made_from.records, made_from.selected)
    shown = [found[code] for code in codes]
    silent = [context.labels("country", one.country) for one in shown if not one.agency_year_count]
    n, unknown = (sum(c) for c in zip(*((one.incident_count, one.without_outcome_count) for one in shown), strict=True))
    recorded = {"incidents": t.number(n), "countries": t.number(len(shown))}
    said = [
        t("{incidents} incidents are on record in {countries} countries; no final outcome is known.", **recorded)
        if unknown == n
        else t(
            "{incidents} incidents are on record in {countries} countries; of {unknown} no final outcome is known.",
            **recorded,
            unknown=t.number(unknown),
        ),
        t("More records do not mean more crime: they follow what was searched and published."),
        t(
            "Of {all} country-years {silent} were not searched: nothing is known of them.",
            all=t.number(sum(one.year_count for one in shown)),
            silent=t.number(sum(one.not_searched_year_count for one in shown)),
        ),
    ]
    if silent:
        said.append(t("No government report in this data version: {countries}.", countries=t.list(silent)))
    return Section("comparison", t("Countries side by side"), tuple(said), (words.comparison(shown, context),))


def _compared(name: str, heading: str, figures: tuple[str, ...], made_from: Material) -> Section:
    context, t = made_from.context, made_from.context.t
    if not country_words.has_incidents(made_from):
        wanted = tuple(one for one in figures if not FIGURES[one].is_of_incidents)
        said = country_words.nothing(context)
    else:
        wanted, said = figures, []
    made = tuple(places.figure(one, made_from) for one in wanted)
    return Section(
        f"compared-{name}",
        t(heading),
        (*said, *(t("Not known: {unknown}.", unknown=spec.unknown) for spec in made if spec.unknown)),
        tuple(spec for spec in made if len(spec.table)),
    )


def _in_short(made_from: Material) -> Section:
    """A country in a few sentences and one figure."""
    context = made_from.context
    (code,) = context.selection.countries
    known = counts.facts(made_from.records, made_from.selected)[code]
    has_incidents = known.incident_count > 0
    said = [
        *(country_words.recorded(made_from)[2:4] if has_incidents else country_words.nothing(context)),
        *(country_words.species(made_from)[:2] if has_incidents else []),
        *words.missing(known, context),
        *country_law.law(made_from)[:2],
        *country_words.government(made_from),
    ]
    heading = words.headline(known, context)[0]
    if not has_incidents:
        return Section(f"country-{code}", heading, tuple(said))
    spec = replace(places.figure("incidents-by-year", made_from), title=heading)  # else twelve slides were called alike
    return Section(f"country-{code}", "", tuple(said), (spec,))


def _limits(made_from: Material) -> list[str]:
    t = made_from.context.t
    return [t("What these records cannot say:"), *sentences.about(made_from.context)[1][1]]

"""Sentences that say what the figures show; a rapporteur can read them aloud."""

from dashboard.analysis.overview import Headline
from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.figures.context import Context


def headline(known: Headline, context: Context) -> tuple[str, str]:
    """The first sentence of the overview, and what keeps it honest."""
    return (
        recorded(known.incident_count, known.without_outcome_count, context),
        context.t("These are records that could be found, not all crime: what was not looked for is not on record."),
    )


def recorded(n: int, silent: int, context: Context) -> str:
    """That *n* incidents are on record, and of how many of them, *silent*, the end is not known."""
    t = context.t
    if silent == 0:
        unknown = t("the final outcome of each is known")
    elif silent == n:
        unknown = t("no final outcome is known")
    else:
        unknown = t.n("of {n} no final outcome is known", "of {n} no final outcome is known", silent)
    count = t.n("{n} incident is on record", "{n} incidents are on record", n)
    return t("{recorded}; {unknown}.", recorded=count, unknown=unknown)


def numbers(known: Headline, context: Context) -> list[tuple[str, str, str]]:
    """The large numbers of the overview: value, what it counts, what is not known of it."""
    t = context.t
    chosen = len(context.selection.countries) or len(RANGE_COUNTRIES)
    countries = (
        t("{n} of {all}", n=str(known.country_count), all=str(chosen)),
        t("countries with a record"),
        t("no country was searched systematically"),
    )
    return [
        (
            t.number(known.incident_count),
            t.n("recorded incident", "recorded incidents", known.incident_count),
            t("how many went unrecorded is not known"),
        ),
        *([countries] if chosen > 1 else []),
        (
            t.number(known.group_count),
            t.n("species group", "species groups", known.group_count),
            t("as the source identified them"),
        ),
        (
            t("{n} of {all}", n=t.number(known.final_outcome_count), all=t.number(known.incident_count)),
            t("with a known final outcome"),
            t.n("{n} of them a conviction", "{n} of them convictions", known.conviction_count),
        ),
    ]


def about(context: Context) -> list[tuple[str, list[str]]]:
    """What a reader must know before quoting anything: headings with their paragraphs."""
    t = context.t
    return [
        (
            t("What is here"),
            [
                t(
                    "Incidents of illegal wildlife trade in the twelve snow leopard range countries that could be "
                    "found in public sources: news, court and agency notices, reports of organisations. Each has a "
                    "source, an evidence grade and an identifier that never changes."
                ),
                t(
                    "This dashboard grew out of the 2015 Bishkek workshop on illegal wildlife trade in Central Asia, "
                    "which set out to understand the extent of the trade, assess legal systems, encourage agencies to "
                    "share information and plan monitoring."
                ),
            ],
        ),
        (
            t("What it cannot say"),
            [
                t(
                    "How much crime there is. The records follow what was published in the languages that were "
                    "searched, mostly English and Russian; press in Urdu, Hindi, Nepali, Dzongkha, Dari, Pashto and "
                    "Mongolian is hardly represented."
                ),
                t(
                    "Which country does better. Depth of search differs; countries are listed alphabetically and never "
                    "ranked."
                ),
                t(
                    "What share of arrests ends in a conviction. A source that reports an arrest seldom reports the "
                    "verdict, and a source that reports a verdict seldom mentions the arrest."
                ),
            ],
        ),
        (
            t("How records are graded"),
            [
                f"{context.labels('evidence_grade', grade)}: {context.labels.description('evidence_grade', grade)}"
                for grade in ("official", "corroborated", "single")
            ],
        ),
        (
            t("How silence is drawn"),
            [
                f"{context.labels('coverage_state', state)}: {context.labels.description('coverage_state', state)}"
                for state in ("reported", "nil", "no_report", "not_searched", "withheld")
            ],
        ),
        (
            t("People and places"),
            [
                t(
                    "Nobody accused is named. Titles that name a person who was not convicted are replaced by a "
                    "description in square brackets. Positions are nominal: no record is drawn more precisely than "
                    "its source allows."
                ),
            ],
        ),
        (
            t("Licence and how to cite"),
            [
                t(
                    "The compilation may be used under CC BY 4.0; each source keeps its own rights. The code is under "
                    "the MIT licence."
                ),
                t(
                    "Cite as: Illegal wildlife trade in the snow leopard range countries, public records, data version "
                    "{version}.",
                    version=context.data_version,
                ),
            ],
        ),
    ]

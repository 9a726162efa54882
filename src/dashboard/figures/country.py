"""What a page or a report says of one country in a line, and of several side by side: never ranked."""

from collections.abc import Iterable

import pandas as pd

from dashboard.analysis.country import Facts
from dashboard.domain.workshop import SMALLEST_CELL
from dashboard.figures import sentences
from dashboard.figures.context import Context
from dashboard.figures.overview import source
from dashboard.figures.spec import FigureSpec, Kind, columns


def headline(known: Facts, context: Context) -> tuple[str, str]:
    """The sentence that is projected while a delegation speaks, and what keeps it honest."""
    t, name = context.t, context.labels("country", known.country)
    if not known.incident_count:
        return (
            t("{country}: no incident is on record.", country=name),
            t("That nothing was recorded does not mean that nothing happened."),
        )
    return (
        t("{country}: {sentence}", country=name, sentence=records(known, context)),
        t("These are records that could be found, not all crime: what was not looked for is not on record."),
    )


def records(known: Facts, context: Context) -> str:
    """How many incidents are on record, and of how many the end is not known."""
    return sentences.recorded(known.incident_count, known.without_outcome_count, context)


def silence(known: Facts, context: Context) -> str:
    """Of how many years nothing is known."""
    return context.t.n(
        "{n} of {all} years not searched",
        "{n} of {all} years not searched",
        known.not_searched_year_count,
        all=context.t.number(known.year_count),
    )


def numbers(known: Facts, context: Context) -> list[tuple[str, str, str]]:
    """The large numbers: value, what it counts, what is not known of it."""
    t = context.t

    def of(part: int, whole: int) -> str:
        return t("{n} of {all}", n=t.number(part), all=t.number(whole))

    return [
        (
            t.number(known.incident_count),
            t.n("recorded incident", "recorded incidents", known.incident_count),
            t("how many went unrecorded is not known"),
        ),
        (of(known.reported_year_count, known.year_count), t("years with a record"), silence(known, context)),
        (
            t("under {n}", n=t.number(SMALLEST_CELL))
            if context.is_locked and 0 < known.flagship_count < SMALLEST_CELL
            else of(known.flagship_count, known.incident_count),
            t("with snow leopards"),
            t("as the source identified them"),
        ),
        (
            of(known.final_outcome_count, known.incident_count),
            t("with a known final outcome"),
            t.n("{n} of them a conviction", "{n} of them convictions", known.conviction_count),
        ),
        (
            of(known.topic_count - known.unknown_topic_count, known.topic_count),
            t("topics of the law read"),
            t.n(
                "of {n} nothing readable was found",
                "of {n} nothing readable was found",
                known.unknown_topic_count,
            ),
        ),
    ]


def government(known: Facts, context: Context) -> list[tuple[str, str]]:
    """What the government has said: names and values, the absence said as such."""
    t = context.t
    if known.agency_year_count:
        report = t.n("for {n} of {all} years", "for {n} of {all} years", known.agency_year_count,
                     all=t.number(known.year_count))  # fmt: skip
    else:
        report = t("no government report in this data version")
    return [
        (t("Reports by the government"), report),
        (t("Reading of its law"), _review(known, context)),
        (t("Government statement"), known.statement(context.lang) or t("no government statement in this data version")),
    ]


def _review(known: Facts, context: Context) -> str:
    t, status = context.t, context.labels("law_review_status", known.review) if known.review else ""
    if not known.review:
        return t("not on record")
    if known.decided_on:
        return t("{status} ({date})", status=status, date=t.date(known.decided_on))
    return f"{status}: {context.labels.description('law_review_status', known.review)}"


def missing(known: Facts, context: Context) -> list[str]:
    """What is not known or not there, each in a sentence; what is complete is left out."""
    t, incidents = context.t, context.t.number(known.incident_count)
    years, outcomes, topics = known.not_searched_year_count, known.without_outcome_count, known.unknown_topic_count
    single, routes, places = known.single_source_count, known.without_route_count, known.without_province_count
    lines = [
        years and t.n(
            "{n} year of {all} was not searched: its silence says nothing about crime.",
            "{n} years of {all} were not searched: their silence says nothing about crime.",
            years, all=t.number(known.year_count),
        ),
        outcomes and (t("No final outcome is known.") if outcomes == known.incident_count else t.n(
            "The final outcome of {n} incident of {all} is not known.",
            "The final outcome of {n} incidents of {all} is not known.",
            outcomes, all=incidents,
        )),
        single and t.n(
            "{n} incident of {all} rests on one publisher: a lead, not a finding.",
            "{n} incidents of {all} rest on one publisher each: leads, not findings.",
            single, all=incidents,
        ),
        routes and t.n(
            "No source states the route of {n} incident of {all}.",
            "No source states the route of {n} incidents of {all}.",
            routes, all=incidents,
        ),
        places and t.n(
            "For {n} incident of {all} no province is stated.",
            "For {n} incidents of {all} no province is stated.",
            places, all=incidents,
        ),
        topics and t.n(
            "On {n} topic of the law of {all} nothing readable was found.",
            "On {n} topics of the law of {all} nothing readable was found.",
            topics, all=t.number(known.topic_count),
        ),
        not known.topic_count
        and t("No legal provision of this country is on record; that does not mean that there is none."),
        not known.agency_year_count
        and t("No government report and no record of searches: detection cannot be estimated."),
    ]  # fmt: skip
    return [line for line in lines if isinstance(line, str)]


def comparison(found: Iterable[Facts], context: Context) -> FigureSpec:
    """Countries side by side in the order of the alphabet, each number with what it is out of."""
    t, labels = context.t, context.labels
    rows = [_row(known, context) for known in sorted(found, key=lambda one: labels("country", one.country))]
    table = pd.DataFrame(rows, columns=["country", "incidents", "years", "outcomes", "single", "topics", "report"])
    known = list(found)
    n = sum(one.incident_count for one in known)
    unknown = sum(one.without_outcome_count for one in known)
    return FigureSpec(
        id="countries",
        kind=Kind.TABLE,
        table=table,
        columns=columns(
            ("country", t("Country")),
            ("incidents", t("Incidents")),
            ("years", t("Years with a record")),
            ("outcomes", t("Final outcome known")),
            ("single", t("Rest on one publisher")),
            ("topics", t("Topics of the law read")),
            ("report", t("Government report")),
        ),
        title=t("What is known of each country"),
        caption=t(
            "In alphabetical order, not ranked: how much was searched and published differs from country to country, "
            "and so do the numbers."
        ),
        n=n,
        unknown=t.n("the final outcome of {n} incident", "the final outcomes of {n} incidents", unknown),
        alt=t.n("Table of {n} country.", "Table of {n} countries.", len(table)),
        passport=context.passport("countries", source(context)),
    )


def _row(known: Facts, context: Context) -> dict[str, str]:
    t = context.t

    def of(part: int, whole: int) -> str:
        return t("{n} of {all}", n=t.number(part), all=t.number(whole))

    return {
        "country": context.labels("country", known.country),
        "incidents": t.number(known.incident_count),
        "years": of(known.reported_year_count, known.year_count),
        "outcomes": of(known.final_outcome_count, known.incident_count),
        "single": of(known.single_source_count, known.incident_count),
        "topics": of(known.topic_count - known.unknown_topic_count, known.topic_count),
        "report": t.number(known.agency_year_count) if known.agency_year_count else t("none"),
    }

"""Along a route: the weakest leg of each topic, and the incidents recorded on the way."""

from collections.abc import Sequence

import pandas as pd

from dashboard.analysis import Frame
from dashboard.analysis.law.corridor import Weakest
from dashboard.figures import law_words as words
from dashboard.figures.context import Context
from dashboard.figures.spec import FigureSpec, Kind, collected, columns


def weakest(found: Sequence[Weakest], against: Frame, review: Frame, context: Context) -> FigureSpec:
    """The weakest leg by topic, in words. Takes ``corridor.weakest_legs``."""
    t, labels = context.t, context.labels
    rows = [
        {
            "topic": labels("provision_topic", topic.topic),
            "weakest": _verdict(topic, context),
            "unknown": ", ".join(labels("country", leg) for leg in topic.unknown) or t("none"),
        }
        for topic in found
    ]
    terms = collected(against).set_index("country")
    legs = found[0].known + found[0].unknown if found else ()
    silent = sum(bool(topic.unknown) for topic in found)
    return FigureSpec(
        id="law-weakest",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows),
        columns=columns(("topic", t("Topic")), ("weakest", t("Weakest leg")), ("unknown", t("Not known"))),
        title=t("The weakest leg, topic by topic"),
        caption=t(
            "The weakest among the legs that are known. Longest terms, basic offence: {terms}.",
            terms="; ".join(_term(leg, terms, context) for leg in words.by_name(legs, context)),
        ),
        n=sum(len(topic.known) for topic in found),
        unknown=t.n("a leg of {n} topic", "a leg of {n} topics", silent),
        alt="; ".join(f"{row['topic']}: {row['weakest']}" for row in rows),
        passport=words.passport("law-weakest", review, context),
    )


def _verdict(topic: Weakest, context: Context) -> str:
    t = context.t
    if topic.weakest:
        return ", ".join(context.labels("country", leg) for leg in topic.weakest)
    if topic.is_level:
        return t("the known legs are level")
    return t("cannot be said: fewer than two legs are known")


def _term(leg: str, terms: pd.DataFrame, context: Context) -> str:
    t = context.t
    months = words.blank(terms["basic_months"].get(leg))
    said = t.months(float(months)) if months else t("not read")
    return t("{country} {term}", country=context.labels("country", leg), term=said)


def incidents(found: Frame, route: Sequence[str], context: Context) -> FigureSpec:
    """The incidents recorded along the route. Takes ``corridor.on_the_way``."""
    t, labels = context.t, context.labels
    table = collected(found)
    rows = [
        {
            "occurred_on": t.date(row["occurred_on"]),
            "way": " → ".join(labels("country", code) for code in row["way"].split(">")),
            "incident_type": labels("incident_type", row["incident_type"]),
            "evidence": labels.text(words.blank(row["evidence"])),
            "outcome": labels("outcome", row["outcome"]),
            "evidence_grade": labels("evidence_grade", row["evidence_grade"]),
        }
        for row in table.to_dict("records")
    ]
    names = " → ".join(labels("country", leg) for leg in route)
    return FigureSpec(
        id="law-corridor-incidents",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows),
        columns=columns(
            ("occurred_on", t("Date")),
            ("way", t("Way")),
            ("incident_type", t("Incident type")),
            ("evidence", t("What the source says")),
            ("outcome", t("Outcome")),
            ("evidence_grade", t("Evidence")),
        ),
        title=t.n("{n} incident recorded along this route", "{n} incidents recorded along this route", len(rows)),
        caption=t(
            "Two countries of the route are on the way of the goods, in the same order. Few records state a way at all."
        ),
        n=len(rows),
        unknown=t("what moved along it unrecorded"),
        alt=t.n("Table of {n} incident.", "Table of {n} incidents.", len(rows)),
        passport=context.passport(
            "law-corridor-incidents",
            t("Public sources: news, court and agency notices. Route: {route}", route=names),
        ),
    )

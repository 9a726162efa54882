"""From what is known to what is likely: the published range, and what it would mean under an assumption."""

from dataclasses import replace

import pandas as pd

from dashboard.analysis.known import Published, implied
from dashboard.figures.context import Context
from dashboard.figures.palette import Meaning
from dashboard.figures.spans import counts
from dashboard.figures.spec import FigureSpec, Kind, Series, columns


def headline(known: Published, detection: float, context: Context) -> tuple[str, str]:
    """What the assumption would mean, with the assumption in the sentence."""
    t = context.t
    low, high = implied(known, detection)
    return (
        t(
            "If {share} of killings come to be known, {range} snow leopards would be killed a year.",
            share=t.percent(detection),
            range=counts(low, high, t),
        ),
        t(
            "Experts know of {range} a year ({first}–{last}) and think that fewer than {below} are detected. The "
            "share is an assumption you choose, and the result is arithmetic, not an estimate from the records.",
            range=counts(known.low, known.high, t),
            first=known.first_year,
            last=known.last_year,
            below=t.percent(known.detection_below),
        ),
    )


def ranges(known: Published, detection: float, least: float, context: Context) -> FigureSpec:
    """The known range and the implied one, on an axis that fits the smallest assumption *least*."""
    t = context.t
    low, high = implied(known, detection)
    table = pd.DataFrame(
        [
            {"what": "known", "low": known.low, "high": known.high, "state": "known"},
            {"what": "implied", "low": low, "high": high, "state": "implied"},
        ]
    )
    said = [counts(a, b, t) for a, b in zip(table["low"], table["high"], strict=True)]
    table["text"] = said
    table["axis_to"] = implied(known, least)[1] * 1.2
    return FigureSpec(
        id="known-to-likely",
        kind=Kind.RANGES,
        table=table,
        columns=columns(
            ("what", t("What")), ("low", t("Low")), ("high", t("High")), ("text", t("Animals killed a year"))
        ),
        title=t("Snow leopards killed a year, in the twelve range countries"),
        caption=t(
            "Assumption: {share} of killings come to be known. The share is the same at both ends and in all "
            "countries, which nobody has shown. Published figures only; no record of this dashboard goes into them.",
            share=t.percent(detection),
        ),
        n=2,
        unknown=t(
            "the share that comes to be known, of which experts say only that it is below {below}; and whether the "
            "published range allows for some of it already",
            below=t.percent(known.detection_below),
        ),
        alt=t("Two bars: known {known} a year; implied {implied} a year.", known=said[0], implied=said[1]),
        passport=replace(
            context.passport("known-to-likely", f"{known.source}; {known.detection_source}"),
            filters=t("Assumed: {share} come to be known", share=t.percent(detection)),
        ),
        series=(
            Series("known", t("Known to experts"), Meaning.RECORD),
            Series("implied", t("Implied by the assumption"), Meaning.UNKNOWN),
        ),
        series_column="state",
        labels={
            "known": t("Known to experts"),
            "implied": t("If {share} come to be known", share=t.percent(detection)),
        },
    )  # fmt: skip


def sources(known: Published, context: Context) -> FigureSpec:
    """Where the published figures were read."""
    t = context.t
    rows = [
        {
            "what": t("Animals killed a year, known to experts"),
            "value": counts(known.low, known.high, t),
            "source": known.source,
            "url": known.url,
        },
        {
            "what": t("Share detected, in the opinion of experts"),
            "value": t("below {share}", share=t.percent(known.detection_below)),
            "source": known.detection_source,
            "url": known.detection_url,
        },
    ]
    return FigureSpec(
        id="known-sources",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows),
        columns=columns(("what", t("What")), ("value", t("Value")), ("source", t("Source")), link={"source": "url"}),
        title=t("Where these figures come from"),
        caption=t("Both rest on one survey of experts (TRAFFIC 2016); neither was counted."),
        n=len(rows),
        unknown=t("how the experts arrived at them, country by country"),
        alt=t("Table of two published figures with their sources."),
        passport=replace(context.passport("known-sources", known.source), filters=t("Range-wide, published")),
    )

"""What the law allows beside what courts were seen to do. Never one index."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from dashboard.analysis import Frame
from dashboard.analysis.law.penalties import FOUR_YEARS
from dashboard.figures import law_words as words
from dashboard.figures.context import Context
from dashboard.figures.law_penalties import marks
from dashboard.figures.palette import Meaning
from dashboard.figures.spec import FigureSpec, Kind, Series, collected, columns

LAW_LANE: Final = -0.16
COURT_LANE: Final = 0.24


def beside(against: Frame, terms: Frame, review: Frame, context: Context) -> FigureSpec:
    """The tiers of the law and the terms that courts gave, on one axis of months."""
    t = context.t
    law, court = collected(against), collected(terms)
    order = words.by_name(law["country"], context)
    law = law.set_index("country").loc[order].reset_index()
    court = court[court["country"].isin(order)]
    months = pd.concat([law["top_months"], court["months"]]).dropna()
    most = float(months.max()) if len(months) else float(FOUR_YEARS)
    rows = [mark for row in law.to_dict("records") for mark in marks(row, most, context, LAW_LANE)]
    rows += [_given(row, context) for row in court.to_dict("records")]
    drawn = pd.DataFrame(rows).assign(text="")
    silent = len(set(order) - set(court["country"]))
    return FigureSpec(
        id="law-practice",
        kind=Kind.RANGE,
        table=drawn,
        columns=columns(("country", t("Country")), ("low", t("Lower end")), ("high", t("Months"))),
        title=t("What the law allows, and what courts gave"),
        caption=t(
            "Above: the longest terms in law for the snow leopard. Below: each prison term on record, all species. A "
            "recorded term is what a source reported, not a sample of sentences."
        ),
        n=len(court),
        unknown=t.n("terms in {n} country", "terms in {n} countries", silent),
        alt="; ".join(
            f"{context.labels('country', code)}: {t.number(int((court['country'] == code).sum()))}" for code in order
        ),
        passport=context.passport("law-practice", words.source(review, context)),
        series=(
            Series("tiers", t("From the basic offence to the highest tier"), Meaning.LAW),
            Series("basic", context.labels("penalty_tier", "basic"), Meaning.RECORD),
            Series("top", context.labels("penalty_tier", "top"), Meaning.CORROBORATED),
            Series("given", t("Prison term given"), Meaning.COURT),
            Series("suspended", t("Suspended term"), Meaning.OPEN),
            Series("unknown", t("No maximum for the snow leopard was read"), Meaning.UNKNOWN),
        ),
        series_column="series",
        labels=words.country_names(order, context),
        line=(float(FOUR_YEARS), t("48 months")),
        placed=(("unknown", "low"), ("unknown", "high")),
    )


def _given(row: Mapping[Any, Any], context: Context) -> dict[str, Any]:
    t = context.t
    months = float(row["months"])
    is_suspended = row["is_suspended"] is True
    said = t("{n} months, suspended", n=t.number(months)) if is_suspended else t.months(months)
    return {
        "country": row["country"],
        "series": "suspended" if is_suspended else "given",
        "low": months,
        "high": months,
        "text": "",
        "lane": COURT_LANE,
        "hover": f"{context.labels('country', row['country'])}: {said}",
    }


def table(seen: Frame, against: Frame, review: Frame, context: Context) -> FigureSpec:
    """Law and courts in numbers, side by side. Takes ``practice.seen_in_court`` and ``penalties.against_the_line``."""
    t, labels = context.t, context.labels
    lines = {row["country"]: row["line"] for row in collected(against).to_dict("records")}
    court = collected(seen).to_dict("records")
    rows = [
        {
            "country": labels("country", row["country"]),
            "line": labels("four_year_line", lines[row["country"]]),
            "unknown": t("{n} of {all}", n=t.number(row["without_outcome_count"]), all=t.number(row["incident_count"])),
            "convictions": context.count(row["conviction_count"]),
            "terms": _terms(row, context),
            "fines": context.count(row["fine_count"]),
        }
        for row in court
    ]
    silent, n = (sum(row[name] for row in court) for name in ("without_outcome_count", "incident_count"))
    return FigureSpec(
        id="law-practice-table",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows).sort_values("country", ignore_index=True),
        columns=columns(
            ("country", t("Country")),
            ("line", t("Four-year line in law")),
            ("unknown", t("Incidents without a known final outcome")),
            ("convictions", t("Convictions")),
            ("terms", t("Prison terms given")),
            ("fines", t("Money penalties reported")),
        ),
        title=t("Law and courts, country by country"),
        caption=t(
            "Counts, not rates: most sources stop at the seizure. Law and practice are not added up, and these columns "
            "are not divided by one another."
        ),
        n=n,
        unknown=t.n("final outcome of {n} incident", "final outcome of {n} incidents", silent),
        alt=t.n("Table of {n} country.", "Table of {n} countries.", len(rows)),
        passport=context.passport("law-practice-table", words.source(review, context)),
    )


def _terms(row: Mapping[Any, Any], context: Context) -> str:
    t = context.t
    if not row["term_count"]:
        return t("none on record")
    low, high = t.number(float(row["shortest_months"])), t.number(float(row["longest_months"]))
    span = low if low == high else t("{low}–{high}", low=low, high=high)
    said = t.n("{n} term of {span} months", "{n} terms of {span} months", row["term_count"], span=span)
    if row["suspended_count"]:
        return t.n("{terms}, {n} suspended", "{terms}, {n} suspended", row["suspended_count"], terms=said)
    return said

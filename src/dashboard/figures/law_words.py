"""What all figures of the law share: their source with the right of reply, their filters in words, their names."""

import re
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from dashboard.analysis import Frame
from dashboard.domain.dates import precision
from dashboard.domain.selection import Selection
from dashboard.figures.context import Context
from dashboard.figures.palette import Meaning
from dashboard.figures.spec import Passport, Series, collected

STATUSES: Final = {
    "yes": Meaning.YES,
    "partial": Meaning.PARTIAL,
    "no": Meaning.NO,
    "unknown": Meaning.UNKNOWN,
}
DOTS: Final = {"high": "•••", "medium": "••", "low": "•"}
AS_OF: Final = "asof"
LATEST: Final = "latest"
SEVERAL: Final = " | "  # between sources in one cell
ABOUT: Final = re.compile(r"c\. (\d{4}(?:-\d{4})?)")


def passport(figure_id: str, review: Frame, context: Context, *said: str) -> Passport:
    """The passport of a figure of the law: its filters are the countries, the date, and what is *said* besides.

    The filters on incidents (years, species, types, evidence) do not touch the law and are not named.
    """
    t = context.t
    countries = context.selection.countries
    of_law = replace(context, selection=Selection(countries))
    clauses = [of_law.filters_in_words() if countries else t("All range countries"), as_of(context), *said]
    made = of_law.passport(figure_id, source(review, context))
    return replace(made, filters="; ".join(clause for clause in clauses if clause))


def as_of(context: Context) -> str:
    """The date of the law in words."""
    t, chosen = context.t, context.view.get(AS_OF, (LATEST,))[-1]
    return t("Law as last read") if chosen == LATEST else t("Law as documented at the end of {year}", year=chosen)


def source(review: Frame, context: Context) -> str:
    """Where the readings come from, and whether the countries have confirmed them."""
    return context.t("Public legal texts and reports, read in part. {review}", review=review_in_words(review, context))


def review_in_words(review: Frame, context: Context) -> str:
    """The right of reply in a line: which countries confirmed or dispute the reading, and how many are drafts."""
    t, labels = context.t, context.labels
    rows = _of_selection(collected(review), context)
    said = []
    for status, group in rows.groupby("status", sort=True):
        name = labels("law_review_status", str(status))
        if status == "draft":
            draft = t.n("{status}: {n} country, confirmed by no authority yet",
                        "{status}: {n} countries, confirmed by no authority yet", len(group), status=name)  # fmt: skip
            said.append(draft)
        else:
            said.append(t("{status}: {countries}", status=name, countries=", ".join(_decided(group, context))))
    return t("Review: {statuses}.", statuses="; ".join(said))


def _decided(group: pd.DataFrame, context: Context) -> list[str]:
    t = context.t
    return [
        t("{country} ({date})", country=context.labels("country", row["country"]), date=t.date(row["decided_on"]))
        if isinstance(row["decided_on"], str)
        else context.labels("country", row["country"])
        for row in group.to_dict("records")
    ]


def _of_selection(rows: pd.DataFrame, context: Context) -> pd.DataFrame:
    countries = context.selection.countries
    return rows[rows["country"].isin(countries)] if countries else rows


def by_name(codes: Iterable[str], context: Context) -> list[str]:
    """Countries in the order of the alphabet of the reader: never ranked."""
    return sorted(set(codes), key=lambda code: context.labels("country", code))


def country_names(codes: Iterable[str], context: Context) -> dict[str, str]:
    """What each country is called."""
    return {code: context.labels("country", code) for code in codes}


def status_series(context: Context) -> tuple[Series, ...]:
    """Yes, in part, no, not known."""
    return tuple(Series(code, context.labels("provision_status", code), meaning) for code, meaning in STATUSES.items())


def blank(value: object) -> str:
    """A cell as text; what is missing is empty."""
    return "" if value is None or value is pd.NA or value != value else str(value)


def term(row: Mapping[Any, Any], context: Context) -> str:
    """A prison term in words, from ``min_months`` and ``max_months``; empty where none is stated."""
    t = context.t
    low, high = (None if not blank(row[name]) else float(row[name]) for name in ("min_months", "max_months"))
    if high is None:
        return ""
    if row.get("is_open_ended") is True:
        return t("{n} months or more", n=t.number(high))
    if low is None or low == high:
        return t("up to {n} months", n=t.number(high)) if low is None else t.months(high)
    return t("{low}–{high} months", low=t.number(low), high=t.number(high))


def money(amount: object, currency: object, context: Context) -> str:
    """A sum in its own currency; empty where none is stated."""
    text = blank(amount)
    return f"{context.t.number(float(text))} {blank(currency)}".strip() if text else ""


def published(cell: object, context: Context) -> str:
    """When the sources behind a provision were published, as printed: dates, "c. 2022", "undated copy"."""
    return "; ".join(_published(part, context) for part in blank(cell).split(SEVERAL) if part)


def _published(part: str, context: Context) -> str:
    t, translated = context.t, context.labels.text(part)
    if precision(part):
        return t.date(part)
    if context.lang == "en" or translated != part:
        return translated
    if about := ABOUT.fullmatch(part):
        return t("about {years}", years=about[1].replace("-", "–"))
    if part.startswith("after "):
        return t("after {year}", year=part.removeprefix("after "))
    if part.startswith("undated"):
        return t("undated")
    return t("consolidated text") if part.startswith("consolidated text") else part.replace(" to ", "–")


def wrapped(text: str, width: int = 60) -> str:
    """Text for a hover label, in short lines."""
    return "<br>".join(textwrap.wrap(text.replace("<", "‹").replace(">", "›"), width))

"""The provisions behind a cell, and what the countries say of the reading."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.analysis import Frame
from dashboard.figures import law_words as words
from dashboard.figures.context import Context
from dashboard.figures.spec import FigureSpec, Kind, collected, columns


def behind(rows: Frame, country: str, topic: str, review: Frame, context: Context) -> FigureSpec:
    """Every provision behind one cell. Takes ``analysis.law.matrix.behind``."""
    t, labels = context.t, context.labels
    table = collected(rows)
    known = table[table["status"] != "unknown"]
    cards = [provision(row, context) for row in known.to_dict("records")] or [_nothing_found(context)]
    return FigureSpec(
        id="law-cell",
        kind=Kind.CARDS,
        table=pd.DataFrame(cards),
        columns=columns(
            ("instrument", t("Instrument")),
            ("status", t("Status")),
            ("confidence", t("Confidence")),
            ("penalty", t("Penalty")),
            ("summary", t("What it says")),
            ("gap", t("Gap")),
            ("dates", t("Law dates from")),
            ("source", t("Source")),
            ("source_date", t("Published")),
            link={"source": "source_url"},
        ),
        title=t("{country}: {topic}", country=labels("country", country), topic=labels("provision_topic", topic)),
        caption=labels.description("provision_topic", topic),
        n=len(known),
        unknown=t("what was not read") if len(known) else t("whether there is such a law"),
        alt=t.n("{n} provision", "{n} provisions", len(known)),
        passport=words.passport("law-cell", review, context),
    )


def provision(row: Mapping[Any, Any], context: Context) -> dict[str, str]:
    """One row of ``provisions`` as a reader meets it; what is missing is empty."""
    t, labels = context.t, context.labels
    months = {"min_months": row["min_imprisonment_months"], "max_months": row["max_imprisonment_months"]}
    penalty = [words.term(months, context), words.money(row["max_fine_amount"], row["fine_currency"], context)]
    years = [
        t("adopted {year}", year=words.blank(row["year_adopted"])) if words.blank(row["year_adopted"]) else "",
        t("amended {year}", year=words.blank(row["year_amended"])) if words.blank(row["year_amended"]) else "",
    ]
    return {
        "instrument": labels.text(words.blank(row["instrument"])),
        "status": labels("provision_status", row["status"]),
        "confidence": labels("confidence", row["confidence"]) if words.blank(row["confidence"]) else "",
        "penalty": "; ".join(part for part in penalty if part),
        "summary": labels.text(words.blank(row["summary"])),
        "gap": labels.text(words.blank(row["gap_note"])),
        "dates": ", ".join(part for part in years if part),
        "source": words.blank(row["source_title"]),
        "source_url": words.blank(row["source_url"]),
        "source_date": words.published(row["source_date"], context),
    }


def _nothing_found(context: Context) -> dict[str, str]:
    t, labels = context.t, context.labels
    empty = dict.fromkeys(("confidence", "penalty", "gap", "dates", "source", "source_url", "source_date"), "")
    return {
        "instrument": t("No readable source was found"),
        "status": labels("provision_status", "unknown"),
        "summary": labels.description("provision_status", "unknown"),
        **empty,
    }


def reply(review: Frame, context: Context) -> FigureSpec:
    """What each country says of the reading of its law."""
    t, labels = context.t, context.labels
    table = collected(review)
    table = table[table["country"].isin(context.selection.countries or table["country"])]
    rows = [
        {
            "country": labels("country", row["country"]),
            "status": labels("law_review_status", row["status"]),
            "decided_on": t.date(row["decided_on"]) if words.blank(row["decided_on"]) else t("not yet"),
            "statement": words.blank(row[f"statement_{context.lang}"]) or t("no statement received"),
        }
        for row in table.to_dict("records")
    ]
    drafts = int((table["status"] == "draft").sum())
    return FigureSpec(
        id="law-reply",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows).sort_values("country", ignore_index=True),
        columns=columns(
            ("country", t("Country")),
            ("status", t("Status")),
            ("decided_on", t("Decided on")),
            ("statement", t("Statement of the authority")),
        ),
        title=t("Right of reply"),
        caption=t("A country may confirm the reading of its law or dispute it; its statement is shown in its words."),
        n=len(rows),
        unknown=t.n("whether the reading of {n} country is right", "whether the readings of {n} countries are right",
                    drafts),
        alt=words.review_in_words(review, context),
        passport=words.passport("law-reply", review, context),
    )  # fmt: skip

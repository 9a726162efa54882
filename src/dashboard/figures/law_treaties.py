"""Treaties and commitments, and when laws and treaties moved."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import pandas as pd

from dashboard.analysis import Frame
from dashboard.figures import law_words as words
from dashboard.figures.context import Context
from dashboard.figures.palette import Meaning
from dashboard.figures.spec import FigureSpec, Kind, Series, collected, columns

BY: Final = re.compile(r"by (?:([A-Z][a-z]+) )?(\d{4})")
LINKS: Final = {
    "cites": "cites_source_url",
    "category": "cites_nlp_source_url",
    "cms": "cms_source_url",
    "untoc": "untoc_source_url",
    "uncac": "uncac_source_url",
    "networks": "networks_source_url",
    "bishkek": "gslep_source_url",
    "nslep": "nslep_source_url",
}


def commitments(treaties: Frame, review: Frame, context: Context) -> FigureSpec:
    """What each country joined or promised; "not found" where it was not found."""
    t = context.t
    table = collected(treaties)
    rows = [_commitments(row, context) for row in table.to_dict("records")]
    missing = sum(value == t("not found") for row in rows for value in row.values())
    return FigureSpec(
        id="law-treaties",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows).sort_values("country", ignore_index=True),
        columns=columns(
            ("country", t("Country")),
            ("cites", t("CITES")),
            ("category", t("CITES legislation category")),
            ("cms", t("CMS")),
            ("untoc", t("UNTOC")),
            ("uncac", t("UNCAC")),
            ("networks", t("Networks")),
            ("bishkek", t("Bishkek Declaration")),
            ("nslep", t("NSLEP")),
            link=LINKS,
        ),
        title=t("Treaties and commitments"),
        caption=t(
            "“Not found” means that no source that was read says so, not that the country is no party. The category is "
            "the judgement of the CITES Secretariat on the date given."
        ),
        n=len(rows),
        unknown=t.n("{n} entry of the table", "{n} entries of the table", missing),
        alt=t.n("Table of {n} country.", "Table of {n} countries.", len(rows)),
        passport=words.passport("law-treaties", review, context),
    )


def _commitments(row: Mapping[Any, Any], context: Context) -> dict[str, str]:
    t, labels = context.t, context.labels
    sources = {name: words.blank(row[name]) for name in LINKS.values() if name in row}
    networks = {
        "sawen_source_url": row["sawen_member"] == "yes",
        "other_networks_source_url": bool(words.blank(row["other_networks"])),
    }
    category = words.blank(row["cites_nlp_category"])
    return {
        "country": labels("country", row["country"]),
        "cites": _party(row["cites_party"], row["cites_entry_into_force_year"], context),
        "category": t("{category} ({date})", category=labels("cites_nlp_category", category),
                      date=t.date(row["cites_nlp_as_of"])) if category else t("not found"),
        "cms": _party(row["cms_party"], row["cms_year"], context),
        "untoc": _party(row["untoc_party"], row["untoc_year"], context),
        "uncac": _party(row["uncac_party"], row["uncac_year"], context),
        "networks": _networks(row, context),
        "bishkek": _years({"2013": row["bishkek_declaration_2013"], "2017": row["bishkek_declaration_2017"]}, context),
        "nslep": _party(row["nslep_exists"], None, context),
        **sources,
        "networks_source_url": next((words.blank(row[url]) for url, is_found in networks.items() if is_found), "")
                               .split(" | ")[0],
    }  # fmt: skip


def _party(answer: object, year: object, context: Context) -> str:
    t = context.t
    said = words.blank(answer)
    if said in {"", "unknown"}:
        return t("not found")
    name = context.labels("treaty_answer", said)
    if said != "yes" or year is None:
        return name
    when = _when(words.blank(year), context) or t("year not found")
    return t("{answer}, {year}", answer=name, year=when)


def _when(year: str, context: Context) -> str:
    """A year, or the year by which it was known: ``by July 2003``."""
    if found := BY.fullmatch(year):
        month, known = found.groups()
        date = f"{known}-{datetime.strptime(month, '%B').month:02}" if month else known
        return context.t("known by {date}", date=context.t.date(date))
    return year


def _years(answers: Mapping[str, object], context: Context) -> str:
    return ", ".join(year for year, answer in answers.items() if answer == "yes") or context.t("not found")


def _networks(row: Mapping[Any, Any], context: Context) -> str:
    t = context.t
    found = [t("SAWEN")] if row["sawen_member"] == "yes" else []
    if words.blank(row["other_networks"]):
        found.append(context.labels.text(words.blank(row["other_networks"])))
    return "; ".join(found) or t("not found")


def timeline(counts: Frame, review: Frame, context: Context) -> FigureSpec:
    """In which years laws and treaties of each country moved. Takes ``reforms.count_by_year``."""
    t = context.t
    table = collected(counts)
    n = int(table["event_count"].sum())
    return FigureSpec(
        id="law-timeline",
        kind=Kind.GRID,
        table=table,
        columns=columns(("year", t("Year")), ("country", t("Country")), ("event_count", t("Changes"))),
        title=t("When laws were adopted or amended, and treaties joined"),
        caption=t("A number counts the changes that the provisions state. An empty year means that no row names it."),
        n=n,
        unknown=t("changes that no source names"),
        alt=t.n("Grid of {n} change by country and year.", "Grid of {n} changes by country and year.", n),
        passport=words.passport("law-timeline", review, context),
        series=(
            Series("law", t("A law was adopted or amended"), Meaning.RECORD),
            Series("treaty", t("Only a treaty was joined"), Meaning.NIL),
        ),
        series_column="kind",
        labels=words.country_names(table["country"].unique(), context),
    )


def events(found: Frame, limit: int, review: Frame, context: Context) -> FigureSpec:
    """The latest changes as a table. Takes ``reforms.events``."""
    t, labels = context.t, context.labels
    kinds = {"adopted": t("Adopted"), "amended": t("Amended"), "treaty": t("Treaty in force")}
    table = collected(found)
    rows = [
        {
            "year": words.blank(row["year"]),
            "country": labels("country", row["country"]),
            "kind": kinds[row["kind"]],
            "instrument": row["instrument"] if row["kind"] == "treaty" else labels.text(row["instrument"]),
            "topics": "; ".join(labels("provision_topic", topic) for topic in row["topics"].split()),
            "source_url": words.blank(row["source_url"]).split(" | ")[0],
        }
        for row in table.head(limit).to_dict("records")
    ]
    return FigureSpec(
        id="law-events",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows, columns=["year", "country", "kind", "instrument", "topics", "source_url"]),
        columns=columns(
            ("year", t("Year")),
            ("country", t("Country")),
            ("kind", t("Change")),
            ("instrument", t("Instrument")),
            ("topics", t("Topic")),
            link={"instrument": "source_url"},
        ),
        title=t("The latest changes"),
        caption=t("Newest first. The year is the last one that the provision states."),
        n=len(table),
        unknown=t("changes that no source names"),
        alt=t.n("Table of the latest {n} change.", "Table of the latest {n} changes.", len(rows)),
        passport=words.passport("law-events", review, context),
    )

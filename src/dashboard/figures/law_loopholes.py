"""Loopholes as cards, and the gap list of one country."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.analysis import Frame
from dashboard.figures import law_words as words
from dashboard.figures.context import Context
from dashboard.figures.law_cards import provision
from dashboard.figures.spec import FigureSpec, Kind, collected, columns


def cards(found: Sequence[Mapping[str, str]], provisions: Frame, review: Frame, context: Context) -> FigureSpec:
    """The loopholes found, each with the provisions it is tied to. Takes ``analysis.law.gaps.loopholes``."""
    t = context.t
    behind: dict[str, list[Mapping[Any, Any]]] = {}
    for row in collected(provisions).to_dict("records"):
        if row["status"] != "unknown":
            behind.setdefault(f"{row['country']}.{row['provision_topic']}", []).append(row)
    return FigureSpec(
        id="law-loopholes",
        kind=Kind.CARDS,
        table=pd.DataFrame(
            [_card(row, behind, context) for row in found],
            columns=["title", "text", "where", "instruments", "source", "source_url"],
        ),
        columns=columns(
            ("title", t("Loophole")),
            ("text", t("What was found")),
            ("where", t("Where")),
            ("instruments", t("Instruments")),
            ("source", t("Source")),
            link={"source": "source_url"},
        ),
        title=t("Loopholes that the provisions show"),
        caption=t("Only what a source supports. A country that is not named here may have the same loophole."),
        n=len(found),
        unknown=t("loopholes in provisions that were not read"),
        alt=t.n("{n} loophole", "{n} loopholes", len(found)),
        passport=words.passport("law-loopholes", review, context),
    )


def _card(row: Mapping[str, str], behind: Mapping[str, list[Mapping[Any, Any]]], context: Context) -> dict[str, str]:
    """A loophole with what is behind it; a provision that does not stand on the date chosen is left out."""
    labels, lang = context.labels, context.lang
    where: dict[str, list[str]] = {}
    tied = []
    for cell in row["cells"].split(";"):
        country, topic = cell.split(".")
        where.setdefault(labels("provision_topic", topic), []).append(labels("country", country))
        tied += behind.get(cell, [])
    own = words.blank(row["source_url"])
    linked = {url: title for p in tied for url, title in _sources(p)}
    first = dict(source for p in tied for source in _sources(p)[:1])  # one a provision: the matrix has them all
    pairs = [*first.items()] if not own else [(url, linked.get(url, _site(url))) for url in own.split(" | ")]
    return {
        "title": row[f"title_{lang}"],
        "text": row[f"text_{lang}"],
        "where": "; ".join(f"{topic}: {', '.join(names)}" for topic, names in where.items()),
        "instruments": "; ".join(dict.fromkeys(labels.text(words.blank(p["instrument"])) for p in tied)),
        "source": " | ".join(title for _, title in pairs),
        "source_url": " | ".join(url for url, _ in pairs),
    }


def _sources(row: Mapping[Any, Any]) -> list[tuple[str, str]]:
    urls, titles = words.blank(row["source_url"]).split(" | "), words.blank(row["source_title"]).split(" | ")
    return [(url, title) for url, title in zip(urls, titles, strict=False) if url]


def _site(url: str) -> str:
    return url.split("/")[2].removeprefix("www.")


def gap_list(gaps: Frame, country: str, review: Frame, context: Context) -> FigureSpec:
    """What one country could close, one row a provision. Takes ``analysis.law.gaps.of_country``."""
    t, labels = context.t, context.labels
    rows = []
    for row in collected(gaps).to_dict("records"):
        card = provision(row, context)
        if row["status"] == "unknown":
            card["gap"] = t("No readable source was found: name the law, or confirm that there is none.")
        rows.append({"topic": labels("provision_topic", row["provision_topic"]), **card})
    name = labels("country", country)
    silent = sum(row["status"] == labels("provision_status", "unknown") for row in rows)
    return FigureSpec(
        id="law-gaps",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows),
        columns=columns(
            ("topic", t("Topic")),
            ("status", t("Status")),
            ("gap", t("What is open")),
            ("instrument", t("Instrument")),
            ("penalty", t("Penalty")),
            ("source", t("Source")),
            ("source_date", t("Published")),
            ("confidence", t("Confidence")),
            link={"source": "source_url"},
        ),
        title=t("Gap list: {country}", country=name),
        caption=t(
            "Every topic that is not fully met, not known, or has a gap noted. In an exemption row “Yes” means that "
            "the exemption exists."
        ),
        n=len(rows),
        unknown=t.n("{n} topic", "{n} topics", silent),
        alt=t.n("Table of {n} open point.", "Table of {n} open points.", len(rows)),
        passport=words.passport("law-gaps", review, context, t("Gap list: {country}", country=name)),
    )

"""The scores of the countries, as ranges: what is known, and how far the unknown could move it."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.analysis import Frame
from dashboard.figures import law_words as words
from dashboard.figures.context import Context
from dashboard.figures.palette import Meaning
from dashboard.figures.spans import interval
from dashboard.figures.spec import FigureSpec, Kind, Series, collected, columns


def ranges(scored: Frame, plain: Frame, weights: str, review: Frame, context: Context) -> FigureSpec:
    """The score of each country and how far the unknown could move it. Takes ``analysis.law.matrix.scores``.

    *plain* are the scores with equal weights, drawn behind where *weights* (in words) says that they were moved.
    """
    t = context.t
    table = collected(scored)
    order = words.by_name(table["country"], context)
    table = table.set_index("country").loc[order].reset_index()
    rows = [row for record in table.to_dict("records") for row in _range(record, context)]
    if weights:
        equal = collected(plain).set_index("country").loc[order].reset_index()
        rows = [_plain(record, context) for record in equal.to_dict("records")] + rows
    drawn = pd.DataFrame(rows)
    series = (
        Series("range", t("If every unknown were 0, or 1"), Meaning.LAW),
        Series("score", t("On what is known"), Meaning.RECORD),
    )
    before = Series("plain", t("Range with equal weights"), Meaning.BEFORE)
    known, topics = int(table["known_count"].sum()), int(table["topic_count"].sum())
    return FigureSpec(
        id="law-ranges",
        kind=Kind.RANGE,
        table=drawn,
        columns=columns(
            ("country", t("Country")), ("low", t("Low")), ("high", t("Share of points")), shares=("low", "high")
        ),
        title=t("How far the unknown could move each country"),
        caption=t(
            "Points: yes 1, in part ½, no 0, not known not scored. The bar is the score if every unknown topic were 0, "
            "and if every one were 1. It describes documents that were read, not the quality of a country's law."
        ),
        n=known,
        unknown=t.n("{n} of {all} cells", "{n} of {all} cells", topics - known, all=t.number(topics)),
        alt="; ".join(row["hover"] for row in rows if row["series"] == "range"),
        passport=words.passport("law-ranges", review, context, weights),
        series=(before, *series) if weights else series,
        series_column="series",
        labels=words.country_names(order, context),
        unit=".0%",
    )  # fmt: skip


def _range(row: Mapping[Any, Any], context: Context) -> list[dict[str, Any]]:
    said = _said(row, context)
    common = {"country": row["country"], "hover": f"{context.labels('country', row['country'])}: {said}", "lane": 0.0}
    bar = {**common, "series": "range", "low": row["low"], "high": row["high"], "text": said}
    if pd.isna(row["score"]):
        return [bar]
    return [bar, {**common, "series": "score", "low": row["score"], "high": row["score"], "text": ""}]


def _plain(row: Mapping[Any, Any], context: Context) -> dict[str, Any]:
    return {
        "country": row["country"],
        "series": "plain",
        "low": row["low"],
        "high": row["high"],
        "text": "",
        "lane": 0.3,
        "hover": context.t("With equal weights: {range}", range=_said(row, context)),
    }


def _said(row: Mapping[Any, Any], context: Context) -> str:
    """Range before point."""
    t = context.t
    counts = {"known": t.number(int(row["known_count"])), "all": t.number(int(row["topic_count"]))}
    ends = interval(row["low"], row["high"], t)
    if pd.isna(row["score"]):
        return t("{range}; {known} of {all} known", range=ends, **counts)
    return t("{range}; {score} on {known} of {all}", range=ends, score=t.percent(row["score"]), **counts)

"""The legal-gap matrix: all of it, two countries, or the legs of a route."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from dashboard.analysis import Frame
from dashboard.analysis.law import matrix as law
from dashboard.figures import law_words as words
from dashboard.figures.context import Context
from dashboard.figures.spec import FigureSpec, Group, Kind, collected, columns

WIDE: Final = 5  # columns that leave room for a word in the cells


def matrix(cells: Frame, provisions: Frame, review: Frame, chosen: str, context: Context) -> FigureSpec:
    """All topics by all countries. Takes ``analysis.law.matrix.cells`` and the provisions they were read from."""
    t = context.t
    table = cells_table(cells, provisions, context)
    if table["country"].nunique() <= WIDE:
        words_and_dots = zip(_said(table["status"], context), table["text"], strict=True)
        table = table.assign(text=[f"{said} {dots}".strip() for said, dots in words_and_dots])
    groups = [Group(context.labels("law_pillar", pillar), topics) for pillar, topics in law.PILLARS.items()]
    return _matrix(
        "law-matrix",
        table,
        tuple(groups),
        chosen,
        t("What the law says, by country and topic"),
        t(
            "Dots: • low to ••• high confidence. In exemption rows “No” means it exists."
        ),
        review,
        context,
    )  # fmt: skip


def one(cells: Frame, provisions: Frame, review: Frame, country: str, chosen: str, context: Context) -> FigureSpec:
    """One country, all topics, in words: what a narrow screen shows in place of the matrix."""
    t = context.t
    table = cells_table(cells, provisions, context, order=[country])
    return _matrix(
        "law-country",
        table.assign(text=_said(table["status"], context)),
        (Group("", law.TOPICS),),
        chosen,
        t("What the law says"),
        t("In exemption rows “No” means it exists."),
        review,
        context,
        hint=t("The matrix of all countries needs a wider screen."),
    )


def pair(cells: Frame, provisions: Frame, review: Frame, countries: Sequence[str], context: Context) -> FigureSpec:
    """Two countries side by side, all topics."""
    t = context.t
    table = cells_table(cells, provisions, context, order=countries)
    return _matrix(
        "law-pair",
        table.assign(text=_said(table["status"], context)),
        (Group("", law.TOPICS),),
        "",
        t("Side by side"),
        t("In exemption rows “No” means it exists."),
        review,
        context,
    )  # fmt: skip


def legs(
    cells: Frame, provisions: Frame, review: Frame, route: Sequence[str], topics: Sequence[str], context: Context
) -> FigureSpec:
    """The legs of a route in its order, for the topics that decide on the way."""
    t = context.t
    table = cells_table(cells, provisions, context, order=route)
    table = table[table["provision_topic"].isin(topics)]
    return _matrix(
        "law-legs",
        table.assign(text=_said(table["status"], context)),
        (Group("", tuple(topics)),),
        "",
        t("The law along the route"),
        t("From left to right as the goods would travel. What is not known is not weak: it is not known."),
        review,
        context,
        t("Route: {route}", route=" → ".join(context.labels("country", leg) for leg in route)),
    )


def _said(statuses: pd.Series, context: Context) -> list[str]:
    """The status in a word, where the cells have room for one; a question mark stands for what is not known."""
    return ["?" if status == "unknown" else context.labels("provision_status", status) for status in statuses]


def _matrix(
    figure_id: str,
    table: pd.DataFrame,
    groups: tuple[Group, ...],
    chosen: str,
    title: str,
    caption: str,
    review: Frame,
    context: Context,
    *said: str,
    hint: str = "",
) -> FigureSpec:
    t = context.t
    unknown = int((table["status"] == "unknown").sum())
    counts = table["status"].value_counts()
    return FigureSpec(
        id=figure_id,
        kind=Kind.MATRIX,
        table=table,
        columns=columns(
            ("country", t("Country")),
            ("provision_topic", t("Topic")),
            ("status", t("Status")),
            ("confidence", t("Confidence")),
        ),
        title=title,
        caption=caption,
        n=int(table["provision_count"].sum()),
        unknown=t.n("{n} of {all} cells", "{n} of {all} cells", unknown, all=t.number(len(table))),
        alt="; ".join(
            f"{series.label}: {t.number(int(counts.get(series.code, 0)))}" for series in words.status_series(context)
        ),
        passport=words.passport(figure_id, review, context, *said),
        series=words.status_series(context),
        series_column="status",
        labels=_names(table, context),
        groups=groups,
        chosen=chosen,
        hint=hint,
    )


def cells_table(cells: Frame, provisions: Frame, context: Context, order: Sequence[str] | None = None) -> pd.DataFrame:
    """The cells as they are drawn: countries by name (or in *order*), with what a hover says."""
    table = collected(cells)
    countries = list(order) if order is not None else words.by_name(table["country"], context)
    table = table[table["country"].isin(countries)]
    behind: dict[tuple[str, str], list[Mapping[Any, Any]]] = {}
    for row in collected(provisions).to_dict("records"):
        behind.setdefault((row["country"], row["provision_topic"]), []).append(row)
    pairs = list(zip(table["country"], table["provision_topic"], strict=True))
    table = table.assign(
        confidence=table["confidence"].fillna(""),
        code=[f"{country}.{topic}" for country, topic in pairs],
        text=[words.DOTS.get(sure, "") for sure in table["confidence"].fillna("")],
        hover=[_hover(country, topic, status, behind[country, topic], context)
               for (country, topic), status in zip(pairs, table["status"], strict=True)],
    )  # fmt: skip
    place = {(country, topic): (a, b) for a, country in enumerate(countries) for b, topic in enumerate(law.TOPICS)}
    ordered = sorted(range(len(table)), key=lambda n: place[pairs[n]])
    return table.iloc[ordered].reset_index(drop=True)


def _hover(country: str, topic: str, status: str, rows: list[Mapping[Any, Any]], context: Context) -> str:
    t, labels = context.t, context.labels
    said = labels("provision_status", status)
    lines = [f"<b>{labels('country', country)} · {labels('provision_topic', topic)}: {said}</b>"]
    for row in rows:
        if row["status"] == "unknown":
            continue
        lines.append(words.wrapped(labels.text(words.blank(row["instrument"]))))
        if gap := words.blank(row["gap_note"]):
            lines.append("<i>" + words.wrapped(t("Gap: {gap}", gap=labels.text(gap))) + "</i>")
    if len(lines) == 1:
        lines.append(words.wrapped(labels.description("provision_status", "unknown")))
    return "<br>".join(lines)


def _names(table: pd.DataFrame, context: Context) -> dict[str, str]:
    labels = context.labels
    return {
        **words.country_names(table["country"].unique(), context),
        **{topic: labels("provision_topic", topic) for topic in table["provision_topic"].unique()},
        **{status: labels("provision_status", status) for status in words.STATUSES},
        **{sure: labels("confidence", sure) for sure in words.DOTS},
    }

"""The figures and sentences of the one-minute lesson. Everything in it is made up, and says so."""

from typing import Final

import pandas as pd

from dashboard.analysis.lesson import DISTRICTS, FIRST_EFFORT, WITH_CRIME, YEARS, Lesson
from dashboard.figures.context import Context
from dashboard.figures.origin import made_up
from dashboard.figures.palette import Meaning
from dashboard.figures.spans import percents
from dashboard.figures.spec import FigureSpec, Kind, Passport, Series, columns

STEADY: Final = 0.1  # a change of records smaller than this share of them is no change to the eye; convention


def headline(shown: Lesson, context: Context) -> tuple[str, str]:
    """The sentence that rewrites itself, and what the simulation did."""
    t = context.t
    first, last = shown.by_year.iloc[0], shown.by_year.iloc[-1]
    ratio = float(last["recorded"] / first["recorded"]) if first["recorded"] > 0 else float("nan")
    if shown.fit.status == "refused":
        model = t("With so few repeats the model declines to say whether crime changed.")
    else:
        model = t(
            "The model says {was} of districts at first and {now} at last; the truth is {truth} throughout.",
            was=percents(float(first["low"]), float(first["high"]), t),
            now=percents(float(last["low"]), float(last["high"]), t),
            truth=t.percent(shown.truth),
        )
    return _records(ratio, context), model


def _records(ratio: float, context: Context) -> str:
    t = context.t
    times = t.number(round(ratio, 1)) if ratio == ratio else ""
    if not times:
        return t("Nothing was on record at first. Crime stayed the same.")
    if abs(ratio - 2) <= STEADY:
        return t("Records doubled. Crime stayed the same.")
    if ratio > 1 + STEADY:
        return t("Records grew {times} times. Crime stayed the same.", times=times)
    if ratio < 1 - STEADY:
        return t("Records fell to {share} of what they were. Crime stayed the same.", share=t.percent(ratio))
    return t("Records stayed much the same, and so did crime.")


def lines(shown: Lesson, context: Context) -> FigureSpec:
    """Recorded share, estimated occurrence with its band, and the truth. Takes ``analysis.lesson.lesson``."""
    t, years = context.t, shown.by_year
    parts = [
        pd.DataFrame({"year": years["year"], "what": "recorded", "estimate": years["recorded"]}),
        years[["year", "low", "high"]].assign(what="occurrence", estimate=years["occurrence"]),
        pd.DataFrame({"year": years["year"], "what": "truth", "estimate": shown.truth}),
    ]
    table = pd.concat(parts, ignore_index=True)[["year", "what", "low", "high", "estimate"]]
    return FigureSpec(
        id="lesson-lines",
        kind=Kind.BANDS,
        table=table,
        columns=columns(
            ("year", t("Year of the simulation")), ("what", t("Line")), ("low", t("Low")), ("high", t("High")),
            ("estimate", t("Share of districts")), shares=("low", "high", "estimate"),
        ),
        title=t("The records rise; the estimate does not"),
        caption=t(
            "Looked at: {was} of district-quarters in the first year, {now} in the last.",
            was=t.percent(float(years["looked"].iloc[0])),
            now=t.percent(float(years["looked"].iloc[-1])),
        ),
        n=shown.fit.n_visits,
        unknown=t("nothing: in a simulation the truth is known"),
        alt=t(
            "Lines over ten years. On record: {was} to {now} of districts. The truth: {truth} throughout.",
            was=t.percent(float(years["recorded"].iloc[0])),
            now=t.percent(float(years["recorded"].iloc[-1])),
            truth=t.percent(shown.truth),
        ),
        passport=_passport("lesson-lines", shown, context),
        series=(
            Series("occurrence", t("Occurrence, as the model sees it"), Meaning.OCCURRENCE),
            Series("truth", t("The truth"), Meaning.TRUTH),
            Series("recorded", t("On record"), Meaning.RECORD),
        ),
        series_column="what",
    )  # fmt: skip


def districts(shown: Lesson, context: Context) -> FigureSpec:
    """Every district in the first and the last year. Takes ``analysis.lesson.lesson``."""
    t = context.t
    count = shown.districts.groupby(["year", "state"]).size()
    return FigureSpec(
        id="lesson-districts",
        kind=Kind.WAFFLE,
        table=shown.districts,
        columns=columns(("year", t("Year of the simulation")), ("district", t("District")), ("state", t("State"))),
        title=t("The same crime, seen better"),
        caption=t("Each square is a district; the same {n} of {all} have crime.", n=WITH_CRIME, all=DISTRICTS),
        n=DISTRICTS,
        unknown=t("nothing: in a simulation the truth is known"),
        alt=t(
            "Squares for {all} districts: on record {was} in the first year, {now} in the last.",
            all=DISTRICTS,
            was=int(count.get((1, "recorded"), 0)),
            now=int(count.get((YEARS, "recorded"), 0)),
        ),
        passport=_passport("lesson-districts", shown, context),
        series=(
            Series("recorded", t("Crime, on record"), Meaning.RECORD),
            Series("silent", t("Crime, not on record"), Meaning.UNKNOWN),
            Series("none", t("No crime"), Meaning.ABSENT),
        ),
        series_column="state",
        labels={
            "1": t("First year: {n}", n=int(count.get((1, "recorded"), 0))),
            str(YEARS): t("Last year: {n}", n=int(count.get((YEARS, "recorded"), 0))),
        },
    )


def _passport(figure_id: str, shown: Lesson, context: Context) -> Passport:
    t = context.t
    words = t(
        "Looked at: {was} to {now}; chance to find: {chance}",
        was=t.percent(FIRST_EFFORT),
        now=t.percent(shown.effort),
        chance=t.percent(shown.detection),
    )
    return made_up(context).passport(figure_id, words, context)

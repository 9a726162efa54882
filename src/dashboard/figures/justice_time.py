"""The figures of time: how long until a decision, and how old the open cases are."""

from typing import Final

import pandas as pd

from dashboard.analysis import Frame
from dashboard.analysis.justice import TimeToDecision
from dashboard.figures.context import Context
from dashboard.figures.justice_parts import source
from dashboard.figures.palette import Meaning
from dashboard.figures.spec import FigureSpec, Kind, Series, collected, columns

CURVES: Final = {
    "any": Meaning.RECORD,
    "convicted": Meaning.DECIDED,
    "acquitted": Meaning.SHRUNKEN,
    "dismissed": Meaning.STEP,
}
OLD: Final = 5  # years after which an open case is mentioned


def decision(found: TimeToDecision, context: Context) -> FigureSpec:
    """Cumulative incidence of each outcome, or the counts that are too few. Takes ``analysis.justice.time_of``."""
    return _refused(found, context) if found.refusal or found.curves.empty else _curves(found, context)


def _refused(found: TimeToDecision, context: Context) -> FigureSpec:
    t = context.t
    rows = [
        {"what": t("Decided, with a date"), "count": context.count(found.decided)},
        {"what": t("Decided, without a date"), "count": context.count(found.undated)},
        {"what": t("Not decided when last heard of"), "count": context.count(found.pending)},
    ]
    decided = found.decided + found.undated
    said = (
        t("No case here is known to be decided, and so there is no time to a decision.")
        if not decided
        else t.n(
            "Not enough dated decisions: {n} of {all} decided cases carries the date of its decision, and it takes 10.",
            "Not enough dated decisions: {n} of {all} decided cases carry the date of their decision, and it takes 10.",
            found.decided,
            all=t.number(decided),
        )
    )
    return FigureSpec(
        id="justice-time",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows),
        columns=columns(("what", t("Cases")), ("count", t("Number"))),
        title=t("Time to a decision"),
        caption=said,
        n=found.decided + found.undated + found.pending,
        unknown=_undated(found, context),
        alt=said,
        passport=context.passport("justice-time", source(context)),
    )


def _undated(found: TimeToDecision, context: Context) -> str:
    if not found.undated:
        return context.t("what the sources left out")
    return context.t.n("when {n} case was decided", "when {n} cases were decided", found.undated)


def _curves(found: TimeToDecision, context: Context) -> FigureSpec:
    t = context.t
    if found.median is None:
        said = t(
            "Fewer than half of the cases are decided while enough are left to tell; {n} are pending.",
            n=t.number(found.pending),
        )
    else:
        said = t.n(
            "Half of the cases are decided within {n} month; {pending} are pending.",
            "Half of the cases are decided within {n} months; {pending} are pending.",
            round(found.median),
            pending=t.number(found.pending),
        )
    codes = [code for code in CURVES if code in set(found.curves["outcome"])]
    names = {code: t("Any decision") if code == "any" else context.labels("outcome", code) for code in codes}
    return FigureSpec(
        id="justice-time",
        kind=Kind.CURVES,
        table=found.curves,
        columns=columns(
            ("time", t("Months since the event")),
            ("outcome", t("Outcome")),
            ("low", t("Interval from")),
            ("high", t("Interval to")),
            ("at_risk", t("Cases left")),
            ("share", t("Share decided")),
            shares=("low", "high", "share"),
        ),
        title=t("Time to a decision"),
        caption=said
        + " "
        + t("From the event, because no source dates the charge. Each curve stops where fewer than 5 cases are left."),
        n=found.decided + found.pending,
        unknown=_undated(found, context),
        alt=said,
        passport=context.passport("justice-time", source(context)),
        series=tuple(Series(code, names[code], CURVES[code]) for code in codes),
        series_column="outcome",
    )


def open_cases(ages: Frame, context: Context) -> FigureSpec:
    """Years since the event of cases under investigation. Takes ``analysis.justice.open_cases``."""
    t = context.t
    table = collected(ages)
    n = int(table["incident_count"].sum())
    old = int(table.loc[table["age_years"] > OLD, "incident_count"].sum())
    said = (
        t.n(
            "{n} case was under investigation when last heard of; {old} of them happened more than {years} "
            "years before this "
            "edition.",
            "{n} cases were under investigation when last heard of; {old} of them happened more than {years} "
            "years before "
            "this edition.",
            n,
            old=t.number(old),
            years=t.number(OLD),
        )
        if n
        else t("No case here was under investigation when last heard of.")
    )
    return FigureSpec(
        id="justice-open",
        kind=Kind.BAR,
        table=table,
        columns=columns(
            ("age_years", t("Years since the event")), ("outcome", t("Outcome")), ("incident_count", t("Cases"))
        ),
        title=t("How old the open cases are"),
        caption=said + " " + t("No later report was found; any of them may have been closed since."),
        n=n,
        unknown=t("whether they are still open"),
        alt=said,
        passport=context.passport("justice-open", source(context)),
        series=(Series("under_investigation", context.labels("outcome", "under_investigation"), Meaning.OPEN),),
        series_column="outcome",
    )

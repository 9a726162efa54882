"""What the records can carry: designs tried, where somebody looked, and every other question with its answer."""

from dataclasses import replace
from typing import Final

import pandas as pd

from dashboard.analysis import detection
from dashboard.analysis.delay import Nowcast
from dashboard.analysis.index import Index
from dashboard.analysis.occupancy import Reason
from dashboard.domain.fields import N_
from dashboard.figures import refusals
from dashboard.figures.context import Context
from dashboard.figures.palette import Meaning
from dashboard.figures.spec import FigureSpec, Kind, Passport, Series, columns

ZONES: Final = {"refused": Meaning.REFUSED, "caution": Meaning.CAUTION, "ok": Meaning.ACCEPTED}
DESIGNS: Final = {
    "1Y-M": N_("1 year, by month"),
    "1Y-Q": N_("1 year, by quarter"),
    "3Y-Q": N_("3 years, by quarter"),
    "3Y-Y": N_("3 years, by year"),
    "5Y-Y": N_("5 years, by year"),
}
LOOKED: Final = {
    "target_group": N_("where another species is on record"),
    "nil_returns": N_("where an agency answered"),
    "calendar": N_("everywhere, always (an assumption)"),
}
CERTAINTY: Final = {"confirmed": N_("confirmed"), "any": N_("all records")}
STATES: Final = {
    "present": (N_("Looked, and found"), Meaning.RECORD),
    "looked": (N_("Looked, and did not find"), Meaning.NIL),
    "left_out": (N_("Found, but nothing else shows that anyone looked"), Meaning.SINGLE),
    "blank": (N_("Blank: nobody is known to have looked"), Meaning.NOT_SEARCHED),
}


def design_name(row: pd.Series, context: Context) -> str:
    """A design in words."""
    return context.t(DESIGNS[f"{row['primary']}-{row['visit']}"])


def target(context: Context) -> str:
    """The species the page speaks of."""
    taxa = context.selection.taxa or (detection.FLAGSHIP,)
    return context.t.list([context.labels("taxon", taxon) for taxon in taxa])


def headline(planned: pd.DataFrame, context: Context) -> tuple[str, str]:
    """Whether the records can tell occurrence from detection, and how far they are from it."""
    t = context.t
    best = detection.nearest(planned)
    refuse, enough = detection.thresholds(is_dynamic=False)
    found = int(best["n_repeats"])
    if planned["is_offered"].any():
        offered = planned[planned["is_offered"]].iloc[0]
        return (
            t("Is there more crime, or do we see more of it? The records can tell, within limits."),
            t(
                "{taxa}: the finest design that carries an answer is {design}, with {found} repeats.",
                taxa=target(context),
                design=design_name(offered, context),
                found=t.number(int(offered["n_repeats"])),
            ),
        )
    if best["code"] == "UNMONITORED":
        return (
            t("Is there more crime, or do we see more of it? These records cannot tell."),
            t(
                "{taxa}: nothing says where and when somebody looked, so silence cannot be read. {lifts}",
                taxa=target(context),
                lifts=t("Nil returns of agencies would change that."),
            ),
        )
    return (
        t("Is there more crime, or do we see more of it? These records cannot tell."),
        t(
            "{taxa}: all {designs} designs are refused. The best has {found} repeats; {refuse} are the least ({gap} "
            "more), {enough} are enough ({far} more).",
            taxa=target(context),
            designs=t.number(len(planned)),
            found=t.number(found),
            refuse=t.number(refuse),
            enough=t.number(enough),
            gap=t.number(max(refuse - found, 0)),
            far=t.number(max(enough - found, 0)),
        ),
    )


def needed(planned: pd.DataFrame, context: Context) -> FigureSpec:
    """Repeat detections of each design against what the models need. Takes ``analysis.detection.designs``."""
    t = context.t
    refuse, enough = detection.thresholds(is_dynamic=False)
    table = planned[["primary", "visit", "n_repeats"]].copy()
    table.insert(0, "design", table["primary"] + "-" + table["visit"])
    table = table.assign(refuse_below=refuse, ok_from=enough)
    best = int(planned["n_repeats"].max())
    return FigureSpec(
        id="designs",
        kind=Kind.NEEDED,
        table=table[["design", "refuse_below", "ok_from", "n_repeats"]],
        columns=columns(("design", t("Design")), ("n_repeats", t("Repeats"))),
        title=t("Five ways of cutting the records, before any result is seen"),
        caption=t(
            "A repeat is a province with two or more records of the target in one period. Only repeats show how easily "
            "a crime is found where it is known to be, and so tell occurrence from detection. Below {refuse} the model "
            "declines, from {enough} on it answers without a caution.",
            refuse=t.number(refuse),
            enough=t.number(enough),
        ),
        n=int(planned["n_visits"].max()),
        unknown=t("what happened in the provinces and months nobody looked at"),
        alt=t("Repeat detections by design; the most is {best}, needed are {refuse}.", best=best, refuse=refuse),
        passport=passport("designs", context),
        series=tuple(
            Series("accepted" if code == "ok" else code, refusals.verdict(code, t), meaning)
            for code, meaning in ZONES.items()
        ),
        labels={code: t(name) for code, name in DESIGNS.items()}
        | {f"missing-{n}": t.n("{n} more is needed", "{n} more are needed", n) for n in range(1, refuse + 1)},
    )


def passport(figure_id: str, context: Context) -> Passport:
    """The passport of a figure whose target is the snow leopard unless the reader chose otherwise."""
    t = context.t
    parts = [
        t("Target: {taxa}", taxa=target(context)),
        t("Looked: {looked}", looked=t(LOOKED[context.chosen("looked")])),
        t("Records: {certainty}", certainty=t(CERTAINTY[context.chosen("certainty")])),
        context.filters_in_words(),
    ]
    plain = context.passport(figure_id, t("Public sources: news, court and agency notices"))
    return replace(plain, filters="; ".join(parts))


def designs(planned: pd.DataFrame, context: Context) -> FigureSpec:
    """The same designs with all that was counted. Takes ``analysis.detection.designs``."""
    t = context.t
    rows = []
    for _, row in planned.iterrows():
        gap = int(row["period_missing"])
        rows.append(
            {
                "design": design_name(row, context),
                "units": t.number(int(row["n_units"])),
                "visits": t.number(int(row["n_visits"])),
                "blank": t.number(int(row["n_missing_visits"])),
                "repeats": t.number(int(row["n_repeats"])),
                "left": t.number(int(row["n_imprecise"]) + int(row["n_not_looked"])),
                "period": refusals.verdict(row["period_status"], t),
                "dynamic": refusals.verdict(row["dynamic_status"], t),
                "gap": t.number(gap),
            }
        )
    return FigureSpec(
        id="design-table",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows),
        columns=columns(
            ("design", t("Design")),
            ("units", t("Provinces looked at")),
            ("visits", t("Visits made")),
            ("blank", t("Blank visits")),
            ("repeats", t("Repeats")),
            ("left", t("Records left out")),
            ("period", t("Model by period")),
            ("dynamic", t("Dynamic model")),
            ("gap", t("Repeats missing")),
        ),
        title=t("The designs in numbers"),
        caption=t(
            "A visit is one month, quarter or year in which somebody looked at a province. A blank visit is not a "
            "zero. Left out are records whose date is too coarse for the visit, or in a visit in which nothing else "
            "shows that anyone looked."
        ),
        n=int(planned["n_visits"].max()),
        unknown=t("what the blank visits would have shown"),
        alt=t("Table of the designs tried."),
        passport=passport("design-table", context),
    )


def looked(grid: pd.DataFrame, context: Context) -> FigureSpec:
    """Country by year: found, looked, blank. Takes ``analysis.detection.where_somebody_looked``."""
    t = context.t
    blank = int((grid["state"] == "blank").sum())
    return FigureSpec(
        id="looked",
        kind=Kind.GRID,
        table=grid,
        columns=columns(
            ("year", t("Year")), ("country", t("Country")), ("incident_count", t("Province-quarters with a record"))
        ),
        title=t("Where somebody is known to have looked"),
        caption=_how_looked(context),
        n=int(grid["incident_count"].sum()),
        unknown=t.n("what happened in {n} blank country-year", "what happened in {n} blank country-years", blank),
        alt=t(
            "Grid of countries and years; {blank} of {all} cells are blank.",
            blank=t.number(blank),
            all=t.number(len(grid)),
        ),
        passport=passport("looked", context),
        series=tuple(Series(code, t(label), meaning) for code, (label, meaning) in STATES.items()),
        series_column="state",
        labels={code: context.labels("country", code) for code in grid["country"].unique()},
    )


def _how_looked(context: Context) -> str:
    t = context.t
    return {
        "target_group": t(
            "No agency has sent nil returns. As a stand-in, a quarter counts as looked at when a record of another "
            "species came from the province: whoever published that would have published the target too. The "
            "target's own records never show that somebody looked."
        ),
        "nil_returns": t(
            "A quarter counts when an agency answered for it, with cases or with none. No agency has answered yet, so "
            "everything is blank."
        ),
        "calendar": t(
            "As if somebody had looked everywhere, all the time. Nobody has declared such a calendar: it is an "
            "assumption that makes silence look like absence, shown only to see whether even it would be enough."
        ),
    }[context.chosen("looked")]


def questions(planned: pd.DataFrame, latest: Nowcast, index: Index, context: Context) -> FigureSpec:
    """Every question the page could answer, its answer, and what would lift a refusal."""
    t = context.t
    best = detection.nearest(planned)
    asked = [
        (t("Where does the crime occur, and how easily is it found?"), *answer_of(best, "period", context)),
        (t("Where does it spread, and where does it die out?"), *answer_of(best, "dynamic", context)),
        (t("How many records of the latest months are still to come?"), *_of(latest.status, latest.reasons, context)),
        (t("Do counts rise once better enforcement is taken out?"), *_of(index.status, index.reasons, context)),
    ]
    rows = [{"question": q, "answer": a, "why": w, "lifts": to} for q, a, w, to in asked]
    refused = sum(1 for row in rows if row["answer"] == refusals.verdict("refused", t))
    return FigureSpec(
        id="questions",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows),
        columns=columns(
            ("question", t("Question")), ("answer", t("Answer")), ("why", t("Why")), ("lifts", t("What would lift it"))
        ),
        title=t("What can be asked, and what the records answer"),
        caption=t("A refusal is a result: it says which data to collect next."),
        n=len(rows),
        unknown=t.n("{n} of these answers", "{n} of these answers", refused),
        alt=t("Table of questions with their answers."),
        passport=passport("questions", context),
    )


def answer_of(row: pd.Series, model: str, context: Context) -> tuple[str, str, str]:
    """What a design answers with a model, why, and what would lift it."""
    t = context.t
    code, status = str(row["code"]), str(row[f"{model}_status"])
    refuse, enough = detection.thresholds(is_dynamic=model == "dynamic")
    if status == "ok":
        return refusals.verdict(status, t), "", ""
    numbers = {"found": int(row["n_repeats"]), "refuse_below": refuse, "ok_from": enough}
    reason = Reason(code or "FEW_REPEATS", "", numbers)
    return refusals.verdict(status, t), refusals.why(reason, t), refusals.lifts(reason, t)


def _of(status: str, reasons: tuple[Reason, ...], context: Context) -> tuple[str, str, str]:
    t = context.t
    lifted = " ".join(dict.fromkeys(refusals.lifts(reason, t) for reason in reasons))
    return refusals.verdict(status, t), refusals.all_of(reasons, t), lifted

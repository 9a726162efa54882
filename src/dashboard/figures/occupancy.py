"""What a fit says: occurrence and detection on one time axis, districts, silent districts, models, coefficients."""

from typing import Final

import pandas as pd

from dashboard.analysis.occupancy import Fit, model_table
from dashboard.analysis.occupancy.change import detection_by_season
from dashboard.analysis.occupancy.settings import SILENT_FROM
from dashboard.figures import refusals
from dashboard.figures.context import Context
from dashboard.figures.origin import Origin
from dashboard.figures.palette import Meaning
from dashboard.figures.spans import percents
from dashboard.figures.spec import FigureSpec, Kind, Passport, Series, columns

MOST_ROWS: Final = 15
CONSTANT: Final = "~ 1"


def passport(figure_id: str, fit: Fit, origin: Origin, context: Context) -> Passport:
    """The passport of a figure of a fit: which model, and what the guards said of it."""
    t = context.t
    words = t("Model: {model}; {status}", model=call(fit), status=refusals.verdict(fit.status, t))
    return origin.passport(figure_id, words, context)


def call(fit: Fit) -> str:
    """The exact call that makes this fit again."""
    given = ", ".join(f'{name}="{formula}"' for name, formula in fit.formulas.items())
    return f"{fit.family}(data, {given})"


def short(fit: Fit) -> str:
    """The model as short as its formulas allow, for a list on a phone: what is constant is left out."""
    given = [f"{name}{formula}".replace(" ", "") for name, formula in fit.formulas.items() if formula != CONSTANT]
    return " ".join([fit.family, *(given or [CONSTANT.replace(" ", "")])])


def two_lines(fit: Fit, origin: Origin, context: Context) -> FigureSpec:
    """Occurrence with the naive share, and detection below it, on one axis of periods."""
    t = context.t
    psi = fit.psi_by_season()
    visited = psi[psi["naive"].notna()].assign(season=lambda rows: rows["season"].astype(str))
    occurrence = visited[["season", "low", "high", "estimate"]].assign(panel="occurrence", what="occurrence")
    naive = pd.DataFrame(
        {"season": visited["season"], "estimate": visited["naive"], "panel": "occurrence", "what": "recorded"}
    )
    seen = pd.DataFrame(detection_by_season(fit), columns=["season", "estimate", "low", "high"])
    detection = seen.assign(panel="detection", what="detection")
    table = pd.concat([occurrence, naive, detection], ignore_index=True)
    return FigureSpec(
        id="occurrence-and-detection",
        kind=Kind.PANELS,
        table=table[["season", "panel", "what", "low", "high", "estimate"]],
        columns=columns(
            ("season", t("Period")), ("panel", t("Panel")), ("what", t("Line")), ("low", t("Low")),
            ("high", t("High")), ("estimate", t("Share")), shares=("low", "high", "estimate"),
        ),
        title=t("Occurrence and detection, side by side"),
        caption=t(
            "Above: in what share of districts the crime occurred, and in what share it is on record; the gap is what "
            "went unseen. Below: the chance that one visit to a district with the crime brings at least one case to "
            "light. It rises with better work, and with more crime. Bars are 95% intervals."
        ),
        n=fit.n_visits,
        unknown=t("whether detection rose through better work or through more crime in each district"),
        alt=t(
            "Occurrence {a} to {b} of districts in {season}.",
            a=t.percent(float(visited["low"].iloc[-1])),
            b=t.percent(float(visited["high"].iloc[-1])),
            season=visited["season"].iloc[-1],
        ),
        passport=passport("occurrence-and-detection", fit, origin, context),
        series=(
            Series("occurrence", t("Occurrence"), Meaning.OCCURRENCE),
            Series("recorded", t("On record"), Meaning.RECORD),
            Series("detection", t("Detection"), Meaning.DETECTION),
        ),
        series_column="what",
        labels={"occurrence": t("Share of districts"), "detection": t("Chance in one visit")},
    )  # fmt: skip


def districts(fit: Fit, origin: Origin, context: Context) -> FigureSpec:
    """Each district in the last period somebody looked: what is likely, how sure that is, and what is on record."""
    t = context.t
    latest = of_last_season(fit)
    latest["text"] = [_likely(row, context) for _, row in latest.iterrows()]
    unseen = int((~latest["is_detected"]).sum())
    return FigureSpec(
        id="districts",
        kind=Kind.TILES,
        table=latest[["site", "is_detected", "low", "high", "text", "estimate"]],
        columns=columns(
            ("site", t("District")), ("is_detected", t("On record")), ("low", t("Low")), ("high", t("High")),
            ("text", t("In words")), ("estimate", t("Chance that the crime occurs")),
            shares=("low", "high", "estimate"),
        ),
        title=t("District by district, {season}", season=str(latest["season"].iloc[0])),
        caption=t(
            "The darker, the likelier that the crime occurs, given all that was and was not found. The wider the "
            "interval, the more the colour fades to grey. A square marks a record: a fact, not an inference. "
            "Alphabetical, not ranked."
        ),
        n=len(latest),
        unknown=t.n(
            "whether the crime occurs in {n} district without a record",
            "whether the crime occurs in {n} districts without a record",
            unseen,
        ),
        alt=t.n(
            "Tiles for {n} district, with the chance that the crime occurs.",
            "Tiles for {n} districts, with the chance that the crime occurs.",
            len(latest),
        ),
        passport=passport("districts", fit, origin, context),
        series=(Series("recorded", t("On record"), Meaning.RECORD),),
        labels={
            "high": t("Likely, and well known"),
            "low": t("Unlikely, and well known"),
            "unsure": t("Hardly known"),
        },
    )  # fmt: skip


def of_last_season(fit: Fit) -> pd.DataFrame:
    """Conditional probabilities of the last period that somebody looked at, districts by name."""
    visited = [season for season, share in zip(fit.psi_by_season()["season"], fit.naive, strict=True) if share == share]
    given = fit.conditional_psi()
    latest = given[given["season"] == visited[-1]].assign(site=lambda rows: rows["site"].astype(str))
    ordered: pd.DataFrame = latest.sort_values("site", ignore_index=True)
    return ordered


def told_apart(fit: Fit) -> bool:
    """Whether occurrence depends on anything but the period; else all silent districts would be alike."""
    codings = {} if fit.engine is None else fit.engine.codings
    names = {name for part in ("psi", "gamma", "epsilon") if part in codings for name in codings[part].formula.names}
    return bool(names - {"season"})


def silent_of(fit: Fit) -> pd.DataFrame:
    """Districts without a record whose chance of the crime is at least 0.4, likeliest limits in words; by name."""
    latest = of_last_season(fit)
    return latest[~latest["is_detected"] & (latest["estimate"] >= SILENT_FROM)].reset_index(drop=True)


def silent(fit: Fit, origin: Origin, context: Context) -> FigureSpec:
    """The silent districts as a table: interval before point, and how many visits would settle it."""
    t = context.t
    found = silent_of(fit)
    needed = fit.visits_for_absence(0.95)
    visits = {
        (str(s), season): v for s, season, v in zip(needed["site"], needed["season"], needed["visits"], strict=True)
    }
    rows = [
        {
            "site": row["site"],
            "range": _range(row, context),
            "words": likely(float(row["estimate"]), context),
            "visits": _visits(visits.get((row["site"], row["season"]), float("nan")), context),
        }
        for _, row in found.head(MOST_ROWS).iterrows()
    ]
    return FigureSpec(
        id="silent",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows, columns=["site", "range", "words", "visits"]),
        columns=columns(
            ("site", t("District")),
            ("range", t("Chance of the crime, 95% interval")),
            ("words", t("In words")),
            ("visits", t("Visits without a find to be 95% sure of absence")),
        ),
        title=t("Silent districts"),
        caption=t(
            "No record, and a chance of {share} or more that the crime occurs unseen. Alphabetical; the first {n}.",
            share=t.percent(SILENT_FROM),
            n=MOST_ROWS,
        ),
        n=len(found),
        unknown=t("in which of them the crime occurs"),
        alt=t("Table of silent districts."),
        passport=passport("silent", fit, origin, context),
    )


def models(fits: list[Fit], origin: Origin, context: Context) -> FigureSpec:
    """The models by AIC, refused ones with their reasons."""
    t = context.t
    by_name = {f"{f.family}({', '.join(f'{k} {v}' for k, v in f.formulas.items())})": f for f in fits}
    rows = []
    for _, row in model_table(fits).iterrows():
        fit = by_name[row["model"]]
        rows.append(
            {
                "model": row["model"],
                "answer": refusals.verdict(row["status"], t),
                "weight": "" if pd.isna(row["weight"]) else t.percent(float(row["weight"])),
                "aic": _aic(row["aic"], row["delta"], context),
                "size": t.number(int(row["n_parameters"])),
                "why": refusals.all_of(fit.reasons, t),
            }
        )
    refused = sum(1 for fit in fits if fit.status == "refused")
    return FigureSpec(
        id="models",
        kind=Kind.TABLE,
        table=pd.DataFrame(rows),
        columns=columns(
            ("model", t("Model")), ("answer", t("Answer")), ("aic", t("AIC (above the best)")), ("weight", t("Weight")),
            ("size", t("Coefficients")), ("why", t("Why")),
        ),
        title=t("Models compared"),
        caption=t(
            "A lower AIC fits better for its size; within 2 of the best there is little to choose. A refused model is "
            "listed, never used."
        ),
        n=fits[0].n_visits,
        unknown=t.n("what {n} refused model would have said", "what {n} refused models would have said", refused)
        if refused
        else t("which further models would fit better"),
        alt=t("Table of models by AIC."),
        passport=origin.passport("models", t("All models that were asked for"), context),
    )  # fmt: skip


def likely(probability: float, context: Context) -> str:
    """A probability in words (METHODS, section 7); never "significant"."""
    t = context.t
    if probability > 0.9:
        return t("very likely")
    if probability > 0.66:
        return t("likely")
    if probability >= 0.33:
        return t("as likely as not")
    return t("unlikely") if probability >= 0.1 else t("very unlikely")


def _likely(row: pd.Series, context: Context) -> str:
    t = context.t
    if row["is_detected"]:
        return t("on record")
    if pd.isna(row["estimate"]):
        return t("not known")
    return f"{_range(row, context)}, {likely(float(row['estimate']), context)}"


def _range(row: pd.Series, context: Context) -> str:
    return percents(float(row["low"]), float(row["high"]), context.t)


def _aic(value: float, above: float, context: Context) -> str:
    t = context.t
    if pd.isna(value):
        return t("not fitted")
    best = f" (+{t.number(round(float(above), 1))})" if not pd.isna(above) else ""
    return f"{t.number(round(float(value), 1))}{best}"


def _visits(value: float, context: Context) -> str:
    return context.t("not known") if pd.isna(value) or value == float("inf") else context.t.number(int(value))

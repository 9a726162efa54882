"""The sentences of METHODS, section 4, for fits that may speak; for those that may not, the refusal with its reason."""

import numpy as np
from scipy.special import expit

from dashboard.analysis.delay import Nowcast
from dashboard.analysis.index import Index
from dashboard.analysis.occupancy import Fit
from dashboard.analysis.occupancy.change import Change, change, detection_by_season
from dashboard.analysis.occupancy.settings import SILENT_FROM
from dashboard.figures import refusals
from dashboard.figures.context import Context
from dashboard.figures.occupancy import silent_of, told_apart
from dashboard.figures.spans import counts, percents


def occurrence(fit: Fit, context: Context) -> str:
    """In what share of districts the crime occurred in the last period looked at, and in what share it is on record."""
    t = context.t
    if fit.status == "refused":
        return refused(fit, context)
    psi = fit.psi_by_season()
    last = psi[psi["naive"].notna()].iloc[-1]
    return t(
        "The crime occurred in {range} of districts in {season} (best estimate {value}); it is on record in {naive}.",
        range=percents(float(last["low"]), float(last["high"]), t),
        value=t.percent(float(last["estimate"])),
        naive=t.percent(float(last["naive"])),
        season=str(last["season"]),
    )


def detection(fit: Fit, context: Context) -> str:
    """How easily one visit brings a case to light, with what that chance stands for."""
    t = context.t
    if fit.status == "refused":
        return refused(fit, context)
    season, value, low, high = detection_by_season(fit)[-1]
    return t(
        "In a district with the crime, one visit of the effort of {season} brings at least one case to light with a "
        "chance of {range} (best estimate {value}).",
        season=season,
        range=percents(low, high, t),
        value=t.percent(value),
    )


def two_lines(fit: Fit, context: Context) -> str:
    """What became of the records, and how much of it is occurrence and how much detection."""
    t = context.t
    if fit.status == "refused":
        return refused(fit, context)
    moved = change(fit)
    if moved is None:
        return t("With one period there is no change to speak of.")
    if not moved.is_separable:
        return t(
            "Whether occurrence or detection changed cannot be told apart with this model: detection must be free to "
            "vary by period, nothing may lie on the edge of the possible, and the two changes must not stand in for "
            "each other."
        )
    return f"{_records(moved, context)} {_cause(moved, context)} " + t(
        "Occurrence changed by {value} points ({low} to {high}).",
        value=_points(moved.occurrence, context),
        low=_points(moved.low, context),
        high=_points(moved.high, context),
    )


def _records(moved: Change, context: Context) -> str:
    t = context.t
    if moved.recorded != moved.recorded:
        return t("From {first} to {last}, records appeared where there were none.", first=moved.first, last=moved.last)
    share = t.percent(abs(moved.recorded))
    if moved.recorded >= 0:
        return t(
            "From {first} to {last} the share of districts on record rose by {share}.",
            first=moved.first, last=moved.last, share=share,
        )  # fmt: skip
    return t(
        "From {first} to {last} the share of districts on record fell by {share}.",
        first=moved.first, last=moved.last, share=share,
    )  # fmt: skip


def _cause(moved: Change, context: Context) -> str:
    t = context.t
    if moved.explained_by_detection:
        if moved.recorded > 0 and moved.detection > 0:
            return t("Records up, occurrence flat, detection up: detection explains most of it.")
        return t("Detection explains most of it.")
    if not moved.low <= 0 <= moved.high:
        return t("Occurrence changed with it.")
    return t("Neither change stands out from chance.")


def _points(share: float, context: Context) -> str:
    value = round(share * 100)
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{context.t.number(abs(value))}"


def spread(fit: Fit, context: Context) -> str:
    """Into how many districts the crime spread; only a dynamic model can say."""
    t = context.t
    if fit.status == "refused":
        return refused(fit, context)
    if fit.family != "colext" or "gamma" not in set(fit.coef["parameter"]):
        return t("Only the dynamic model speaks of spread.")
    gained = fit.predict("gamma").dropna(subset=["estimate"])
    low, value, high = (float(gained[name].mean()) for name in ("low", "estimate", "high"))
    return t(
        "Of districts without the crime, {range} (best estimate {value}) gained it per period.",
        range=percents(low, high, t),
        value=t.percent(value),
    )


def silent(fit: Fit, context: Context) -> str:
    """How many districts are silent. Without covariates all silent districts would be alike, so nothing is said."""
    t = context.t
    if fit.status == "refused":
        return refused(fit, context)
    if not told_apart(fit):
        return t("Which silent districts are likelier to hide the crime cannot be said: occurrence has no covariate.")
    return t.n(
        "{n} district has no record but a chance of {share} or more of undetected crime.",
        "{n} districts have no record but a chance of {share} or more of undetected crime.",
        len(silent_of(fit)),
        share=t.percent(SILENT_FROM),
    )


def index(found: Index, context: Context) -> str:
    """The relative index of the last year against the base year; never how many."""
    t = context.t
    if found.status == "refused":
        return t("No index of traffic: {why}", why=refusals.all_of(found.reasons, t))
    last = found.table.iloc[-1]
    return t(
        "Traffic index {range} in {year} (best estimate {value}), {base} = 100.",
        range=counts(float(last["low"]), float(last["high"]), t),
        value=t.number(round(float(last["estimate"]))),
        year=int(last["year"]),
        base=found.base_year,
    )


def latest(found: Nowcast, context: Context) -> str:
    """What is still to come in the last period."""
    t = context.t
    if found.status == "refused":
        return t("The latest periods cannot be completed: {why}", why=refusals.all_of(found.reasons, t))
    last = found.table.iloc[-1]
    period = t.date(str(last["period"]))
    return t(
        "{period}: {observed} on record so far; {range} expected.",
        period=period[:1].upper() + period[1:],
        observed=t.number(int(last["observed"])),
        range=counts(float(last["low"]), float(last["high"]), t),
    )


def refused(fit: Fit, context: Context) -> str:
    """Why the model declines."""
    t = context.t
    return refusals.all_of(fit.reasons, t)


def instead(fit: Fit, context: Context) -> list[str]:
    """What may be said in place of a refused estimate (METHODS, section 5): counts, a one-sided limit, a product."""
    t = context.t
    said = []
    if fit.engine is not None:
        y = fit.engine.problem.y
        looked = ~np.isnan(y)
        last = int(np.flatnonzero(looked.any(axis=(0, 2)))[-1])
        said.append(
            t(
                "In {season}, {n} of {all} districts looked at are on record: occurrence is that at least.",
                season=str(fit.engine.problem.data.labels[1][last]),
                n=t.number(int((y[:, last] == 1).any(axis=1).sum())),
                all=t.number(int(looked[:, last].any(axis=1).sum())),
            )
        )
        if fit.coef.loc[fit.coef["parameter"] == "psi", "term"].tolist() == ["1"]:
            low, high = fit.profile("psi:1")
            if np.isfinite(low) and not np.isfinite(high):
                said.append(t("The likelihood sets one limit only: {low} or more.", low=t.percent(float(expit(low)))))
    for reason in fit.reasons:
        if reason.code == "NO_REPLICATION":
            product = t.number(round(float(str(reason.numbers["product"])), 3))
            said.append(t("Only occurrence times detection can be told: {product}.", product=product))
    return said


def headline(fit: Fit, context: Context) -> tuple[str, str]:
    """The first sentence about a fit, and the second: for a refused one why it declines, and what would lift that."""
    t = context.t
    if fit.status == "refused":
        return t("The model declines to answer."), " ".join(spoken(fit, context)[:2])
    return occurrence(fit, context), two_lines(fit, context)


def spoken(fit: Fit, context: Context) -> list[str]:
    """All that may be said of a fit; of a refused one, why it declines and what would lift that."""
    t = context.t
    if fit.status == "refused":
        lifted = " ".join(dict.fromkeys(filter(None, (refusals.lifts(reason, t) for reason in fit.reasons))))
        return [refused(fit, context), t("What would lift it: {lifts}", lifts=lifted), *instead(fit, context)]
    said = [say(fit, context) for say in (occurrence, two_lines, detection, spread, silent)]
    if fit.reasons:
        said.append(t("To be read with caution. {why}", why=refusals.all_of(fit.reasons, t)))
    return [*said, t("A chance of detection is not the efficiency of an agency: more crime is found more easily, too.")]

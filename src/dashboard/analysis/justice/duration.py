"""How long cases take to be decided."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

import narwhals as nw
import numpy as np
import pandas as pd

from dashboard.analysis import Frame
from dashboard.analysis.justice.cases import DECIDED

Array = np.ndarray[Any, np.dtype[np.float64]]
ANY: Final = "any"  # the curve of any decision at all
FEWEST_EVENTS: Final = 10  # METHODS 3.9 and 4
FEWEST_AT_RISK: Final = 5  # a curve stops before fewer cases are left
HALF: Final = 0.5
ROUNDING: Final = 1e-9
DAYS_OF_A_MONTH: Final = 30.4375  # on average
TIE: Final = 1e-7  # of a time unit, between cases that end together


class TooFew(StrEnum):
    """Why no time to decision is given."""

    FEW_DATED_DECISIONS = "few_dated_decisions"


@dataclass(frozen=True, slots=True, eq=False)
class TimeToDecision:
    """Cumulative incidence of each outcome over time since the start; or why there is none.

    *curves* has ``outcome`` (a code, or ``any``), ``time``, ``share``, ``low``, ``high``, ``at_risk``; empty where
    *refusal* says why. *median* is the time by which half of the cases are decided, ``None`` where that is not
    reached while at least 5 cases are left; *median_low* and *median_high* are its limits, ``None`` where not
    reached. Counts: cases *decided* with a date, *pending*, and *undated* (decided, on no known date; they are in no
    curve).
    """

    decided: int
    pending: int
    undated: int
    refusal: TooFew | None = None
    curves: pd.DataFrame = field(default_factory=pd.DataFrame)
    median: float | None = None
    median_low: float | None = None
    median_high: float | None = None


def time_to_decision(
    start: Sequence[float],
    end: Sequence[float | None],
    outcome: Sequence[str],
    cut: float,
    entry: Sequence[float] | None = None,
) -> TimeToDecision:
    """Cumulative incidence of each outcome (Aalen-Johansen) and of any decision (Kaplan-Meier, log-log limits).

    All times count in the same unit from the same origin. A missing *start* leaves a case out. *end* is missing for
    pending cases, which are censored at *cut*, the date up to which the data tell, and for decided ones without a
    date. *outcome* is a code, empty while pending. *entry* is when a case came under observation, where that is later
    than its start (left truncation).

    One minus Kaplan-Meier of a single outcome would overstate it: the other outcomes are not censoring. Refused with
    fewer than 10 dated decisions. Estimated with lifelines; cases that end together are set apart by a hair,
    decisions before censorings, which leaves both estimators as they are but spares lifelines its random jitter.
    """
    began, ended = np.asarray(start, dtype=float), np.asarray(end, dtype=float)
    code = np.asarray(outcome, dtype=str)
    is_decided = code != ""
    is_dated = is_decided & ~np.isnan(ended) & ~np.isnan(began)
    counted = is_dated | (~is_decided & ~np.isnan(began))
    counts = (int(is_dated.sum()), int((~is_decided).sum()), int((is_decided & ~is_dated).sum()))
    if counts[0] < FEWEST_EVENTS:
        return TimeToDecision(*counts, refusal=TooFew.FEW_DATED_DECISIONS)
    duration = np.where(is_dated, ended, cut) - began
    if (duration[counted] < 0).any():
        raise ValueError("a case ends, or the data are cut, before it starts")
    late = np.zeros_like(began) if entry is None else np.clip(np.asarray(entry, dtype=float) - began, 0, None)
    seen = counted & ((duration > late) | (late == 0))
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):  # limits where all or none are decided
        curves, median = _curves(duration[seen], code[seen], late[seen])
    return TimeToDecision(*counts, None, curves, *median)


def _curves(
    duration: Array, code: np.ndarray[Any, Any], entry: Array
) -> tuple[pd.DataFrame, tuple[float | None, float | None, float | None]]:
    from lifelines import AalenJohansenFitter, KaplanMeierFitter

    is_event = code != ""
    at_risk = {time: int(((duration >= time) & (entry < time)).sum()) for time in np.unique(duration[is_event])}
    shown = [time for time, left in at_risk.items() if left >= FEWEST_AT_RISK]
    if not shown:
        return pd.DataFrame(), (None, None, None)
    late = entry if (entry > 0).any() else None
    any_decision = KaplanMeierFitter().fit(duration, is_event, entry=late)
    parts = [_curve(ANY, 1 - any_decision.survival_function_, 1 - any_decision.confidence_interval_, at_risk, shown)]
    apart, event = _without_ties(duration, is_event), {name: i + 1 for i, name in enumerate(np.unique(code[is_event]))}
    numbers = np.array([event.get(c, 0) for c in code])
    for name, number in event.items():
        found = AalenJohansenFitter().fit(apart, numbers, event_of_interest=number, entry=late)
        parts.append(_curve(name, found.cumulative_density_, found.confidence_interval_, at_risk, shown))
    half = tuple(_half(parts[0], column) for column in ("share", "high", "low"))
    return pd.concat(parts, ignore_index=True), (half[0], half[1], half[2])


def _without_ties(duration: Array, is_event: np.ndarray[Any, Any]) -> Array:
    """Durations that differ, in their order; of those that were equal, decisions come before censorings."""
    order = np.lexsort((~is_event, duration))
    apart = np.empty_like(duration)
    apart[order] = duration[order] + np.arange(len(duration)) * TIE
    return apart


def _curve(
    name: str, share: pd.DataFrame, limits: pd.DataFrame, at_risk: dict[float, int], shown: list[float]
) -> pd.DataFrame:
    """The curve at the times that are shown. Lifelines swaps the names of the limits of Aalen-Johansen."""
    steps = share.index.to_numpy(dtype=float)
    at = np.searchsorted(steps, np.asarray(shown) + TIE * (len(steps) + 1), side="right") - 1
    bounds = limits.to_numpy(dtype=float)[at]
    return pd.DataFrame(
        {
            "outcome": name,
            "time": shown,
            "share": share.to_numpy(dtype=float)[at, 0],
            "low": bounds.min(axis=1),
            "high": bounds.max(axis=1),
            "at_risk": [at_risk[time] for time in shown],
        }
    )


def _half(curve: pd.DataFrame, column: str) -> float | None:
    """When half of the cases are decided; ``None`` where the curve ends before."""
    reached = curve.loc[curve[column] >= HALF - ROUNDING, "time"]
    return None if reached.empty else float(reached.iloc[0])


def time_of(cases: Frame, cut: str) -> TimeToDecision:
    """Months from the event to the decision of the incidents in ``cases``. *cut* is the date of the data edition.

    Incidents charged or under investigation are pending; those without a known step are left out: whether anything
    began is not known. Where the date of the record is that of the verdict or report, the start is missing. The event
    stands for the start, because no source states the day of a charge. A date that names only a year or a month is
    taken at its middle.
    """
    begun = cases.filter(nw.col("outcome") != "unknown")
    rows = begun.select("occurred_on", "date_basis", "outcome_on", "outcome").collect()
    decided = rows["outcome"].is_in(DECIDED).to_list()
    start = [
        np.nan if basis == "report_or_verdict" else _months(text)
        for text, basis in zip(rows["occurred_on"].to_list(), rows["date_basis"].to_list(), strict=True)
    ]
    end = [
        _months(text) if is_decided and isinstance(text, str) else np.nan
        for text, is_decided in zip(rows["outcome_on"].to_list(), decided, strict=True)
    ]
    outcome = [code if is_decided else "" for code, is_decided in zip(rows["outcome"].to_list(), decided, strict=True)]
    return time_to_decision(start, end, outcome, _months(cut))


def _months(text: str) -> float:
    """Months since the year 0 of a partial ISO date; the middle of what it leaves open."""
    year, *rest = (int(part) for part in text.split("-"))
    if not rest:
        return 12.0 * year + 6
    return 12.0 * year + rest[0] - 1 + (0.5 if len(rest) == 1 else (rest[1] - 1) / DAYS_OF_A_MONTH)

"""Reporting delay: what the latest periods will look like when all of their records have come in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.stats import nbinom

from dashboard.analysis.occupancy.reasons import Finding, Reason, Status, finding, status_of

FloatArray = NDArray[np.float64]

# METHODS, section 3.10; working conventions
COMPLETE_PERIODS: Final = 5
RECORDS_A_STEP: Final = 5
COMPLETENESS: Final = 0.3
BULK_SHARE: Final = 0.2
COVERED: Final = 0.95  # of the delays; where no longest delay is given


@dataclass(frozen=True, slots=True, eq=False)
class ChainLadder:
    """A completed triangle (Mack 1993, ASTIN Bulletin 23:213-225).

    ``factors`` lead from each delay to the next; ``outstanding`` and ``mack_se`` are per period, oldest first.
    A factor is NaN where nothing was seen at its start.
    """

    factors: FloatArray
    outstanding: FloatArray
    mack_se: FloatArray
    total_outstanding: float
    total_mack_se: float


@dataclass(frozen=True, slots=True, eq=False)
class Nowcast:
    """Counts completed for reporting delay.

    ``table`` has one row per period, oldest first: period, observed, completed, low, high, completeness (0-1, of the
    records expected in the end) and is_provisional. ``completed`` is NaN where nothing can be said. With the status
    "refused" only ``observed`` may be drawn. ``delay_pmf`` is the share of records that come in after 0, 1, ...
    periods.
    """

    table: pd.DataFrame
    delay_pmf: FloatArray
    max_delay: int
    n: int
    n_bulk: int
    level: float
    status: Status
    reasons: tuple[Reason, ...]

    def to_dict(self) -> dict[str, Any]:
        """Everything a download needs, in JSON types; unknown numbers are None."""
        rows = self.table.astype(object).where(self.table.notna(), None).to_dict("records")
        return {
            "status": self.status,
            "reasons": [{"code": r.code, "sentence": r.sentence, "numbers": dict(r.numbers)} for r in self.reasons],
            "table": rows,
            "delay_pmf": [None if np.isnan(share) else float(share) for share in self.delay_pmf],
            "max_delay": self.max_delay,
            "n": self.n,
            "n_bulk": self.n_bulk,
            "level": self.level,
        }


def nowcast(
    event_date: ArrayLike | pd.Series,
    entry_date: ArrayLike | pd.Series,
    period: str = "M",
    max_delay: int | None = None,
    level: float = 0.95,
    cut: str | None = None,
) -> Nowcast:
    """How many records of the latest periods are still to come?

    *event_date* is when a case came to light, *entry_date* when it entered the database; records without either, or
    entered before they happened, are left out. *period* is "M", "Q" or "Y". Records come in up to *max_delay* periods
    later (by default as long as 95% of them took). *cut* is the day the data end; a period not over by then is left
    out. Without it the period of the last entry counts as over.

    More than 20% of the records with one entry date are a bulk import: they are left out of the delay estimate.
    Refused with fewer than 5 complete periods, when a step of the delay rests on fewer than 5 records, below a
    completeness of 0.3, and when a bulk import remains (METHODS, section 3.10).
    """
    if period not in ("M", "Q", "Y"):
        raise ValueError(f"period must be M, Q or Y, got {period!r}")
    happened, entered = pd.to_datetime(pd.Series(event_date)), pd.to_datetime(pd.Series(entry_date))
    if len(happened) != len(entered):
        raise ValueError(f"event_date and entry_date must be equally long, got {len(happened)} and {len(entered)}")
    known = (happened.notna().to_numpy()) & (entered.notna().to_numpy())
    happened, entered = happened[known].reset_index(drop=True), entered[known].reset_index(drop=True)
    rows, columns = happened.dt.to_period(period), entered.dt.to_period(period)
    if rows.empty:
        return _nothing(level)
    last = columns.max() if cut is None else _last_over(cut, period)
    seen = ((columns <= last) & (entered >= happened)).to_numpy()
    rows, columns, entered = rows[seen], columns[seen], entered[seen]
    if rows.empty:
        return _nothing(level)
    delay = _ordinals(columns) - _ordinals(rows)
    bulk, findings = _bulk(entered)
    longest = max_delay if max_delay is not None else int(np.quantile(delay[~bulk], COVERED)) if (~bulk).any() else 0
    first = int(_ordinals(rows).min())
    periods = pd.period_range(rows.min(), last, freq=period)
    index = _ordinals(rows) - first
    shown = np.bincount(index, minlength=len(periods)).astype(float)
    usable = ~bulk & (delay <= longest)
    counts = np.zeros((len(periods), longest + 1))
    np.add.at(counts, (index[usable], delay[usable]), 1)
    triangle = np.where(np.add.outer(np.arange(len(periods)), np.arange(longest + 1)) < len(periods), counts, np.nan)
    completed, pmf, more = complete(triangle, shown, level)
    completed.insert(0, "period", periods.astype(str))
    findings += more
    return Nowcast(
        completed,
        pmf,
        longest,
        len(delay),
        int(bulk.sum()),
        level,
        status_of(findings),
        tuple(f.reason for f in findings),
    )


def complete(
    incremental: ArrayLike, observed: ArrayLike | None = None, level: float = 0.95
) -> tuple[pd.DataFrame, FloatArray, list[Finding]]:
    """Complete a triangle of counts: periods (oldest first) by delay, NaN where it is too early to know.

    The delay is that of reverse time, g(d) = N(d) / N(<= d) over the periods old enough to have been seen at delay d,
    and the completeness of a period seen to delay d the product of 1 - g beyond it, which is the chain ladder.
    *observed* replaces the sum of the seen cells where more is on record than the triangle holds. The interval is
    that of a negative binomial whose variance is the larger of Mack's and of the one given a Poisson count.
    """
    triangle = np.asarray(incremental, dtype=float)
    seen = ~np.isnan(triangle)
    filled = np.where(seen, triangle, 0.0)
    so_far = filled.cumsum(axis=1)
    delays = triangle.shape[1]
    findings: list[Finding] = []
    n_complete = int(seen.all(axis=1).sum())
    if n_complete < COMPLETE_PERIODS:
        findings.append(finding("FEW_PERIODS", "refused", found=n_complete, needed=COMPLETE_PERIODS))
    hazard = np.full(delays, np.nan)
    for d in range(delays):
        old = seen[:, d]
        base = float(so_far[old, d].sum())
        hazard[d] = float(filled[old, d].sum()) / base if base > 0 else np.nan
        if d and base < RECORDS_A_STEP:
            findings.append(finding("FEW_RECORDS", "refused", delay=d, found=int(base), needed=RECORDS_A_STEP))
    beyond = np.append(np.cumprod(1 - hazard[:0:-1])[::-1], 1.0)  # completeness when seen to delay d
    pmf = hazard * beyond
    reached = seen.sum(axis=1) - 1
    completeness = np.where(reached >= 0, beyond[reached], 0.0)
    least = float(np.nanmin(completeness)) if np.isfinite(completeness).any() else 0.0
    if least < COMPLETENESS:
        findings.append(finding("INCOMPLETE", "refused", completeness=least, needed=COMPLETENESS))
    count = so_far[:, -1] if observed is None else np.asarray(observed, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        total = np.where(completeness > 0, count / completeness, np.nan)
    low, high = _predictive(count, completeness, chain_ladder(so_far + np.where(seen, 0, np.nan)).mack_se, level)
    table = pd.DataFrame(
        {
            "observed": count, "completed": total, "low": low, "high": high, "completeness": completeness,
            "is_provisional": reached < delays - 1,
        }
    )  # fmt: skip
    return table, pmf, findings


def chain_ladder(cumulative: ArrayLike) -> ChainLadder:
    """Complete a cumulative triangle, with Mack's standard errors; NaN where it is too early to know.

    The variance of the last step, which one ratio cannot show, follows the rule of Mack (1993).
    """
    c = np.asarray(cumulative, dtype=float)
    n, steps = c.shape[0], c.shape[1] - 1
    factors, variance = np.full(steps, np.nan), np.zeros(steps)
    for k in range(steps):
        both = ~np.isnan(c[:, k + 1])
        start, end = c[both, k], c[both, k + 1]
        if start.sum() <= 0:
            continue
        factors[k] = end.sum() / start.sum()
        positive = start > 0
        ratios = end[positive] / start[positive]
        if both.sum() > 1:
            variance[k] = float((start[positive] * (ratios - factors[k]) ** 2).sum()) / (both.sum() - 1)
        elif k >= 2 and variance[k - 2] > 0:
            variance[k] = min(variance[k - 1] ** 2 / variance[k - 2], variance[k - 2], variance[k - 1])
    last = np.array([np.flatnonzero(~np.isnan(row)).max(initial=0) for row in c])
    full = c.copy()
    mse, spread = np.zeros(n), np.zeros(n)
    starts = np.array([np.nansum(np.where(~np.isnan(c[:, k + 1]), c[:, k], 0.0)) for k in range(steps)])
    with np.errstate(divide="ignore", invalid="ignore"):
        noise = variance / factors**2
        for i in range(n):
            for k in range(last[i], steps):
                mse[i] += noise[k] * (1 / full[i, k] + 1 / starts[k]) if variance[k] > 0 else 0.0
                spread[i] += 2 * noise[k] / starts[k] if variance[k] > 0 else 0.0
                full[i, k + 1] = full[i, k] * factors[k]
        ultimate = full[:, -1]
        mse = np.where(mse > 0, ultimate**2 * mse, 0.0)
        later = np.append(np.cumsum(ultimate[::-1])[::-1][1:], 0.0)
        total = float(np.nansum(mse + ultimate * later * spread))
    outstanding = ultimate - c[np.arange(n), last]
    return ChainLadder(factors, outstanding, np.sqrt(mse), float(np.nansum(outstanding)), float(np.sqrt(total)))


def _predictive(count: FloatArray, completeness: FloatArray, mack_se: FloatArray, level: float) -> tuple[Any, Any]:
    """Limits of the completed totals; NaN where the completeness is unknown or none."""
    share = np.where(completeness > 0, completeness, np.nan)
    mean = (count + 0.5) * (1 - share) / share  # Jeffreys prior on the mean of a Poisson count
    variance = np.maximum(mean / share, np.nan_to_num(mack_se) ** 2)
    low, high = count.copy(), count.copy()
    open_ = ~np.isnan(mean) & (mean > 0)
    size = mean[open_] ** 2 / np.maximum(variance[open_] - mean[open_], 1e-9)
    chance = size / (size + mean[open_])
    low[open_] += nbinom.ppf((1 - level) / 2, size, chance)
    high[open_] += nbinom.ppf((1 + level) / 2, size, chance)
    low[np.isnan(mean)], high[np.isnan(mean)] = np.nan, np.nan
    return low, high


def _bulk(entered: pd.Series) -> tuple[NDArray[np.bool_], list[Finding]]:
    """Which records were entered in bulk, and what that does to the estimate."""
    days = entered.dt.normalize()
    share = days.map(days.value_counts(normalize=True)).to_numpy(dtype=float)
    bulk = share > BULK_SHARE
    if not bulk.any():
        return bulk, []
    rest = days[~bulk]
    remains = rest.empty or bool((rest.value_counts(normalize=True) > BULK_SHARE).any())
    return bulk, [finding("BULK_ENTRY", "refused" if remains else "caution", share=float(share.max()))]


def _ordinals(periods: Sequence[Any] | pd.Series) -> NDArray[np.int64]:
    return np.array([period.ordinal for period in periods], dtype=np.int64)


def _last_over(cut: str, period: str) -> pd.Period:
    """The last period that is over on the day *cut*."""
    day = pd.Timestamp(cut).normalize()
    its = day.to_period(period)
    return its if its.end_time.normalize() == day else its - 1


def _nothing(level: float) -> Nowcast:
    columns = ["period", "observed", "completed", "low", "high", "completeness", "is_provisional"]
    none = finding("FEW_PERIODS", "refused", found=0, needed=COMPLETE_PERIODS)
    return Nowcast(pd.DataFrame(columns=columns), np.empty(0), 0, 0, 0, level, "refused", (none.reason,))

"""Two lines: how much of a change in the records is occurrence, and how much detection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, ndtri

from . import settings
from .data import FloatArray
from .engine import Engine, logit_interval
from .fit import Fit


@dataclass(frozen=True, slots=True)
class Change:
    """From the first season with visits to the last.

    ``recorded`` is the relative change of the share of visited units with a record (0.8 is +80%), ``occurrence`` the
    change of psi with its limits, ``detection`` that of p for one visit, ``correlation`` that between the two changes.
    ``is_separable`` says whether the two may be told apart: p varies by season, nothing lies on the edge of its range
    (where these limits would be too narrow), and the correlation is at most 0.9.
    """

    first: str
    last: str
    recorded: float
    occurrence: float
    low: float
    high: float
    detection: float
    detection_low: float
    detection_high: float
    correlation: float
    is_separable: bool

    @property
    def explained_by_detection(self) -> bool:
        """Whether detection changed and occurrence may not have."""
        return self.low <= 0 <= self.high and not self.detection_low <= 0 <= self.detection_high


def change(fit: Fit, level: float = 0.95) -> Change | None:
    """How occurrence and detection changed. ``None`` without estimates or with fewer than two visited seasons."""
    engine = fit.engine
    visited = np.flatnonzero(~np.isnan(fit.naive))
    if engine is None or visited.size < 2 or "p" not in engine.codings:
        return None
    first, last = int(visited[0]), int(visited[-1])
    occurrence, predictor = engine.occurrence(), engine.predictor("p")
    units = np.unique(engine.problem.chain_unit)

    def both(theta: FloatArray) -> FloatArray:
        psi = np.nanmean(occurrence(theta)[units], axis=0)
        p = np.nanmean(expit(predictor(theta))[units], axis=(0, 2))
        return np.array([psi[last] - psi[first], p[last] - p[first]])

    value, slopes = both(engine.theta), engine.jacobian(both)
    covariance = slopes @ engine.covariance @ slopes.T
    se = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    z = float(ndtri((1 + level) / 2))
    correlation = float(covariance[0, 1] / (se[0] * se[1])) if se.min() > 0 else float("nan")
    is_on_edge = bool(fit.coef["at_boundary"].any())
    varies = "season" in engine.codings["p"].formula.names
    seasons = engine.problem.data.labels[1]
    was, now = float(fit.naive[first]), float(fit.naive[last])
    return Change(
        str(seasons[first]), str(seasons[last]), now / was - 1 if was > 0 else float("nan"),
        float(value[0]), float(value[0] - z * se[0]), float(value[0] + z * se[0]),
        float(value[1]), float(value[1] - z * se[1]), float(value[1] + z * se[1]),
        correlation, varies and not is_on_edge and abs(correlation) <= settings.CHANGES_CORRELATE,
    )  # fmt: skip


def detection_by_season(fit: Fit, level: float = 0.95) -> list[tuple[str, float, float, float]]:
    """Chance of detection p of one visit by season, averaged over the visits made: (season, estimate, low, high).

    Where detection grows with numbers (``occu_rn``), p is the chance in a unit with at least one active group,
    (1 - exp(-lam r)) / (1 - exp(-lam)): with N of them it is 1 - (1 - r)^N, and N is Poisson and not zero.

    Limits are symmetric on the logit scale; a season without visits is left out. Empty without estimates.
    """
    engine = fit.engine
    if engine is None:
        return []
    chance, made = _chance(engine), ~np.isnan(engine.problem.y)

    def mean(theta: FloatArray) -> FloatArray:
        p = np.where(made, chance(theta), 0.0)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(p.sum(axis=(0, 2)) / made.sum(axis=(0, 2)))

    value = mean(engine.theta)
    se = engine.delta_se(mean)
    low, high = logit_interval(value, se, level)
    seasons = engine.problem.data.labels[1]
    return [
        (str(season), float(v), float(a), float(b))
        for season, v, a, b in zip(seasons, value, low, high, strict=True)
        if not np.isnan(v)
    ]


def _chance(engine: Engine) -> Callable[[FloatArray], FloatArray]:
    """The chance of detection in one visit to a unit with the crime: units x periods x visits."""
    if engine.problem.family != "occu_rn":
        detection = engine.predictor("p")
        return lambda theta: np.asarray(expit(detection(theta)))
    number, alone = engine.predictor("lam"), engine.predictor("r")

    def of_many(theta: FloatArray) -> FloatArray:
        mean = np.exp(number(theta))[:, :, None]
        return np.asarray(np.expm1(-mean * expit(alone(theta))) / np.expm1(-mean))

    return of_many

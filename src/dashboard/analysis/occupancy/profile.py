"""Likelihood intervals: how far a quantity can move before the fit becomes clearly worse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.linalg import null_space
from scipy.special import ndtri

from . import settings
from .data import FloatArray
from .engine import Engine
from .search import descend

FARTHEST = settings.LINEAR_PREDICTOR_CLIP


@dataclass(frozen=True, slots=True)
class ProfileInterval:
    """A likelihood interval on the link scale. A side without a limit is infinite."""

    parameter: str
    term: str
    estimate: float
    low: float
    high: float
    level: float

    def __iter__(self) -> Iterator[float]:
        """Both limits: ``low, high = fit.profile("psi:1")``."""
        return iter((self.low, self.high))

    @property
    def is_one_sided(self) -> bool:
        """Whether the data set a limit on one side only."""
        return bool(np.isinf(self.low) or np.isinf(self.high))


def limits(engine: Engine, direction: FloatArray, level: float, unit: float = 1.0) -> tuple[float, float]:
    """Limits of ``direction @ theta``: values not rejected by the likelihood-ratio test at 1 - *level*.

    *unit* is a natural step of the quantity, from which the search starts; a limit farther than 30
    times *unit* (or 20 standard errors) is infinite.
    """
    top, best, critical = engine.loglik, float(direction @ engine.theta), float(ndtri((1 + level) / 2)) ** 2
    free = null_space(direction[None, :])
    along = direction / float(direction @ direction)
    tangent = _cheapest(engine, direction)
    objective = engine.likelihood.value_and_gradient

    def excess_from(start: FloatArray) -> Callable[[float], float]:
        at = {"theta": start}

        def excess(value: float) -> float:
            # Each refit starts from the last one inside the limit, moved along the cheapest direction:
            # beyond the limit other optima lie in wait.
            guess = at["theta"] + tangent * (value - float(direction @ at["theta"]))
            origin = along * value
            if free.shape[1]:

                def restricted(u: FloatArray) -> tuple[float, FloatArray]:
                    worth, gradient = objective(origin + free @ u)
                    return worth, gradient @ free

                guess = origin + free @ descend(restricted, free.T @ guess, 1e-3)
            over = 2 * (objective(guess)[0] + top) - critical
            if over <= 0:
                at["theta"] = guess
            return over

        return excess

    se = float(np.sqrt(max(float(direction @ engine.covariance @ direction), 0.0)))
    first = se if 0 < se < settings.BOUNDARY_SE * unit else unit
    farthest = max(FARTHEST * unit, 20 * first)
    low, high = (_limit(excess_from(engine.theta), best, sign * first, critical, farthest) for sign in (-1, 1))
    return low, high


def _cheapest(engine: Engine, direction: FloatArray) -> FloatArray:
    """The change of ``theta`` that moves ``direction @ theta`` by one and costs least: flat if it can be."""
    flat = engine.flat @ (engine.flat.T @ direction)
    if np.linalg.norm(flat) > settings.FLAT_LOADING * np.linalg.norm(direction):
        return flat / float(direction @ flat)
    change = engine.covariance @ direction
    return change / float(direction @ change)


def _limit(
    excess: Callable[[float], float],
    best: float,
    step: float,
    critical: float,
    farthest: float,
) -> float:
    """Walk outwards until the excess is positive, then close in on its root (secant on the signed root)."""
    inner, inner_excess = best, -critical
    outer = best + 2 * step
    while True:
        outer_excess = excess(outer)
        if outer_excess > 0:
            break
        if abs(outer - best) > farthest:
            return float(np.copysign(np.inf, step))
        inner, inner_excess = outer, outer_excess
        step *= 2
        outer = outer + step
    for _ in range(40):
        # The square root of the loss is nearly straight, so the chord through it lands close.
        low, high = (np.sqrt(max(e + critical, 0.0)) for e in (inner_excess, outer_excess))
        share = float(np.clip((np.sqrt(critical) - low) / (high - low), 0.02, 0.98)) if high > low else 0.5
        middle = inner + share * (outer - inner)
        value = excess(middle)
        if abs(value) < 1e-4 or abs(outer - inner) < 1e-6 * max(1.0, abs(outer)):
            return middle
        if value > 0:
            outer, outer_excess = middle, value
        else:
            inner, inner_excess = middle, value
    return middle

"""Finding the best coefficients: several starts, BFGS, a Newton polish, and what the curvature says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from . import settings
from .data import FloatArray
from .likelihood import Likelihood

Objective = Callable[[FloatArray], tuple[float, FloatArray]]


@dataclass(frozen=True, slots=True)
class Optimum:
    """The best coefficients found (whitened), with curvature and how the starts agreed.

    ``flat`` holds directions (coefficients x directions) along which the likelihood does not change:
    gradients at infinity, or combinations the data say nothing about. ``covariance`` leaves them out.
    """

    theta: FloatArray
    loglik: float
    gradient: float
    hessian: FloatArray
    covariance: FloatArray
    flat: FloatArray
    is_maximum: bool
    n_starts: int
    n_agreeing: int
    has_rival: bool


def descend(objective: Objective, start: FloatArray, gradient: float = settings.BFGS_GRADIENT) -> FloatArray:
    """One BFGS run from *start*; returns the coefficients where it ended."""
    options = {"gtol": gradient, "maxiter": settings.BFGS_ITERATIONS}
    found = minimize(objective, start, jac=True, method="BFGS", options=options)
    return np.asarray(found.x, dtype=float)


def differenced_hessian(objective: Objective, theta: FloatArray) -> FloatArray:
    """Hessian by central differences of the analytic gradient, made symmetric."""
    step = settings.DIFFERENCE_STEP
    rows = [
        (objective(theta + shift)[1] - objective(theta - shift)[1]) / (2 * step) for shift in np.eye(theta.size) * step
    ]
    hessian = np.array(rows).reshape(theta.size, theta.size)
    return (hessian + hessian.T) / 2


def find(likelihood: Likelihood, nested: FloatArray | None, seed: int) -> Optimum:
    """Maximise from zeros, the nested constant model and jittered starts; polish; look at the curvature.

    Starts stay near zero in the whitened basis (METHODS, section 5). With little data, wide starts are
    tried as well: they may find a better optimum but do not count as disagreement.
    """
    objective = likelihood.value_and_gradient
    rng = np.random.default_rng((settings.START_SEED, seed))
    size = sum(block.columns for block in likelihood.blocks.values())

    def jitter(spread: float) -> FloatArray:
        return np.asarray(rng.standard_normal(size) * spread)

    starts = [np.zeros(size), jitter(settings.START_JITTER)]
    starts.insert(1, nested if nested is not None else jitter(settings.START_JITTER))
    ends = [_end(objective, start) for start in starts]
    # A model without transitions has few local maxima.
    most = settings.EXPLORING_STARTS // (1 if likelihood.visits.periods > 1 else 4)
    wide = min(most, settings.EXPLORING_VISITS // likelihood.visits.y.size)
    ends += _explore(objective, jitter, min(value for value, _ in ends), wide)
    if _agreeing(ends) < 2:
        ends += [_end(objective, jitter(settings.START_JITTER)) for _ in range(settings.EXTRA_STARTS)]
    best = min(ends, key=lambda end: end[0])[1]
    theta, hessian = _polish(objective, best)
    value, gradient = objective(theta)
    values, vectors = np.linalg.eigh(hessian)
    is_flat = values < settings.FLAT_EIGENVALUE * max(values[-1], 1.0)  # all may be flat
    covariance = (vectors[:, ~is_flat] / values[~is_flat]) @ vectors[:, ~is_flat].T
    return Optimum(
        theta=theta,
        loglik=-value,
        gradient=float(np.abs(gradient).max()),
        hessian=hessian,
        covariance=covariance,
        flat=vectors[:, is_flat],
        is_maximum=bool(values[0] > -1e-3 * max(values[-1], 1.0)),
        n_starts=len(ends),
        n_agreeing=_agreeing([*ends, (value, theta)]) - 1,
        has_rival=_has_rival(ends, value, theta, covariance, vectors[:, is_flat]),
    )


def _explore(
    objective: Objective, jitter: Callable[[float], FloatArray], best: float, starts: int
) -> list[tuple[float, FloatArray]]:
    """Ends of wide starts that are better than the *best* so far, by more than rounding."""
    better = []
    for k in range(starts):
        spread = settings.EXPLORING_JITTER[k % len(settings.EXPLORING_JITTER)]
        rough = descend(objective, jitter(spread), settings.EXPLORING_GRADIENT)
        if objective(rough)[0] < best + settings.SAME_OPTIMUM_NEG2LOGLIK:
            value, theta = _end(objective, rough)
            if value < best - settings.SAME_OPTIMUM_NEG2LOGLIK / 2:
                better.append((value, theta))
    return better


def _end(objective: Objective, start: FloatArray) -> tuple[float, FloatArray]:
    theta = descend(objective, start)
    return objective(theta)[0], theta


def _agreeing(ends: list[tuple[float, FloatArray]]) -> int:
    values = [2 * value for value, _ in ends]
    return sum(1 for value in values if value < min(values) + settings.SAME_OPTIMUM_NEG2LOGLIK)


def _has_rival(
    ends: list[tuple[float, FloatArray]],
    value: float,
    theta: FloatArray,
    covariance: FloatArray,
    flat: FloatArray,
) -> bool:
    """Whether a start ended almost as well somewhere else, flat directions aside."""
    se = np.sqrt(np.diag(covariance))
    free = ~(np.abs(flat) > settings.FLAT_LOADING).any(axis=1) & (se < settings.BOUNDARY_SE)
    for other_value, other in ends:
        near = 2 * (other_value - value) < settings.RIVAL_NEG2LOGLIK
        if near and np.any(np.abs(other - theta)[free] > settings.RIVAL_SE * se[free]):
            return True
    return False


def _polish(objective: Objective, theta: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Newton steps with a differenced Hessian; steps that run to infinity are stretched."""
    value, gradient = objective(theta)
    hessian = differenced_hessian(objective, theta)
    for _ in range(settings.POLISH_ITERATIONS):
        if np.abs(gradient).max() < settings.POLISH_GRADIENT:
            break
        values, vectors = np.linalg.eigh(hessian)
        floor = 1e-10 * values[-1]
        step = -vectors @ ((vectors.T @ gradient) / np.maximum(np.abs(values), floor))
        moved = _line(objective, theta, value, step)
        if moved is None:
            break
        length = float(np.abs(moved - theta).max())
        theta = moved
        value, gradient = objective(theta)
        if length > 1e-4:
            hessian = differenced_hessian(objective, theta)
    return theta, hessian


def _line(objective: Objective, theta: FloatArray, value: float, step: FloatArray) -> FloatArray | None:
    """Halve a step until it does not lose; double one that is long and still gains."""
    longest = float(np.abs(step).max())
    if longest > settings.POLISH_STEP:
        step = step * (settings.POLISH_STEP / longest)
    tolerance = 1e-12 * abs(value)
    for _ in range(20):
        reached = objective(theta + step)[0]
        if reached <= value + tolerance:
            break
        step = step / 2
    else:
        return None
    while 0.3 < np.abs(step).max() < settings.LINEAR_PREDICTOR_CLIP / 4:
        further = objective(theta + 2 * step)[0]
        if further > reached - 1e-9:
            break
        step, reached = 2 * step, further
    return theta + step

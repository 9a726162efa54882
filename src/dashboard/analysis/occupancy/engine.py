"""A fitted model as numbers: coefficients, linear predictors, and what follows from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit, ndtri

from . import settings
from .data import BoolArray, FloatArray, IntArray
from .design import Coding, standardised
from .likelihood import Likelihood, slices
from .problem import Problem


@dataclass(frozen=True, slots=True, eq=False)
class Engine:
    """Everything needed to compute with a fit; coefficients ``theta`` are whitened.

    ``covariance`` is that of ``theta`` with flat directions left out: a quantity on the edge is treated
    as known, so its own interval must come from the profile.
    """

    problem: Problem
    codings: Mapping[str, Coding]
    likelihood: Likelihood
    theta: FloatArray
    covariance: FloatArray
    flat: FloatArray
    loglik: float

    def back(self) -> FloatArray:
        """Matrix from whitened coefficients to those of the columns as given."""
        blocks = self.likelihood.blocks
        matrix = np.zeros((self.theta.size, self.theta.size))
        for name, at in slices(blocks).items():
            matrix[at, at] = blocks[name].back
        return matrix

    def standardising(self) -> FloatArray:
        """Matrix from the coefficients as given to those of standardised covariates."""
        problem, matrix = self.problem, np.zeros((self.theta.size, self.theta.size))
        for name, at in slices(self.likelihood.blocks).items():
            values = problem.values(name, problem.rows[name])
            matrix[at, at] = standardised(self.codings[name], values, problem.informed[name])
        return matrix

    def whitened(self, parameter: str, x: FloatArray) -> FloatArray:
        """Design rows of one parameter as rows over all whitened coefficients."""
        blocks = self.likelihood.blocks
        full = np.zeros((x.shape[0], self.theta.size))
        full[:, slices(blocks)[parameter]] = x @ blocks[parameter].back
        full[np.isnan(x).any(axis=1)] = np.nan
        return full

    def design(self, parameter: str, rows: IntArray | None = None) -> FloatArray:
        """The design of *parameter* over its full grid (or some rows); NaN where it cannot be known."""
        size = int(np.prod(self.problem.grid(parameter))) if rows is None else rows.size
        return self.codings[parameter].matrix(self.problem.values(parameter, rows), size)

    def predictor(self, parameter: str) -> Callable[[FloatArray], FloatArray]:
        """A function from ``theta`` to the linear predictor over the full grid."""
        block = self.likelihood.blocks[parameter]
        at = slices(self.likelihood.blocks)[parameter]
        different, index = unique_rows(self.design(parameter) @ block.back)
        grid = self.problem.grid(parameter)
        return lambda theta: (different @ theta[at])[index].reshape(grid)

    def occurrence(self) -> Callable[[FloatArray], FloatArray]:
        """A function from ``theta`` to psi, units x periods; NaN where it cannot be known."""
        if self.problem.family == "occu_rn":
            lam = self.predictor("lam")
            return lambda theta: -np.expm1(-np.exp(lam(theta)))
        psi = self.predictor("psi")
        if not self.problem.is_dynamic:
            return lambda theta: np.asarray(expit(psi(theta)))
        units, periods, _ = self.problem.data.shape
        first = self.problem.first
        moves = (self.predictor("gamma"), self.predictor("epsilon")) if "gamma" in self.codings else None

        def along(theta: FloatArray) -> FloatArray:
            table = np.full((units, periods), np.nan)
            table[:, first] = expit(psi(theta))
            if moves is None:
                return table
            gamma, epsilon = (expit(move(theta)) for move in moves)
            for t in range(first, periods - 1):
                table[:, t + 1] = table[:, t] * (1 - epsilon[:, t]) + (1 - table[:, t]) * gamma[:, t]
            return table

        return along

    def conditional(self) -> Callable[[FloatArray], FloatArray]:
        """A function from ``theta`` to P(present | all that was found), units x periods."""
        problem, occurrence = self.problem, self.occurrence()
        moves = (self.predictor("gamma"), self.predictor("epsilon")) if "gamma" in self.codings else None

        def given(theta: FloatArray) -> FloatArray:
            table = occurrence(theta)
            after = self.likelihood.posterior(theta)
            if not problem.is_dynamic:
                table[problem.chain_unit, problem.chain_period] = after[0]
                return table
            table[problem.chain_unit, problem.first : problem.last + 1] = after.T
            if moves is not None:
                gamma, epsilon = (expit(move(theta)) for move in moves)
                for t in range(problem.last, table.shape[1] - 1):
                    table[:, t + 1] = table[:, t] * (1 - epsilon[:, t]) + (1 - table[:, t]) * gamma[:, t]
            return table

        return given

    def jacobian(self, of: Callable[[FloatArray], FloatArray]) -> FloatArray:
        """Central differences of a vector function of ``theta``: values x coefficients."""
        step = settings.DIFFERENCE_STEP
        shifts = np.eye(self.theta.size) * step
        columns = [(of(self.theta + s).ravel() - of(self.theta - s).ravel()) / (2 * step) for s in shifts]
        return np.column_stack(columns)

    def delta_se(self, of: Callable[[FloatArray], FloatArray]) -> FloatArray:
        """Standard error of a vector function of ``theta`` by the delta method."""
        return row_se(self.jacobian(of), self.covariance)

    def on_edge(self, x: FloatArray, eta: FloatArray, se: FloatArray) -> BoolArray:
        """Which linear predictors (whitened rows *x*) are on the edge of their range or undetermined."""
        edge: BoolArray = (np.abs(eta) > settings.BOUNDARY_LOGIT) | (se > settings.BOUNDARY_SE)
        if self.flat.shape[1]:
            size = np.linalg.norm(x, axis=1)
            edge |= (np.abs(x @ self.flat) > settings.FLAT_LOADING * size[:, None]).any(axis=1)
        return edge


def unique_rows(x: FloatArray) -> tuple[FloatArray, IntArray]:
    """Different rows of *x* (NaN equal to NaN) and where each row is among them."""
    key = np.where(np.isnan(x), 1e9, x) @ np.random.default_rng(1).standard_normal(x.shape[1])
    _, first, index = np.unique(key, return_index=True, return_inverse=True)
    return x[first], index


def row_se(x: FloatArray, covariance: FloatArray) -> FloatArray:
    """Standard errors of the linear combinations in the rows of *x*."""
    variance = ((x @ covariance) * x).sum(axis=1)
    return np.asarray(np.sqrt(np.maximum(variance, 0.0)))


def logit_interval(estimate: FloatArray, se: FloatArray, level: float) -> tuple[FloatArray, FloatArray]:
    """Limits of a probability, symmetric on the logit scale; certain values keep their value."""
    z = float(ndtri((1 + level) / 2))
    inside = (estimate > 0) & (estimate < 1)
    safe = np.where(inside, estimate, 0.5)
    centre, width = logit(safe), z * se / (safe * (1 - safe))
    low = np.where(inside, expit(centre - width), estimate)
    high = np.where(inside, expit(centre + width), estimate)
    return np.where(np.isnan(estimate), np.nan, low), np.where(np.isnan(estimate), np.nan, high)

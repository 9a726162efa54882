"""The likelihood of detection histories when occurrence is hidden, with its exact gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from .data import BoolArray, FloatArray, IntArray
from .design import Block

IMPOSSIBLE = -1e3
"""A logarithm of zero that can be multiplied by zero."""


class Likelihood(Protocol):
    """What the search, the checks and the bootstrap need of a model. Coefficients are whitened."""

    visits: Visits

    @property
    def blocks(self) -> dict[str, Block]:
        """Design blocks in the order of the coefficients."""

    def value_and_gradient(self, theta: FloatArray) -> tuple[float, FloatArray]:
        """Minus the log-likelihood and its gradient."""

    def scores(self, theta: FloatArray) -> FloatArray:
        """Chains x coefficients: the gradient of each chain's log-likelihood."""

    def posterior(self, theta: FloatArray) -> FloatArray:
        """Periods x chains: the probability of occurrence given all that was found."""

    def mixture(self, theta: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Weights (states x cells) and log P(1), log P(0) (states x visits) given the state."""

    def simulate(self, theta: FloatArray, rng: np.random.Generator) -> FloatArray:
        """Detections of the same visits, drawn from the model."""

    def with_detections(self, y: FloatArray) -> Likelihood:
        """The same design with other detections."""


def slices(blocks: dict[str, Block]) -> dict[str, slice]:
    """Where each parameter's coefficients stand."""
    found, at = {}, 0
    for name, block in blocks.items():
        found[name] = slice(at, at + block.columns)
        at += block.columns
    return found


class Visits:
    """The visits made, grouped by cell (a chain in a period; period-major), in increasing order of cell."""

    def __init__(self, y: FloatArray, cell: IntArray, column: IntArray, periods: int, chains: int) -> None:
        self.y, self.cell, self.column = y, cell, column
        self.periods, self.chains = periods, chains
        self.filled, self._starts = np.unique(cell, return_index=True)
        self.detected: BoolArray = self.total(y) > 0

    def total(self, rows: FloatArray) -> FloatArray:
        """Sum of one number per visit over each cell: periods x chains, 0 where there was no visit."""
        cells = np.zeros(self.periods * self.chains)
        if rows.size:
            cells[self.filled] = np.add.reduceat(rows, self._starts)
        return cells.reshape(self.periods, self.chains)

    def with_detections(self, y: FloatArray) -> Visits:
        """The same visits with other detections."""
        return Visits(y, self.cell, self.column, self.periods, self.chains)


@dataclass(frozen=True, slots=True)
class Smoothed:
    """Result of the forward and backward passes; arrays are periods x chains (or transitions x chains)."""

    loglik: float
    present: FloatArray
    absent: FloatArray
    gained: FloatArray
    lost: FloatArray


def smooth(psi: FloatArray, gamma: FloatArray, epsilon: FloatArray, b1: FloatArray, b0: FloatArray) -> Smoothed:
    """Forward-backward recursion of METHODS, section 3.3 (MacKenzie et al. 2003).

    ``psi`` (chains,), ``gamma`` and ``epsilon`` (transitions, chains), ``b1`` and ``b0`` (periods, chains):
    probability of what was found given presence and absence, up to a common factor; 1 where nobody looked.
    """
    periods, chains = b1.shape
    f1, f0, scale = np.empty((periods, chains)), np.empty((periods, chains)), np.empty((periods, chains))
    a1, a0 = psi * b1[0], (1.0 - psi) * b0[0]
    stay, empty = 1.0 - epsilon, 1.0 - gamma
    for t in range(periods):
        if t:
            a1 = (f1[t - 1] * stay[t - 1] + f0[t - 1] * gamma[t - 1]) * b1[t]
            a0 = (f1[t - 1] * epsilon[t - 1] + f0[t - 1] * empty[t - 1]) * b0[t]
        scale[t] = a1 + a0
        f1[t], f0[t] = a1 / scale[t], a0 / scale[t]
    w1, w0 = b1 / scale, b0 / scale
    g1, g0 = np.ones((periods, chains)), np.ones((periods, chains))
    for t in range(periods - 2, -1, -1):
        w1[t + 1] *= g1[t + 1]
        w0[t + 1] *= g0[t + 1]
        g1[t] = stay[t] * w1[t + 1] + epsilon[t] * w0[t + 1]
        g0[t] = gamma[t] * w1[t + 1] + empty[t] * w0[t + 1]
    return Smoothed(float(np.log(scale).sum()), f1 * g1, f0 * g0, f0[:-1] * gamma * w1[1:], f1[:-1] * epsilon * w0[1:])


class Markov:
    """Occurrence as a two-state chain seen through visits; one period gives the single-season model.

    ``loose`` marks visits that can be positive where the crime is absent; their chance of that is the
    block ``fp`` (Royle and Link 2006; Miller et al. 2011).
    """

    def __init__(
        self,
        visits: Visits,
        psi: Block,
        p: Block,
        gamma: Block | None = None,
        epsilon: Block | None = None,
        fp: Block | None = None,
        loose: BoolArray | None = None,
    ) -> None:
        self.visits, self.psi, self.p, self.gamma, self.epsilon, self.fp = visits, psi, p, gamma, epsilon, fp
        self.loose = np.zeros(visits.y.size, dtype=bool) if loose is None else loose
        self._strict_detection = visits.total(np.where(self.loose, 0.0, visits.y)) > 0
        self._slices = slices(self.blocks)

    @property
    def blocks(self) -> dict[str, Block]:
        """Design blocks in the order of the coefficients."""
        all_blocks = {
            "psi": self.psi,
            "gamma": self.gamma,
            "epsilon": self.epsilon,
            "p": self.p,
            "fp": self.fp,
        }
        return {name: block for name, block in all_blocks.items() if block is not None}

    def _of(self, theta: FloatArray, name: str) -> FloatArray:
        return theta[self._slices[name]]

    def value_and_gradient(self, theta: FloatArray) -> tuple[float, FloatArray]:
        """Minus the log-likelihood and its gradient (Fisher's identity)."""
        value, residuals, _ = self._residuals(theta)
        blocks = self.blocks
        return -value, -np.concatenate([blocks[name].gradient(residuals[name].ravel()) for name in blocks])

    def _residuals(self, theta: FloatArray) -> tuple[float, dict[str, FloatArray], FloatArray]:
        visits = self.visits
        seen = self.p.evaluate(self._of(theta, "p"))
        log_b1 = visits.total(visits.y * seen.eta - seen.softplus)
        log_b0 = np.where(self._strict_detection, -np.inf, 0.0)
        if self.fp is not None:
            false = self.fp.evaluate(self._of(theta, "fp"))
            rows = np.zeros(visits.y.size)
            rows[self.loose] = visits.y[self.loose] * false.eta - false.softplus
            log_b0 = log_b0 + visits.total(rows)
        most = np.maximum(log_b1, log_b0)
        psi, gamma, epsilon = self._chain(theta)
        s = smooth(psi, gamma, epsilon, np.exp(log_b1 - most), np.exp(log_b0 - most))
        present = s.present.ravel()[visits.cell]
        residuals = {"psi": s.present[0] - psi, "p": present * (visits.y - seen.logistic)}
        if self.gamma is not None:
            residuals["gamma"] = s.gained - s.absent[:-1] * gamma
            residuals["epsilon"] = s.lost - s.present[:-1] * epsilon
        if self.fp is not None:
            residuals["fp"] = (1.0 - present[self.loose]) * (visits.y[self.loose] - false.logistic)
        return s.loglik + float(most.sum()), residuals, s.present

    def _chain(self, theta: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        psi = self.psi.evaluate(self._of(theta, "psi")).logistic
        shape = (self.visits.periods - 1, self.visits.chains)
        if self.gamma is None or self.epsilon is None:
            return psi, np.zeros(shape), np.zeros(shape)
        gamma = self.gamma.evaluate(self._of(theta, "gamma")).logistic.reshape(shape)
        return psi, gamma, self.epsilon.evaluate(self._of(theta, "epsilon")).logistic.reshape(shape)

    def scores(self, theta: FloatArray) -> FloatArray:
        """Chains x coefficients: the gradient of each chain's log-likelihood."""
        _, residuals, _ = self._residuals(theta)
        chains = self.visits.chains
        of_visit = self.visits.cell % chains
        moves = np.tile(np.arange(chains), self.visits.periods - 1)
        chain = {
            "psi": np.arange(chains),
            "p": of_visit,
            "gamma": moves,
            "epsilon": moves,
            "fp": of_visit[self.loose],
        }  # fmt: skip
        parts = []
        for name, block in self.blocks.items():
            rows = block.rows() * residuals[name].ravel()[:, None]
            part = np.zeros((chains, block.columns))
            np.add.at(part, chain[name], rows)
            parts.append(part)
        return np.hstack(parts)

    def posterior(self, theta: FloatArray) -> FloatArray:
        """Periods x chains: the probability of occurrence given all that was found."""
        present: FloatArray = self._residuals(theta)[2]
        return present

    def marginal(self, theta: FloatArray) -> FloatArray:
        """Periods x chains: the probability of occurrence before anything was found."""
        psi, gamma, epsilon = self._chain(theta)
        present = np.empty((self.visits.periods, self.visits.chains))
        present[0] = psi
        for t in range(self.visits.periods - 1):
            present[t + 1] = present[t] * (1 - epsilon[t]) + (1 - present[t]) * gamma[t]
        return present

    def mixture(self, theta: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Weights (states x cells) and log P(1), log P(0) (states x visits): absent, then present."""
        present = self.marginal(theta).ravel()
        seen = self.p.evaluate(self._of(theta, "p"))
        log1, log0 = np.full((2, seen.eta.size), IMPOSSIBLE), np.zeros((2, seen.eta.size))
        log1[1], log0[1] = seen.eta - seen.softplus, -seen.softplus
        if self.fp is not None:
            false = self.fp.evaluate(self._of(theta, "fp"))
            log1[0, self.loose], log0[0, self.loose] = false.eta - false.softplus, -false.softplus
        return np.stack([1.0 - present, present]), log1, log0

    def simulate(self, theta: FloatArray, rng: np.random.Generator) -> FloatArray:
        """Detections of the same visits, drawn from the model."""
        psi, gamma, epsilon = self._chain(theta)
        z = np.empty((self.visits.periods, self.visits.chains))
        z[0] = rng.random(psi.size) < psi
        for t in range(self.visits.periods - 1):
            z[t + 1] = rng.random(psi.size) < np.where(z[t] > 0, 1 - epsilon[t], gamma[t])
        _, log1, _ = self.mixture(theta)
        chance = np.exp(np.where(z.ravel()[self.visits.cell] > 0, log1[1], log1[0]))
        return np.asarray(rng.random(chance.size) < chance, dtype=float)

    def with_detections(self, y: FloatArray) -> Markov:
        """The same design with other detections."""
        changed = self.visits.with_detections(y)
        return Markov(changed, self.psi, self.p, self.gamma, self.epsilon, self.fp, self.loose)

"""The likelihood of Royle and Nichols (2003): detection grows with the number of active groups."""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln, logsumexp

from .data import FloatArray
from .design import Block
from .likelihood import IMPOSSIBLE, Visits, slices


class Nichols:
    """N ~ Poisson(lambda) groups in each chain; a visit detects with probability 1 - (1 - r)^N.

    ``visits`` has one period. ``lam`` has a log link, ``r`` a logit link. The sum over N stops at ``most``.
    """

    def __init__(self, visits: Visits, lam: Block, r: Block, most: int) -> None:
        self.visits, self.lam, self.r, self.most = visits, lam, r, most
        self._slices = slices(self.blocks)
        self._numbers = np.arange(most + 1.0)
        self._hits = np.flatnonzero(visits.y > 0)

    @property
    def blocks(self) -> dict[str, Block]:
        """Design blocks in the order of the coefficients."""
        return {"lam": self.lam, "r": self.r}

    def means(self, theta: FloatArray) -> FloatArray:
        """Expected number of groups in each chain."""
        return np.exp(self.lam.evaluate(theta[self._slices["lam"]]).eta)

    def _posterior_numbers(self, theta: FloatArray) -> tuple[float, FloatArray, FloatArray]:
        """Log-likelihood; chains x numbers: probability of N given the visits; hits x numbers: (1-r)^N."""
        seen = self.r.evaluate(theta[self._slices["r"]])
        missed = np.exp(-np.outer(seen.softplus[self._hits], self._numbers))  # 1 - r = exp(-softplus)
        misses = self.visits.total(np.where(self.visits.y > 0, 0.0, seen.softplus))[0]
        joint = self._log_poisson(theta) - np.outer(misses, self._numbers)
        with np.errstate(divide="ignore"):
            np.add.at(joint, self.visits.cell[self._hits], np.log1p(-missed))
        each = logsumexp(joint, axis=1, keepdims=True)
        return float(each.sum()), np.exp(joint - each), missed

    def _log_poisson(self, theta: FloatArray) -> FloatArray:
        mean = self.means(theta)
        factorials: FloatArray = gammaln(self._numbers + 1.0)
        return np.outer(np.log(mean), self._numbers) - mean[:, None] - factorials

    def _residuals(self, theta: FloatArray) -> tuple[float, FloatArray, FloatArray]:
        value, posterior, missed = self._posterior_numbers(theta)
        expected = posterior @ self._numbers
        chance = self.r.evaluate(theta[self._slices["r"]]).logistic
        cell = self.visits.cell
        # d log f / d softplus: -N after a miss, N q^N / (1 - q^N) after a hit
        slope = -expected[cell]
        gain = self._numbers[1:] * missed[:, 1:] / -np.expm1(
            np.log(np.maximum(missed[:, 1:], 1e-300))
        )  # fmt: skip
        slope[self._hits] = (posterior[cell[self._hits], 1:] * gain).sum(axis=1)
        return value, expected - self.means(theta), slope * chance

    def value_and_gradient(self, theta: FloatArray) -> tuple[float, FloatArray]:
        """Minus the log-likelihood and its gradient."""
        value, of_lam, of_r = self._residuals(theta)
        return -value, -np.concatenate([self.lam.gradient(of_lam), self.r.gradient(of_r)])

    def scores(self, theta: FloatArray) -> FloatArray:
        """Chains x coefficients: the gradient of each chain's log-likelihood."""
        _, of_lam, of_r = self._residuals(theta)
        part = np.zeros((self.visits.chains, self.r.columns))
        np.add.at(part, self.visits.cell, self.r.rows() * of_r[:, None])
        return np.hstack([self.lam.rows() * of_lam[:, None], part])

    def posterior(self, theta: FloatArray) -> FloatArray:
        """1 x chains: the probability that there is at least one group, given all that was found."""
        numbers = self._posterior_numbers(theta)[1]
        return np.asarray(numbers[:, 1:].sum(axis=1)[None, :])

    def mixture(self, theta: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Weights (numbers x cells) and log P(1), log P(0) (numbers x visits) given the number."""
        soft = self.r.evaluate(theta[self._slices["r"]]).softplus
        zero = -np.outer(self._numbers, soft)
        one = np.full(zero.shape, IMPOSSIBLE)
        one[1:] = np.log(np.maximum(-np.expm1(zero[1:]), 1e-300))
        return np.exp(self._log_poisson(theta)).T, one, zero

    def simulate(self, theta: FloatArray, rng: np.random.Generator) -> FloatArray:
        """Detections of the same visits, drawn from the model."""
        numbers = rng.poisson(self.means(theta))[self.visits.cell]
        soft = self.r.evaluate(theta[self._slices["r"]]).softplus
        return (rng.random(soft.size) < -np.expm1(-numbers * soft)).astype(float)

    def with_detections(self, y: FloatArray) -> Nichols:
        """The same design with other detections."""
        return Nichols(self.visits.with_detections(y), self.lam, self.r, self.most)

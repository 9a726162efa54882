"""Beta-binomial shrinkage: what small groups borrow from the others."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

import numpy as np
import pandas as pd

Array = np.ndarray[Any, np.dtype[np.float64]]
FEWEST_GROUPS: Final = 5  # METHODS 3.8
FEWEST_IN_A_GROUP: Final = 5  # in the largest group at least
SURE: Final = 0.95  # a probability is given only outside 1 - SURE to SURE
POINTS: Final = 71  # of the grid, each way
WIDTH: Final = 5.0  # of the grid of log(alpha/beta), to either side of the pooled rate
TAIL: Final = 1e-6  # of the highest weight; the mean of alpha + beta has no limit without an end to its tail
NEGLIGIBLE: Final = 1e-5  # a weight that changes no limit in its fourth decimal
TOTALS: Final = (-2.5, 7.0)  # of log(alpha + beta): from 0.08 to 1100 records of prior weight


class Refusal(StrEnum):
    """Why groups are not shrunken."""

    FEW_GROUPS = "few_groups"
    SMALL_GROUPS = "small_groups"
    NO_OVERDISPERSION = "no_overdispersion"


@dataclass(frozen=True, slots=True, eq=False)
class Shrinkage:
    """Rates of several groups, raw and shrunken; or why they are not shrunken.

    *table* has one row per group in the order given: ``x``, ``n``, ``raw`` (missing where n is 0), ``shrunken``,
    ``low``, ``high``, and ``p_above``: the probability that the group lies above the pooled rate, missing between
    0.05 and 0.95. *alpha* and *beta* are posterior means over the grid. Empty table and zeros where *refusal* says why.
    """

    refusal: Refusal | None
    alpha: float = 0.0
    beta: float = 0.0
    table: pd.DataFrame = field(default_factory=pd.DataFrame)


def shrink(x: Sequence[int], n: Sequence[int], level: float = 0.95) -> Shrinkage:
    """Shrink the rates of groups towards each other: x_k ~ Bin(n_k, theta_k), theta_k ~ Beta(alpha, beta).

    Alpha and beta are averaged over a grid with the prior (alpha + beta)^(-5/2) of Gelman et al. (2013), Bayesian
    Data Analysis, section 5.3, so that the intervals hold what is not known of them. Refused with fewer than 5 groups
    that have records, with fewer than 5 records in each, and where the groups differ no more than chance makes them.
    """
    counts, sizes = np.asarray(x, dtype=float), np.asarray(n, dtype=float)
    if counts.shape != sizes.shape or (counts < 0).any() or (counts > sizes).any():
        raise ValueError(f"each x must be between 0 and its n, got x = {list(x)}, n = {list(n)}")
    if refusal := _refusal(counts, sizes):
        return Shrinkage(refusal)
    alpha, beta, weight = _grid(counts, sizes)
    bulk = weight > NEGLIGIBLE * weight.max()
    part = alpha[bulk], beta[bulk], weight[bulk] / weight[bulk].sum()
    rows = [_group(k, m, *part, counts.sum() / sizes.sum(), level) for k, m in zip(counts, sizes, strict=True)]
    table = pd.DataFrame(rows, columns=["shrunken", "low", "high", "p_above"])
    raw = np.divide(counts, sizes, out=np.full_like(counts, np.nan), where=sizes > 0)
    table = table.assign(x=counts.astype(int), n=sizes.astype(int), raw=raw)
    return Shrinkage(
        None,
        float((alpha * weight).sum()),
        float((beta * weight).sum()),
        table[["x", "n", "raw", "shrunken", "low", "high", "p_above"]],
    )


def _refusal(x: Array, n: Array) -> Refusal | None:
    if (n > 0).sum() < FEWEST_GROUPS:
        return Refusal.FEW_GROUPS
    if n.max() < FEWEST_IN_A_GROUP:
        return Refusal.SMALL_GROUPS
    return None if _is_overdispersed(x, n) else Refusal.NO_OVERDISPERSION


def _is_overdispersed(x: Array, n: Array) -> bool:
    """Whether the likelihood rises when the groups may differ at all: the sign of Tarone's score.

    Tarone (1979), Biometrika 66:585: the fitted overdispersion is zero unless sum (x - n p)^2 / (p q) exceeds sum n.
    """
    p = x.sum() / n.sum()
    if p in (0, 1):
        return False
    return bool(((x - n * p) ** 2).sum() / (p * (1 - p)) > n.sum() * (1 + 1e-9))


def _grid(x: Array, n: Array) -> tuple[Array, Array, Array]:
    """Alpha, beta and their posterior weight over a grid of log(alpha/beta) and log(alpha + beta)."""
    from scipy.special import betaln, expit, logit

    middle = logit((x.sum() + 0.5) / (n.sum() + 1))
    mean, total = np.meshgrid(
        expit(np.linspace(middle - WIDTH, middle + WIDTH, POINTS)), np.exp(np.linspace(*TOTALS, POINTS))
    )
    alpha, beta = (mean * total).ravel(), ((1 - mean) * total).ravel()
    likelihood = sum(betaln(alpha + k, beta + m - k) - betaln(alpha, beta) for k, m in zip(x, n, strict=True))
    prior_and_area = -2.5 * np.log(alpha + beta) + np.log(alpha) + np.log(beta)
    log_weight = likelihood + prior_and_area
    weight = np.exp(log_weight - log_weight.max())
    keep = weight > TAIL
    return alpha[keep], beta[keep], weight[keep] / weight[keep].sum()


def _group(
    x: float, n: float, alpha: Array, beta: Array, weight: Array, overall: float, level: float
) -> tuple[float, float, float, float]:
    """Mean, limits and chance of lying above *overall* of one group: a mixture of Beta distributions."""
    from scipy.special import betainc

    a, b = alpha + x, beta + n - x

    def below(theta: float) -> float:
        return float((weight * betainc(a, b, theta)).sum())

    low, high = (_solve(below, tail) for tail in ((1 - level) / 2, (1 + level) / 2))
    above = 1 - below(overall)
    return float((weight * a / (a + b)).sum()), low, high, above if not 1 - SURE <= above <= SURE else np.nan


def _solve(below: Any, tail: float) -> float:
    from scipy.optimize import brentq

    return float(brentq(lambda theta: below(theta) - tail, 0.0, 1.0, xtol=1e-4))

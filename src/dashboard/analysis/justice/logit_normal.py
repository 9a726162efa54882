"""The other usual model of rates that differ between groups: a second opinion on what shrinkage says."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np

Array = np.ndarray[Any, np.dtype[np.float64]]
REACH: Final = 7.0  # of the grid of logits, to either side of the pooled rate
LOGITS: Final = 701
MEANS: Final = (2.0, 31)  # reach to either side, and points
SPREADS: Final = (np.log(0.02), np.log(4.0), 31)  # of log(sigma)
GAMMA: Final = 0.001  # both parameters of the prior of the precision, as in BUGS


@dataclass(frozen=True, slots=True)
class LogitNormal:
    """logit theta_k ~ Normal(mu, sigma).

    *mu*, *sigma* and *loglik* (above that of one free rate a group, as lme4 prints it) are of maximum likelihood, and
    *modes* the most likely rate of each group under them. *means* are posterior means with a flat prior of mu and
    Gamma(0.001, 0.001) of 1/sigma^2; *mean_rate* is that of expit(mu), *mean_sigma* that of sigma.
    """

    mu: float
    sigma: float
    loglik: float
    modes: tuple[float, ...]
    means: tuple[float, ...]
    mean_rate: float
    mean_sigma: float


@lru_cache(maxsize=64)
def logit_normal(x: tuple[int, ...], n: tuple[int, ...]) -> LogitNormal:
    """Fit rates of groups by quadrature over a grid of logits. The model of the BUGS example "Surgical"."""
    from scipy.optimize import minimize
    from scipy.special import expit, logit, xlogy

    counts, sizes = np.asarray(x, dtype=float)[:, None], np.asarray(n, dtype=float)[:, None]
    middle = float(logit((counts.sum() + 0.5) / (sizes.sum() + 1)))
    u = np.linspace(middle - REACH, middle + REACH, LOGITS)
    raw = counts / np.maximum(sizes, 1)
    saturated = xlogy(counts, raw) + xlogy(sizes - counts, 1 - raw)
    data = counts * u - sizes * np.logaddexp(0, u) - saturated  # groups x logits

    def log_density(mu: Any, log_sigma: Any) -> Array:
        dense = -0.5 * ((u - mu) / np.exp(log_sigma)) ** 2
        return np.asarray(dense - np.log(np.exp(dense).sum(axis=-1, keepdims=True)))

    def badness(at: Sequence[float]) -> float:
        return -float(np.log(np.exp(log_density(at[0], at[1]) + data).sum(axis=1)).sum())

    best = minimize(badness, [middle, np.log(0.5)], method="Nelder-Mead", options={"xatol": 1e-6, "fatol": 1e-9})
    mode = u[(data + log_density(*best.x)).argmax(axis=1)]

    means, spreads = np.meshgrid(np.linspace(middle - MEANS[0], middle + MEANS[0], MEANS[1]), np.linspace(*SPREADS))
    density = np.exp(log_density(means.reshape(-1, 1), spreads.reshape(-1, 1)))
    likelihood = density @ np.exp(data).T  # grid x groups
    precision = np.exp(-2 * spreads.ravel())
    log_weight = np.log(likelihood).sum(axis=1) + GAMMA * np.log(precision) - GAMMA * precision
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    rates = (density @ (np.exp(data) * expit(u)).T) / likelihood
    return LogitNormal(
        float(best.x[0]),
        float(np.exp(best.x[1])),
        -float(best.fun),
        tuple(expit(mode).tolist()),
        tuple((weight @ rates).tolist()),
        float(weight @ expit(means.ravel())),
        float(weight @ np.exp(spreads.ravel())),
    )

"""Does the model fit? MacKenzie and Bailey (2004), JABES 9:300, with a parametric bootstrap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from . import settings
from .data import FloatArray, IntArray
from .likelihood import Likelihood, Visits
from .reasons import Finding, Reason, Status, finding, status_of
from .search import descend


@dataclass(frozen=True, slots=True)
class GoodnessOfFit:
    """Result of the test.

    ``c_hat`` is the statistic over its bootstrap mean; ``p_value`` the share of simulated data sets with
    a statistic at least as large. NaN when *n_boot* was 0.
    """

    chi_square: float
    p_value: float
    c_hat: float
    n_boot: int
    status: Status
    reasons: tuple[Reason, ...]


def assess(likelihood: Likelihood, theta: FloatArray, n_boot: int, seed: int) -> GoodnessOfFit:
    """Compare observed with expected histories, season by season, and simulate to judge the difference."""
    groups = list(_groups(likelihood.visits))
    observed = float(chi_square(likelihood, theta, groups))
    rng = np.random.default_rng(seed)
    simulated = np.empty(n_boot)
    for k in range(n_boot):
        again = likelihood.with_detections(likelihood.simulate(theta, rng))
        refitted = descend(again.value_and_gradient, theta, 1e-3)
        simulated[k] = chi_square(again, refitted, groups)
    if n_boot == 0:
        return GoodnessOfFit(observed, np.nan, np.nan, 0, "ok", ())
    c_hat = float(observed / simulated.mean())
    findings: list[Finding] = []
    if c_hat > settings.LACK_OF_FIT_INFLATE:
        gravity = "refused" if c_hat > settings.LACK_OF_FIT_REFUSE else "caution"
        findings.append(finding("LACK_OF_FIT", gravity, c_hat=c_hat, chi_square=observed))  # type: ignore[arg-type]
    return GoodnessOfFit(
        observed,
        float((simulated >= observed).mean()),
        c_hat,
        n_boot,
        status_of(findings),
        tuple(f.reason for f in findings),
    )


def chi_square(likelihood: Likelihood, theta: FloatArray, groups: list[IntArray] | None = None) -> float:
    """Sum over observed histories of (O-E)^2/E, plus the expected number of unobserved histories.

    Histories are those of one unit in one period; cells with the same visits made form a cohort with its
    own expected numbers, so missing visits need no filling in. Periods add up.
    """
    visits = likelihood.visits
    weights, log1, log0 = likelihood.mixture(theta)
    total = 0.0
    for rows in groups if groups is not None else _groups(visits):
        histories, observed = np.unique(visits.y[rows], axis=0, return_counts=True)
        cells = visits.cell[rows[:, 0]]
        expected = np.zeros(len(histories))
        for w, one, zero in zip(weights[:, cells], log1[:, rows], log0[:, rows], strict=True):
            logs = (one - zero) @ histories.T + zero.sum(axis=1)[:, None]
            expected += w @ np.exp(np.minimum(logs, 0.0))
        expected = np.maximum(expected, 1e-12)
        total += float(((observed - expected) ** 2 / expected).sum() + max(len(rows) - expected.sum(), 0.0))
    return total


def _groups(visits: Visits) -> Iterator[IntArray]:
    """Positions of visits (cells x visits) for each period and pattern of visits made."""
    starts = np.flatnonzero(np.diff(visits.cell, prepend=-1))
    patterns: dict[tuple[int, ...], list[int]] = {}
    for start, end in zip(starts, [*starts[1:], visits.cell.size], strict=True):
        period = int(visits.cell[start]) // visits.chains
        patterns.setdefault((period, *visits.column[start:end].tolist()), []).append(int(start))
    for pattern, firsts in patterns.items():
        yield np.array(firsts)[:, None] + np.arange(len(pattern) - 1)[None, :]

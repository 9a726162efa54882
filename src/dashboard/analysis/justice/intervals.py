"""Intervals of a single proportion."""

from typing import Final, Literal

from dashboard.domain.estimate import Estimate

Method = Literal["jeffreys", "wilson", "clopper_pearson"]
SCIPY_NAMES: Final = {"wilson": "wilson", "clopper_pearson": "exact"}


def proportion(x: int, n: int, method: Method = "jeffreys", level: float = 0.95) -> Estimate | None:
    """Share of *n* that are *x*, with its interval. ``None`` where *n* is zero: there is no share to report.

    Jeffreys: quantiles of Beta(x + 1/2, n - x + 1/2), the lower limit 0 at x = 0 and the upper 1 at x = n. Jeffreys and
    Wilson are the two that Brown, Cai and DasGupta (2001), Statistical Science 16:101, recommend for small n.
    """
    if not 0 <= x <= n:
        raise ValueError(f"x must be between 0 and n ({n}), got {x}")
    if n == 0:
        return None
    low, high = _jeffreys(x, n, level) if method == "jeffreys" else _of_scipy(x, n, SCIPY_NAMES[method], level)
    return Estimate(x / n, low, high, n, level)


def _jeffreys(x: int, n: int, level: float) -> tuple[float, float]:
    from scipy.stats import beta

    tail = (1 - level) / 2
    low = 0.0 if x == 0 else float(beta.ppf(tail, x + 0.5, n - x + 0.5))
    high = 1.0 if x == n else float(beta.ppf(1 - tail, x + 0.5, n - x + 0.5))
    return low, high


def _of_scipy(x: int, n: int, method: str, level: float) -> tuple[float, float]:
    from scipy.stats import binomtest

    found = binomtest(x, n).proportion_ci(level, method)
    return float(found.low), float(found.high)

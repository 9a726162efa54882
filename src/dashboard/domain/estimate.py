"""A number with what must never be separated from it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """A point estimate with its interval and the number of records behind it."""

    value: float
    low: float
    high: float
    n: int
    level: float = 0.95

"""The one-minute lesson: a made-up country in which crime stays the same and monitoring grows. This is not data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.analysis.occupancy import Fit, OccupancyData, occu

DISTRICTS: Final = 200
WITH_CRIME: Final = 60  # the same ones in every year: occurrence is flat at 0.30
YEARS: Final = 10
QUARTERS: Final = 4
FIRST_EFFORT: Final = 0.30  # of the district-quarters that somebody looked at, in the first year
SEED: Final = 2015  # the same throughout; what else was chosen, and when, is in docs/decisions.md, "The lesson"


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """One simulation and what the model makes of it.

    ``by_year`` has year (1 to 10), looked (share of district-quarters), recorded (districts with a record, of all),
    occurrence, low and high (the model's; NaN when it declines). ``districts`` has the state of every district in the
    first and the last year: year, district, state (``recorded``, ``silent``: crime without a record, ``none``).
    """

    by_year: pd.DataFrame
    districts: pd.DataFrame
    fit: Fit
    effort: float
    detection: float

    @property
    def truth(self) -> float:
        """The share of districts with crime, in every year."""
        return WITH_CRIME / DISTRICTS


def lesson(effort: float, detection: float) -> Lesson:
    """Simulate ten years in which the share of district-quarters looked at goes from 0.30 to *effort*.

    *detection* is the chance that a quarter of looking brings a crime to light where there is one; it does not
    change. The model has occurrence by year and a constant detection; a quarter nobody looked at is blank. The same
    random numbers serve every choice, so that moving a slider changes only what the slider stands for.
    """
    rng = np.random.default_rng(SEED)
    turn = rng.random((DISTRICTS, YEARS, QUARTERS)).argsort(axis=0).argsort(axis=0) / DISTRICTS  # 0, 1/200, ...
    luck = rng.random((DISTRICTS, YEARS, QUARTERS))
    present = np.zeros(DISTRICTS, dtype=bool)
    present[rng.permutation(DISTRICTS)[:WITH_CRIME]] = True
    share = np.linspace(FIRST_EFFORT, effort, YEARS)
    looked = turn < share[None, :, None]
    found = looked & present[:, None, None] & (luck < detection)
    years = [str(year + 1) for year in range(YEARS)]
    fit = occu(OccupancyData(np.where(looked, found.astype(float), np.nan), seasons=years), "~ season - 1")
    recorded: NDArray[np.bool_] = np.any(found, axis=2)
    by_year = pd.DataFrame(
        {"year": range(1, YEARS + 1), "looked": looked.mean(axis=(0, 2)), "recorded": recorded.mean(axis=0)}
    )
    if fit.status == "refused":
        by_year[["occurrence", "low", "high"]] = np.nan
    else:
        psi = fit.psi_by_season()
        by_year[["occurrence", "low", "high"]] = psi[["estimate", "low", "high"]].to_numpy()
    states = np.where(present[:, None], np.where(recorded, "recorded", "silent"), "none")
    districts = pd.DataFrame(
        [
            {"year": year + 1, "district": district + 1, "state": states[district, year]}
            for year in (0, YEARS - 1)
            for district in range(DISTRICTS)
        ]
    )
    return Lesson(by_year, districts, fit, effort, detection)

"""Print the time and memory of fits: ``PYTHONPATH=src python -m benchmarks.occupancy``."""

import resource
import time
from collections.abc import Iterator

import numpy as np

from benchmarks.result import Row, Table, row
from dashboard.analysis.occupancy import OccupancyData, colext, occu

RUNS = 7
COVARIATES = {"psi": "~ hub", "gamma": "~ road", "epsilon": "~ road", "p": "~ effort"}
BY_PERIOD = {"psi": "~ hub", "gamma": "~ road", "epsilon": "~ road", "p": "~ season + effort"}


def simulated(units: int, periods: int, visits: int, seed: int = 1) -> OccupancyData:
    """A dynamic history with one covariate at each level and a tenth of the visits missing."""
    rng = np.random.default_rng(seed)
    hub, road = rng.standard_normal((2, units))
    effort = rng.standard_normal((units, periods, visits))
    z = np.empty((units, periods))
    z[:, 0] = rng.random(units) < 1 / (1 + np.exp(0.5 - 0.8 * hub))
    gain, loss = 1 / (1 + np.exp(2 - 0.5 * road)), 1 / (1 + np.exp(1.2 + 0.4 * road))
    for t in range(periods - 1):
        z[:, t + 1] = rng.random(units) < np.where(z[:, t] > 0, 1 - loss, gain)
    y = (rng.random(effort.shape) < z[:, :, None] / (1 + np.exp(0.6 - 0.5 * effort))).astype(float)
    y[rng.random(y.shape) < 0.1] = np.nan
    return OccupancyData(y, {"hub": hub, "road": road}, {}, {"effort": effort})


def rows() -> Iterator[Row]:
    """Time each design; the note has the peak memory of the process so far."""
    cases = [
        ("colext, 8 coefficients", (300, 10, 4), COVARIATES),
        ("colext, 8 coefficients", (605, 8, 5), COVARIATES),
        ("colext, p by period, 15 coefficients", (605, 8, 5), BY_PERIOD),
    ]
    for title, size, formulas in cases:
        data = simulated(*size)
        taken = []
        for _ in range(RUNS):
            start = time.perf_counter()
            fit = colext(data, formulas["psi"], formulas["gamma"], formulas["epsilon"], formulas["p"])
            taken.append(time.perf_counter() - start)
        yield of(title, size, taken, f"{fit.n_starts_agreeing} of {fit.n_starts} starts agree, {fit.status}")
    data = simulated(77, 5, 12)
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        fit = occu(data, "~ hub", "~ effort", by_period=True)
        taken.append(time.perf_counter() - start)
    yield of("occu by period", (77, 5, 12), taken, fit.status)


def of(title: str, size: tuple[int, int, int], taken: list[float], note: str) -> Row:
    """One line of the table."""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    peak, shape = f"process so far at most {memory:.0f} MB", "x".join(map(str, size))
    return row("fits", f"{title}, {shape}", "s", taken, note=f"least {min(taken):.3f} s, {peak}, {note}")


if __name__ == "__main__":
    table = Table()
    for one in rows():
        table.add(one)

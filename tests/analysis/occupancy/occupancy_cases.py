"""Published data sets and simulated ones."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import expit

from dashboard.analysis.occupancy import OccupancyData

CASES = Path(__file__).parents[2] / "reference_cases"


def case(name: str) -> dict[str, Any]:
    """A published case by the start of its name."""
    (path,) = CASES.glob(f"{name}_*.json")
    return json.loads(path.read_text(encoding="utf-8"))


def histories(file: str, visits: slice = slice(None)) -> OccupancyData:
    """Read ``y_s1_v1`` columns and covariates: plain ones per site, ``name_s1_v1`` ones per visit."""
    table = pd.read_csv(CASES / "data" / file).drop(columns="site")
    by_name: dict[str, dict[tuple[int, int], np.ndarray]] = {}
    site = {}
    for column in table.columns:
        name, *at = column.split("_")
        if at:
            by_name.setdefault(name, {})[int(at[0][1:]), int(at[1][1:])] = table[column].to_numpy(float)
        else:
            site[name] = table[column].to_numpy(float)
    cubes = {}
    for name, parts in by_name.items():
        seasons, rounds = (max(k[i] for k in parts) for i in (0, 1))
        cubes[name] = np.stack(
            [np.stack([parts[s + 1, v + 1] for v in range(rounds)], axis=1) for s in range(seasons)], axis=1
        )[:, :, visits]
    return OccupancyData(cubes.pop("y"), site, {}, cubes)


def simulated(units: int, periods: int, visits: int, seed: int, missing: float = 0.1) -> OccupancyData:
    """A dynamic history: psi ~ hub, gamma and epsilon ~ road, p ~ effort; a text covariate ``region``.

    Truth on the logit scale: psi -0.4 + 0.8 hub, gamma -1.5 + 0.5 road, epsilon -1.2 - 0.4 road,
    p -0.3 + 0.6 effort.
    """
    rng = np.random.default_rng(seed)
    hub, road = rng.standard_normal((2, units))
    effort = rng.standard_normal((units, periods, visits))
    z = np.empty((units, periods), dtype=bool)
    z[:, 0] = rng.random(units) < expit(-0.4 + 0.8 * hub)
    for t in range(periods - 1):
        chance = np.where(z[:, t], 1 - expit(-1.2 - 0.4 * road), expit(-1.5 + 0.5 * road))
        z[:, t + 1] = rng.random(units) < chance
    y = (rng.random(effort.shape) < z[:, :, None] * expit(-0.3 + 0.6 * effort)).astype(float)
    y[rng.random(y.shape) < missing] = np.nan
    region = np.where(rng.random(units) < 0.4, "hills", "plain")
    year = np.tile(np.arange(2001.0, 2001 + periods), (units, 1))
    return OccupancyData(y, {"hub": hub, "road": road, "region": region}, {"year": year}, {"effort": effort})

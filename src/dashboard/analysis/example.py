"""Made-up histories that show what a file of histories looks like, and what a fit says. This is not data."""

from typing import Final

import numpy as np
import pandas as pd
from scipy.special import expit

DISTRICTS, SEASONS, VISITS = 120, 5, 4
SEED = 2015
LOSS = 0.1


AMOUNTS: Final = {"plenty": 120, "scarce": 30, "little": 6}
"""Districts of each example: enough for a model by period, hardly enough, and too few."""


def example(amount: str = "plenty") -> pd.DataFrame:
    """One row per visit: site, season, visit, detected, border_km, patrol_days. A visit nobody made has no row.

    Truth: occurrence falls with the distance to the border and stays the same from season to season, while one
    district in ten with the crime loses it and others gain it; the chance to find it in one visit rises with patrol
    days, which grow from season to season.
    """
    rng = np.random.default_rng(SEED)
    border = rng.integers(5, 300, DISTRICTS)
    occurrence = expit(1.2 - 0.014 * border)
    present = rng.random(DISTRICTS) < occurrence
    rows = []
    for season in range(SEASONS):
        for site in range(DISTRICTS):
            for visit in range(VISITS):
                days, luck = int(rng.poisson(5 + 3 * season)), rng.random()
                if days == 0 or rng.random() < 0.2 - 0.04 * season:
                    continue
                found = bool(present[site]) and luck < expit(-1.5 + 0.1 * days)
                rows.append(
                    {
                        "site": f"D{site + 1:03d}", "season": 2021 + season, "visit": f"Q{visit + 1}",
                        "detected": int(found), "border_km": int(border[site]), "patrol_days": days,
                    }
                )  # fmt: skip
        gained = LOSS * occurrence / (1 - occurrence)  # balances the losses in every district
        present = rng.random(DISTRICTS) < np.where(present, 1 - LOSS, np.minimum(gained, 1.0))
    table = pd.DataFrame(rows)
    return table[table["site"].isin(sorted(table["site"].unique())[: AMOUNTS[amount]])].reset_index(drop=True)


def template() -> str:
    """The first rows of the example as a file to fill in."""
    return example().head(12).to_csv(index=False, lineterminator="\n")


def dated() -> pd.DataFrame:
    """Two years of made-up records: came_to_light_on and entered_on. Later ones are still to come."""
    rng = np.random.default_rng(SEED)
    light = pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 731, 520), unit="D")
    entered = light + pd.to_timedelta(rng.gamma(1.3, 20.0, light.size).astype(int), unit="D")
    seen = entered <= pd.Timestamp("2025-12-31")
    table = pd.DataFrame({"came_to_light_on": light[seen], "entered_on": entered[seen]}).sort_values("came_to_light_on")
    return pd.DataFrame({name: table[name].dt.strftime("%Y-%m-%d") for name in table.columns}).reset_index(drop=True)

"""Which designs the records can carry, asked before any result is seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from . import settings
from .guards import evidence, repeat_guard
from .incidents import Looked, of_design, placed
from .reasons import status_of

if TYPE_CHECKING:
    import pandas as pd


def plan_designs(
    records: pd.DataFrame,
    units: pd.DataFrame | Sequence[tuple[str, str]],
    looked: Looked | None,
    certainty: str = "confirmed",
    date: str = "detected",
) -> pd.DataFrame:
    """Which periods and visits can the records carry? To be asked before any result is seen.

    One row per candidate, finest first: primary, visit, n_units (looked at), n_periods, n_visits (made),
    n_missing_visits, n_repeats (unit-periods with two or more detections), n_imprecise and n_not_looked
    (records left out), ``period_status`` and ``dynamic_status`` of the guards for constant parameters,
    ``period_missing`` and ``dynamic_missing`` (repeats still needed to be accepted), ``code`` of the
    reason for refusal, and ``is_offered``: the finest design that is not refused.
    """
    import pandas as pd

    rows, where = [], placed(records, units, looked, certainty, date)
    for primary, visit in settings.DESIGNS:
        data = of_design(where, primary, visit, looked)
        found = evidence(data.y, np.zeros(data.shape, dtype=bool))
        missing = int(data.y.size) - found.n_visits
        repeats = np.array([found.n_repeats])
        period, dynamic = repeat_guard(repeats, False), repeat_guard(repeats, True)
        code = period[0].reason.code if period else ""
        if found.n_replicated == 0:
            code = "NO_REPLICATION"
        if found.n_detections == 0:
            code = "NO_DETECTIONS"
        if found.n_visits == 0:
            code = "UNMONITORED"
        blocked = code not in ("", "FEW_REPEATS")
        rows.append(
            {
                "primary": primary,
                "visit": visit,
                "n_units": found.n_units,
                "n_periods": int(found.visited.sum()),
                "n_visits": found.n_visits,
                "n_missing_visits": missing,
                "n_repeats": found.n_repeats,
                "n_imprecise": data.counts["imprecise"],
                "n_not_looked": data.counts["not_looked"],
                "period_status": "refused" if blocked else status_of(period),
                "dynamic_status": "refused" if blocked or found.visited.sum() < 2 else status_of(dynamic),
                "period_missing": max(settings.PERIOD_CAUTION_BELOW - found.n_repeats, 0),
                "dynamic_missing": max(settings.DYNAMIC_CAUTION_BELOW - found.n_repeats, 0),
                "code": code,
            }
        )
    table = pd.DataFrame(rows)
    offered = table.index[table["period_status"] != "refused"]
    table["is_offered"] = table.index == (offered[0] if len(offered) else -1)
    return table

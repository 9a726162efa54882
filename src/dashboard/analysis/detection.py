"""What the detection page asks of the records: who looked, which designs they carry, and every other question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from dashboard.analysis.delay import Nowcast, nowcast
from dashboard.analysis.index import Index, trend_index
from dashboard.analysis.occupancy import Calendar, Fit, NilReturns, TargetGroup, occu, plan_designs, settings
from dashboard.analysis.occupancy.incidents import Looked, histories
from dashboard.analysis.overview import PUBLIC
from dashboard.analysis.select import with_members
from dashboard.domain.records import Records
from dashboard.domain.selection import Selection

FLAGSHIP: Final = "snow_leopard"
LOOKED: Final = ("target_group", "nil_returns", "calendar")


@dataclass(frozen=True, slots=True, eq=False)
class Histories:
    """The records as the estimators need them.

    *incidents* has a row per incident and taxon, every species included: records of other species show that somebody
    looked. *units* are the first-level areas of the chosen countries, those without a record included. *taxa* is the
    target, *looked* the way of saying where somebody looked.
    """

    incidents: pd.DataFrame
    units: pd.DataFrame
    taxa: tuple[str, ...]
    looked: Looked


def histories_of(records: Records, selection: Selection, looked: str) -> Histories:
    """Gather records, units and the answer to "who looked" for a selection.

    Without a chosen taxon the target is the snow leopard. Filters of incident type and evidence do not apply: who
    looked does not depend on them. *looked* is one of LOOKED; "calendar" assumes that somebody looked everywhere,
    all the time, from the first year on record to the last.
    """
    incidents = (
        records["incidents"]
        .select("incident_id", "country", "admin1", "year", "occurred_on", "occurred_on_precision", "evidence_grade")
        .join(records["specimens"].select("incident_id", "taxon"), on="incident_id", how="left")
        .collect()
        .to_pandas()
    )
    units = records["admin1"].select("country", "admin1").sort("country", "admin1").collect().to_pandas()
    coverage = records["coverage"].collect().to_pandas()
    taxa = tuple(with_members(records["taxa"], selection.taxa or (FLAGSHIP,)))
    if selection.countries:
        incidents = incidents[incidents["country"].isin(selection.countries)]
        units = units[units["country"].isin(selection.countries)]
        coverage = coverage[coverage["country"].isin(selection.countries)]
    first = selection.year_from if selection.year_from is not None else int(coverage["year"].min())
    last = selection.year_to if selection.year_to is not None else int(coverage["year"].max())
    incidents = incidents[incidents["year"].between(first, last)]
    coverage = coverage[coverage["year"].between(first, last)]
    return Histories(incidents, units, taxa, _looked(looked, taxa, units, coverage, first, last))


def _looked(
    looked: str, taxa: tuple[str, ...], units: pd.DataFrame, coverage: pd.DataFrame, first: int, last: int
) -> Looked:
    if looked == "target_group":
        return TargetGroup(taxa)
    if looked == "nil_returns":
        answers = coverage[coverage["source_kind"] != PUBLIC]
        return NilReturns(
            pd.DataFrame(
                {"country": answers["country"], "period": answers["year"].astype(str), "state": answers["state"]}
            ),
            taxa,
        )
    countries = sorted(units["country"].unique())
    return Calendar(pd.DataFrame({"country": countries, "start": str(first), "end": str(last)}), taxa)


def designs(given: Histories, certainty: str) -> pd.DataFrame:
    """The candidate designs with their guard status, before any result is seen; see ``plan_designs``."""
    return plan_designs(given.incidents, given.units, given.looked, certainty)


def fit_offered(given: Histories, planned: pd.DataFrame, certainty: str) -> Fit | None:
    """The model by period for the finest design that is offered; ``None`` when none is."""
    offered = planned[planned["is_offered"]]
    if offered.empty:
        return None
    row = offered.iloc[0]
    data = histories(given.incidents, given.units, row["primary"], row["visit"], given.looked, certainty)
    several = int(row["n_periods"]) > 1
    return occu(data, "~ season - 1", "~ season - 1") if several else occu(data)


def nearest(planned: pd.DataFrame) -> pd.Series:
    """The design with the most repeat detections; of equals the one that looked most often."""
    return planned.sort_values(["n_repeats", "n_visits"], ascending=False).iloc[0]


def where_somebody_looked(given: Histories, certainty: str) -> pd.DataFrame:
    """What a year of quarters says of each country and year.

    Columns country, year, state and incident_count (unit-quarters with a record of the target). ``state`` is
    ``present`` (somebody looked and a record of the target was there), ``left_out`` (a record of the target in a
    quarter in which nothing else shows that somebody looked), ``looked`` (somebody looked, no record of the target),
    or ``blank`` (nobody is known to have looked): never zero.
    """
    data = histories(given.incidents, given.units, "1Y", "Q", given.looked, certainty)
    years = [int(season) for season in data.seasons or ()]
    country = given.units["country"].to_numpy(dtype=str)
    known = data.known_present if data.known_present is not None else np.zeros(data.shape[:2], dtype=bool)
    rows = []
    for name in sorted(set(country)):
        mine = country == name
        found = np.nansum(data.y[mine], axis=(0, 2))
        seen = (~np.isnan(data.y[mine])).any(axis=(0, 2))
        present = known[mine].any(axis=0)
        for k, year in enumerate(years):
            state = "present" if found[k] else "left_out" if present[k] else "looked" if seen[k] else "blank"
            rows.append({"country": name, "year": year, "state": state, "incident_count": int(found[k])})
    return pd.DataFrame(rows, columns=["country", "year", "state", "incident_count"])


def latest_months(records: Records) -> Nowcast:
    """The latest months completed for reporting delay. The public records do not say when they were entered."""
    columns = records["incidents"].columns
    if "entered_on" not in columns:
        return nowcast([], [])
    dated = records["incidents"].select("occurred_on", "entered_on").collect().to_pandas()
    whole = dated[dated["occurred_on"].str.len() == len("2020-01-31")]
    return nowcast(whole["occurred_on"], whole["entered_on"])


def relative_index(given: Histories) -> Index:
    """The relative index of the target. Nobody has yet measured enforcement or reporting by country and year."""
    target = given.incidents[given.incidents["taxon"].isin(given.taxa)].drop_duplicates("incident_id")
    counts = target.groupby(["country", "year"]).size().rename("count").reset_index()
    return trend_index(counts)


def thresholds(*, is_dynamic: bool) -> tuple[int, int]:
    """Repeat detections below which a model is refused, and from which it is accepted without a caution."""
    if is_dynamic:
        return settings.DYNAMIC_REFUSE_BELOW, settings.DYNAMIC_CAUTION_BELOW
    return settings.PERIOD_REFUSE_BELOW, settings.PERIOD_CAUTION_BELOW

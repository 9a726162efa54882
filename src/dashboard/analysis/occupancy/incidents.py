"""From incident records to detection histories: units, periods, visits, and who looked where and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .data import BoolArray, OccupancyData
from .places import Placed, need, place, read_dates

if TYPE_CHECKING:
    import pandas as pd

_SPAN = re.compile(r"(\d*)(Y|Q|M)")


@dataclass(frozen=True, slots=True, eq=False)
class NilReturns:
    """An agency said whether it had cases: the best evidence that somebody looked.

    ``returns`` has columns country, period (ISO partial date: a year or a month) and optionally admin1
    (missing: the whole country) and state. With a ``state`` column, "reported" and "nil" count as an
    answer and every other state as none. Without it each row is a nil return, and a visit with a record
    counts as answered. ``taxa`` is the target; empty means every record.
    """

    returns: pd.DataFrame
    taxa: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """A visit counts when a record of *another* taxon came from it.

    Records of the target (``taxa``) never define a visit: if they did, p would be inflated and psi too
    low (METHODS, section 2). Target records in visits without another record are left out and only
    mark the unit as known present.
    """

    taxa: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.taxa:
            raise ValueError("a target group needs the taxa of the target, got none")


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """A declared monitoring calendar.

    ``spans`` has columns country, start and end (ISO partial dates, both inclusive; a missing end runs
    to the last record) and optionally admin1 (missing: the whole country). ``taxa`` is the target;
    empty means every record.
    """

    spans: pd.DataFrame
    taxa: tuple[str, ...] = ()


Looked = NilReturns | TargetGroup | Calendar


@dataclass(frozen=True, slots=True)
class _Grid:
    """Units x months: where records lie and where somebody looked. Months count from the first one."""

    target: BoolArray
    answered: BoolArray
    others: BoolArray
    origin: int
    fills_in: bool


def histories(
    records: pd.DataFrame,
    units: pd.DataFrame | Sequence[tuple[str, str]],
    primary: str = "3Y",
    visit: str = "Q",
    looked: Looked | None = None,
    certainty: str = "confirmed",
    date: str = "detected",
) -> OccupancyData:
    """Build detection histories.

    *records*: one row per incident or specimen with country, admin1, taxon, evidence_grade,
    ``{date}_on`` (ISO partial date; ``occurred_on`` is used when there is no ``detected_on``) and
    optionally its ``_precision`` (day, month, year). *units*: country and admin1 of every unit (a table
    or pairs), those without a record included. *primary* and *visit* are spans such as "3Y", "1Y", "Q",
    "M"; periods are counted from the first year with a record or an answer.

    A visit is 1 with a qualifying record, 0 when somebody looked all through it and found none, NaN
    otherwise: a month nobody looked at is never zero. *certainty* is "confirmed" (official or
    corroborated), "unconfirmed" (single source) or "any". ``counts`` of the result says how many records
    were used and left out: ``imprecise`` (less precise than the visit), ``undated``, ``other_unit``,
    ``other_taxon``, ``other_certainty`` and ``not_looked`` (in a visit nobody is known to have looked at).
    ``known_present`` marks unit-periods with any qualifying record, those left out included.
    """
    return of_design(placed(records, units, looked, certainty, date), primary, visit, looked)


def placed(
    records: pd.DataFrame,
    units: pd.DataFrame | Sequence[tuple[str, str]],
    looked: Looked | None,
    certainty: str,
    date: str = "detected",
) -> Placed:
    """What every design of the same records has in common, read once; the arguments are those of ``histories``."""
    return place(records, units, certainty, date, () if looked is None else looked.taxa)


def of_design(records: Placed, primary: str, visit: str, looked: Looked | None) -> OccupancyData:
    """Build the histories of one design; see ``histories``. *looked* as it was when the records were placed."""
    months_primary, months_visit = _months(primary), _months(visit)
    if months_primary % 12 or months_primary % months_visit:
        raise ValueError(f"primary must be whole years and hold whole visits, got {primary!r} and {visit!r}")
    places = records.places
    dated, counts = records.usable(months_visit)
    grid = _on_months(dated, places, looked, months_primary)
    n_units, n_months = grid.target.shape
    periods, visits = n_months // months_primary, months_primary // months_visit
    by_visit = (n_units, periods, visits, months_visit)
    found = _any(grid.target.reshape(by_visit))
    seen = ~_any(~grid.answered.reshape(by_visit))
    if isinstance(looked, TargetGroup):
        seen = _any(grid.others.reshape(by_visit))
    if grid.fills_in:
        seen |= found
    y = np.where(seen, found.astype(float), np.nan)
    targets = dated[dated["is_target"]]
    cell = (targets["month"].to_numpy(dtype=int) - grid.origin) // months_visit
    used = int(seen.reshape(n_units, -1)[targets["unit"].to_numpy(dtype=int), cell].sum())
    counts |= {"used": used, "not_looked": len(targets) - used}
    first = grid.origin // 12
    span = months_primary // 12
    seasons = [
        str(first + k * span) if span == 1 else f"{first + k * span}-{first + (k + 1) * span - 1}"
        for k in range(periods)
    ]
    return OccupancyData(
        y,
        sites=[f"{country} / {admin1}" for country, admin1 in places],
        seasons=seasons,
        visits=_visit_labels(visits, months_visit, span),
        counts=counts,
        known_present=_any(found),
    )


def _any(flags: BoolArray) -> BoolArray:
    some: BoolArray = np.any(flags, axis=-1)
    return some


def _months(span: str) -> int:
    match = _SPAN.fullmatch(span)
    if not match or match[1] == "0":
        raise ValueError(f"a span must look like 'M', 'Q', '1Y' or '3Y', got {span!r}")
    return int(match[1] or 1) * {"Y": 12, "Q": 3, "M": 1}[match[2]]


def _on_months(dated: pd.DataFrame, places: list[tuple[str, str]], looked: Looked | None, months_primary: int) -> _Grid:
    """Lay records and answers out on units x months, from the first year of either to the last."""
    spans = _spans(looked, places, dated["month"].max())
    stamps = np.array([*dated["month"].tolist(), *(month for _, *ends in spans for month in ends)], dtype=float)
    origin = int(np.min(stamps)) // 12 * 12 if len(stamps) else 0
    length = int(np.max(stamps)) - origin + 1 if len(stamps) else months_primary
    n_months = -(-length // months_primary) * months_primary
    target, answered, others = (np.zeros((len(places), n_months), dtype=bool) for _ in range(3))
    month = dated["month"].to_numpy(dtype=int) - origin
    unit, is_target = dated["unit"].to_numpy(dtype=int), dated["is_target"].to_numpy(dtype=bool)
    target[unit[is_target], month[is_target]] = True
    others[unit[~is_target], month[~is_target]] = True
    for row, start, end in spans:
        answered[row, start - origin : end - origin + 1] = True
    fills_in = isinstance(looked, NilReturns) and "state" not in looked.returns.columns
    return _Grid(target, answered | (target & fills_in), others, origin, fills_in)


def _spans(looked: Looked | None, places: list[tuple[str, str]], last: float) -> list[tuple[int, int, int]]:
    """(unit, first month, last month) of every answer; rows without a readable date are ignored."""
    import pandas as pd

    if looked is None or isinstance(looked, TargetGroup):
        return []
    if isinstance(looked, NilReturns):
        table = looked.returns
        need(table, ("country", "period"), "returns")
        if "state" in table.columns:
            table = table[table["state"].isin(["reported", "nil"])]
        start, reach = read_dates(table["period"], None)
        end = start + reach - 1
    else:
        table = looked.spans
        need(table, ("country", "start", "end"), "spans")
        start, _ = read_dates(table["start"], None)
        end, reach = read_dates(table["end"], None)
        end = np.where(np.isnan(end), np.fmax(last, start), end + reach - 1)
    admin = table["admin1"].tolist() if "admin1" in table.columns else [None] * len(table)
    spans = []
    for country, admin1, a, b in zip(table["country"].tolist(), admin, start, end, strict=True):
        if np.isnan(a) or np.isnan(b) or b < a:
            continue
        for k, (c, d) in enumerate(places):
            if c == str(country) and (pd.isna(admin1) or admin1 == "" or d == str(admin1)):
                spans.append((k, int(a), int(b)))
    return spans


def _visit_labels(visits: int, months: int, years: int) -> list[str]:
    """Names of the visits of a period: 01..12, Q1..Q4 or Y1..Y5, after the year when there are several."""
    if months % 12 == 0:
        return [f"Y{k + 1}" for k in range(visits)]
    a_year = 12 // months
    within = [f"Q{k + 1}" if months == 3 else f"{k + 1:02d}" for k in range(a_year)]
    return within if years == 1 else [f"Y{k // a_year + 1} {within[k % a_year]}" for k in range(visits)]

"""Where and when records lie, read once: the units and months that every design is made from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from . import settings
from .data import BoolArray, FloatArray, IntArray

if TYPE_CHECKING:
    import pandas as pd

PRECISION = {"day": 1, "month": 1, "year": 12}
"""Months a date of that precision may be off; a quarter or year can hold a month or a year."""

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-\d{2})?")


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Records by unit and month, one element a record in every array.

    *places*: country and admin1 of every unit, those without a record included. *unit*: position among them, -1 for a
    place that is none of them. *month*: since year 0, NaN when undated; *reach*: months the date may span. *is_target*:
    of the target. *is_sure*: of the certainty asked for.
    """

    places: list[tuple[str, str]]
    unit: IntArray
    month: FloatArray
    reach: FloatArray
    is_target: BoolArray
    is_sure: BoolArray

    def usable(self, months_visit: int) -> tuple[pd.DataFrame, dict[str, int]]:
        """The records that visits of so many months can place, with unit, month and is_target; counts of the rest."""
        import pandas as pd

        left = np.ones(len(self.unit), dtype=bool)
        counts: dict[str, int] = {}
        checks = {
            "other_unit": self.unit < 0,
            "undated": np.isnan(self.month),
            "imprecise": self.reach > months_visit,
        }
        for name, fails in checks.items():
            counts[name] = int((left & fails & self.is_target).sum())
            left &= ~fails
        counts["other_taxon"] = int((left & ~self.is_target).sum())
        counts["other_certainty"] = int((left & self.is_target & ~self.is_sure).sum())
        # Another taxon shows that somebody looked whatever its grade; an unsure target record shows nothing.
        left &= self.is_sure | ~self.is_target
        kept = {"unit": self.unit[left], "month": self.month[left], "is_target": self.is_target[left]}
        return pd.DataFrame(kept), counts


def place(
    records: pd.DataFrame,
    units: pd.DataFrame | Sequence[tuple[str, str]],
    certainty: str,
    date: str,
    taxa: tuple[str, ...],
) -> Placed:
    """Read places, dates, taxa and grades of *records*; the arguments are those of ``histories``.

    Without *taxa* every record is of the target. ``ValueError`` for an unknown certainty, a column that is missing or
    a unit that is named twice.
    """
    grades: Mapping[str, tuple[str, ...] | None] = {
        "confirmed": settings.CONFIRMED_GRADES, "unconfirmed": settings.UNCONFIRMED_GRADES, "any": None,
    }  # fmt: skip
    if certainty not in grades:
        raise ValueError(f"certainty must be one of {', '.join(grades)}, got {certainty!r}")
    column = f"{date}_on"
    if date == "detected" and column not in records.columns:
        column = "occurred_on"
    places = _units(units)
    need(records, ("country", "admin1", "taxon", "evidence_grade", column), "records")
    month, reach = read_dates(records[column], records.get(f"{column}_precision"))
    every, allowed = np.ones(len(records), dtype=bool), grades[certainty]
    return Placed(
        places,
        _unit_of(records["country"], records["admin1"], places),
        month,
        reach,
        records["taxon"].isin(taxa).to_numpy() if taxa else every,
        every if allowed is None else records["evidence_grade"].isin(allowed).to_numpy(),
    )


def _units(units: pd.DataFrame | Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    import pandas as pd

    if not isinstance(units, pd.DataFrame):
        units = pd.DataFrame(list(units), columns=["country", "admin1"])
    need(units, ("country", "admin1"), "units")
    places = [(str(c), str(a)) for c, a in zip(units["country"], units["admin1"], strict=True)]
    if len(set(places)) != len(places):
        raise ValueError("units must name each country and admin1 once")
    return places


def need(table: pd.DataFrame, columns: tuple[str, ...], what: str) -> None:
    """Say with ``ValueError`` which of *columns* is not there, and which are."""
    for column in columns:
        if column not in table.columns:
            raise ValueError(f"column {column!r} not found; {what} has: {', '.join(map(str, table.columns))}")


def read_dates(dates: pd.Series, precision: pd.Series | None) -> tuple[FloatArray, FloatArray]:
    """Months since year 0 (NaN when undated) and the months each date may span."""
    import pandas as pd

    codes, texts = pd.factorize(dates)  # a million rows have a few thousand dates; the last of each is for none
    month_of, reach_of = np.full(len(texts) + 1, np.nan), np.ones(len(texts) + 1)
    for k, text in enumerate(texts):
        if match := _DATE.match(str(text)):
            month_of[k], reach_of[k] = int(match[1]) * 12 + int(match[2] or 1) - 1, 1 if match[2] else 12
    month, reach = month_of[codes], reach_of[codes]
    if precision is None:
        return month, reach
    codes, grades = pd.factorize(precision)
    least = np.array([*(PRECISION.get(str(grade), 1) for grade in grades), 1], dtype=float)
    return month, np.where(np.isnan(month), reach, np.maximum(reach, least[codes]))


def _unit_of(countries: pd.Series, admins: pd.Series, places: list[tuple[str, str]]) -> IntArray:
    """The position of each record's place among *places*; -1 for a place that is none of them."""
    import pandas as pd

    (of_country, named), (of_admin, known) = (pd.factorize(one, use_na_sentinel=False) for one in (countries, admins))
    rows, columns = ({str(name): k for k, name in enumerate(names)} for names in (named, known))
    positions = np.full((len(rows), len(columns)), -1, dtype=int)
    for k, (country, admin) in enumerate(places):
        if country in rows and admin in columns:
            positions[rows[country], columns[admin]] = k
    found: IntArray = positions[of_country, of_admin]
    return found

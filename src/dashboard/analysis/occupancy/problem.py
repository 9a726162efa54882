"""Laying data and formulas out as rows: which visits count, which chains they form, which designs result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .data import BoolArray, Covariate, FloatArray, IntArray, OccupancyData
from .design import Coding, Values, as_factor, code
from .formula import Formula
from .likelihood import Visits

GRAIN: Mapping[str, str] = {
    "psi": "season",
    "lam": "season",
    "gamma": "move",
    "epsilon": "move",
    "p": "visit",
    "r": "visit",
    "fp": "visit",
}  # fmt: skip
"""What one row of a parameter's design is; the first-period occurrence of a dynamic model is per unit."""

ALLOWED = {"unit": ("unit", "season"), "season": ("unit", "season"), "move": ("unit", "season"),
           "visit": ("unit", "season", "visit")}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Data and formulas made ready for a likelihood.

    ``y`` is the data's array with NaN also where a covariate is missing. A chain is a unit (dynamic) or a
    unit-period (otherwise) with at least one visit; ``chain_unit`` and ``chain_period`` say which.
    ``first`` and ``last`` are the outermost periods with a visit. ``rows`` has, per parameter, positions
    into the flattened full grid of that parameter's grain; ``informed`` marks rows the data speak to.
    """

    family: str
    data: OccupancyData
    is_dynamic: bool
    formulas: Mapping[str, Formula]
    covariates: Mapping[str, Covariate]
    y: FloatArray
    loose: BoolArray
    first: int
    last: int
    chain_unit: IntArray
    chain_period: IntArray
    rows: Mapping[str, IntArray]
    informed: Mapping[str, BoolArray]
    n_left_out: int

    @property
    def n_periods(self) -> int:
        """Periods in a chain."""
        return self.last - self.first + 1 if self.is_dynamic else 1

    def grain(self, parameter: str) -> str:
        """What one row of the design of *parameter* is: unit, season, move or visit."""
        return "unit" if self.is_dynamic and parameter == "psi" else GRAIN[parameter]

    def grid(self, parameter: str) -> tuple[int, ...]:
        """Shape of the full grid of *parameter*."""
        units, periods, visits = self.data.shape
        shapes = {
            "unit": (units,), "season": (units, periods), "move": (units, periods - 1),
            "visit": (units, periods, visits),
        }  # fmt: skip
        return shapes[self.grain(parameter)]

    def values(self, parameter: str, rows: IntArray | None = None) -> dict[str, FloatArray]:
        """Covariates of *parameter*, flattened over its full grid, or at some *rows* of it."""
        grain, grid = self.grain(parameter), self.grid(parameter)
        found = {}
        for name in self.formulas[parameter].names:
            flat = spread(self.covariates[name], grain, grid, self.first).ravel()
            found[name] = flat if rows is None else flat[rows]
        return found

    def visits(self) -> Visits:
        """The visits made, in the order of the rows of p."""
        units, periods, _ = self.data.shape
        unit, period, column = np.unravel_index(self.rows[_seen_by(self.family)], self.data.shape)
        chains = self.chain_unit.size
        if self.is_dynamic:
            place = np.full(units, -1)
            place[self.chain_unit] = np.arange(chains)
            cell = (period - self.first) * chains + place[unit]
        else:
            grid = np.full((units, periods), -1)
            grid[self.chain_unit, self.chain_period] = np.arange(chains)
            cell = grid[unit, period]
        return Visits(self.y[unit, period, column], cell, column, self.n_periods, chains)

    def code(self, parameter: str) -> Coding:
        """Fix the columns of *parameter* from the rows the data speak to."""
        rows = self.rows[parameter][self.informed[parameter]]
        return code(self.formulas[parameter], self.covariates, self.values(parameter, rows))

    def matrix(self, parameter: str, coding: Coding) -> FloatArray:
        """The design at the rows in use; zeros in rows the data do not speak to."""
        rows, informed = self.rows[parameter], self.informed[parameter]
        x = np.zeros((rows.size, len(coding.columns)))
        x[informed] = coding.matrix(self.values(parameter, rows[informed]), int(informed.sum()))
        return x


def _seen_by(family: str) -> str:
    return "r" if family == "occu_rn" else "p"


def spread(covariate: Covariate, grain: str, grid: tuple[int, ...], first: int) -> FloatArray:
    """A covariate over a parameter's grid.

    Per unit it takes the value of the *first* period; a transition takes the value of the period it
    starts from. Raises ``ValueError`` when the covariate varies by visit and the parameter does not.
    """
    values = covariate.values
    if covariate.varies_by not in ALLOWED[grain]:
        raise ValueError(f"covariate {covariate.name!r} varies by visit and can be used for detection only")
    if grain == "unit":
        if covariate.name == "season":
            raise ValueError("psi of a dynamic model is that of the first season; 'season' cannot be used in it")
        values = values[:, first if values.shape[1] > 1 else 0, 0]
    elif grain == "season":
        values = values[:, :, 0]
    elif grain == "move":
        values = values[:, :-1, 0] if values.shape[1] > 1 else values[:, :, 0]
    return np.broadcast_to(values, grid)


def lay_out(
    family: str, data: OccupancyData, formulas: Mapping[str, Formula], loose_visits: BoolArray | None = None
) -> Problem:
    """Decide which visits count and lay them out.

    A visit without its covariates is left out. A unit(-period) without those of psi is left out. A unit
    whose gamma or epsilon covariates are missing is followed up to that transition only: what was found
    before stays a valid history.
    """
    dynamic = family == "colext"
    covariates: dict[str, Covariate] = {}
    for formula in formulas.values():
        for name in formula.names:
            covariate = data.covariate(name)
            if name in formula.factors:
                covariate = as_factor(covariate)
            if name in covariates and covariates[name].levels != covariate.levels:
                raise ValueError(f"{name!r} is used as a number and as a factor in one model; give it two names")
            covariates[name] = covariate
    made: BoolArray = ~np.isnan(data.y)
    loose = np.zeros(data.shape, dtype=bool)
    if loose_visits is not None:
        loose |= loose_visits[None, None, :]
    draft = Problem(
        family,
        data,
        dynamic,
        formulas,
        covariates,
        data.y,
        loose,
        0,
        0,
        np.empty(0, int),
        np.empty(0, int),
        {},
        {},
        0,
    )
    first, _ = _span(made)
    kept = made.copy()
    for parameter in formulas:
        kept &= _known(draft, parameter, first)
    y = np.where(kept, data.y, np.nan)
    first, last = _span(kept)
    visited: BoolArray = np.any(kept, axis=2)
    if dynamic:
        chain_unit = np.flatnonzero(visited.any(axis=1))
        chain_period = np.full(chain_unit.size, first)
    else:
        chain_unit, chain_period = np.nonzero(visited)
    rows, informed = _rows(draft, kept, visited, first, last, chain_unit, chain_period)
    return Problem(
        family, data, dynamic, formulas, covariates, y, loose, first, last, chain_unit, chain_period,
        rows, informed, int(made.sum() - kept.sum()),
    )  # fmt: skip


def _span(made: BoolArray) -> tuple[int, int]:
    periods = np.flatnonzero(made.any(axis=(0, 2)))
    return (int(periods[0]), int(periods[-1])) if periods.size else (0, 0)


def _known(draft: Problem, parameter: str, first: int) -> BoolArray:
    """Where visits can be used as far as the covariates of *parameter* go (units x periods x visits)."""
    grain, grid = draft.grain(parameter), draft.grid(parameter)
    known = np.ones(grid, dtype=bool)
    for name in draft.formulas[parameter].names:
        known &= ~np.isnan(spread(draft.covariates[name], grain, grid, first))
    if grain == "unit":
        return known[:, None, None]
    if grain == "season":
        return known[:, :, None]
    if grain == "move":
        followed = np.ones(draft.data.shape[:2], dtype=bool)
        known[:, :first] = True
        followed[:, 1:] = np.logical_and.accumulate(known, axis=1)
        return followed[:, :, None]
    return known | ~draft.loose if parameter == "fp" else known


def _rows(
    draft: Problem,
    kept: BoolArray,
    visited: BoolArray,
    first: int,
    last: int,
    chain_unit: IntArray,
    chain_period: IntArray,
) -> tuple[dict[str, IntArray], dict[str, BoolArray]]:
    rows: dict[str, IntArray] = {}
    informed: dict[str, BoolArray] = {}
    by_cell = kept.transpose(1, 0, 2) if draft.is_dynamic else kept
    at = np.nonzero(by_cell)
    unit, period, column = (at[1], at[0], at[2]) if draft.is_dynamic else at
    for parameter in draft.formulas:
        grain = draft.grain(parameter)
        if grain == "unit":
            rows[parameter] = chain_unit
        elif grain == "season":
            rows[parameter] = np.ravel_multi_index((chain_unit, chain_period), draft.grid(parameter))
        elif grain == "move":
            starts = np.arange(first, last)[:, None]
            periods = visited.shape[1]
            rows[parameter] = (chain_unit[None, :] * (periods - 1) + starts).ravel()
            last_visit = periods - 1 - np.argmax(visited[chain_unit, ::-1], axis=1)
            informed[parameter] = (starts < last_visit[None, :]).ravel()
        else:
            rows[parameter] = np.ravel_multi_index((unit, period, column), draft.data.shape)
            if parameter == "fp":
                rows[parameter] = rows[parameter][draft.loose[unit, period, column]]
        informed.setdefault(parameter, np.ones(rows[parameter].size, dtype=bool))
    return rows, informed


def values_from_table(coding: Coding, table: Mapping[str, object], rows: int) -> Values:
    """Covariates of *coding* from a table of new data; text or numbers for the levels of a factor.

    Raises ``ValueError`` for a missing column or a level the fitted data did not have.
    """
    found: dict[str, FloatArray] = {}
    for name in coding.formula.names:
        if name not in table:
            raise ValueError(f"column {name!r} not found; the table has: {', '.join(map(str, table)) or 'none'}")
        given = np.broadcast_to(np.asarray(table[name]), (rows,))
        if name not in coding.factors:
            found[name] = given.astype(float)
            continue
        labels = {label: float(k) for k, label in enumerate(coding.factors[name]) if k in coding.seen[name]}
        texts = [_text(v) for v in given.tolist()]
        strange = sorted({t for t in texts if t and t not in labels})
        if strange:
            raise ValueError(f"{name} {strange[0]!r} is not among the fitted levels: {', '.join(labels)}")
        found[name] = np.array([labels.get(t, np.nan) for t in texts])
    return found


def _text(value: object) -> str:
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)

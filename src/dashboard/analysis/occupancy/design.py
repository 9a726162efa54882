"""From formulas to design matrices: coding of factors, rank, and whitening."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy.linalg import qr, solve_triangular

from . import settings
from .data import BoolArray, Covariate, FloatArray, IntArray
from .formula import Formula, Term

Values = Mapping[str, FloatArray]
"""One number per row for each covariate; positions of levels for a factor."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a design: numbers to multiply, and factor levels to match."""

    name: str
    numeric: tuple[str, ...]
    levels: tuple[tuple[str, int], ...]

    def build(self, values: Values, rows: int) -> FloatArray:
        """The column for *rows* rows of *values*."""
        column = np.ones(rows)
        for name in self.numeric:
            column = column * values[name]
        for name, level in self.levels:
            column = column * (values[name] == level)
        return column


@dataclass(frozen=True, slots=True)
class Coding:
    """How a formula becomes columns, fixed by the rows it was fitted to.

    ``factors`` maps a factor to the labels of all its levels, ``seen`` to the positions that occur.
    """

    formula: Formula
    columns: tuple[Column, ...]
    factors: Mapping[str, tuple[str, ...]]
    seen: Mapping[str, tuple[int, ...]]

    @property
    def terms(self) -> tuple[str, ...]:
        """Names of the columns; the intercept is ``1``."""
        return tuple(c.name for c in self.columns)

    @property
    def n_levels(self) -> int:
        """How many separate constants are asked for: columns made by the intercept and factors."""
        return max(1, sum(1 for c in self.columns if c.levels or not c.numeric))

    def matrix(self, values: Values, rows: int) -> FloatArray:
        """Rows x columns; NaN where a covariate is unknown or a level was not in the fitted data."""
        x = np.column_stack([c.build(values, rows) for c in self.columns])
        unknown = np.zeros(rows, dtype=bool)
        for name in self.formula.names:
            unknown |= np.isnan(values[name])
            if name in self.factors:
                unknown |= ~np.isin(values[name], self.seen[name])
        x[unknown] = np.nan
        return x


def code(formula: Formula, covariates: Mapping[str, Covariate], values: Values) -> Coding:
    """Fix the columns of *formula* from the rows in *values* that are in use.

    A factor inside a term has one column per level, or one fewer when the term without it is already in
    the model (the coding rule of Chambers and Hastie 1992, *Statistical Models in S*, chapter 2).
    """
    factors: dict[str, tuple[str, ...]] = {}
    seen: dict[str, tuple[int, ...]] = {}
    for name in formula.names:
        levels = covariates[name].levels
        if levels is None and name not in formula.factors:
            continue
        present = np.unique(values[name][~np.isnan(values[name])])
        if levels is None:
            raise ValueError(f"factor({name}) must be turned into levels first")
        factors[name] = levels
        seen[name] = tuple(int(v) for v in present)
    columns: list[Column] = []
    spanned = set(formula.terms)
    for term in formula.terms:
        columns += _columns(term, factors, seen, spanned)
        if len(term) == 1 and term[0] in factors:
            spanned.add(())  # one column per level adds up to the constant
    return Coding(formula, tuple(columns), factors, seen)


def _columns(
    term: Term,
    factors: Mapping[str, tuple[str, ...]],
    seen: Mapping[str, tuple[int, ...]],
    spanned: set[Term],
) -> list[Column]:
    columns = [Column("", (), ())]
    order = {frozenset(t) for t in spanned}
    for name in dict.fromkeys(term):
        if name not in factors:
            times = (name,) * term.count(name)
            columns = [Column(":".join(filter(None, (c.name, *times))), c.numeric + times, c.levels) for c in columns]
            continue
        reduced = frozenset(n for n in term if n != name) in order
        kept = seen[name][1:] if reduced else seen[name]
        # The first factor varies fastest, so one factor by a number gives its levels in order.
        columns = [
            Column(
                ":".join(filter(None, (c.name, f"{name}=={factors[name][k]}"))),
                c.numeric,
                (*c.levels, (name, k)),
            )
            for k in kept
            for c in columns
        ]
    return [replace(c, name=c.name or "1") for c in columns]


def as_factor(covariate: Covariate) -> Covariate:
    """Read the different values of a number as levels."""
    if covariate.levels is not None:
        return covariate
    present = np.unique(covariate.values[~np.isnan(covariate.values)])
    positions = np.searchsorted(present, covariate.values).astype(float)
    positions[np.isnan(covariate.values)] = np.nan
    return replace(covariate, values=positions, levels=tuple(f"{v:g}" for v in present))


def dependent_columns(x: FloatArray) -> list[int]:
    """Positions of columns that follow from those to their left (QR diagonal against its largest)."""
    norms = np.linalg.norm(x, axis=0)
    if not x.size or not norms.any():
        return list(range(x.shape[1]))
    scaled = _condensed(*_unique_rows(x)) / np.where(norms > 0, norms, 1.0)
    diagonal = np.zeros(x.shape[1])
    r = np.abs(np.diag(qr(scaled, mode="r")[0][: x.shape[1]]))
    diagonal[: r.size] = r
    return [int(k) for k in np.flatnonzero(diagonal < settings.RANK_TOLERANCE * diagonal.max())]


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A linear predictor at every row, with the logistic and log(1 + exp) of it."""

    eta: FloatArray
    logistic: FloatArray
    softplus: FloatArray


class Block:
    """A whitened design: equal rows are stored once, columns are orthogonal with mean square one.

    ``back`` maps the whitened coefficients to those of the columns as given. Whitening makes the search
    indifferent to the scale and centre of covariates (METHODS, section 5).
    """

    def __init__(self, x: FloatArray) -> None:
        rows = x.shape[0]
        norms = np.linalg.norm(x, axis=0)
        unique, self.index = _unique_rows(x)
        triangle = qr(_condensed(unique, self.index) / norms, mode="economic")[1]
        triangle *= np.sign(np.diag(triangle))[:, None]  # so a constant column stays +1
        root = np.sqrt(rows)
        self.back: FloatArray = solve_triangular(triangle, np.eye(x.shape[1])) * root / norms[:, None]
        self.columns = x.shape[1]
        self.x: FloatArray = np.ascontiguousarray(unique @ self.back)

    def evaluate(self, theta: FloatArray) -> Evaluated:
        """Linear predictor, clipped at +-30, and its transforms, at every row."""
        bound = settings.LINEAR_PREDICTOR_CLIP
        eta = np.minimum(np.maximum(self.x @ theta, -bound), bound)
        small = np.exp(-np.abs(eta))
        above = 1.0 / (1.0 + small)
        logistic = np.where(eta >= 0, above, small * above)
        softplus = np.log1p(small) + np.maximum(eta, 0.0)
        if self.index is None:
            return Evaluated(eta, logistic, softplus)
        return Evaluated(eta[self.index], logistic[self.index], softplus[self.index])

    def gradient(self, residual: FloatArray) -> FloatArray:
        """Sum over rows of *residual* times the design row."""
        if self.index is not None:
            residual = np.asarray(np.bincount(self.index, residual, self.x.shape[0]), dtype=float)
        return np.asarray(residual @ self.x)

    def rows(self) -> FloatArray:
        """The whitened design with every row written out."""
        return self.x if self.index is None else self.x[self.index]


def _unique_rows(x: FloatArray) -> tuple[FloatArray, IntArray | None]:
    """Different rows and where each belongs, or the rows themselves when little would be saved."""
    key = x @ np.random.default_rng(0).standard_normal(x.shape[1])
    _, first, index = np.unique(key, return_index=True, return_inverse=True)
    if first.size > x.shape[0] / 2 or not np.array_equal(x[first][index], x):
        return x, None
    return x[first], index


def _condensed(unique: FloatArray, index: IntArray | None) -> FloatArray:
    """Different rows times the root of how often each occurs: with the same triangle as all of them, in far fewer."""
    return unique if index is None else unique * np.sqrt(np.bincount(index))[:, None]


def standardised(coding: Coding, values: Values, used: BoolArray) -> FloatArray:
    """Matrix that turns coefficients into those of standardised covariates.

    Two-valued numbers become 0 and 1, others are centred and divided by their standard deviation, so a
    rule about the size of a coefficient does not depend on units of measurement. Where the standardised
    columns do not span the same space (products without their main effects) only scales are used.
    """
    numbers = {name for c in coding.columns for name in c.numeric}
    size = len(coding.columns)
    if not numbers:
        return np.eye(size)
    scaled = {name: values[name][used] for name in coding.formula.names}
    rows = int(used.sum())
    given = coding.matrix(scaled, rows)
    for name in numbers:
        v = scaled[name]
        low, high = v.min(), v.max()
        two_valued = bool(np.all((v == low) | (v == high)))
        centre, scale = (low, high - low) if two_valued else (v.mean(), v.std())
        scaled[name] = (v - centre) / (scale or 1.0)
    ours = coding.matrix(scaled, rows)
    change, *_ = np.linalg.lstsq(ours, given, rcond=None)
    if np.allclose(ours @ change, given, rtol=0, atol=1e-6 * max(1.0, float(np.abs(given).max()))):
        return np.asarray(change, dtype=float)
    spread = given.std(axis=0)
    return np.diag(np.where(spread > 0, spread, np.abs(given).max(axis=0)))

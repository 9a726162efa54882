"""What must hold before and after a fit, and the reasons when it does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from . import settings
from .data import BoolArray, FloatArray
from .design import Coding, dependent_columns
from .problem import Problem
from .reasons import Finding, finding
from .search import Optimum


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the histories hold: the counts every guard looks at.

    ``repeats`` is per period: units with two or more detections in it; NaN-free, 0 where nobody looked.
    """

    n_units: int
    n_visits: int
    n_detections: int
    n_replicated: int
    repeats: FloatArray
    visited: BoolArray
    naive: FloatArray

    @property
    def n_repeats(self) -> int:
        """Unit-periods with two or more detections."""
        return int(self.repeats.sum())


def evidence(y: FloatArray, loose: BoolArray) -> Evidence:
    """Count units, visits, detections and repeats in a units x periods x visits array.

    Where some visits can be positive by mistake (*loose*), a unit-period counts as a repeat only when at
    least one of its detections is of the other kind.
    """
    made: BoolArray = ~np.isnan(y)
    found: BoolArray = np.equal(y, 1)
    sure = (found & ~loose).any(axis=2)
    repeated = (found.sum(axis=2) >= 2) & sure
    seen: BoolArray = np.any(made, axis=2)
    with np.errstate(invalid="ignore", divide="ignore"):
        naive = found.any(axis=2).sum(axis=0) / seen.sum(axis=0)
    return Evidence(
        n_units=int(seen.any(axis=1).sum()),
        n_visits=int(made.sum()),
        n_detections=int(found.sum()),
        n_replicated=int((made.sum(axis=2) >= 2).sum()),
        repeats=repeated.sum(axis=0).astype(float),
        visited=np.any(seen, axis=0),
        naive=naive,
    )


def before(problem: Problem, found: Evidence) -> list[Finding]:
    """Reasons that leave nothing to estimate. Empty when the fit can go ahead."""
    if found.n_visits == 0:
        return [finding("UNMONITORED", "refused")]
    if found.n_detections == 0:
        return [finding("NO_DETECTIONS", "refused", visits=found.n_visits, units=found.n_units)]
    if found.n_replicated == 0:
        return [finding("NO_REPLICATION", "refused", product=found.n_detections / found.n_visits)]
    if problem.family == "occu_fp" and not (problem.y[~problem.loose] == 1).any():
        return [finding("UNCONFIRMED_ONLY", "refused")]
    return []


def rank(problem: Problem, codings: Mapping[str, Coding], designs: Mapping[str, FloatArray]) -> list[Finding]:
    """One reason per design whose columns are not independent, naming the columns."""
    findings = []
    for parameter, x in designs.items():
        columns = dependent_columns(x[problem.informed[parameter]])
        if columns:
            names = [codings[parameter].terms[k] for k in columns]
            findings.append(finding("RANK_DEFICIENT", "refused", parameter=parameter, columns=names))
    return findings


def repeat_guard(
    found: FloatArray, is_dynamic: bool, levels: int = 1, seasons: list[str] | None = None
) -> list[Finding]:
    """Are there enough repeat detections (METHODS, section 6)?

    *found* has the repeats of each period that must hold on its own (p by period), or their total.
    A dynamic model needs *levels* times as many: one for each separate colonisation or extinction level.
    """
    refuse = settings.DYNAMIC_REFUSE_BELOW * levels if is_dynamic else settings.PERIOD_REFUSE_BELOW
    enough = settings.DYNAMIC_CAUTION_BELOW * levels if is_dynamic else settings.PERIOD_CAUTION_BELOW
    least = int(found.min())
    if least >= enough:
        return []
    where = f" in period {seasons[int(found.argmin())]}" if seasons else ""
    return [
        finding(
            "FEW_REPEATS",
            "refused" if least < refuse else "caution",
            found=least,
            refuse_below=refuse,
            ok_from=enough,
            missing=enough - least,
            missing_to_lift_refusal=max(refuse - least, 0),
            levels=levels,
            where=where,
        )
    ]


def few_repeats(problem: Problem, codings: Mapping[str, Coding], found: Evidence) -> list[Finding]:
    """Apply :func:`repeat_guard` to a fit."""
    if "gamma" in codings:
        levels = max(codings["gamma"].n_levels, codings["epsilon"].n_levels)
        return repeat_guard(np.array([found.n_repeats]), True, levels)
    detection = problem.formulas["r" if problem.family == "occu_rn" else "p"]
    if "season" in detection.names and found.visited.sum() > 1:
        seasons = [str(s) for s, v in zip(problem.data.labels[1], found.visited, strict=True) if v]
        return repeat_guard(found.repeats[found.visited], False, seasons=seasons)
    return repeat_guard(np.array([found.n_repeats]), False)


def at_boundary(theta: FloatArray, se: FloatArray, flat: FloatArray) -> BoolArray:
    """Which coefficients lie on the edge: large, hardly determined, or part of a flat direction.

    All three arrays refer to standardised covariates.
    """
    largest = np.abs(flat).max(axis=0, initial=0.0)
    part = (np.abs(flat) > settings.FLAT_LOADING * np.where(largest > 0, largest, 1.0)).any(axis=1)
    edge: BoolArray = (np.abs(theta) > settings.BOUNDARY_LOGIT) | (se > settings.BOUNDARY_SE) | part
    return edge


def after(problem: Problem, optimum: Optimum, on_edge: list[str]) -> list[Finding]:
    """Reasons that come out of the search."""
    findings = []
    if optimum.gradient > settings.CONVERGED_GRADIENT or not optimum.is_maximum:
        findings.append(finding("NOT_CONVERGED", "refused", gradient=optimum.gradient))
    if optimum.has_rival or optimum.n_agreeing < 2:
        gravity = "refused" if problem.is_dynamic or problem.family == "occu_fp" else "caution"
        findings.append(
            finding("MULTIPLE_OPTIMA", gravity, agreeing=optimum.n_agreeing, starts=optimum.n_starts)  # type: ignore[arg-type]
        )
    if on_edge:
        findings.append(finding("BOUNDARY", "caution", terms=on_edge))
    if problem.n_left_out:
        findings.append(finding("COVARIATE_GAPS", "note", visits=problem.n_left_out))
    return findings

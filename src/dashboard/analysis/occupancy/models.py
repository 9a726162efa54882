"""The four models: period by period, dynamic, with false reports, and Royle-Nichols."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
from scipy.special import pdtrc

from . import guards, search, settings
from .channels import by_channel, joined
from .data import BoolArray, FloatArray, OccupancyData
from .design import Block, Coding
from .engine import Engine, row_se
from .estimates import Estimates
from .fit import Fit
from .formula import Formula, parse
from .likelihood import Likelihood, Markov
from .nichols import Nichols
from .problem import Problem, lay_out
from .reasons import Finding, finding, status_of

Build = Callable[[Problem, dict[str, Block]], Likelihood]


def occu(
    data: OccupancyData, psi: str = "~ 1", p: str = "~ 1", by_period: bool = False, seed: int = 0
) -> Fit:  # fmt: skip
    """How widespread is the crime, and how likely is one visit to reveal it?

    MacKenzie et al. (2002), Ecology 83:2248. With several periods each unit-period is an independent
    draw and standard errors are clustered by unit (sandwich), since the same units recur. *by_period*
    gives psi and p one level a period in place of their intercepts.
    """
    formulas = {"psi": parse(psi), "p": parse(p)}
    if by_period:
        formulas = {name: formula.with_factor("season") for name, formula in formulas.items()}
    return _estimate(lay_out("occu", data, formulas), {"psi": psi, "p": p}, _markov, seed)


def colext(
    data: OccupancyData,
    psi: str = "~ 1",
    gamma: str = "~ 1",
    epsilon: str = "~ 1",
    p: str = "~ 1",
    seed: int = 0,
) -> Fit:
    """Where is the crime spreading, and where is it dying out?

    MacKenzie et al. (2003), Ecology 84:2200. psi is occurrence in the first visited season, gamma the
    chance of gaining it and epsilon of losing it by the next; a season covariate of gamma and epsilon
    takes the value of the season the transition starts from. With one visited season there is nothing to
    gain or lose, and the fit equals :func:`occu`.
    """
    texts = {"psi": psi, "gamma": gamma, "epsilon": epsilon, "p": p}
    formulas = {name: parse(text) for name, text in texts.items()}
    if data.shape[1] > 1:
        problem = lay_out("colext", data, formulas)
        if problem.last > problem.first:
            return _estimate(problem, texts, _markov, seed)
    still = {name: formulas[name] for name in ("psi", "p")}
    return _estimate(lay_out("colext", data, still), texts, _markov, seed)


def colext_or_periods(
    data: OccupancyData,
    psi: str = "~ 1",
    gamma: str = "~ 1",
    epsilon: str = "~ 1",
    p: str = "~ 1",
    seed: int = 0,
) -> Fit:
    """The dynamic model, or the period-by-period model where the dynamic one has more than one answer.

    METHODS, section 5: on MULTIPLE_OPTIMA the dynamic terms are refused and :func:`occu` by period is shown
    instead, with the reason FELL_BACK and a caution at least.
    """
    fit = colext(data, psi, gamma, epsilon, p, seed)
    if "MULTIPLE_OPTIMA" not in {reason.code for reason in fit.reasons}:
        return fit
    periods = occu(data, psi, p, by_period=True, seed=seed)
    fell_back = finding("FELL_BACK", "caution").reason
    status = "caution" if periods.status == "ok" else periods.status
    return replace(periods, status=status, reasons=(fell_back, *periods.reasons))


def occu_fp(
    data_confirmed: OccupancyData,
    data_unconfirmed: OccupancyData,
    psi: str = "~ 1",
    p: str = "~ 1",
    fp: str | None = "~ 1",
    seed: int = 0,
) -> Fit:
    """How often does an unconfirmed report name a place where nothing is going on?

    Royle and Link (2006); Miller et al. (2011), Ecology 92:1422. Confirmed visits cannot be positive
    where the crime is absent; unconfirmed ones are, with probability fp. *p* is the chance of a positive
    visit where the crime is present; its formula is applied to each channel (terms ``confirmed`` and
    ``unconfirmed``), unless it names the factor ``channel`` or the 0/1 covariates ``confirmed`` and
    ``unconfirmed`` itself. ``fp=None`` fixes fp at 0: the ordinary model.
    """
    texts = {"psi": psi, "p": p} | ({} if fp is None else {"fp": fp})
    both, loose = joined(data_confirmed, data_unconfirmed)
    formulas = {name: parse(text) for name, text in texts.items()}
    own = {"channel", "confirmed", "unconfirmed"}
    if not own & set(formulas["p"].names):
        formulas["p"] = Formula((*formulas["p"].terms, ("channel",)), formulas["p"].factors)
    problem = lay_out("occu_fp", both, formulas, loose if fp is not None else None)
    split = by_channel(problem, parse(p)) if not own & set(parse(p).names) else None
    return _estimate(problem, texts, _markov, seed, {"p": split} if split else {})


def occu_rn(data: OccupancyData, lam: str = "~ 1", r: str = "~ 1", seed: int = 0) -> Fit:
    """Does detection grow with the number of active groups? A check on :func:`occu`, not a count.

    Royle and Nichols (2003), Ecology 84:777: N ~ Poisson(lam) (log link), p = 1 - (1 - r)^N. Standard
    errors are clustered by unit when units recur over periods.
    """
    problem = lay_out("occu_rn", data, {"lam": parse(lam), "r": parse(r)})
    most = settings.ABUNDANCE_FIRST
    while True:
        size = most
        fit = _estimate(
            problem, {"lam": lam, "r": r},
            lambda q, b, size=size: Nichols(q.visits(), b["lam"], b["r"], size), seed,  # type: ignore[misc]
        )  # fmt: skip
        if fit.engine is None:
            return fit
        largest = float(
            np.exp(fit.engine.predictor("lam")(fit.engine.theta)[problem.chain_unit, problem.chain_period]).max()
        )
        if pdtrc(most, largest) < settings.ABUNDANCE_TAIL:
            return fit
        if most >= settings.ABUNDANCE_MOST:
            unbounded = finding("ABUNDANCE_UNBOUNDED", "refused", most=most).reason
            return replace(fit, status="refused", reasons=(*fit.reasons, unbounded))
        most *= 3


def _markov(problem: Problem, blocks: dict[str, Block]) -> Likelihood:
    loose = problem.loose.ravel()[problem.rows["p"]]
    return Markov(problem.visits(), blocks["psi"], blocks["p"], blocks.get("gamma"), blocks.get("epsilon"),
                  blocks.get("fp"), loose)  # fmt: skip


def _estimate(
    problem: Problem,
    texts: dict[str, str],
    build: Build,
    seed: int,
    codings: Mapping[str, Coding] | None = None,
) -> Fit:
    """Guards, search, checks: the road every model takes."""
    found = guards.evidence(problem.y, problem.loose)
    codings = {name: (codings or {}).get(name) or problem.code(name) for name in problem.formulas}
    names = [(parameter, term) for parameter, coding in codings.items() for term in coding.terms]
    findings = guards.before(problem, found)
    designs: dict[str, FloatArray] = {}
    if not findings:
        designs = {name: problem.matrix(name, coding) for name, coding in codings.items()}
        findings = guards.rank(problem, codings, designs)
    key = hashlib.blake2b(np.nan_to_num(problem.y, nan=2.0).tobytes(), digest_size=8).hexdigest()
    if findings:
        return _fit(problem, texts, names, found, findings, key, None, None)
    blocks = {name: Block(x) for name, x in designs.items()}
    likelihood = build(problem, blocks)
    optimum = search.find(likelihood, _nested_start(problem, blocks, build), seed)
    engine = Engine(
        problem, codings, likelihood, optimum.theta, _clustered(problem, likelihood, optimum), optimum.flat,
        optimum.loglik,
    )  # fmt: skip
    return _fit(problem, texts, names, found, guards.few_repeats(problem, codings, found), key, optimum, engine)


def _nested_start(problem: Problem, blocks: dict[str, Block], build: Build) -> FloatArray | None:
    """Whitened coefficients of the fitted constant model; None when the model is constant already."""
    if all(block.columns == 1 for block in blocks.values()):
        return None
    constant = {name: Block(np.ones((problem.rows[name].size, 1))) for name in blocks}
    theta = search.descend(build(problem, constant).value_and_gradient, np.zeros(len(blocks)), 1e-2)
    parts = [
        block.gradient(np.full(problem.rows[name].size, eta)) / problem.rows[name].size
        for (name, block), eta in zip(blocks.items(), theta, strict=True)
    ]
    return np.concatenate(parts)


def _clustered(problem: Problem, likelihood: Likelihood, optimum: search.Optimum) -> FloatArray:
    """Covariance: from the curvature, or clustered by unit when a unit has several independent chains."""
    bread = optimum.covariance
    clusters, unit = np.unique(problem.chain_unit, return_inverse=True)
    if clusters.size == problem.chain_unit.size or clusters.size < 2:
        return bread
    scores = np.zeros((clusters.size, optimum.theta.size))
    np.add.at(scores, unit, likelihood.scores(optimum.theta))
    meat = scores.T @ scores * clusters.size / (clusters.size - 1)
    return np.asarray(bread @ meat @ bread)


def _fit(
    problem: Problem,
    texts: dict[str, str],
    names: list[tuple[str, str]],
    found: guards.Evidence,
    findings: list[Finding],
    key: str,
    optimum: search.Optimum | None,
    engine: Engine | None,
) -> Fit:
    size = len(names)
    estimate, se, edge = np.full(size, np.nan), np.full(size, np.nan), np.zeros(size, dtype=bool)
    covariance = np.full((size, size), np.nan)
    labels = [f"{parameter}:{term}" for parameter, term in names]
    if engine is not None and optimum is not None:
        estimate, covariance, se, edge = _coefficients(engine)
        findings = [*findings, *guards.after(problem, optimum, [labels[k] for k in np.flatnonzero(edge)])]
    return Fit(
        family=problem.family,
        formulas=texts,
        estimates=Estimates(tuple(names), estimate, se, edge, covariance),
        loglik=float("nan") if optimum is None else optimum.loglik,
        n_parameters=size,
        n_starts=0 if optimum is None else optimum.n_starts,
        n_starts_agreeing=0 if optimum is None else optimum.n_agreeing,
        status=status_of(findings),
        reasons=tuple(f.reason for f in findings),
        n_units=found.n_units,
        n_visits=found.n_visits,
        n_left_out=problem.n_left_out,
        n_repeats=found.n_repeats,
        naive=found.naive,
        data_key=key,
        optimum=optimum,
        engine=engine,
    )


def _coefficients(engine: Engine) -> tuple[FloatArray, FloatArray, FloatArray, BoolArray]:
    """Coefficients as given, their covariance and standard errors, and which are on the edge."""
    back = engine.back()
    estimate, covariance = back @ engine.theta, back @ engine.covariance @ back.T
    se = row_se(back, engine.covariance)
    standard = engine.standardising() @ back
    flat = standard @ engine.flat
    edge = guards.at_boundary(standard @ engine.theta, row_se(standard, engine.covariance), flat)
    flat_only = guards.at_boundary(np.zeros(se.size), np.zeros(se.size), flat)
    covariance[flat_only, :] = np.nan
    covariance[:, flat_only] = np.nan
    return estimate, covariance, np.where(flat_only, np.nan, se), edge


__all__ = ["colext", "colext_or_periods", "occu", "occu_fp", "occu_rn"]

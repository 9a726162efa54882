"""Tables that follow from a fit: predictions, occurrence by season, change, and silent units."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import expit, logit, ndtr, ndtri

from .data import FloatArray
from .engine import Engine, logit_interval, row_se, unique_rows
from .problem import values_from_table
from .profile import limits

if TYPE_CHECKING:
    import pandas as pd

MOST_PROFILES = 25  # rows on the edge that get a likelihood interval; the rest get an open one


def predict(engine: Engine, parameter: str, newdata: Any, level: float) -> pd.DataFrame:
    """Estimate, standard error and interval of a parameter; see :meth:`.Fit.predict`."""
    import pandas as pd

    source = "lam" if parameter == "psi" and engine.problem.family == "occu_rn" else parameter
    if source not in engine.codings:
        raise ValueError(f"parameter {parameter!r} not found; the model has: {', '.join(engine.codings)}")
    if newdata is None:
        table, x = _grid(engine, source), engine.design(source)
    else:
        table = pd.DataFrame(newdata).reset_index(drop=True) if len(newdata) else pd.DataFrame(index=range(1))
        coding = engine.codings[source]
        columns: Mapping[str, object] = {str(name): table[name].to_numpy() for name in table.columns}
        x = coding.matrix(values_from_table(coding, columns, len(table)), len(table))
    different, index = unique_rows(engine.whitened(source, x))
    eta, se = different @ engine.theta, row_se(different, engine.covariance)
    z = float(ndtri((1 + level) / 2))
    low, high = eta - z * se, eta + z * se
    edge = engine.on_edge(different, eta, se)
    low[edge], high[edge] = -np.inf, np.inf
    for row in np.flatnonzero(edge)[:MOST_PROFILES]:
        low[row], high[row] = limits(engine, different[row], level)
    value, slope = _inverse_link(parameter, source)
    numbers = {
        "estimate": value(eta),
        "se": np.where(edge, np.nan, slope(eta) * se),
        "low": value(low),
        "high": value(high),
    }  # fmt: skip
    return pd.concat([table, pd.DataFrame({name: v[index] for name, v in numbers.items()})], axis=1)


def _inverse_link(parameter: str, source: str) -> tuple[Callable[..., FloatArray], Callable[..., FloatArray]]:
    """The inverse link and its derivative."""
    if parameter == "lam":
        return np.exp, np.exp
    if source == "lam":
        return lambda eta: -np.expm1(-np.exp(eta)), lambda eta: np.exp(eta - np.exp(eta))
    return expit, lambda eta: expit(eta) * expit(-eta)


def _grid(engine: Engine, parameter: str) -> pd.DataFrame:
    """Labels of the rows of a parameter's full grid."""
    import pandas as pd

    data, grain = engine.problem.data, engine.problem.grain(parameter)
    sites, seasons, visits = data.labels
    axes: dict[str, list[Any]] = {"site": list(sites)}
    if grain == "move":
        axes["season"] = list(seasons[:-1])
    elif grain != "unit":
        axes["season"] = list(seasons)
    if grain == "visit":
        axes["visit"] = list(visits)
    return pd.MultiIndex.from_product(list(axes.values()), names=list(axes)).to_frame(index=False)


def psi_by_season(engine: Engine, naive: FloatArray, level: float) -> pd.DataFrame:
    """Mean occurrence of the units looked at, by season; see :meth:`.Fit.psi_by_season`."""
    mean = _mean_over_units(engine, engine.occurrence())
    table = _with_interval(engine, mean, level)
    on_edge = np.flatnonzero((table["estimate"] < 1e-6) | (table["estimate"] > 1 - 1e-6))
    source = "lam" if engine.problem.family == "occu_rn" else "psi"
    for season in on_edge:
        low, high = 0.0, 1.0
        if not engine.problem.is_dynamic or season == engine.problem.first:
            x = engine.design(source).reshape(*engine.problem.grid(source), -1)
            units = np.unique(engine.problem.chain_unit)
            middle = np.nanmean(x[units] if engine.problem.is_dynamic else x[units, season], axis=0)
            value, _ = _inverse_link("psi", source)
            edges = limits(engine, engine.whitened(source, middle[None, :])[0], level)
            low, high = (float(value(edge)) for edge in edges)
        table.loc[season, ["se", "low", "high"]] = [np.nan, low, high]
    table.insert(0, "season", list(engine.problem.data.labels[1]))
    table["naive"] = naive
    return table


def _mean_over_units(engine: Engine, table: Callable[[FloatArray], FloatArray]) -> Callable[[FloatArray], FloatArray]:
    units = np.unique(engine.problem.chain_unit)

    def mean(theta: FloatArray) -> FloatArray:
        values = table(theta)[units]
        known = ~np.isnan(values)
        count = known.sum(axis=0)
        return np.where(count > 0, np.where(known, values, 0.0).sum(axis=0) / np.maximum(count, 1), np.nan)

    return mean


def _with_interval(engine: Engine, of: Callable[[FloatArray], FloatArray], level: float) -> pd.DataFrame:
    import pandas as pd

    estimate, se = of(engine.theta), engine.delta_se(of)
    low, high = logit_interval(estimate, se, level)
    return pd.DataFrame({"estimate": estimate, "se": se, "low": low, "high": high})


def growth(engine: Engine, level: float) -> pd.DataFrame:
    """Occurrence of each season over that of the season before; see :meth:`.Fit.growth`."""
    import pandas as pd

    mean = _mean_over_units(engine, engine.occurrence())

    def ratio(theta: FloatArray) -> FloatArray:
        psi = mean(theta)
        return np.asarray(psi[1:] / psi[:-1])

    estimate, se = ratio(engine.theta), engine.delta_se(ratio)
    factor = np.exp(float(ndtri((1 + level) / 2)) * se / estimate)
    table = pd.DataFrame({"estimate": estimate, "se": se, "low": estimate / factor, "high": estimate * factor})
    return _moves(engine, table)


def turnover(engine: Engine, level: float) -> pd.DataFrame:
    """Share of the occupied units that are new; see :meth:`.Fit.turnover`."""
    occurrence, gamma = engine.occurrence(), _move(engine, "gamma")

    def new(theta: FloatArray) -> FloatArray:
        return np.asarray((1 - occurrence(theta)[:, :-1]) * expit(gamma(theta)))

    gained = _mean_over_units(engine, new)
    mean = _mean_over_units(engine, occurrence)
    return _moves(engine, _with_interval(engine, lambda theta: gained(theta) / mean(theta)[1:], level))


def equilibrium(engine: Engine, level: float) -> pd.DataFrame:
    """Occurrence at which gains and losses balance; see :meth:`.Fit.equilibrium`."""
    gamma, epsilon = _move(engine, "gamma"), _move(engine, "epsilon")

    def balance(theta: FloatArray) -> FloatArray:
        g, e = expit(gamma(theta)), expit(epsilon(theta))
        return np.asarray(g / (g + e))

    return _moves(engine, _with_interval(engine, _mean_over_units(engine, balance), level))


def _move(engine: Engine, parameter: str) -> Callable[[FloatArray], FloatArray]:
    if parameter not in engine.codings:
        raise ValueError("only a dynamic model with two or more seasons has colonisation and extinction")
    return engine.predictor(parameter)


def _moves(engine: Engine, table: pd.DataFrame) -> pd.DataFrame:
    seasons = engine.problem.data.labels[1]
    table.insert(0, "season", list(seasons[:-1]))
    table.insert(1, "next_season", list(seasons[1:]))
    return table


def unit_seasons(engine: Engine) -> pd.DataFrame:
    """Labels of every unit and season, in the order of a flattened units x periods table."""
    import pandas as pd

    sites, seasons, _ = engine.problem.data.labels
    return pd.MultiIndex.from_product([list(sites), list(seasons)], names=["site", "season"]).to_frame(index=False)


def conditional_psi(engine: Engine, level: float) -> pd.DataFrame:
    """Probability of occurrence given the history; see :meth:`.Fit.conditional_psi`."""
    import pandas as pd

    given = engine.conditional()
    table = _with_interval(engine, lambda theta: given(theta).ravel(), level)
    with np.errstate(invalid="ignore"):
        found = np.nansum(engine.problem.data.y, axis=2).ravel() > 0
    return pd.concat([unit_seasons(engine), pd.DataFrame({"is_detected": found}), table], axis=1)


def exceedance(engine: Engine, threshold: float) -> pd.DataFrame:
    """Probability that psi is above *threshold*; see :meth:`.Fit.exceedance`."""
    import pandas as pd

    occurrence = engine.occurrence()

    def scaled(theta: FloatArray) -> FloatArray:
        psi = np.clip(occurrence(theta), 1e-12, 1 - 1e-12)
        return np.asarray(logit(psi).ravel())

    centre, se = scaled(engine.theta), engine.delta_se(scaled)
    with np.errstate(divide="ignore", invalid="ignore"):
        probability = ndtr((centre - logit(threshold)) / se)
    probability[engine.on_edge(engine.jacobian(scaled), centre, se)] = np.nan
    return pd.concat([unit_seasons(engine), pd.DataFrame({"psi": expit(centre), "probability": probability})], axis=1)


def visits_needed(psi: FloatArray, p: FloatArray, level: float) -> FloatArray:
    """Visits without detection after which absence is *level* sure (METHODS, section 3.1).

    0 where psi is already low enough; infinite where p is 0; NaN where either is unknown.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        short = logit(level) + logit(psi)  # how far the prior odds of presence are from the odds wanted
        needed = np.ceil(-short / np.log1p(-p) - 1e-9)
    needed = np.where(p >= 1, 1.0, needed)
    needed = np.where(short <= 0, 0.0, needed)
    return np.where(np.isnan(psi) | np.isnan(p), np.nan, needed)


def visits_for_absence(engine: Engine, level: float) -> pd.DataFrame:
    """Visits without detection needed in each unit and season; see :meth:`.Fit.visits_for_absence`."""
    import pandas as pd

    psi = engine.occurrence()(engine.theta)
    if engine.problem.family == "occu_rn":
        mean = np.exp(engine.predictor("lam")(engine.theta))[:, :, None]
        r = expit(engine.predictor("r")(engine.theta))
        # chance that one visit misses a unit with at least one group:
        # (exp(-lambda r) - exp(-lambda)) / (1 - exp(-lambda))
        missed = np.log(np.maximum((np.exp(-mean * r) - np.exp(-mean)) / -np.expm1(-mean), 1e-300))
    else:
        with np.errstate(invalid="ignore"):
            missed = -np.logaddexp(0.0, engine.predictor("p")(engine.theta))
        missed = np.where(engine.problem.loose, np.nan, missed)
    known = ~np.isnan(missed)
    count = known.sum(axis=2)
    average = np.where(known, missed, 0.0).sum(axis=2) / np.where(count > 0, count, np.nan)
    p = -np.expm1(average)
    numbers = {"psi": psi.ravel(), "p": p.ravel(), "visits": visits_needed(psi, p, level).ravel()}
    return pd.concat([unit_seasons(engine), pd.DataFrame(numbers)], axis=1)

"""What must not change the answer, and what must."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from occupancy_cases import simulated
from scipy.special import expit, gammaln, logsumexp

from dashboard.analysis.occupancy import Fit, OccupancyData, colext, occu, occu_fp, occu_rn
from dashboard.analysis.occupancy.search import differenced_hessian

FORMULAS = {"psi": "~ hub", "gamma": "~ road", "epsilon": "~ road", "p": "~ effort"}


def both(data: OccupancyData) -> list[Fit]:
    return [colext(data, **FORMULAS), occu(data, "~ hub", "~ effort"), occu_rn(data, "~ hub", "~ effort")]


def changed(data: OccupancyData, take=lambda a: a, **given) -> OccupancyData:
    """The data with *take* applied to every array."""
    parts = {
        "y": take(data.y),
        "site_covs": {k: take(v) for k, v in data.site_covs.items()},
        "season_covs": {k: take(v) for k, v in data.season_covs.items()},
        "obs_covs": {k: take(v) for k, v in data.obs_covs.items()},
    }
    return OccupancyData(**(parts | given))


def padded(values: np.ndarray, axis: int, before: int, after: int) -> np.ndarray:
    if values.ndim <= axis:
        return values
    widths = [(0, 0)] * values.ndim
    widths[axis] = (before, after)
    if values.dtype.kind not in "fb":
        return np.pad(values, widths, constant_values="")
    return np.pad(values.astype(float), widths, constant_values=np.nan)


def assert_same(ours: Fit, theirs: Fit, tolerance: float = 2e-5) -> None:
    assert ours.loglik == pytest.approx(theirs.loglik, abs=1e-6)
    assert ours.coef["estimate"].to_numpy() == pytest.approx(theirs.coef["estimate"].to_numpy(), abs=tolerance)
    assert ours.coef["se"].to_numpy() == pytest.approx(theirs.coef["se"].to_numpy(), rel=1e-4, nan_ok=True)
    assert ours.status == theirs.status
    assert ours.n_repeats == theirs.n_repeats


def test_the_order_of_visits_within_a_period_does_not_matter(dynamic):
    rng = np.random.default_rng(1)
    order = rng.permuted(np.tile(np.arange(3), (120, 5, 1)), axis=2)

    def shuffle(values):
        return np.take_along_axis(values, order, axis=2) if np.ndim(values) == 3 else values

    for ours, theirs in zip(both(changed(dynamic, shuffle)), both(dynamic), strict=True):
        assert_same(ours, theirs)


def test_the_order_of_units_does_not_matter(dynamic):
    order = np.random.default_rng(2).permutation(120)
    for ours, theirs in zip(both(changed(dynamic, lambda a: a[order])), both(dynamic), strict=True):
        assert_same(ours, theirs)


@pytest.mark.parametrize("extra", [(0, 40), (25, 15)])
def test_units_never_visited_change_nothing(dynamic, extra):
    larger = changed(dynamic, lambda a: padded(a, 0, *extra))
    for ours, theirs in zip(both(larger), both(dynamic), strict=True):
        assert_same(ours, theirs)


@pytest.mark.parametrize("extra", [(0, 2), (1, 0), (2, 1)])
@pytest.mark.parametrize("p", ["~ effort", "~ season + effort"])
def test_periods_never_visited_at_either_end_change_nothing_but_the_horizon(dynamic, extra, p):
    larger = changed(dynamic, lambda a: padded(a, 1, *extra), seasons=None)
    ours, theirs = (colext(d, "~ hub", "~ road", "~ road", p) for d in (larger, dynamic))
    assert_same(ours, theirs)
    assert_same(occu(larger, "~ hub", p), occu(dynamic, "~ hub", p))
    before = extra[0]
    horizon, known = ours.psi_by_season(), theirs.psi_by_season()
    assert horizon["estimate"].iloc[:before].isna().all()
    assert horizon["estimate"].iloc[before : before + 5].to_numpy() == pytest.approx(known["estimate"].to_numpy())
    assert horizon["estimate"].iloc[before + 5 :].between(0, 1).all()


def test_visits_never_made_change_nothing(dynamic):
    larger = changed(dynamic, lambda a: padded(a, 2, 1, 2))
    for ours, theirs in zip(both(larger), both(dynamic), strict=True):
        assert_same(ours, theirs)


@pytest.mark.parametrize(("scale", "shift"), [(1e-3, 0.0), (1e3, 0.0), (1.0, 1e4), (37.0, -5e3)])
def test_scale_and_centre_of_covariates_do_not_matter(dynamic, scale, shift):
    def rescale(table):
        return {k: v * scale + shift if np.asarray(v).dtype.kind == "f" else v for k, v in table.items()}

    moved = replace(dynamic, site_covs=rescale(dynamic.site_covs), obs_covs=rescale(dynamic.obs_covs))
    for ours, theirs in zip(both(moved), both(dynamic), strict=True):
        assert ours.loglik == pytest.approx(theirs.loglik, abs=1e-6)
        assert ours.status == theirs.status
        assert ours.coef["at_boundary"].tolist() == theirs.coef["at_boundary"].tolist()
        slopes = ours.coef["term"] != "1"
        expected = theirs.coef[slopes][["estimate", "se"]].to_numpy() / scale
        assert ours.coef[slopes][["estimate", "se"]].to_numpy() == pytest.approx(expected, rel=1e-3)
        assert ours.psi_by_season()["se"].to_numpy() == pytest.approx(theirs.psi_by_season()["se"], rel=1e-4)


def test_single_season_equals_dynamic_with_one_season(dynamic):
    one = OccupancyData(dynamic.y[:, 0], dynamic.site_covs, {}, {"effort": dynamic.obs_covs["effort"][:, 0]})
    single, chain = occu(one, "~ hub", "~ effort"), colext(one, "~ hub", "~ road", "~ road", "~ effort")
    assert_same(single, chain)
    assert chain.n_parameters == 4
    assert single.conditional_psi().equals(chain.conditional_psi())


def test_no_false_positives_equals_the_ordinary_model(dynamic):
    first, second = (OccupancyData(dynamic.y[:, :, part], dynamic.site_covs) for part in (slice(0, 2), slice(2, 3)))
    kind = np.broadcast_to(["a", "a", "b"], dynamic.shape)
    ordinary = occu(replace(dynamic, obs_covs={"kind": kind}), "~ hub", "~ kind - 1")
    fixed = occu_fp(first, second, "~ hub", fp=None)
    assert_same(fixed, ordinary)
    free = occu_fp(first, second, "~ hub")
    theta = free.engine.theta.copy()
    theta[:4] = fixed.engine.theta
    theta[4] = -30
    assert -free.engine.likelihood.value_and_gradient(theta)[0] == pytest.approx(fixed.loglik, abs=1e-8)
    assert free.loglik >= fixed.loglik - 1e-6


def test_false_positives_at_zero_are_a_boundary_and_the_rest_equals_the_ordinary_model():
    rng = np.random.default_rng(5)
    z = rng.random(150) < 0.5
    sure = (rng.random((150, 4)) < 0.7 * z[:, None]).astype(float)
    unsure = (rng.random((150, 3)) < 0.5 * sure.any(axis=1)[:, None]).astype(float)
    fit = occu_fp(OccupancyData(sure), OccupancyData(unsure))
    ordinary = occu_fp(OccupancyData(sure), OccupancyData(unsure), fp=None)
    assert fit.coef["at_boundary"].tolist() == [False, False, False, True]
    assert fit.loglik == pytest.approx(ordinary.loglik, abs=1e-5)
    assert fit.coef["estimate"][:3].to_numpy() == pytest.approx(ordinary.coef["estimate"], abs=1e-4)
    assert fit.predict("fp", {})["low"][0] == 0
    assert 0 < fit.predict("fp", {})["high"][0] < 0.1


def models(data: OccupancyData) -> dict[str, Fit]:
    two = [OccupancyData(data.y[:, :, s], data.site_covs) for s in (slice(0, 2), slice(2, 3))]
    return {
        "colext": colext(data, **FORMULAS),
        "occu": occu(data, "~ hub", "~ effort"),
        "occu_rn": occu_rn(data, "~ hub", "~ effort"),
        "occu_fp": occu_fp(*two, "~ hub"),
    }


def test_the_analytic_gradient_equals_differences(dynamic):
    rng = np.random.default_rng(4)
    for fit in models(dynamic).values():
        likelihood, theta = fit.engine.likelihood, fit.engine.theta
        for _ in range(3):
            at = theta + rng.standard_normal(theta.size)
            gradient = likelihood.value_and_gradient(at)[1]
            steps = np.eye(theta.size) * 1e-5
            by_difference = [
                (likelihood.value_and_gradient(at + s)[0] - likelihood.value_and_gradient(at - s)[0]) / 2e-5
                for s in steps
            ]
            assert gradient == pytest.approx(by_difference, rel=1e-5, abs=1e-4)


def test_scores_of_the_chains_add_up_to_the_gradient(dynamic):
    for fit in models(dynamic).values():
        likelihood, at = fit.engine.likelihood, fit.engine.theta + 0.3
        total = likelihood.scores(at).sum(axis=0)
        assert total == pytest.approx(-likelihood.value_and_gradient(at)[1], abs=1e-8)


def path_likelihood(y, psi, gamma, epsilon, p) -> float:
    """The probability of one history, summed over every path of presence and absence."""
    total = 0.0
    for path in np.ndindex(*(2,) * len(y)):
        chance = psi if path[0] else 1 - psi
        for here, there in pairwise(path):
            up = 1 - epsilon if here else gamma
            chance *= up if there else 1 - up
        for present, visits in zip(path, y, strict=True):
            for found in visits[~np.isnan(visits)]:
                chance *= (p if found else 1 - p) if present else 1 - found
        total += chance
    return total


def test_the_recursion_equals_the_sum_over_all_paths():
    data = simulated(30, 4, 2, seed=8, missing=0.3)
    fit = colext(data)
    psi, gamma, epsilon, p = expit(fit.coef["estimate"].to_numpy())
    histories = [y for y in data.y if not np.isnan(y).all()]
    by_hand = sum(np.log(path_likelihood(y, psi, gamma, epsilon, p)) for y in histories)
    assert fit.loglik == pytest.approx(by_hand, abs=1e-9)


def test_royle_nichols_equals_the_sum_over_numbers():
    data = simulated(60, 1, 4, seed=9, missing=0.2)
    fit = occu_rn(data, "~ hub")
    row = fit.coef["estimate"].to_numpy()
    mean, r = np.exp(row[0] + row[1] * data.site_covs["hub"]), expit(row[2])
    numbers = np.arange(400)
    log_poisson = numbers * np.log(mean)[:, None] - mean[:, None] - gammaln(numbers + 1)
    miss = (1 - r) ** numbers
    y = data.y[:, 0, :, None]
    each = np.where(np.isnan(y), 1.0, np.where(y == 1, 1 - miss, miss)).prod(axis=1)
    with np.errstate(divide="ignore"):
        by_hand = logsumexp(log_poisson + np.log(each), axis=1).sum()
    assert fit.loglik == pytest.approx(by_hand, abs=1e-8)


def test_the_hessian_at_the_estimate_is_the_inverse_of_the_covariance(dynamic):
    fit = colext(dynamic, **FORMULAS)
    engine = fit.engine
    hessian = differenced_hessian(engine.likelihood.value_and_gradient, engine.theta)
    assert hessian @ engine.covariance == pytest.approx(np.eye(8), abs=1e-4)


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_a_simulated_truth_is_recovered(seed):
    truth = [-0.4, 0.8, -1.5, 0.5, -1.2, -0.4, -0.3, 0.6]
    fit = colext(simulated(400, 8, 4, seed), **FORMULAS)
    assert fit.status == "ok"
    away = (fit.coef["estimate"] - truth) / fit.coef["se"]
    assert np.abs(away).max() < 3.5
    assert np.square(away).mean() < 3


def test_flat_occurrence_under_growing_monitoring_stays_flat():
    # METHODS, section 1.3: records double, the model with proper blanks does not move.
    rng = np.random.default_rng(6)
    units, periods, visits = 300, 6, 12
    z = rng.random((units, periods)) < 0.3
    y = (rng.random((units, periods, visits)) < 0.22 * z[:, :, None]).astype(float)
    looked = rng.random(y.shape) < np.linspace(0.3, 0.95, periods)[:, None]
    fit = occu(OccupancyData(np.where(looked, y, np.nan)), by_period=True)
    table = fit.psi_by_season(level=0.99)
    assert fit.status == "ok"
    assert table["naive"].iloc[-1] > 1.4 * table["naive"].iloc[0]
    assert ((table["low"] < 0.3) & (table["high"] > 0.3)).all()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(st.data())
def test_any_history_gives_a_status_and_reasons_that_agree(data):
    shape = data.draw(st.tuples(st.integers(1, 8), st.integers(1, 3), st.integers(1, 3)))
    cells = st.sampled_from([0.0, 1.0, np.nan])
    y = np.array(data.draw(st.lists(cells, min_size=int(np.prod(shape)), max_size=int(np.prod(shape)))))
    for fit in (occu(OccupancyData(y.reshape(shape))), colext(OccupancyData(y.reshape(shape)))):
        assert (fit.status == "ok") <= (not [r for r in fit.reasons if r.code != "COVARIATE_GAPS"])
        assert fit.has_estimates or fit.status == "refused"
        fit.to_json()
        if fit.has_estimates:
            assert np.isfinite(fit.loglik)
            psi = fit.conditional_psi()["estimate"]
            assert psi.dropna().between(0, 1 + 1e-9).all()

"""What can be asked of a fit."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from occupancy_cases import histories, simulated
from scipy.special import expit, logit

from dashboard.analysis.occupancy import OccupancyData, colext, colext_or_periods, model_table, models, occu, occu_rn
from dashboard.analysis.occupancy.derived import visits_needed
from dashboard.analysis.occupancy.reasons import finding


@pytest.fixture(scope="module")
def fit(dynamic):
    return colext(dynamic, "~ hub + region", "~ road", "~ road", "~ effort")


def test_coefficients_are_a_table_with_the_agreed_columns(fit):
    assert fit.coef.columns.tolist() == ["parameter", "term", "estimate", "se", "at_boundary"]
    assert fit.coef["parameter"].tolist() == ["psi"] * 3 + ["gamma"] * 2 + ["epsilon"] * 2 + ["p"] * 2
    assert np.sqrt(np.diag(fit.vcov)) == pytest.approx(fit.coef["se"].to_numpy())
    assert fit.vcov.columns[:3].tolist() == ["psi:1", "psi:hub", "psi:region==plain"]
    assert fit.aic == pytest.approx(-2 * fit.loglik + 2 * fit.n_parameters)
    assert fit.n_parameters == 9


def test_predictions_for_new_data_follow_the_coefficients(fit):
    b = fit.coef.set_index(["parameter", "term"])["estimate"]
    new = pd.DataFrame({"hub": [0.0, 1.0, np.nan], "region": ["hills", "plain", "hills"]})
    psi = fit.predict("psi", new)
    assert psi["estimate"][0] == pytest.approx(expit(b["psi", "1"]))
    assert psi["estimate"][1] == pytest.approx(expit(b["psi", "1"] + b["psi", "hub"] + b["psi", "region==plain"]))
    assert psi.loc[2, ["estimate", "se", "low", "high"]].isna().all()
    wide = fit.predict("psi", new, level=0.99)
    assert (wide["low"] < psi["low"])[:2].all()
    with pytest.raises(ValueError, match="'desert' is not among the fitted levels: hills, plain"):
        fit.predict("psi", {"hub": [0.0], "region": ["desert"]})
    with pytest.raises(ValueError, match="column 'region' not found"):
        fit.predict("psi", {"hub": [0.0]})
    with pytest.raises(ValueError, match="'lam' not found; the model has: psi, gamma"):
        fit.predict("lam")


def test_predictions_without_new_data_cover_every_row(fit):
    assert len(fit.predict("psi")) == 120
    assert len(fit.predict("gamma")) == 120 * 4
    p = fit.predict("p")
    assert len(p) == 120 * 5 * 3
    assert p.columns.tolist() == ["site", "season", "visit", "estimate", "se", "low", "high"]


def test_season_labels_select_their_level(dynamic):
    by_season = colext(dynamic, p="~ season - 1")
    p = by_season.predict("p", {"season": [1, 3]})
    coefficient = by_season.coef.set_index("term")["estimate"]
    assert p["estimate"].tolist() == pytest.approx(expit(coefficient[["season==1", "season==3"]]).tolist())


def test_derived_tables_obey_their_definitions(fit):
    psi, gamma, epsilon = (fit.predict(k)["estimate"].to_numpy() for k in ("psi", "gamma", "epsilon"))
    gamma, epsilon = gamma.reshape(120, 4), epsilon.reshape(120, 4)
    occurrence = np.empty((120, 5))
    occurrence[:, 0] = psi
    for t in range(4):
        occurrence[:, t + 1] = occurrence[:, t] * (1 - epsilon[:, t]) + (1 - occurrence[:, t]) * gamma[:, t]
    mean = occurrence.mean(axis=0)
    assert fit.psi_by_season()["estimate"].to_numpy() == pytest.approx(mean)
    assert fit.growth()["estimate"].to_numpy() == pytest.approx(mean[1:] / mean[:-1])
    gained = ((1 - occurrence[:, :-1]) * gamma).mean(axis=0)
    assert fit.turnover()["estimate"].to_numpy() == pytest.approx(gained / mean[1:])
    assert fit.equilibrium()["estimate"].to_numpy() == pytest.approx((gamma / (gamma + epsilon)).mean(axis=0))
    for table in (fit.psi_by_season(), fit.growth(), fit.turnover(), fit.equilibrium()):
        assert (table["low"] < table["estimate"]).all()
        assert (table["estimate"] < table["high"]).all()
        assert (table["se"] > 0).all()


def test_delta_method_errors_agree_with_draws(fit):
    rng = np.random.default_rng(0)
    engine = fit.engine
    draws = rng.multivariate_normal(engine.theta, engine.covariance, 2000)
    occurrence = engine.occurrence()
    spread = np.std([occurrence(theta).mean(axis=0) for theta in draws], axis=0)
    assert fit.psi_by_season()["se"].to_numpy() == pytest.approx(spread, rel=0.1)


def test_only_a_dynamic_model_has_turnover(dynamic):
    for name in ("turnover", "equilibrium"):
        with pytest.raises(ValueError, match="only a dynamic model"):
            getattr(occu(dynamic, by_period=True), name)()


def test_conditional_psi_is_one_where_there_was_a_detection_and_lower_than_psi_elsewhere(dynamic):
    table = occu(dynamic, by_period=True).conditional_psi()
    psi = occu(dynamic, by_period=True).predict("psi")["estimate"]
    found = table["is_detected"]
    assert (table.loc[found, "estimate"] == 1).all()
    looked = ~np.isnan(dynamic.y).all(axis=2).ravel()
    assert (table.loc[~found & looked, "estimate"] < psi[~found & looked]).all()


def test_a_unit_never_visited_gets_its_model_based_probability(dynamic):
    y = dynamic.y.copy()
    y[7] = np.nan
    fit = colext(OccupancyData(y, dynamic.site_covs), "~ hub")
    row = fit.conditional_psi().query("site == 8 and season == 1")
    assert row["estimate"].item() == pytest.approx(fit.predict("psi")["estimate"][7])


def test_exceedance_is_one_half_at_the_estimate(fit):
    first = fit.predict("psi").iloc[0]
    table = fit.exceedance(float(first["estimate"]))
    assert table["probability"][0] == pytest.approx(0.5, abs=1e-6)
    centre, width = logit(first["estimate"]), logit(first["high"]) - logit(first["estimate"])
    at_limit = fit.exceedance(float(expit(centre - width)))
    assert at_limit["probability"][0] == pytest.approx(0.975, abs=1e-3)


def test_visits_for_absence_follow_the_formula():
    # METHODS 3.1: log(0.05 (1-psi) / (0.95 psi)) / log(1-p), rounded up
    by_hand = np.ceil(np.log(0.05 * 0.4 / (0.95 * 0.6)) / np.log(1 - 0.26))
    assert visits_needed(np.array([0.6]), np.array([0.26]), 0.95)[0] == by_hand == 12
    assert visits_needed(np.array([0.04, 0.6, 0.6]), np.array([0.3, 0.0, 1.0]), 0.95).tolist() == [
        0,
        np.inf,
        1,
    ]


def test_visits_for_absence_are_enough_and_one_fewer_is_not():
    data = histories("salamander.csv")
    fit = occu(data)
    row = fit.visits_for_absence().iloc[0]
    left = [row["psi"] * (1 - row["p"]) ** k for k in (row["visits"] - 1, row["visits"])]
    absent = [(1 - row["psi"]) / (1 - row["psi"] + x) for x in left]
    assert absent[0] < 0.95 <= absent[1]


def test_a_profile_interval_has_the_right_drop_in_likelihood(fit):
    for term in ("psi:hub", ("gamma", "1"), "effort"):
        interval = fit.profile(term)
        assert interval.low < interval.estimate < interval.high
    near = fit.coef.set_index(["parameter", "term"]).loc[("p", "effort")]
    interval = fit.profile("p:effort")
    assert interval.low == pytest.approx(near["estimate"] - 1.96 * near["se"], abs=0.15 * near["se"])
    with pytest.raises(ValueError, match="'road' stands for several terms"):
        fit.profile("road")
    with pytest.raises(ValueError, match="'nothing' not found"):
        fit.profile("nothing")


def test_a_profile_limit_agrees_with_fits_at_fixed_values():
    # Two visits, constant model: the profile over psi can be done by hand on a grid of p.
    y = np.zeros((100, 2))
    y[:20] = 1
    y[20:50, 0] = 1
    fit = occu(OccupancyData(y))
    p = np.linspace(0.001, 0.999, 20001)

    def profile(psi):
        return (
            20 * np.log(psi * p**2) + 30 * np.log(psi * p * (1 - p)) + 50 * np.log(psi * (1 - p) ** 2 + 1 - psi)
        ).max()

    interval = fit.profile("psi:1")
    for limit in (interval.low, interval.high):
        assert 2 * (fit.loglik - profile(expit(limit))) == pytest.approx(3.8415, abs=2e-3)


def test_a_refused_fit_still_gives_its_one_sided_limit():
    y = np.zeros((100, 2))
    y[:4] = 1
    y[4:44, 0] = 1
    fit = occu(OccupancyData(y))
    assert fit.status == "refused"
    interval = fit.profile("psi:1")
    assert interval.high == np.inf
    assert interval.is_one_sided
    table = fit.psi_by_season()
    assert table["low"][0] == pytest.approx(expit(interval.low), abs=1e-3)
    assert table["high"][0] == 1
    assert np.isnan(table["se"][0])
    assert fit.exceedance()["probability"].isna().all()


def test_clustering_widens_errors_when_units_recur():
    base = simulated(150, 1, 3, seed=4)
    tripled = OccupancyData(np.repeat(base.y, 3, axis=1))
    clustered, naive = occu(tripled), occu(OccupancyData(np.repeat(base.y, 3, axis=0)))
    assert clustered.coef["estimate"].to_numpy() == pytest.approx(naive.coef["estimate"], abs=1e-5)
    ratio = (clustered.coef["se"] / naive.coef["se"]).to_numpy()
    assert ratio == pytest.approx([np.sqrt(3)] * 2, rel=0.2)


def test_goodness_of_fit_notices_groups_of_visits():
    rng = np.random.default_rng(2)
    z = rng.random(200) < 0.6
    easy = rng.random(200) < 0.5
    y = (rng.random((200, 6)) < (z * np.where(easy, 0.8, 0.1))[:, None]).astype(float)
    fit = occu(OccupancyData(y))
    test = fit.gof(60, seed=3)
    assert test.p_value < 0.05
    assert test.c_hat > 1
    again = fit.gof(60, seed=3)
    assert again == test
    shown = fit.adjusted(test)
    assert shown.reasons[-1].code == "LACK_OF_FIT"
    assert shown.status == test.status
    if test.c_hat <= 3:
        assert shown.coef["se"].to_numpy() == pytest.approx(fit.coef["se"] * np.sqrt(test.c_hat))
        assert shown.aic == pytest.approx(-2 * fit.loglik / test.c_hat + 2 * 3)


def test_goodness_of_fit_accepts_its_own_model(dynamic):
    test = colext(dynamic, "~ hub", "~ road", "~ road", "~ effort").gof(30, seed=1)
    assert 0.02 < test.p_value <= 1
    assert 0.5 < test.c_hat < 2
    assert occu_rn(dynamic).gof(0).chi_square > 0


def test_the_model_table_ranks_by_aic(dynamic):
    fits = [
        colext(dynamic),
        colext(dynamic, "~ hub", "~ road", "~ road", "~ effort"),
        colext(dynamic, p="~ effort"),
    ]
    table = model_table(fits)
    assert table["aic"].is_monotonic_increasing
    assert table["delta"][0] == 0
    assert table["weight"].sum() == pytest.approx(1)
    assert table["model"][0] == "colext(psi ~ hub, gamma ~ road, epsilon ~ road, p ~ effort)"


def test_models_of_different_visits_are_not_ranked(dynamic):
    effort = dynamic.obs_covs["effort"].copy()
    effort[0] = np.nan
    gappy = OccupancyData(dynamic.y, {}, {}, {"effort": effort})
    table = model_table([occu(gappy), occu(gappy, p="~ effort")])
    assert table["delta"].isna().all()
    assert (table["reason"] == "NOT_COMPARABLE").all()
    with pytest.raises(ValueError, match="at least one"):
        model_table([])


def test_a_refused_model_without_estimates_stays_in_the_table_without_a_weight(dynamic):
    data = OccupancyData(dynamic.y, {"flat": np.ones(120)})
    table = model_table([occu(data), occu(data, "~ flat")])
    assert table["status"].tolist() == ["ok", "refused"]
    assert np.isnan(table["weight"][1])
    assert table["weight"][0] == 1


def test_every_result_converts_to_json_with_status_and_reasons(fit):
    for result in (fit, occu(OccupancyData(np.zeros((4, 2)))), occu(OccupancyData(np.ones((5, 2))))):
        read = json.loads(result.to_json())
        assert read["status"] == result.status
        assert [r["code"] for r in read["reasons"]] == [r.code for r in result.reasons]
        assert len(read["coef"]) == result.n_parameters
    assert read["coef"][0]["se"] is None
    assert read["coef"][0]["at_boundary"] is True


def test_a_reason_is_a_code_a_sentence_and_numbers():
    ((code, sentence, numbers),) = occu(OccupancyData(np.zeros((4, 2)))).reasons
    assert code == "NO_DETECTIONS"
    assert sentence.endswith(".")
    assert numbers == {"visits": 8, "units": 4}


def test_royle_nichols_speaks_of_occurrence_too(dynamic):
    fit = occu_rn(dynamic, "~ hub", "~ effort")
    psi, lam = fit.predict("psi"), fit.predict("lam")
    assert psi["estimate"].to_numpy() == pytest.approx(1 - np.exp(-lam["estimate"].to_numpy()))
    assert psi["low"].to_numpy() == pytest.approx(1 - np.exp(-lam["low"].to_numpy()))
    assert fit.coef["parameter"].tolist() == ["lam", "lam", "r", "r"]
    assert fit.conditional_psi()["estimate"].between(0, 1 + 1e-12).all()
    assert (fit.visits_for_absence()["visits"].dropna() >= 0).all()


def test_royle_nichols_declines_when_numbers_are_unbounded():
    rng = np.random.default_rng(2)
    y = (rng.random((30, 5)) < 0.5).astype(float)  # every unit alike: a Poisson number cannot be told
    fit = occu_rn(OccupancyData(y))
    assert fit.status == "refused"
    assert fit.reasons[-1].code == "ABUNDANCE_UNBOUNDED"


def test_the_same_seed_gives_the_same_fit(dynamic):
    first, second = (colext(dynamic, "~ hub", seed=9) for _ in range(2))
    assert first.coef.equals(second.coef)
    assert colext(dynamic, "~ hub", seed=10).loglik == pytest.approx(first.loglik, abs=1e-8)


def test_more_than_one_optimum_falls_back_to_the_model_by_period(dynamic, monkeypatch):
    regular = colext_or_periods(dynamic, "~ hub", p="~ effort")
    assert regular.family == "colext"

    def torn(*given):
        fit = colext(*given)
        several = finding("MULTIPLE_OPTIMA", "refused", agreeing=1, starts=6)
        return replace(fit, status="refused", reasons=(several.reason,))

    monkeypatch.setattr(models, "colext", torn)
    fit = colext_or_periods(dynamic, "~ hub", p="~ effort")
    assert fit.family == "occu"
    assert fit.status == "caution"
    assert fit.reasons[0].code == "FELL_BACK"
    assert fit.loglik == occu(dynamic, "~ hub", "~ effort", by_period=True).loglik

"""Every published case within its own tolerance."""

import numpy as np
import pytest
from occupancy_cases import case, histories

from dashboard.analysis.occupancy import Fit, OccupancyData, colext, occu, occu_fp

BY_TIME = "~ season - 1"
PASTURE_BY_TIME = "~ season - 1 + season:pasture"
MODELS = {
    "occ01": lambda d: occu(d),
    "occ02": lambda d: occu(d, p="~ visit - 1"),
    "occ03": lambda d: occu(d),
    "occ05": lambda d: occu(d),
    "occ07": lambda d: occu(d, "~ browsed", "~ visit + obs1 + obs2"),
    "dyn01": lambda d: colext(d),
    "dyn02": lambda d: colext(d, p=BY_TIME),
    "dyn03": lambda d: colext(d),
    "dyn05": lambda d: colext(d, "~ 1", BY_TIME, BY_TIME, BY_TIME),
    "dyn06": lambda d: colext(d, "~ pasture", PASTURE_BY_TIME, PASTURE_BY_TIME, "~ 1"),
    "dyn07": lambda d: colext(d, p=BY_TIME),
    "dyn09": lambda d: colext(d, "~ stream"),
    "dyn14": lambda d: colext(d),
}
# METHODS, section 6: repeat detections, times the number of colonisation or extinction levels asked for
STATUS = {
    "occ01": "caution", "occ02": "caution", "occ03": "caution", "occ05": "ok", "occ07": "ok",
    "dyn01": "ok", "dyn02": "ok", "dyn03": "ok", "dyn05": "refused", "dyn06": "refused", "dyn07": "caution",
    "dyn09": "caution", "dyn14": "ok",
}  # fmt: skip


def fitted(name: str) -> Fit:
    return MODELS[name](histories(case(name)["data"]["file"].removeprefix("data/")))


def assert_as_published(fit: Fit, name: str) -> None:
    expected = case(name)["expected"]
    assert fit.neg2loglik == pytest.approx(expected["neg2loglik"], abs=expected["tol_neg2loglik"])
    if "aic" in expected:
        assert fit.aic == pytest.approx(expected["aic"], abs=expected["tol_neg2loglik"])
        assert fit.n_parameters == expected["n_parameters"]
    for row, published in zip(fit.coef.itertuples(), expected["parameters"], strict=True):
        assert row.parameter == published["name"].split(":")[0]
        if published.get("at_boundary"):
            assert row.at_boundary
            assert np.isnan(row.se)
            assert (row.estimate < 0) == (published["at_boundary"] == "lower")
            continue
        assert row.estimate == pytest.approx(published["estimate"], abs=published["tol_estimate"]), row
        assert row.se == pytest.approx(published["se"], abs=published["tol_se"]), row


@pytest.mark.parametrize("name", MODELS)
def test_estimates_agree_with_the_published_case(name):
    fit = fitted(name)
    assert_as_published(fit, name)
    assert fit.status == STATUS[name]
    assert fit.n_starts_agreeing >= 2


def test_false_positive_estimates_agree_with_the_published_case():
    confirmed, unconfirmed = (
        histories("simulated_false_positive.csv", visits) for visits in (slice(0, 4), slice(4, 7))
    )
    fit = occu_fp(confirmed, unconfirmed, psi="~ x")
    assert_as_published(fit, "fp01")
    assert [f"{r.parameter}:{r.term}" for r in fit.coef.itertuples()] == [
        p["name"] for p in case("fp01")["expected"]["parameters"]
    ]
    assert fit.status == "ok"
    by_factor = occu_fp(confirmed, unconfirmed, "~ x", "~ channel - 1")
    by_number = occu_fp(confirmed, unconfirmed, "~ x", "~ confirmed + unconfirmed - 1")
    assert by_factor.loglik == pytest.approx(fit.loglik, abs=1e-8)
    assert by_number.loglik == pytest.approx(fit.loglik, abs=1e-8)


def test_ignoring_false_positives_gives_the_bias_published():
    wrong = case("fp01")["cross_checks"][1]
    confirmed, unconfirmed = (
        histories("simulated_false_positive.csv", visits) for visits in (slice(0, 4), slice(4, 7))
    )
    fit = occu_fp(confirmed, unconfirmed, psi="~ x", fp=None)
    assert fit.neg2loglik == pytest.approx(wrong["neg2loglik"], abs=0.002)
    assert fit.coef["estimate"].to_numpy() == pytest.approx(wrong["estimates"], abs=0.002)


def test_salamander_psi_and_conditional_psi_have_the_published_intervals():
    fit, salamander = fitted("occ01"), case("occ01")
    published, derived = salamander["published"], salamander["derived"]["conditional_psi_no_detection"]
    for parameter in ("psi", "p"):
        row = fit.predict(parameter, {}).iloc[0]
        assert row["estimate"] == pytest.approx(published[parameter], abs=published["tol"])
        assert row["se"] == pytest.approx(published[f"{parameter}_se"], abs=published["tol"])
        limits = published[f"{parameter}_ci95"]
        assert [row["low"], row["high"]] == pytest.approx(limits, abs=published["tol"])
    conditional = fit.conditional_psi()
    silent = conditional[~conditional["is_detected"]].iloc[0]
    assert silent["estimate"] == pytest.approx(derived["value"], abs=derived["tol"])
    assert silent["se"] == pytest.approx(derived["se"], abs=derived["tol"])
    assert [silent["low"], silent["high"]] == pytest.approx(derived["ci95"], abs=derived["tol"])
    recorded = conditional[conditional["is_detected"]]
    assert (recorded[["estimate", "low", "high"]] == 1).all(axis=None)
    assert (recorded["se"] == 0).all()


@pytest.mark.parametrize("name", ["occ02", "occ05"])
def test_probabilities_agree_with_the_published_case(name):
    fit, published = fitted(name), case(name)["published"]
    psi = fit.predict("psi", {}).iloc[0]
    assert psi["estimate"] == pytest.approx(published["psi"], abs=published["tol"])
    assert psi["se"] == pytest.approx(published["psi_se"], abs=published["tol"])
    visits = {"visit": [1, 2, 3, 4, 5]} if name == "occ02" else {}
    p = fit.predict("p", visits)["estimate"].to_numpy()
    assert p == pytest.approx(np.atleast_1d(published["p"]), abs=published["tol"])


def test_salamander_goodness_of_fit_agrees_with_the_published_test():
    derived = case("occ01")["derived"]
    test = fitted("occ01").gof(400, seed=1)
    chi_square = derived["gof_mackenzie_bailey_chi2"]
    assert test.chi_square == pytest.approx(chi_square["value"], abs=chi_square["tol"])
    p_value, c_hat = derived["gof_bootstrap_p_published"], derived["c_hat_published"]
    assert test.p_value == pytest.approx(p_value["value"], abs=p_value["tol"])
    assert test.c_hat == pytest.approx(c_hat["value"], abs=c_hat["tol"])


def test_owl_occurrence_and_growth_by_season_agree_with_the_published_ones():
    fit, derived = fitted("dyn02"), case("dyn02")["derived"]
    psi = fit.psi_by_season().set_index("season").loc[derived["psi_t"]["seasons"]]
    assert psi["estimate"].to_numpy() == pytest.approx(derived["psi_t"]["value"], abs=derived["psi_t"]["tol"])
    assert psi["se"].to_numpy() == pytest.approx(derived["psi_t"]["se"], abs=derived["psi_t"]["tol"])
    growth, expected = fit.growth(), derived["lambda_t"]
    assert growth["estimate"].to_numpy() == pytest.approx(expected["value"], abs=expected["tol"])
    assert growth["se"].to_numpy() == pytest.approx(expected["se"], abs=expected["tol"])


def test_a_sum_of_two_boundary_coefficients_can_be_finite():
    fit, derived = fitted("dyn06"), case("dyn06")["derived"]["logit_gamma2_pasture1"]
    coefficient = fit.coef[fit.coef["parameter"] == "gamma"].set_index("term")["estimate"]
    total = coefficient["season==2"] + coefficient["season==2:pasture"]
    assert total == pytest.approx(derived["value"], abs=derived["tol"])
    boundary = next(r for r in fit.reasons if r.code == "BOUNDARY")
    assert boundary.numbers["terms"] == ["gamma:season==2", "gamma:season==2:pasture"]
    gamma = fit.predict("gamma", {"season": ["2", "2"], "pasture": [0, 1]})
    assert gamma["low"][0] == 0
    assert np.isnan(gamma["se"][0])
    assert 0.02 < gamma["high"][0] < 0.2
    assert gamma["low"][1] > 0
    # An independent search in the raw coefficients puts the 95% limit between -2.3 and -2.2.
    interval = fit.profile("gamma:season==2")
    assert interval.low == -np.inf
    assert -2.3 < interval.high < -2.2


def test_near_separation_is_reported():
    fit = fitted("dyn09")
    flagged = fit.coef[fit.coef["at_boundary"]]
    assert flagged["term"].tolist() == ["stream"]
    interval = fit.profile("psi:stream")
    assert interval.is_one_sided
    assert interval.low > 0
    assert interval.high == np.inf


@pytest.mark.parametrize("row", case("deg01")["rows"], ids=lambda r: f"{r['N']}-{r['n_one']}-{r['n_two']}")
def test_two_visits_give_the_closed_form(row):
    y = np.zeros((row["N"], 2))
    y[: row["n_two"]] = 1
    y[row["n_two"] : row["n_two"] + row["n_one"], 0] = 1
    fit = occu(OccupancyData(y))
    assert fit.predict("psi", {})["estimate"][0] == pytest.approx(row["psi"], abs=1e-5)
    assert fit.predict("p", {})["estimate"][0] == pytest.approx(row["p"], abs=1e-5)
    assert fit.neg2loglik == pytest.approx(row["neg2loglik"], abs=1e-5)
    codes = [reason.code for reason in fit.reasons]
    assert ("BOUNDARY" in codes) == row["status"].startswith("boundary")
    assert fit.coef["at_boundary"].tolist() == [row["status"] == "boundary", row["status"] == "boundary_p"]
    guard = row.get("guard", "refuse" if row["n_two"] < 5 else "ok").split(":")[0]
    severity = {"refuse": "refused", "caution": "caution", "ok": "caution" if codes else "ok"}
    assert fit.status == severity[guard]


REFUSALS = {
    "no detections at all": "NO_DETECTIONS",
    "one visit per site": "NO_REPLICATION",
    "only single detections": "FEW_REPEATS",
    "all replicate visits missing except one": "NO_REPLICATION",
}


@pytest.mark.parametrize(("name", "code"), REFUSALS.items())
def test_degenerate_histories_are_refused_with_the_reason(name, code):
    (degenerate,) = (c for c in case("deg02")["cases"] if c["name"] == name)
    fit = occu(OccupancyData(degenerate["histories"]))
    assert fit.status == "refused"
    assert fit.reasons[0].code == code
    if "psi" in degenerate["expected"]:
        assert fit.predict("psi", {})["estimate"][0] == pytest.approx(degenerate["expected"]["psi"], abs=1e-5)
        assert fit.predict("p", {})["estimate"][0] == pytest.approx(degenerate["expected"]["p"], abs=1e-5)


def test_the_product_that_can_be_estimated_without_replication_is_given():
    (degenerate,) = (c for c in case("deg02")["cases"] if c["name"] == "one visit per site")
    fit = occu(OccupancyData(degenerate["histories"]))
    assert fit.reasons[0].numbers["product"] == pytest.approx(0.3)


def test_every_visit_positive_puts_both_on_the_boundary_with_one_sided_limits():
    fit = occu(OccupancyData(np.ones((5, 2))))
    assert fit.coef["at_boundary"].all()
    assert "BOUNDARY" in [r.code for r in fit.reasons]
    for parameter in ("psi", "p"):
        row = fit.predict(parameter, {}).iloc[0]
        assert row["estimate"] == pytest.approx(1, abs=1e-5)
        assert 0 < row["low"] < 1
        assert row["high"] == 1
        assert np.isnan(row["se"])


def test_a_constant_covariate_is_refused_by_name(dynamic):
    data = OccupancyData(dynamic.y, {"flat": np.full(120, 3.0)})
    for fit in (occu(data, "~ flat"), colext(data, "~ flat"), colext(data, gamma="~ flat")):
        assert fit.status == "refused"
        assert fit.reasons[0].code == "RANK_DEFICIENT"
        assert fit.reasons[0].numbers["columns"] == ["flat"]
        assert fit.coef["estimate"].isna().all()


def test_a_season_index_beside_a_season_factor_is_refused(dynamic):
    fit = colext(dynamic, gamma="~ season + year")
    assert fit.status == "refused"
    assert fit.reasons[0].code == "RANK_DEFICIENT"
    assert fit.reasons[0].numbers["parameter"] == "gamma"

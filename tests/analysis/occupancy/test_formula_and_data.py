"""Reading formulas, and laying data out."""

import numpy as np
import pandas as pd
import pytest
from occupancy_cases import simulated

from dashboard.analysis.occupancy import OccupancyData, RefusedError, colext, occu, occu_fp, occu_rn
from dashboard.analysis.occupancy.design import Block, dependent_columns
from dashboard.analysis.occupancy.formula import parse


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("~ 1", [()]),
        ("1", [()]),
        ("~ a", [(), ("a",)]),
        ("~ a - 1", [("a",)]),
        ("~ -1 + a", [("a",)]),
        ("~ 0 + a", [("a",)]),
        ("~ a:b + a", [(), ("a",), ("a", "b")]),
        ("~ a*b", [(), ("a",), ("b",), ("a", "b")]),
        ("~a*b*c-1", [("a",), ("b",), ("c",), ("a", "b"), ("a", "c"), ("b", "c"), ("a", "b", "c")]),
        ("~ a + a:a", [(), ("a",), ("a", "a")]),
        ("~ a + a", [(), ("a",)]),
        ("~ factor(a)", [(), ("a",)]),
        ("~ elev.s + граница", [(), ("elev.s",), ("граница",)]),
    ],
)
def test_a_formula_becomes_its_terms(text, terms):
    assert list(parse(text).terms) == terms


@pytest.mark.parametrize(
    "text", ["", "~", "~ -1", "~ a +", "~ a - b", "~ (a + b)", "~ a b", "~ a:", "y ~ a", "~ a + + b"]
)
def test_a_formula_that_cannot_be_read_is_an_error(text):
    with pytest.raises(ValueError, match="formula"):
        parse(text)


def terms(fit, parameter):
    return fit.coef[fit.coef["parameter"] == parameter]["term"].tolist()


def test_factors_are_coded_once(dynamic):
    assert terms(occu(dynamic, "~ region"), "psi") == ["1", "region==plain"]
    assert terms(occu(dynamic, "~ region - 1"), "psi") == ["region==hills", "region==plain"]
    assert terms(occu(dynamic, "~ region*hub"), "psi") == ["1", "region==plain", "hub", "region==plain:hub"]
    assert terms(occu(dynamic, "~ region - 1 + region:hub"), "psi")[2:] == [
        "region==hills:hub",
        "region==plain:hub",
    ]
    assert terms(occu(dynamic, p="~ season + visit - 1"), "p")[4:] == ["season==5", "visit==2", "visit==3"]
    assert terms(colext(dynamic, gamma="~ season - 1"), "gamma") == [f"season=={k}" for k in (1, 2, 3, 4)]
    assert terms(occu(dynamic, "~ factor(year)"), "psi")[1:] == [f"year=={y}" for y in range(2002, 2006)]


def test_all_ways_of_writing_a_factor_fit_the_same(dynamic):
    numbers = {"plain": (dynamic.site_covs["region"] == "plain").astype(float)}
    written = OccupancyData(dynamic.y, numbers | {
        "region": pd.Series(dynamic.site_covs["region"], dtype="category"),
        "is_plain": numbers["plain"] == 1,
    })  # fmt: skip
    fits = [occu(written, psi) for psi in ("~ region", "~ plain", "~ is_plain", "~ region - 1", "~ factor(plain)")]
    assert [f.loglik for f in fits] == pytest.approx([fits[0].loglik] * 5, abs=1e-7)
    assert fits[1].coef["estimate"].to_numpy() == pytest.approx(fits[0].coef["estimate"], abs=1e-6)


def test_a_square_is_a_product_of_a_covariate_with_itself(dynamic):
    squared = OccupancyData(dynamic.y, {"hub": dynamic.site_covs["hub"], "hub2": dynamic.site_covs["hub"] ** 2})
    assert occu(squared, "~ hub + hub:hub").loglik == pytest.approx(occu(squared, "~ hub + hub2").loglik, abs=1e-8)


def test_a_transition_takes_the_covariate_of_the_season_it_starts_from(dynamic):
    by_factor = colext(dynamic, gamma="~ season")
    start = np.zeros((120, 5, 4))
    for k in range(4):
        start[:, k, k] = 1
    spelled = OccupancyData(dynamic.y, {}, {f"from{k + 1}": start[:, :, k] for k in range(4)})
    by_number = colext(spelled, gamma="~ from2 + from3 + from4")
    assert by_number.loglik == pytest.approx(by_factor.loglik, abs=1e-7)
    assert by_number.coef["estimate"].to_numpy() == pytest.approx(by_factor.coef["estimate"], abs=1e-4)


def test_a_season_covariate_of_psi_takes_its_first_visited_season(dynamic):
    drifting = np.cumsum(np.column_stack([dynamic.site_covs["hub"], np.ones((120, 4))]), axis=1)
    fit = colext(OccupancyData(dynamic.y, {}, {"drift": drifting}), "~ drift")
    assert fit.loglik == pytest.approx(colext(dynamic, "~ hub").loglik, abs=1e-8)


def test_two_dimensions_are_one_period(dynamic):
    y, effort = dynamic.y[:, 0], dynamic.obs_covs["effort"][:, 0]
    flat = occu(OccupancyData(y, {}, {}, {"effort": effort}), p="~ effort")
    deep = occu(OccupancyData(y[:, None, :], {}, {}, {"effort": effort[:, None, :]}), p="~ effort")
    assert flat.loglik == deep.loglik


def test_histories_may_be_written_in_many_ways(dynamic):
    y = dynamic.y[:, 0]
    expected = occu(OccupancyData(y)).loglik
    as_lists = [[None if np.isnan(v) else int(v) for v in row] for row in y]
    as_table = pd.DataFrame(y).astype("Int64")
    for written in (as_lists, pd.DataFrame(y), as_table, np.ma.masked_invalid(y)):
        assert occu(OccupancyData(written)).loglik == pytest.approx(expected, abs=1e-9)


def test_covariates_may_be_tables_wide_or_the_same_for_all_units(dynamic):
    wide = OccupancyData(
        dynamic.y,
        pd.DataFrame({"hub": dynamic.site_covs["hub"]}),
        {"year": dynamic.season_covs["year"][0]},
        {"effort": dynamic.obs_covs["effort"].reshape(120, -1)},
    )
    formulas = {"psi": "~ hub", "gamma": "~ year", "p": "~ effort"}
    assert colext(wide, **formulas).loglik == pytest.approx(colext(dynamic, **formulas).loglik, abs=1e-7)


def test_labels_name_the_levels():
    data = simulated(60, 3, 2, seed=1)
    named = OccupancyData(data.y, seasons=["2010-12", "2013-15", "2016-18"], visits=["dry", "wet"])
    fit = occu(named, "~ season - 1", "~ visit")
    assert terms(fit, "psi") == ["season==2010-12", "season==2013-15", "season==2016-18"]
    assert terms(fit, "p") == ["1", "visit==wet"]
    assert fit.psi_by_season()["season"].tolist() == ["2010-12", "2013-15", "2016-18"]


def test_a_visit_without_its_covariate_is_left_out_and_counted(dynamic):
    effort = dynamic.obs_covs["effort"].copy()
    effort[:7, 0, 0] = np.nan
    y = dynamic.y.copy()
    lost = int((~np.isnan(y[:7, 0, 0])).sum())
    gappy = colext(OccupancyData(y, {}, {}, {"effort": effort}), p="~ effort")
    y[:7, 0, 0] = np.nan
    clean = colext(OccupancyData(y, {}, {}, {"effort": np.nan_to_num(effort)}), p="~ effort")
    assert gappy.n_left_out == lost
    assert gappy.reasons[-1].code == "COVARIATE_GAPS"
    assert gappy.status == clean.status == "ok"
    assert gappy.loglik == pytest.approx(clean.loglik, abs=1e-8)
    assert gappy.data_key == clean.data_key


def test_a_missing_covariate_where_nobody_looked_costs_nothing(dynamic):
    effort = np.where(np.isnan(dynamic.y), np.nan, dynamic.obs_covs["effort"])
    fit = colext(OccupancyData(dynamic.y, {}, {}, {"effort": effort}), p="~ effort")
    assert fit.n_left_out == 0
    assert fit.loglik == pytest.approx(colext(dynamic, p="~ effort").loglik, abs=1e-9)


def test_units_without_their_covariate_are_left_out(dynamic):
    hub = dynamic.site_covs["hub"].copy()
    hub[10:20] = np.nan
    y = dynamic.y.copy()
    y[10:20] = np.nan
    for model in (occu, colext):
        gappy, clean = (
            model(OccupancyData(dynamic.y, {"hub": hub}), "~ hub"),
            model(OccupancyData(y, {"hub": hub}), "~ hub"),
        )
        assert gappy.loglik == pytest.approx(clean.loglik, abs=1e-8)
        assert gappy.n_units == 110
        assert gappy.predict("psi")["estimate"][15 if model is colext else 75] != gappy.predict("psi")["estimate"][0]


def test_a_unit_is_followed_up_to_a_transition_without_covariates(dynamic):
    drift = np.tile(np.arange(5.0), (120, 1)) * dynamic.site_covs["road"][:, None]
    gappy = drift.copy()
    gappy[:30, 2] = np.nan
    y = dynamic.y.copy()
    y[:30, 3:] = np.nan
    ours = colext(OccupancyData(dynamic.y, {}, {"drift": gappy}), gamma="~ drift")
    theirs = colext(OccupancyData(y, {}, {"drift": drift}), gamma="~ drift")
    assert ours.loglik == pytest.approx(theirs.loglik, abs=1e-8)
    assert ours.n_left_out > 0


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"y": [[0.0, 2.0]]}, "0, 1 or NaN, got 2.0"),
        ({"y": [0.0, 1.0]}, "1 dimensions"),
        ({"y": [[0.0, 1.0]], "site_covs": {"a": [1.0, 2.0]}}, r"'a' must have shape \(1,\), got \(2,\)"),
        ({"y": [[0.0, 1.0]], "site_covs": {"season": [1.0]}}, "always there"),
        ({"y": [[0.0, 1.0]], "site_covs": {"a": [1.0]}, "season_covs": {"a": [[1.0]]}}, "given twice"),
        ({"y": [[0.0, 1.0]], "site_covs": {"a": [np.inf]}}, "finite"),
        ({"y": [[0.0, 1.0]], "sites": ["a", "b"]}, "1 labels, got 2"),
        ({"y": [[0.0, 1.0]], "visits": ["a", "a"]}, "different"),
    ],
)
def test_data_that_do_not_fit_together_are_an_error(given, message):
    with pytest.raises(ValueError, match=message):
        OccupancyData(**given)


def test_a_covariate_used_where_it_cannot_be_is_an_error(dynamic):
    with pytest.raises(ValueError, match=r"'oops' not found; the data have: effort, hub"):
        occu(dynamic, "~ oops")
    with pytest.raises(ValueError, match="varies by visit"):
        occu(dynamic, "~ effort")
    with pytest.raises(ValueError, match="varies by visit"):
        colext(dynamic, gamma="~ visit")
    with pytest.raises(ValueError, match="first season"):
        colext(dynamic, "~ season")
    with pytest.raises(ValueError, match="as a number and as a factor"):
        colext(dynamic, gamma="~ factor(year)", p="~ year")


def test_nothing_looked_at_is_unmonitored():
    blank = OccupancyData(np.full((5, 2, 3), np.nan), {"hub": np.arange(5.0)})
    fits = [occu(blank, "~ hub"), colext(blank, "~ hub"), occu_rn(blank), occu_fp(blank, blank)]
    for fit in fits:
        assert fit.status == "refused"
        assert [r.code for r in fit.reasons] == ["UNMONITORED"]
        with pytest.raises(RefusedError, match="No visit is defined"):
            fit.psi_by_season()


def test_unconfirmed_reports_alone_are_refused(dynamic):
    nothing = OccupancyData(np.where(np.isnan(dynamic.y), np.nan, 0.0))
    fit = occu_fp(nothing, dynamic)
    assert fit.status == "refused"
    assert fit.reasons[0].code == "UNCONFIRMED_ONLY"


def test_the_input_is_not_touched(dynamic):
    y, hub = dynamic.y.copy(), dynamic.site_covs["hub"].copy()
    data = OccupancyData(y, {"hub": hub})
    colext(data, "~ hub")
    assert np.array_equal(y, dynamic.y, equal_nan=True)
    assert np.array_equal(hub, dynamic.site_covs["hub"])
    y[0, 0, 0] = 1 - np.nan_to_num(y[0, 0, 0])
    assert np.array_equal(data.y, dynamic.y, equal_nan=True)


def test_repeat_detections_are_needed_in_every_period_when_p_varies_by_period():
    y = np.zeros((40, 2, 3))
    y[:20, 0, :2] = 1
    y[:3, 1, :2] = 1
    pooled, apart = occu(OccupancyData(y)), occu(OccupancyData(y), p="~ season")
    assert pooled.status != "refused"
    assert apart.status == "refused"
    reason = apart.reasons[0]
    assert (reason.code, reason.numbers["found"], reason.numbers["missing_to_lift_refusal"]) == (
        "FEW_REPEATS",
        3,
        2,
    )
    assert "period 2" in reason.sentence


def test_every_colonisation_level_needs_its_own_repeats(dynamic):
    y = dynamic.y.copy()
    y[100:] = np.nan
    fewer = OccupancyData(y, dynamic.site_covs)
    constant, apart = colext(fewer, gamma="~ road"), colext(fewer, gamma="~ season - 1")
    assert 40 <= constant.n_repeats < 100
    assert constant.status == "ok"
    assert apart.status == "caution"
    assert apart.reasons[0].code == "FEW_REPEATS"
    assert (apart.reasons[0].numbers["levels"], apart.reasons[0].numbers["ok_from"]) == (4, 100)


def test_equal_rows_are_told_once_and_weigh_as_often_as_they_occur():
    rng = np.random.default_rng(3)
    x = np.column_stack([np.ones(6), rng.normal(size=(6, 2))])[[0, 1, 1, 2, 2, 2, 3, 4, 5, 5, 5, 5, 0, 0, 1]]
    block = Block(x)
    assert block.x.shape == (6, 3)
    rows = block.rows()
    assert rows.T @ rows / 15 == pytest.approx(np.eye(3), abs=1e-12)  # orthogonal over all fifteen rows
    assert rows == pytest.approx(x @ block.back)
    assert dependent_columns(np.column_stack([x, x[:, 1] - 2 * x[:, 2]])) == [3]
    assert dependent_columns(x) == []

"""Models chosen for one's own histories are the models themselves."""

import math

import numpy as np
import pytest

from dashboard.analysis import compare
from dashboard.analysis.occupancy import OccupancyData, occu_fp, occu_rn
from dashboard.analysis.occupancy.change import detection_by_season
from dashboard.figures import detection_sentences as say
from dashboard.figures import occupancy as figures
from dashboard.figures.origin import made_up

UNITS, VISITS = 150, 8


@pytest.fixture(scope="module")
def data() -> OccupancyData:
    """Four confirmed and four unconfirmed visits of each unit; of the latter 1 in 10 is false."""
    rng = np.random.default_rng(3)
    present = rng.random(UNITS) < 0.4
    marks = np.tile(np.array(["patrol", "hearsay"] * 4, dtype=object), (UNITS, 1, 1))
    chance = np.where(present[:, None, None], 0.5, np.where(marks == "hearsay", 0.1, 0.0))
    y = (rng.random((UNITS, 1, VISITS)) < chance).astype(float)
    y[:20, 0, 3] = np.nan
    return OccupancyData(y, {"hub": rng.standard_normal(UNITS)}, {}, {"told_by": marks, "days": rng.random(y.shape)})


def test_any_mark_of_a_visit_with_two_values_can_mark_the_unconfirmed(data):
    assert compare.two_valued(data) == [("told_by", "hearsay"), ("told_by", "patrol")]


def test_with_marked_reports_only_the_model_that_lets_them_be_false_is_fitted(data):
    asked = compare.candidates(data, ("hub",), ("told_by",), loose=("told_by", "hearsay"))
    assert [(one.family, one.psi, one.p) for one in asked] == [("occu_fp", "~ 1", "~ 1"), ("occu_fp", "~ hub", "~ 1")]
    fit = compare.fit(data, asked[0])
    y, is_hearsay = data.y, data.obs_covs["told_by"] == "hearsay"
    same = occu_fp(OccupancyData(y[:, :, 0::2]), OccupancyData(y[:, :, 1::2]))
    assert (is_hearsay[0, 0] == [False, True] * 4).all()
    assert fit.loglik == pytest.approx(same.loglik, abs=1e-6)
    assert fit.coef["estimate"].to_numpy() == pytest.approx(same.coef["estimate"].to_numpy(), abs=1e-3)
    false = 1 / (1 + np.exp(-float(fit.coef.loc[fit.coef["parameter"] == "fp", "estimate"].iloc[0])))
    assert 0.06 < false < 0.14  # the truth is 0.1


def test_a_visit_whose_mark_is_missing_is_in_neither_channel(data):
    marks = data.obs_covs["told_by"].copy()
    marks[0, 0, :2] = ["", None]
    changed = OccupancyData(data.y, {}, {}, {"told_by": marks})
    confirmed, unconfirmed = compare.by_certainty(changed, ("told_by", "hearsay"))
    assert np.isnan(confirmed.y[0, 0, :2]).all()
    assert np.isnan(unconfirmed.y[0, 0, :2]).all()


def test_the_model_with_groups_is_one_more_candidate_and_is_that_of_royle_and_nichols(data):
    plain = compare.candidates(data, ("hub",), ("days",))
    (more,) = [one for one in compare.candidates(data, ("hub",), ("days",), with_groups=True) if one not in plain]
    assert (more.family, more.psi, more.p) == ("occu_rn", "~ hub", "~ days")
    assert compare.fit(data, more).loglik == pytest.approx(occu_rn(data, "~ hub", "~ days").loglik, abs=1e-6)


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("family", ["occu_fp", "occu_rn"])
def test_the_page_can_say_and_draw_what_these_models_found(data, material_for, lang, family):
    asked = compare.Asked(family, "~ 1", "~ 1", ("told_by", "hearsay") if family == "occu_fp" else ("", ""))
    fit, context = compare.fit(data, asked), material_for(lang).context
    assert fit.status != "refused"
    assert say.spoken(fit, context)
    for spec in (figures.two_lines, figures.districts):
        made = spec(fit, made_up(context), context)
        assert len(made.table)
        assert made.title


def test_detection_with_groups_is_the_chance_in_a_district_that_has_one(data):
    # by hand: sum over N of Poisson(lam) weights of 1 - (1 - r)^N, over the weight of N > 0
    fit = occu_rn(data)
    lam, r = (float(fit.predict(name, [])["estimate"].iloc[0]) for name in ("lam", "r"))
    weights = np.array([np.exp(-lam) * lam**n / math.factorial(n) for n in range(60)])
    by_hand = (weights * (1 - (1 - r) ** np.arange(60)))[1:].sum() / weights[1:].sum()
    ((_, value, low, high),) = detection_by_season(fit)
    assert value == pytest.approx(by_hand, rel=1e-6)
    assert low < value < high

"""Two lines: which part of a change is occurrence and which detection."""

import numpy as np
import pytest

from dashboard.analysis import compare
from dashboard.analysis.occupancy import OccupancyData, colext, occu
from dashboard.analysis.occupancy.change import change, detection_by_season

BY_SEASON = "~ season - 1"


def histories(psi=(0.4, 0.4), p=(0.2, 0.6), units=300, visits=4, seed=1):
    rng = np.random.default_rng(seed)
    z = np.column_stack([rng.random(units) < share for share in psi])
    chance = np.array(p)[None, :, None] * z[:, :, None]
    y = (rng.random((units, len(psi), visits)) < chance).astype(float)
    return OccupancyData(y, seasons=[str(2001 + k) for k in range(len(psi))])


def test_better_detection_of_the_same_crime_is_told_apart():
    moved = change(occu(histories(), BY_SEASON, BY_SEASON))
    assert moved.is_separable
    assert moved.explained_by_detection
    assert moved.recorded > 0.3
    assert moved.low < 0 < moved.high
    assert moved.detection == pytest.approx(0.4, abs=0.08)
    assert (moved.first, moved.last) == ("2001", "2002")


def test_more_crime_found_as_easily_is_told_apart():
    moved = change(occu(histories((0.2, 0.6), (0.5, 0.5)), BY_SEASON, BY_SEASON))
    assert not moved.explained_by_detection
    assert moved.low > 0
    assert moved.occurrence == pytest.approx(0.4, abs=0.08)


def test_a_detection_that_may_not_vary_tells_nothing_apart():
    assert not change(occu(histories(), BY_SEASON, "~ 1")).is_separable


def test_changes_that_stand_in_for_each_other_tell_nothing_apart():
    rarely = occu(histories((0.5, 0.5), (0.15, 0.15), units=400, visits=2, seed=1), BY_SEASON, BY_SEASON)
    assert not rarely.coef["at_boundary"].any()
    moved = change(rarely)
    assert moved.correlation < -0.9
    assert not moved.is_separable


def test_an_estimate_on_the_edge_tells_nothing_apart():
    always = histories((0.4, 0.4), (0.5, 1.0))
    moved = change(occu(always, BY_SEASON, BY_SEASON))
    assert abs(moved.correlation) < 0.9
    assert not moved.is_separable


def test_one_season_has_no_change_and_a_fit_without_estimates_neither():
    assert change(occu(histories((0.4,), (0.5,)))) is None
    assert change(occu(OccupancyData(np.zeros((5, 2, 2))))) is None


def test_detection_by_season_is_that_of_the_model():
    fit = occu(histories(), BY_SEASON, BY_SEASON)
    expected = fit.predict("p", {"season": ["2001", "2002"]})
    found = detection_by_season(fit)
    assert [row[0] for row in found] == ["2001", "2002"]
    numbers = np.array([row[1:] for row in found])
    assert numbers == pytest.approx(expected[["estimate", "low", "high"]].to_numpy(), rel=1e-4)


def test_a_season_nobody_looked_at_has_no_detection():
    y = histories((0.4, 0.4, 0.4), (0.5, 0.5, 0.5)).y.copy()
    y[:, 1] = np.nan
    assert [row[0] for row in detection_by_season(colext(OccupancyData(y)))] == ["1", "3"]


def test_candidates_grow_with_covariates_and_seasons():
    one, several = histories((0.4,), (0.5,)), histories()
    assert [a.family for a in compare.candidates(one, (), ())] == ["occu"]
    asked = compare.candidates(several, ("hub",), ("effort",))
    assert [(a.family, a.psi, a.p) for a in asked] == [
        ("occu", "~ 1", "~ 1"), ("occu", "~ 1", "~ effort"), ("occu", "~ hub", "~ 1"), ("occu", "~ hub", "~ effort"),
        ("occu", "~ season + hub", "~ season + effort"), ("colext", "~ hub", "~ season + effort"),
    ]  # fmt: skip
    fits = [compare.fit(several, a) for a in compare.candidates(several, (), ())]
    assert [f.family for f in fits] == ["occu", "occu", "colext"]
    assert compare.best(fits) == min(range(3), key=lambda k: fits[k].aic)
    refused = occu(OccupancyData(np.zeros((5, 2, 2))))
    assert compare.best([refused]) is None

"""The relative index: what it recovers, and when it declines."""

import json

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from dashboard.analysis.index import _measures, _Model, trend_index


def simulated(seed, countries=12, years=15, is_shared=False, trend=0.0):
    """Counts whose reporting improves: METHODS, section 3.7. *is_shared*: along the same path in all countries."""
    rng = np.random.default_rng(seed)
    z = np.linspace(-1.6, 1.6, years)
    rows = []
    for k in range(countries):
        paces = rng.uniform(0, 3), rng.normal()
        reporting = 1.5 * z / 1.6 if is_shared else paces[1] + paces[0] * np.linspace(0, 1, years)
        reporting = reporting + (0 if is_shared else rng.normal(0, 0.3, years))
        seized = rng.normal(0, 0.4, years).cumsum()
        mean = np.exp(3 + rng.normal(0, 0.7) + (trend + rng.normal(0, 0.1)) * z) * expit(reporting) * expit(seized)
        found = rng.negative_binomial(3, 3 / (3 + mean))
        rows += [
            {"country": f"c{k}", "year": 2005 + t, "count": int(y), "reporting": v, "seized": x}
            for t, (y, v, x) in enumerate(zip(found, reporting, seized, strict=True))
        ]
    return pd.DataFrame(rows)


def test_better_reporting_is_not_taken_for_traffic():
    slopes, errors, raw = [], [], []
    for seed in range(40):
        counts = simulated(seed)
        found = trend_index(counts, "seized", "reporting")
        assert found.status == "ok"
        trend = found.coef.set_index("term").loc["trend"]
        slopes.append(trend["estimate"])
        errors.append(trend["se"])
        total = counts.groupby("year")["count"].sum()
        raw.append(np.log(total.iloc[-3:].sum() / total.iloc[:3].sum()))
    assert np.mean(raw) > 0.2
    assert abs(np.mean(slopes)) < 0.07
    assert np.mean(np.abs(slopes) < 1.96 * np.array(errors)) >= 0.9


def test_a_true_trend_is_found():
    found = trend_index(simulated(5, trend=0.5), "seized", "reporting").table.set_index("year")
    assert found.loc[2005, "estimate"] == 100
    assert found.loc[2005, "low"] == found.loc[2005, "high"] == 100
    assert found.loc[2019, "low"] < 100 * np.exp(0.5 * 3.2) < found.loc[2019, "high"]
    assert found.loc[2019, "low"] > 100


def test_a_proxy_on_the_same_path_everywhere_is_refused():
    found = trend_index(simulated(1, is_shared=True), "seized", "reporting")
    assert found.status == "refused"
    assert {"PROXY_SHARED", "PROXY_CONFOUNDED"} <= {r.code for r in found.reasons}
    assert found.table["estimate"].isna().all()
    assert (found.table["count"] > 0).all()
    confounded = next(r for r in found.reasons if r.code == "PROXY_CONFOUNDED")
    assert abs(confounded.numbers["correlation"]) > 0.8
    assert confounded.numbers["proxy"] == "reporting"


@pytest.mark.parametrize(
    ("countries", "years", "codes"),
    [(5, 6, []), (4, 6, ["FEW_COUNTRIES"]), (5, 5, ["FEW_YEARS"]), (4, 5, ["FEW_COUNTRIES", "FEW_YEARS"])],
)
def test_five_countries_and_six_years_are_needed(countries, years, codes):
    found = trend_index(simulated(2, countries, years), "seized", "reporting")
    assert [r.code for r in found.reasons if r.code.startswith("FEW")] == codes


@pytest.mark.parametrize(("total", "codes"), [(100, []), (99, ["FEW_SEIZURES"])])
def test_a_hundred_seizures_are_needed(total, codes):
    counts = simulated(3, 6, 8)
    counts["count"] = 2
    counts.loc[0, "count"] += total - counts["count"].sum()
    found = trend_index(counts, "seized", "reporting")
    assert [r.code for r in found.reasons if r.code.startswith("FEW")] == codes


def test_without_a_measure_of_reporting_there_is_no_index():
    found = trend_index(simulated(4), enforcement="seized")
    assert [r.code for r in found.reasons] == ["PROXY_MISSING"]
    assert found.reasons[0].numbers["proxy"] == "reporting"
    assert found.status == "refused"
    assert {r.code for r in trend_index(simulated(4)).reasons} == {"PROXY_MISSING"}


def test_proxies_may_be_tables_of_their_own_and_scale_does_not_matter():
    counts = simulated(6)
    table = counts[["country", "year", "reporting"]].assign(reporting=lambda t: t["reporting"] * 40 + 7)
    inside, apart = trend_index(counts, "seized", "reporting"), trend_index(counts, "seized", table)
    assert apart.table["estimate"].to_numpy() == pytest.approx(inside.table["estimate"], rel=1e-3)


def test_the_order_of_rows_does_not_matter_and_the_input_is_untouched():
    counts = simulated(7)
    before = counts.copy()
    shuffled = trend_index(counts.sample(frac=1, random_state=1), "seized", "reporting")
    assert shuffled.table["estimate"].to_numpy() == pytest.approx(
        trend_index(counts, "seized", "reporting").table["estimate"], rel=1e-3
    )
    assert counts.equals(before)


def test_classes_are_estimated_each_on_its_own():
    few = simulated(9).assign(**{"class": "skins", "count": 0})
    counts = pd.concat([simulated(8).assign(**{"class": "ivory"}), few])
    found = trend_index(counts, "seized", "reporting")
    by_class = found.table.groupby("class")["estimate"].apply(lambda e: e.notna().all())
    assert by_class.to_dict() == {"ivory": True, "skins": False}
    assert found.status == "refused"
    one = trend_index(counts, "seized", "reporting", classes=["ivory"], base_year=2010)
    assert one.status == "ok"
    assert one.table.set_index("year").loc[2010, "estimate"] == 100


def test_a_country_year_without_a_count_is_not_zero():
    counts = simulated(10)
    holes = counts["year"].eq(2012) & counts["country"].isin(["c1", "c2"])
    blank, absent = counts.copy(), counts[~holes]
    blank["count"] = blank["count"].astype(float).where(~holes)
    ours, theirs = (trend_index(table, "seized", "reporting").table for table in (blank, absent))
    assert ours["estimate"].to_numpy() == pytest.approx(theirs["estimate"], rel=1e-6)
    zero = trend_index(counts.assign(count=counts["count"].where(~holes, 0)), "seized", "reporting").table
    assert not np.allclose(zero["estimate"], ours["estimate"], rtol=1e-3)


def test_the_gradient_equals_differences():
    counts = simulated(11, 6, 8)
    proxies = {name: counts.set_index(["country", "year"])[[name]] for name in ("seized", "reporting")}
    model = _Model(counts, _measures(counts, proxies)[0])
    at = np.random.default_rng(1).normal(0, 0.3, model.penalty.size)
    steps = np.eye(at.size) * 1e-5
    by_difference = [(model.value_and_gradient(at + s)[0] - model.value_and_gradient(at - s)[0]) / 2e-5 for s in steps]
    assert model.value_and_gradient(at)[1] == pytest.approx(by_difference, rel=1e-4, abs=1e-4)


def test_empty_and_wrong_tables():
    empty = trend_index(pd.DataFrame({"country": [], "year": [], "count": []}))
    assert empty.status == "refused"
    with pytest.raises(ValueError, match="column 'count' not found; counts has: country"):
        trend_index(pd.DataFrame({"country": [], "year": []}))
    with pytest.raises(ValueError, match="base_year 1999 has no counts"):
        trend_index(simulated(1), "seized", "reporting", base_year=1999)


def test_an_index_converts_to_json():
    for found in (trend_index(simulated(1), "seized", "reporting"), trend_index(simulated(1))):
        assert json.loads(json.dumps(found.to_dict(), allow_nan=False))["base_year"] == 2005

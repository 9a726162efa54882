"""Reporting delay: published triangles, refusals at their thresholds, and what must not matter."""

import json
from itertools import cycle
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboard.analysis.delay import chain_ladder, complete, nowcast

CASES = Path(__file__).parents[1] / "reference_cases"


def case(name):
    return json.loads((CASES / name).read_text(encoding="utf-8"))


def test_chain_ladder_agrees_with_taylor_and_ashe_and_mack():
    given = case("now01_taylor_ashe.json")
    ladder, expected = chain_ladder(np.array(given["data"]["cumulative_triangle"], dtype=float)), given["expected"]
    assert ladder.factors == pytest.approx(expected["factors"], abs=expected["tol_factors"])
    assert ladder.outstanding == pytest.approx(expected["outstanding_by_origin"], abs=0.5)
    assert ladder.mack_se == pytest.approx(expected["mack_se_by_origin"], abs=0.5)
    assert ladder.total_outstanding == pytest.approx(expected["total_outstanding"], rel=expected["tol_relative"])
    assert ladder.total_mack_se == pytest.approx(expected["total_mack_se"], rel=expected["tol_relative"])


def test_a_known_delay_is_recovered_exactly():
    given = case("now03_delay_pmf.json")
    table, pmf, _ = complete(np.array(given["data"]["incremental_triangle"], dtype=float))
    expected = given["expected"]
    assert pmf == pytest.approx(expected["delay_pmf"], abs=expected["tol"])
    assert table["completed"].to_numpy() == pytest.approx(expected["completed_totals"], abs=expected["tol"])


def test_the_second_published_delay_is_recovered():
    given = case("now03_delay_pmf.json")["second"]
    table, pmf, _ = complete(np.array(given["incremental_triangle"], dtype=float))
    cells = given["expected_cells"]
    assert pmf == pytest.approx(given["delay_pmf"], abs=given["tol"])
    assert table["completed"].tolist() == pytest.approx(
        [25, 40 + cells["row2_delay3"], 60 + cells["row3_delay2"] + cells["row3_delay3"], 60 / pmf[0]]
    )


def test_without_mass_at_the_observed_delay_nothing_is_divided_by_zero():
    _, pmf, findings = complete([[0, 4, 4, 2]] * 6 + [[0, 4, 4, np.nan], [1, np.nan, np.nan, np.nan]])
    assert pmf[0] < 0.1
    assert "INCOMPLETE" in [f.reason.code for f in findings]
    none, _, _ = complete([[0, 4, 4, 2]] * 6 + [[0, np.nan, np.nan, np.nan]])
    assert none.iloc[-1][["completed", "low", "high"]].isna().all()


def test_completing_by_the_hazard_is_the_chain_ladder():
    rng = np.random.default_rng(3)
    cells = rng.poisson([40, 20, 10, 5], (9, 4)).astype(float)
    cells[np.add.outer(np.arange(9), np.arange(4)) > 8] = np.nan
    cumulative = np.where(np.isnan(cells), np.nan, np.nancumsum(cells, axis=1))
    table, pmf, _ = complete(cells)
    ladder = chain_ladder(cumulative)
    assert (table["completed"] - table["observed"]).to_numpy() == pytest.approx(ladder.outstanding)
    assert pmf.sum() == pytest.approx(1)


def cases_of(months=12, a_month=10, delays=(0, 1), start="2023-01"):
    """Event and entry dates: *a_month* cases on different days, entered after each of *delays* months in turn."""
    first = pd.Period(start, "M")
    last = first + months - 1
    rows = [
        ((first + m).start_time + pd.Timedelta(days=k), (first + m + late).start_time + pd.Timedelta(days=k))
        for m in range(months)
        for k, late in zip(range(a_month), cycle(delays), strict=False)
        if first + m + late <= last
    ]  # fmt: skip
    return [row[0] for row in rows], [row[1] for row in rows]


def test_the_last_month_is_completed_by_hand_calculation():
    found = nowcast(*cases_of())
    last = found.table.iloc[-1]
    assert found.status == "ok"
    assert found.max_delay == 1
    assert found.delay_pmf == pytest.approx([0.5, 0.5])
    assert (last["period"], last["observed"], last["completed"]) == ("2023-12", 5, 10)
    assert last["low"] <= 10 <= last["high"]
    assert last["low"] >= 5
    assert found.table["is_provisional"].tolist() == [False] * 11 + [True]
    assert (found.table["low"] == found.table["observed"])[:-1].all()


def test_a_month_that_is_not_over_is_left_out():
    events, entries = cases_of()
    found = nowcast(events, entries, cut="2023-12-20")
    assert found.table["period"].iloc[-1] == "2023-11"
    assert nowcast(events, entries, cut="2023-12-31").table["period"].iloc[-1] == "2023-12"


def test_records_without_a_date_or_entered_before_they_happened_are_left_out():
    events, entries = cases_of()
    more = nowcast([*events, None, pd.Timestamp("2023-09-09")], [*entries, entries[0], pd.Timestamp("2023-08-09")])
    assert more.n == len(events)
    assert more.table.equals(nowcast(events, entries).table)


def test_the_order_of_records_does_not_matter_and_the_input_is_untouched():
    events, entries = map(pd.Series, cases_of(a_month=11, delays=(0, 1, 2)))
    before = events.copy()
    order = np.random.default_rng(1).permutation(len(events))
    assert nowcast(events[order], entries[order]).table.equals(nowcast(events, entries).table)
    assert events.equals(before)


@pytest.mark.parametrize(("months", "codes"), [(6, []), (5, ["FEW_PERIODS"])])
def test_five_complete_periods_are_needed(months, codes):
    found = nowcast(*cases_of(months))
    assert [r.code for r in found.reasons] == codes
    assert found.status == ("refused" if codes else "ok")


@pytest.mark.parametrize(("few", "codes"), [(5, []), (4, ["FEW_RECORDS"])])
def test_a_step_of_the_delay_needs_five_records(few, codes):
    triangle = np.array([[0.0, 1.0]] * few + [[0.0, 0.0]] * (8 - few) + [[1.0, np.nan]])
    triangle[0] = [few - 1, 1]
    triangle[1:few] = 0
    _, _, findings = complete(triangle)
    assert [f.reason.code for f in findings if f.reason.code == "FEW_RECORDS"] == codes


@pytest.mark.parametrize(("share", "codes"), [(0.31, []), (0.29, ["INCOMPLETE"])])
def test_a_period_less_than_three_tenths_complete_is_refused(share, codes):
    triangle = [[100 * share, 100 * (1 - share)]] * 6 + [[10.0, np.nan]]
    _, _, findings = complete(triangle)
    assert [f.reason.code for f in findings] == codes


def test_a_bulk_import_is_left_out_of_the_delay():
    events, entries = cases_of(a_month=12)
    old = [pd.Timestamp("2023-01-15")] * 40
    found = nowcast(events + old, entries + [pd.Timestamp("2023-12-05")] * 40)
    assert found.n_bulk >= 40
    assert [r.code for r in found.reasons] == ["BULK_ENTRY"]
    assert found.status == "caution"
    assert found.delay_pmf == pytest.approx([0.5, 0.5], abs=0.05)
    assert found.table["observed"].iloc[0] == 12 + 40


def test_when_bulk_imports_remain_nothing_is_said():
    day = pd.Timestamp("2023-12-05")
    events, _ = cases_of()
    assert nowcast(events, [day] * len(events)).status == "refused"
    found = nowcast(events, [day + pd.Timedelta(days=k % 4) for k in range(len(events))])
    assert "BULK_ENTRY" in [r.code for r in found.reasons]
    assert found.status == "refused"


def test_no_record_is_a_refusal_and_not_an_error():
    found = nowcast([], [])
    assert (found.status, len(found.table), found.n) == ("refused", 0, 0)
    assert nowcast([None], [None]).status == "refused"
    with pytest.raises(ValueError, match="M, Q or Y, got 'W'"):
        nowcast([], [], period="W")
    with pytest.raises(ValueError, match="equally long, got 1 and 2"):
        nowcast(["2020-01-01"], ["2020-01-01"] * 2)


def test_the_interval_covers_what_comes_in_later():
    rng = np.random.default_rng(20)
    inside = []
    for _ in range(300):
        cells = rng.poisson([12, 8, 5], (14, 3)).astype(float)
        total = cells[-1].sum()
        cells[np.add.outer(np.arange(14), np.arange(3)) > 13] = np.nan
        last = complete(cells)[0].iloc[-1]
        inside.append(last["low"] <= total <= last["high"])
    assert 0.92 <= np.mean(inside) <= 1


def test_a_nowcast_converts_to_json():
    assert json.loads(json.dumps(nowcast(*cases_of()).to_dict(), allow_nan=False))["status"] == "ok"
    assert json.loads(json.dumps(nowcast([], []).to_dict(), allow_nan=False))["table"] == []

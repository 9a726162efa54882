"""From records to histories: what was found, where somebody looked, and what is blank."""

import numpy as np
import pandas as pd
import pytest

from dashboard.analysis.occupancy import Calendar, NilReturns, OccupancyData, TargetGroup, occu, plan_designs

UNITS = pd.DataFrame({"country": ["KGZ", "KGZ", "MNG"], "admin1": ["Naryn", "Osh", "Khovd"]})
LEOPARD, IBEX = "Panthera uncia", "Capra sibirica"


def record(detected_on, admin1="Naryn", taxon=LEOPARD, grade="official", precision=None):
    return {
        "country": "KGZ", "admin1": admin1, "taxon": taxon, "evidence_grade": grade,
        "detected_on": detected_on, "detected_on_precision": precision,
    }  # fmt: skip


def table(*records):
    columns = ["country", "admin1", "taxon", "evidence_grade", "detected_on", "detected_on_precision"]
    return pd.DataFrame(list(records), columns=columns)


def all_year(*years, country="KGZ", admin1=None):
    rows = [{"country": country, "admin1": admin1, "start": str(y), "end": str(y)} for y in years]
    return Calendar(pd.DataFrame(rows))


def test_a_month_nobody_looked_at_is_blank_and_never_zero():
    looked = Calendar(pd.DataFrame([{"country": "KGZ", "admin1": "Naryn", "start": "2020-01", "end": "2020-03"}]))
    data = OccupancyData.from_incidents(table(record("2020-02-11")), UNITS, "1Y", "M", looked)
    assert data.shape == (3, 1, 12)
    naryn = data.y[0, 0]
    assert naryn[:3].tolist() == [0, 1, 0]
    assert np.isnan(naryn[3:]).all()
    assert np.isnan(data.y[1:]).all()


def test_without_a_word_on_who_looked_everything_is_blank_and_refused():
    data = OccupancyData.from_incidents(table(record("2020-02-11")), UNITS, "1Y", "M")
    assert np.isnan(data.y).all()
    assert data.known_present[0, 0]
    assert occu(data).reasons[0].code == "UNMONITORED"


def test_nil_returns_make_zeros_and_records_make_ones():
    returns = pd.DataFrame({"country": ["KGZ"] * 2, "admin1": ["Naryn", "Osh"], "period": ["2020-01", "2020"]})
    data = OccupancyData.from_incidents(table(record("2020-02-11")), UNITS, "1Y", "M", NilReturns(returns))
    assert data.y[0, 0, :2].tolist() == [0, 1]
    assert np.isnan(data.y[0, 0, 2:]).all()
    assert (data.y[1, 0] == 0).all()


def test_a_quarter_counts_as_looked_at_only_when_every_month_was_answered():
    returns = pd.DataFrame({
        "country": "KGZ", "admin1": "Osh", "period": ["2020-01", "2020-02", "2020-03", "2020-04", "2020-05"],
    })  # fmt: skip
    data = OccupancyData.from_incidents(table(), UNITS, "1Y", "Q", NilReturns(returns))
    assert data.y[1, 0, 0] == 0
    assert np.isnan(data.y[1, 0, 1:]).all()


def test_only_reported_and_nil_are_answers_and_a_record_without_an_answer_is_left_out():
    returns = pd.DataFrame({
        "country": "KGZ", "admin1": "Naryn", "period": ["2020-01", "2020-02", "2020-03", "2020-04"],
        "state": ["nil", "reported", "no_report", "withheld"],
    })  # fmt: skip
    found = table(record("2020-02-01"), record("2020-03-01"))
    data = OccupancyData.from_incidents(found, UNITS, "1Y", "M", NilReturns(returns))
    assert data.y[0, 0, :2].tolist() == [0, 1]
    assert np.isnan(data.y[0, 0, 2:]).all()
    assert (data.counts["used"], data.counts["not_looked"]) == (1, 1)


def test_a_record_of_another_species_shows_that_somebody_looked_but_the_target_does_not():
    found = table(
        record("2020-01-05", taxon=IBEX),
        record("2020-02-05", taxon=IBEX), record("2020-02-20"),
        record("2020-03-20"),
    )  # fmt: skip
    data = OccupancyData.from_incidents(found, UNITS, "1Y", "M", TargetGroup((LEOPARD,)))
    assert data.y[0, 0, :2].tolist() == [0, 1]
    assert np.isnan(data.y[0, 0, 2:]).all()
    assert data.counts["not_looked"] == 1
    assert data.counts["used"] == 1
    assert data.known_present[0, 0]
    with pytest.raises(ValueError, match="taxa"):
        TargetGroup(())


def test_records_less_precise_than_the_visit_are_left_out_and_counted():
    found = table(
        record("2020"), record("2020-05"), record("2020-06-01", precision="year"), record("2020-07-09"),
        record(None), record("about 2020"),
    )  # fmt: skip
    monthly = OccupancyData.from_incidents(found, UNITS, "1Y", "M", all_year(2020))
    assert monthly.counts["imprecise"] == 2
    assert monthly.counts["undated"] == 2
    assert np.flatnonzero(monthly.y[0, 0]).tolist() == [4, 6]
    yearly = OccupancyData.from_incidents(found, UNITS, "3Y", "Y", all_year(2020))
    assert yearly.counts["imprecise"] == 0
    assert yearly.counts["used"] == 4
    assert yearly.y[0, 0, 0] == 1
    assert np.isnan(yearly.y[0, 0, 1:]).all()


def test_units_may_be_pairs():
    pairs = [("KGZ", "Naryn"), ("KGZ", "Osh"), ("MNG", "Khovd")]
    found = table(record("2020-02-11"))
    one, two = (OccupancyData.from_incidents(found, units, "1Y", "M", all_year(2020)) for units in (UNITS, pairs))
    assert np.array_equal(one.y, two.y, equal_nan=True)
    assert one.sites == two.sites


def test_certainty_chooses_the_records():
    found = table(
        record("2020-01-01"), record("2020-02-01", grade="single"), record("2020-03-01", grade="corroborated")
    )
    ones = {
        certainty: np.flatnonzero(
            OccupancyData.from_incidents(found, UNITS, "1Y", "M", all_year(2020), certainty).y[0, 0]
        ).tolist()
        for certainty in ("confirmed", "unconfirmed", "any")
    }
    assert ones == {"confirmed": [0, 2], "unconfirmed": [1], "any": [0, 1, 2]}
    with pytest.raises(ValueError, match="confirmed, unconfirmed, any, got 'sure'"):
        OccupancyData.from_incidents(found, UNITS, "1Y", "M", all_year(2020), "sure")


def test_records_elsewhere_or_of_other_taxa_are_counted():
    looked = Calendar(all_year(2020).spans, taxa=(LEOPARD,))
    found = table(record("2020-01-01"), record("2020-02-01", admin1="Chuy"), record("2020-03-01", taxon=IBEX))
    data = OccupancyData.from_incidents(found, UNITS, "1Y", "M", looked)
    assert data.counts == {
        "other_unit": 1, "undated": 0, "imprecise": 0, "other_taxon": 1, "other_certainty": 0, "used": 1,
        "not_looked": 0,
    }  # fmt: skip
    assert data.y[0, 0].tolist() == [1] + [0] * 11


def test_dates_of_the_event_stand_in_for_missing_dates_of_detection():
    found = table(record("2020-02-11")).rename(columns=lambda c: c.replace("detected", "occurred"))
    data = OccupancyData.from_incidents(found, UNITS, "1Y", "M", all_year(2020))
    assert data.y[0, 0, 1] == 1
    with pytest.raises(ValueError, match="column 'taxon' not found; records has"):
        OccupancyData.from_incidents(found.drop(columns="taxon"), UNITS, "1Y", "M", all_year(2020))


def test_periods_and_visits_are_named_for_the_reader():
    data = OccupancyData.from_incidents(table(record("2019-02-11")), UNITS, "3Y", "Q", all_year(2019, 2020, 2023))
    assert data.seasons == ("2019-2021", "2022-2024")
    assert data.visits[:5] == ("Y1 Q1", "Y1 Q2", "Y1 Q3", "Y1 Q4", "Y2 Q1")
    assert data.sites == ("KGZ / Naryn", "KGZ / Osh", "MNG / Khovd")
    assert np.isnan(data.y[0, 0, 8:]).all()
    assert (data.y[0, 1, 4:8] == 0).all()
    with pytest.raises(ValueError, match="whole years"):
        OccupancyData.from_incidents(table(), UNITS, "Q", "M", all_year(2020))
    with pytest.raises(ValueError, match="got 'week'"):
        OccupancyData.from_incidents(table(), UNITS, "1Y", "week", all_year(2020))


def test_several_rows_of_one_incident_count_once_and_order_does_not_matter():
    found = table(record("2020-01-05"), record("2020-01-05"), record("2020-07-05", admin1="Osh"))
    one, two = (OccupancyData.from_incidents(t, UNITS, "1Y", "M", all_year(2020)) for t in (found, found.iloc[[2, 0]]))
    assert np.array_equal(one.y, two.y, equal_nan=True)


def test_no_record_at_all_is_all_zero_where_somebody_looked():
    data = OccupancyData.from_incidents(table(), UNITS, "1Y", "Q", all_year(2020, 2021))
    assert (data.y[:2] == 0).all()
    assert np.isnan(data.y[2]).all()
    assert OccupancyData.from_incidents(table(), UNITS, "1Y", "Q").shape == (3, 1, 4)


def many(units, years, rng):
    found = []
    for admin1 in units:
        for year in years:
            if rng.random() < 0.5:
                found += [record(f"{year}-{m:02d}-03", admin1) for m in range(1, 13) if rng.random() < 0.25]
    return table(*found)


def test_the_planner_offers_the_finest_design_that_passes():
    names = [f"unit {k}" for k in range(20)]
    units = pd.DataFrame({"country": "KGZ", "admin1": names})
    records = many(names, (2018, 2019, 2020), np.random.default_rng(1))
    designs = plan_designs(records, units, all_year(2018, 2019, 2020))
    assert list(zip(designs["primary"], designs["visit"], strict=True)) == [
        ("1Y", "M"), ("1Y", "Q"), ("3Y", "Q"), ("3Y", "Y"), ("5Y", "Y"),
    ]  # fmt: skip
    assert designs["is_offered"].tolist() == [True, False, False, False, False]
    monthly = OccupancyData.from_incidents(records, units, "1Y", "M", all_year(2018, 2019, 2020))
    assert designs["n_repeats"][0] == occu(monthly).n_repeats
    assert designs["period_status"][0] == occu(monthly).status == "ok"
    assert designs["dynamic_status"][2] == "refused"  # one period has no transitions


def test_the_planner_says_how_many_repeats_are_missing():
    records = table(record("2020-01-05"), record("2020-03-05"), record("2020-03-09", admin1="Osh"))
    designs = plan_designs(records, UNITS, all_year(2020))
    assert (designs["period_status"] == "refused").all()
    assert designs["period_missing"].tolist() == [9, 10, 10, 10, 10]
    assert not designs["is_offered"].any()
    blank = plan_designs(records, UNITS, None)
    assert set(blank["code"]) == {"UNMONITORED"}
    assert designs["code"].tolist()[:2] == ["FEW_REPEATS", "FEW_REPEATS"]
    assert designs["code"][4] == "NO_REPLICATION"

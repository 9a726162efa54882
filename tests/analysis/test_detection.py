"""What the records can carry: who looked, which designs, and every refusal."""

import pandas as pd
import pytest

from dashboard.analysis import detection
from dashboard.analysis.occupancy import Calendar, NilReturns, TargetGroup
from dashboard.domain.selection import Selection


@pytest.fixture
def shipped(loaded):
    from dashboard.store.records import records as wrap

    return wrap(loaded.tables, loaded.data_version)


def test_the_target_is_the_snow_leopard_unless_another_is_chosen(shipped):
    assert detection.histories_of(shipped, Selection(), "target_group").taxa == ("snow_leopard", "panthera_uncia")
    chosen = detection.histories_of(shipped, Selection(taxa=("panthera_pardus",)), "target_group")
    assert chosen.taxa == ("panthera_pardus",)


def test_records_of_every_species_are_kept_because_they_show_that_somebody_looked(shipped):
    given = detection.histories_of(shipped, Selection(taxa=("snow_leopard",)), "target_group")
    assert given.incidents["incident_id"].nunique() == 362
    assert len(given.units) == 110


def test_countries_and_years_narrow_units_and_records(shipped):
    given = detection.histories_of(shipped, Selection(countries=("KGZ",), year_from=2010, year_to=2020), "calendar")
    assert set(given.units["country"]) == set(given.incidents["country"]) == {"KGZ"}
    assert given.incidents["year"].between(2010, 2020).all()
    assert given.looked.spans.to_dict("records") == [{"country": "KGZ", "start": "2010", "end": "2020"}]


def test_there_are_three_ways_of_saying_where_somebody_looked(shipped):
    kinds = [type(detection.histories_of(shipped, Selection(), way).looked) for way in detection.LOOKED]
    assert kinds == [TargetGroup, NilReturns, Calendar]


def test_no_agency_has_answered_so_nil_returns_leave_everything_blank(shipped):
    given = detection.histories_of(shipped, Selection(), "nil_returns")
    planned = detection.designs(given, "any")
    assert set(planned["code"]) == {"UNMONITORED"}
    assert (planned["n_visits"] == 0).all()


@pytest.mark.parametrize("looked", detection.LOOKED)
@pytest.mark.parametrize("certainty", ["confirmed", "any"])
def test_with_the_shipped_records_every_design_is_refused(shipped, looked, certainty):
    given = detection.histories_of(shipped, Selection(), looked)
    planned = detection.designs(given, certainty)
    assert len(planned) == 5
    assert (planned["period_status"] == "refused").all()
    assert detection.fit_offered(given, planned, certainty) is None


def test_the_nearest_design_has_the_most_repeats():
    planned = pd.DataFrame({"n_repeats": [1, 4, 4], "n_visits": [9, 5, 7], "visit": ["M", "Q", "Y"]})
    assert detection.nearest(planned)["visit"] == "Y"


def test_a_country_year_nobody_looked_at_is_blank_and_never_zero(shipped):
    grid = detection.where_somebody_looked(detection.histories_of(shipped, Selection(), "target_group"), "any")
    states = grid.set_index(["country", "year"])["state"]
    assert states["AFG", 1993] == "blank"
    assert set(grid["state"]) == {"present", "left_out", "looked", "blank"}
    assert (grid.loc[grid["state"] != "present", "incident_count"] == 0).all()
    assert (grid.loc[grid["state"] == "present", "incident_count"] > 0).all()
    assert len(grid) == grid["country"].nunique() * grid["year"].nunique()


def test_the_public_records_do_not_say_when_they_were_entered(shipped):
    latest = detection.latest_months(shipped)
    assert (latest.status, latest.n) == ("refused", 0)


def test_the_index_is_refused_without_a_measure_of_enforcement_and_reporting(shipped):
    index = detection.relative_index(detection.histories_of(shipped, Selection(), "target_group"))
    assert index.status == "refused"
    assert {"FEW_SEIZURES", "PROXY_MISSING"} <= {reason.code for reason in index.reasons}
    assert index.table["count"].sum() == 58  # README_incidents.md: 58 incidents involve snow leopard


def enough():
    """Records that carry a monthly design: 20 areas, two years, known months of looking."""
    rows, names = [], [f"area {k:02d}" for k in range(20)]
    for k, name in enumerate(names):
        for year in (2020, 2021):
            for month in range(1, 13):
                target = k % 2 == 0 and (month + k) % 4 == 0
                taxa = ["capra_sibirica", *(["panthera_uncia"] if target else [])]
                rows += [
                    {"country": "KGZ", "admin1": name, "taxon": taxon, "evidence_grade": "official",
                     "occurred_on": f"{year}-{month:02d}-05", "occurred_on_precision": "day"}
                    for taxon in taxa
                ]  # fmt: skip
    units = pd.DataFrame({"country": "KGZ", "admin1": names})
    taxa = ("panthera_uncia",)
    return detection.Histories(pd.DataFrame(rows), units, taxa, TargetGroup(taxa))


def test_records_that_carry_a_design_are_fitted_by_period():
    given = enough()
    planned = detection.designs(given, "confirmed")
    assert planned["is_offered"].tolist()[0]
    fit = detection.fit_offered(given, planned, "confirmed")
    assert fit.status == "ok"
    assert fit.psi_by_season()["estimate"].to_numpy() == pytest.approx([0.5, 0.5], abs=0.02)
    assert fit.coef.groupby("parameter").size().to_dict() == {"p": 2, "psi": 2}

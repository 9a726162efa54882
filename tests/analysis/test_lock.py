"""Behind the lock no table holds anything that leads to a place."""

import json

import pytest

from dashboard.analysis import lock, overview
from dashboard.analysis.select import select
from dashboard.domain.selection import Selection
from dashboard.intake.shown import shown


@pytest.fixture(scope="module")
def locked(records):
    return lock.generalise(records)


def frame(records, table):
    return records[table].collect().to_pandas()


def test_every_position_is_the_point_of_a_province(records, locked):
    provinces = frame(records, "provinces").set_index("province")
    points = {(float(lat), float(lon)) for lat, lon in zip(provinces["lat"], provinces["lon"], strict=True)}
    found = frame(locked, "incidents").dropna(subset=["lat"])
    assert len(found) > 200
    assert set(zip(found["lat"], found["lon"], strict=True)) <= points
    assert set(frame(locked, "incidents")["coord_precision"]) == {"admin1", "country"}


def test_no_province_stands_for_fewer_than_three_incidents(locked):
    assert frame(locked, "incidents").groupby("province").size().min() >= 3


def test_nothing_that_the_sources_say_of_a_place_is_left_in_any_table(records, locked):
    told = {
        str(word)
        for table, columns in {
            "incidents": ["incident_id", "place", "evidence", "agency"],
            "sources": ["source_id", "title", "url", "publisher"],
        }.items()
        for column in columns
        for word in frame(records, table)[column].dropna()
        if len(str(word)) > 7
    }  # fmt: skip
    tables = (
        "incidents",
        "specimens",
        "legs",
        "proceedings",
        "sources",
        "citations",
        "coverage",
        "annotations",
        "corrections",
    )
    kept = {str(v) for t in tables if t in locked.tables for v in frame(locked, t).astype(object).to_numpy().ravel()}
    assert told & kept == set()


def test_no_incident_is_lost_and_the_tables_still_belong_together(records, locked):
    incidents = set(frame(locked, "incidents")["incident_id"])
    assert len(incidents) == len(frame(records, "incidents")) == 362
    for table in ("specimens", "legs", "proceedings", "citations"):
        assert set(frame(locked, table)["incident_id"]) <= incidents
        assert len(frame(locked, table)) == len(frame(records, table))
    assert set(frame(locked, "citations")["source_id"]) <= set(frame(locked, "sources")["source_id"])
    assert overview.headline(locked) == overview.headline(records)


def test_the_tables_keep_their_columns_and_the_original_is_untouched(records, locked):
    for table in lock.OF_AN_INCIDENT:
        assert frame(locked, table).columns.to_list() == frame(records, table).columns.to_list()
    assert frame(records, "incidents")["place"].notna().any()


def test_the_rows_of_an_incident_lead_to_no_province_that_is_withheld(loaded):
    locked = lock.generalise(shown(loaded.tables, "test"))
    of = frame(locked, "incidents").set_index("incident_id")["province"].astype(object)
    for table in ("specimens", "legs", "proceedings", "citations"):
        rows = frame(locked, table)
        said, known = rows["of_province"].astype(object), rows["incident_id"].map(of)
        assert said.isna().any()
        assert (said.fillna("") == known.fillna("")).all()
        assert "of_province" not in frame(select(locked, Selection(countries=("KGZ",))), table)


def test_new_identifiers_do_not_follow_the_order_of_the_old(records):
    first, again = (frame(lock.generalise(records), "specimens")["incident_id"].to_list() for _ in range(2))
    assert first != again


def test_a_selection_withholds_the_provinces_that_became_small_in_it(locked):
    chosen = select(locked, Selection(taxa=("snow_leopard",)))
    incidents = frame(chosen, "incidents")
    assert len(incidents) == 58
    assert incidents.groupby("province").size().min() >= 3
    assert incidents.loc[incidents["province"].isna(), ["lat", "lon"]].isna().all().all()


def test_dates_are_years(locked):
    assert frame(locked, "incidents")["occurred_on"].str.fullmatch(r"\d{4}").all()
    assert json.dumps(frame(locked, "incidents")["occurred_on_precision"].unique().tolist()) == '["year"]'

"""Corridors, practice, reforms, gaps and loopholes: unknown is never weak, and nothing is added that no row states."""

import narwhals as nw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.analysis.law import corridor, gaps, matrix, practice, reforms
from dashboard.analysis.law.corridor import Weakest
from dashboard.domain.fields import RANGE_COUNTRIES


@pytest.fixture(scope="module")
def cells(records):
    return matrix.cells(records["provisions"])


def an_incident(nth, country, **more):
    return {
        "incident_id": f"TST-{nth:04}",
        "country": country,
        "occurred_on": f"20{nth:02}",
        "outcome": "unknown",
        **more,
    }


def a_leg(nth, role, country):
    return {"incident_id": f"TST-{nth:04}", "role": role, "country": country}


# corridors ------------------------------------------------------------------------------------------------------------


def test_tajikistan_kyrgyzstan_china_in_order_with_the_weakest_leg_of_each_topic(cells):
    # Read off the published table: poss Y P P, trade Y P Y, import/export ? P Y, online P P P, serious P ? Y.
    route = ("TJK", "KGZ", "CHN")
    assert corridor.weakest_legs(cells, route) == [
        Weakest("possession_penalty", ("KGZ", "CHN"), route, ()),
        Weakest("trade_penalty", ("KGZ",), route, ()),
        Weakest("import_export_penalty", ("KGZ",), ("KGZ", "CHN"), ("TJK",)),
        Weakest("online_trade", (), route, ()),
        Weakest("wildlife_crime_as_serious_crime", ("TJK",), ("TJK", "CHN"), ("KGZ",)),
    ]


def test_known_legs_that_are_level_have_no_weakest(cells):
    online = corridor.weakest_legs(cells, ("TJK", "KGZ", "CHN"))[3]
    assert online.is_level
    assert not Weakest("online_trade", (), ("RUS",), ("KAZ",)).is_level


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(RANGE_COUNTRIES), min_size=1, max_size=5, unique=True))
def test_a_leg_that_is_not_known_is_never_the_weakest(cells, route):
    for found in corridor.weakest_legs(cells, route):
        assert not set(found.weakest) & set(found.unknown)
        assert sorted(found.known + found.unknown) == sorted(route)
        assert list(found.known) == [leg for leg in route if leg in found.known]


def test_a_way_runs_from_origin_over_where_it_was_recorded_to_the_destination(records_of):
    records = records_of(
        incidents=[an_incident(1, "KGZ"), an_incident(2, "KGZ"), an_incident(3, "KGZ"), an_incident(4, "KGZ")],
        legs=[a_leg(1, "origin", "TJK"), a_leg(1, "destination", "CHN"), a_leg(2, "origin", "KGZ"),
              a_leg(3, "transit", "UZB"), a_leg(3, "destination", "ARE")],
    )  # fmt: skip
    assert corridor.ways(records) == {"TST-0001": ("TJK", "KGZ", "CHN"), "TST-0003": ("UZB", "KGZ", "ARE")}
    assert corridor.recorded(records) == [(("TJK", "KGZ", "CHN"), 1), (("UZB", "KGZ"), 1)]


def test_an_incident_is_on_the_route_only_in_the_same_direction(records_of):
    records = records_of(
        incidents=[an_incident(1, "KGZ"), an_incident(2, "TJK"), an_incident(3, "CHN"), an_incident(4, "KAZ")],
        legs=[a_leg(1, "origin", "TJK"), a_leg(2, "origin", "KGZ"), a_leg(3, "origin", "TJK"),
              a_leg(4, "destination", "CHN")],
    )  # fmt: skip
    found = corridor.on_the_way(records, ("TJK", "KGZ", "CHN")).collect()
    assert dict(zip(found["incident_id"].to_list(), found["way"].to_list(), strict=True)) == {
        "TST-0003": "TJK>CHN",
        "TST-0001": "TJK>KGZ",
    }


@pytest.mark.parametrize("route", [(), ("KGZ",), ("BTN", "AFG")])
def test_a_route_without_a_recorded_incident_has_none(records, route):
    found = corridor.on_the_way(records, route).collect()
    assert len(found) == 0
    assert "way" in found.columns


# law beside courts ----------------------------------------------------------------------------------------------------


def test_what_courts_did_is_counted_and_what_is_missing_stays_missing(records_of, typed_table, rows_of):
    records = records_of(
        incidents=[an_incident(1, "KGZ", outcome="convicted"), an_incident(2, "KGZ"), an_incident(3, "TJK")],
        proceedings=[{"incident_id": "TST-0001", "imprisonment_months": 24, "fine_amount": None}],
    )
    proceedings = records["proceedings"].with_columns(is_suspended=nw.lit(value=True))
    countries = nw.from_native(typed_table("law_review", [{"country": c} for c in ("KGZ", "TJK", "UZB")])).lazy()
    kgz, tjk, uzb = rows_of(practice.seen_in_court(records.with_tables(proceedings=proceedings), countries))
    assert (kgz["incident_count"], kgz["without_outcome_count"], kgz["conviction_count"]) == (2, 1, 1)
    assert (kgz["term_count"], kgz["suspended_count"], kgz["shortest_months"], kgz["fine_count"]) == (1, 1, 24, 0)
    assert (tjk["incident_count"], tjk["term_count"], tjk["longest_months"]) == (1, 0, None)
    assert (uzb["incident_count"], uzb["without_outcome_count"]) == (0, 0)


def test_countries_add_up_to_all_incidents_and_terms(records, rows_of):
    seen = rows_of(practice.seen_in_court(records, records["law_review"]))
    assert sum(row["incident_count"] for row in seen) == 362
    assert sum(row["without_outcome_count"] for row in seen) == 307
    assert sum(row["term_count"] for row in seen) == len(rows_of(practice.terms(records))) == 37


def test_other_engines_see_the_same_in_court(records, other_records, rows_of):
    ours, theirs = (rows_of(practice.seen_in_court(r, r["law_review"])) for r in (records, other_records))
    assert theirs == ours


# reforms --------------------------------------------------------------------------------------------------------------


def test_the_movement_named_in_the_legal_notes_is_on_the_timeline(records):  # section 3, last paragraph
    table = reforms.events(records["provisions"], records["treaties"]).collect()
    events = {(row["country"], row["year"]) for row in table.iter_rows(named=True)}
    assert {("NPL", 2017), ("RUS", 2018), ("IND", 2022), ("CHN", 2022), ("CHN", 2025), ("KAZ", 2023), ("BTN", 2023),
            ("PAK", 2023), ("KGZ", 2024), ("UZB", 2024), ("UZB", 2025), ("TJK", 2025)} <= events  # fmt: skip


def test_a_law_behind_several_topics_is_one_event_and_the_counts_add_up(records):
    events = reforms.events(records["provisions"], records["treaties"])
    table = events.collect().to_pandas()
    assert not table.duplicated(["year", "country", "kind", "instrument"]).any()
    assert int(reforms.count_by_year(events).collect()["event_count"].sum()) == len(table) == 140


def test_a_year_by_which_something_was_known_is_not_when_it_happened(records):
    table = reforms.events(records["provisions"], records["treaties"]).collect().to_pandas()
    untoc = table[table["instrument"] == "UNTOC"]
    assert set(untoc["country"]) == {"AFG", "BTN", "RUS"}  # China "by 2005", Nepal "by 2017", Tajikistan "by July 2003"


# gaps and loopholes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("country", RANGE_COUNTRIES)
def test_a_gap_list_names_every_topic_that_is_not_fully_met(records, cells, country):
    listed = set(gaps.of_country(records["provisions"], country).collect()["provision_topic"].to_list())
    open_topics = {row["provision_topic"] for row in cells.collect().iter_rows(named=True)
                   if row["country"] == country and row["status"] != "yes"}  # fmt: skip
    assert open_topics <= listed


def test_a_gap_list_stands_in_the_order_of_the_topics(records):
    listed = gaps.of_country(records["provisions"], "KGZ").collect()["provision_topic"].to_list()
    assert listed == sorted(listed, key=matrix.TOPICS.index)


def test_every_loophole_is_tied_to_provisions_that_were_read(records):
    rows = records["provisions"].filter(nw.col("status") != "unknown").collect().iter_rows(named=True)
    known = {f"{row['country']}.{row['provision_topic']}" for row in rows}
    found = gaps.loopholes(records["loopholes"], (), ())
    assert [row["loophole"] for row in found] == [f"L{n:02}" for n in range(1, 14)]
    assert {cell for row in found for cell in row["cells"].split(";")} - known == set()


def test_loopholes_are_narrowed_by_country_and_topic_together(records):
    def named(countries, topics):
        return [row["loophole"] for row in gaps.loopholes(records["loopholes"], countries, topics)]

    assert named(("NPL",), ("retaliation_exemption",)) == ["L01"]
    assert named(("KGZ",), ("retaliation_exemption",)) == []
    assert named(("KAZ",), ()) == ["L06", "L13"]

"""Routes as stated: what is not stated stays visible, and nothing is counted twice."""

import pytest

from dashboard.analysis import extent, routes


def incident(number: int, country: str, grade: str = "single") -> dict[str, object]:
    return {"incident_id": f"TST-{number:04}", "country": country, "evidence_grade": grade}


def leg(number: int, role: str, country: str) -> dict[str, object]:
    return {"incident_id": f"TST-{number:04}", "role": role, "country": country}


@pytest.fixture
def routed(records_of):
    return extent.described(
        records_of(
            incidents=[incident(1, "RUS"), incident(2, "RUS", "official"), incident(3, "KGZ"), incident(4, "KGZ")],
            legs=[
                leg(1, "destination", "CHN"), leg(2, "destination", "CHN"),
                leg(3, "origin", "KGZ"), leg(3, "destination", "KGZ"),
            ],
        )
    )  # fmt: skip


def test_corridors_count_incidents_with_their_evidence_the_most_recorded_first(routed, rows_of):
    assert rows_of(routes.corridors(routed)) == [
        {"origin": "not_stated", "country": "RUS", "destination": "CHN", "incident_count": 2,
         "official": 1, "corroborated": 0, "single": 1},
        {"origin": "KGZ", "country": "KGZ", "destination": "KGZ", "incident_count": 1,
         "official": 0, "corroborated": 0, "single": 1},
        {"origin": "not_stated", "country": "KGZ", "destination": "not_stated", "incident_count": 1,
         "official": 0, "corroborated": 0, "single": 1},
    ]  # fmt: skip


def test_a_route_that_is_not_stated_is_not_a_route_within_the_country(routed, rows_of):
    rows = rows_of(routes.count_by_crossing(routed))
    assert [(row["country"], row["crossing"], row["incident_count"]) for row in rows] == [
        ("KGZ", "not_stated", 1), ("KGZ", "stays", 1), ("RUS", "crosses", 2),
    ]  # fmt: skip


def test_two_origins_of_one_incident_are_counted_once(records_of, rows_of):
    records = records_of(incidents=[incident(1, "CHN")], legs=[leg(1, "origin", "MNG"), leg(1, "origin", "KGZ")])
    (row,) = rows_of(routes.corridors(extent.described(records)))
    assert (row["origin"], row["incident_count"]) == ("KGZ", 1)


def test_the_shipped_corridors_add_up_and_eighteen_go_from_russia_to_china(records, rows_of):
    rows = rows_of(routes.corridors(extent.described(records)))
    assert sum(row["incident_count"] for row in rows) == 362
    # counted by hand in the raw sheet: country RUS, transit_destination CHN, no transit_origin
    assert [
        row["incident_count"]
        for row in rows
        if (row["origin"], row["country"], row["destination"]) == ("not_stated", "RUS", "CHN")
    ] == [18]


def test_seized_shipments_keep_their_number_and_know_their_countries(records, rows_of):
    rows = rows_of(routes.seized_flows(records["seized_flows"], records["countries"]))
    assert len(rows) == 62
    assert rows[0] == {
        "group": "musk_deer", "origin": "not_stated", "exporter": "CHN", "importer": "USA", "shipment_count": 60
    }  # fmt: skip
    known = {row["country"] for row in rows_of(records["countries"])} | {"not_stated"}
    assert {row[end] for row in rows for end in ("origin", "exporter", "importer")} <= known


def test_every_engine_finds_the_same_corridors(records, other_records, rows_of):
    expected = rows_of(routes.corridors(extent.described(records)))
    assert rows_of(routes.corridors(extent.described(other_records))) == expected

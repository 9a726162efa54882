"""What is known, how well, and of when: counts that are never more than what was selected."""

import random

import narwhals as nw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.analysis import listing, overview
from dashboard.analysis.overview import Headline
from dashboard.analysis.select import select
from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.domain.records import Records
from dashboard.domain.selection import Selection


def an_incident(nth, occurred_on="2020", country="KGZ", outcome="unknown", kind="seizure", **more):
    return {
        "incident_id": f"TST-{nth:04}",
        "occurred_on": occurred_on,
        "year": int(occurred_on[:4]),
        "country": country,
        "incident_type": kind,
        "outcome": outcome,
        **more,
    }


def a_specimen(nth, taxon="panthera_uncia", line=1, commodity="skin"):
    return {"incident_id": f"TST-{nth:04}", "line": line, "taxon": taxon, "commodity": commodity}


def of_year(year, country="KGZ", state="reported"):
    return {"country": country, "year": year, "state": state}


def shuffled(records, seed=1):
    """The same records with the rows of every table in another order."""
    tables = {}
    for name, table in records.tables.items():
        rows = table.collect()
        order = list(range(len(rows)))
        random.Random(seed).shuffle(order)
        tables[name] = rows[order].lazy()
    return Records(tables, records.data_version)


def everything(records, rows_of):
    """All that the module computes, as plain values."""
    incidents = records["incidents"]
    return {
        "headline": overview.headline(records),
        "by_type": rows_of(overview.count_by(incidents, "incident_type")),
        "by_agency": rows_of(overview.count_by(incidents, "agency_kind")),
        "by_province": rows_of(overview.count_by(incidents, "admin1")),  # not stated for some
        "by_year": rows_of(overview.count_by_year(incidents, "evidence_grade")),
        "grid": rows_of(overview.coverage_grid(records["coverage"], incidents)),
        "recent": rows_of(listing.page(records, 12)),
    }


# headline ------------------------------------------------------------------------------------------------------------


def test_the_headline_counts_incidents_countries_groups_and_outcomes(records_of):
    found = overview.headline(
        records_of(
            incidents=[
                an_incident(1, "2019-05", "KGZ", "convicted"),
                an_incident(2, "2021", "KGZ", "charged"),
                an_incident(3, "2020-01-02", "TJK", "acquitted"),
                an_incident(4, "2020", "TJK", "dismissed"),
                an_incident(5, "2020", "TJK", "unknown"),
            ],
            specimens=[a_specimen(1), a_specimen(1, "lynx_lynx", 2), a_specimen(2, "capra_sibirica"), a_specimen(3)],
        )
    )
    assert found == Headline(
        incident_count=5,
        country_count=2,
        group_count=2,
        first_year=2019,
        last_year=2021,
        final_outcome_count=3,
        conviction_count=1,
    )
    assert found.without_outcome_count == 2


def test_a_charge_and_an_investigation_are_steps_and_not_outcomes(records_of):
    found = overview.headline(
        records_of(incidents=[an_incident(1, outcome="charged"), an_incident(2, outcome="under_investigation")])
    )
    assert (found.final_outcome_count, found.without_outcome_count) == (0, 2)


def test_the_headline_of_nothing_has_no_span_of_years(records_of):
    assert overview.headline(records_of()) == Headline(0, 0, 0, None, None, 0, 0)


def test_the_headline_of_one_incident_without_specimen(records_of):
    assert overview.headline(records_of(incidents=[an_incident(1)])) == Headline(1, 1, 0, 2020, 2020, 0, 0)


def test_the_headline_of_the_shipped_records_agrees_with_the_notes(records):
    # README_incidents.md: 362 incidents, twelve countries, 1993 to 2026, 54 convicted, 0 acquitted, 1 dismissed
    found = overview.headline(records)
    assert (found.incident_count, found.country_count, found.first_year, found.last_year) == (362, 12, 1993, 2026)
    assert (found.conviction_count, found.final_outcome_count, found.without_outcome_count) == (54, 55, 307)


def test_species_groups_of_the_shipped_records_are_those_of_the_taxa_that_occur(loaded, records):
    group_of = dict(zip(loaded.tables["taxa"]["taxon"], loaded.tables["taxa"]["parent"], strict=True))
    groups = {group_of[taxon] for taxon in loaded.tables["specimens"]["taxon"]}
    assert overview.headline(records).group_count == len(groups)
    assert "" not in groups


# count_by and count_by_year ------------------------------------------------------------------------------------------


def test_incidents_are_counted_per_value_in_alphabetical_order(records_of, rows_of):
    incidents = records_of(incidents=[an_incident(1, country="TJK"), an_incident(2), an_incident(3)])["incidents"]
    assert rows_of(overview.count_by(incidents, "country")) == [
        {"country": "KGZ", "incident_count": 2},
        {"country": "TJK", "incident_count": 1},
    ]


def test_incidents_of_which_the_value_is_not_stated_are_counted_too(records_of, rows_of):
    incidents = records_of(incidents=[an_incident(1, agency="Customs"), an_incident(2), an_incident(3)])["incidents"]
    counts = rows_of(overview.count_by(incidents, "agency"))
    assert {row["agency"]: row["incident_count"] for row in counts} == {"Customs": 1, None: 2}


def test_a_column_of_which_nothing_is_stated_is_one_count_of_unknown(records_of, rows_of):
    incidents = records_of(incidents=[an_incident(1), an_incident(2)])["incidents"]
    assert rows_of(overview.count_by(incidents, "agency")) == [{"agency": None, "incident_count": 2}]


def test_incidents_are_counted_per_year_and_value(records_of, rows_of):
    incidents = records_of(
        incidents=[an_incident(1, "2021"), an_incident(2, "2019-03", kind="poaching"), an_incident(3, "2019-01-01")]
    )["incidents"]
    assert rows_of(overview.count_by_year(incidents, "incident_type")) == [
        {"year": 2019, "incident_type": "poaching", "incident_count": 1},
        {"year": 2019, "incident_type": "seizure", "incident_count": 1},
        {"year": 2021, "incident_type": "seizure", "incident_count": 1},
    ]


@pytest.mark.parametrize("count", [overview.count_by, overview.count_by_year])
def test_nothing_has_no_counts(records_of, rows_of, count):
    assert rows_of(count(records_of()["incidents"], "incident_type")) == []


@pytest.mark.parametrize("count", [overview.count_by, overview.count_by_year])
def test_one_incident_is_one_count(records_of, rows_of, count):
    incidents = records_of(incidents=[an_incident(1)])["incidents"]
    assert [row["incident_count"] for row in rows_of(count(incidents, "incident_type"))] == [1]


# coverage_grid -------------------------------------------------------------------------------------------------------


def test_the_grid_counts_what_is_recorded_and_keeps_what_is_known_of_the_rest(records_of, rows_of):
    records = records_of(
        incidents=[an_incident(1, "2019"), an_incident(2, "2019-06")],
        coverage=[
            of_year(2020, state="nil"),
            of_year(2019),
            of_year(2021, state="withheld"),
            of_year(2019, "BTN", "no_report"),
        ],
    )
    assert rows_of(overview.coverage_grid(records["coverage"], records["incidents"])) == [
        {"country": "BTN", "year": 2019, "state": "no_report", "incident_count": 0},
        {"country": "KGZ", "year": 2019, "state": "reported", "incident_count": 2},
        {"country": "KGZ", "year": 2020, "state": "nil", "incident_count": 0},
        {"country": "KGZ", "year": 2021, "state": "withheld", "incident_count": 0},
    ]


def test_counts_of_the_grid_are_whole_numbers_also_where_nothing_is_recorded(records_of, rows_of):
    records = records_of(incidents=[an_incident(1, "2019")], coverage=[of_year(2019), of_year(2020)])
    counts = [
        row["incident_count"] for row in rows_of(overview.coverage_grid(records["coverage"], records["incidents"]))
    ]
    assert [str(count) for count in counts] == ["1", "0"]


def test_a_reported_year_of_which_every_incident_is_filtered_out_stays_reported(records_of, rows_of):
    records = records_of(coverage=[of_year(2019)])
    assert rows_of(overview.coverage_grid(records["coverage"], records["incidents"])) == [
        {"country": "KGZ", "year": 2019, "state": "reported", "incident_count": 0}
    ]


def test_no_coverage_is_an_empty_grid(records_of, rows_of):
    records = records_of(incidents=[an_incident(1)])
    assert rows_of(overview.coverage_grid(records["coverage"], records["incidents"])) == []


def test_the_shipped_grid_has_a_cell_for_every_country_and_year(records, rows_of):
    grid = rows_of(overview.coverage_grid(records["coverage"], records["incidents"]))
    assert [(row["country"], row["year"]) for row in grid] == [
        (c, y) for c in RANGE_COUNTRIES for y in range(1993, 2027)
    ]
    # README_incidents.md, "Coverage: incidents by country and year": Kazakhstan 2024
    assert [row["incident_count"] for row in grid if (row["country"], row["year"]) == ("KAZ", 2024)] == [11]


# listing.page --------------------------------------------------------------------------------------------------------


def test_the_latest_come_first_and_a_partial_date_after_every_fuller_one_of_its_year(records_of, rows_of):
    dates = ["2024", "2024-03", "2024-03-09", "2023-12-31", "2024-12"]
    records = records_of(incidents=[an_incident(nth, on) for nth, on in enumerate(dates)])
    assert [row["occurred_on"] for row in rows_of(listing.page(records, 9))] == [
        "2024-12", "2024-03-09", "2024-03", "2024", "2023-12-31",
    ]  # fmt: skip


def test_incidents_of_one_day_come_in_the_order_of_their_identifiers(records_of, rows_of):
    records = records_of(incidents=[an_incident(nth, "2024-01-01") for nth in (3, 1, 2)])
    assert [row["incident_id"] for row in rows_of(listing.page(records, 2))] == ["TST-0001", "TST-0002"]


@pytest.mark.parametrize(("limit", "expected"), [(0, 0), (1, 1), (3, 3), (99, 3)])
def test_no_more_are_listed_than_asked_for_or_there_are(records_of, rows_of, limit, expected):
    records = records_of(incidents=[an_incident(nth) for nth in range(3)])
    assert len(rows_of(listing.page(records, limit))) == expected


def test_nothing_has_no_latest(records_of, rows_of):
    assert rows_of(listing.page(records_of(), 5)) == []


def test_an_incident_with_two_specimens_and_two_sources_is_one_row_with_the_first_of_each(records_of, rows_of):
    records = records_of(
        incidents=[an_incident(1)],
        specimens=[a_specimen(1, "capra_sibirica", 2, "horns"), a_specimen(1, "panthera_uncia", 1, "skin")],
        sources=[
            {"source_id": "SRC-b", "title": "B", "publisher": "BBC", "url": "https://b.org", "language": "en"},
            {"source_id": "SRC-a", "title": "A", "publisher": "AFP", "url": "https://a.org", "language": "ru"},
        ],
        citations=[{"incident_id": "TST-0001", "source_id": source} for source in ("SRC-b", "SRC-a")],
    )
    (row,) = rows_of(listing.page(records, 5))
    shown = ("taxon", "commodity", "specimen_count", "title", "publisher", "url", "language")
    assert [row[column] for column in shown] == ["panthera_uncia", "skin", 2, "A", "AFP", "https://a.org", "ru"]


def test_a_source_with_an_address_is_preferred_to_one_without(records_of, rows_of):
    records = records_of(
        incidents=[an_incident(1)],
        sources=[
            {"source_id": "SRC-a", "title": "A", "publisher": "AFP"},
            {"source_id": "SRC-b", "title": "B", "publisher": "BBC", "url": "https://b.org"},
        ],
        citations=[{"incident_id": "TST-0001", "source_id": source} for source in ("SRC-a", "SRC-b")],
    )
    assert [row["publisher"] for row in rows_of(listing.page(records, 5))] == ["BBC"]


def test_a_source_without_an_address_is_still_named(records_of, rows_of):
    # DESIGN.md section 2: each record has a source
    records = records_of(
        incidents=[an_incident(1)],
        sources=[{"source_id": "SRC-a", "title": "A", "publisher": "AFP"}],
        citations=[{"incident_id": "TST-0001", "source_id": "SRC-a"}],
    )
    assert [(row["publisher"], row["url"]) for row in rows_of(listing.page(records, 5))] == [("AFP", None)]


def test_an_incident_without_specimen_or_source_is_listed_with_nothing_beside_it(records_of, rows_of):
    (row,) = rows_of(listing.page(records_of(incidents=[an_incident(1)]), 5))
    assert (row["taxon"], row["specimen_count"], row["publisher"]) == (None, None, None)


def test_the_latest_shipped_incident_is_of_february_2026(records, rows_of):
    # README_incidents.md, first paragraph: event dates run to 2026-02
    assert rows_of(listing.page(records, 1))[0]["occurred_on"] == "2026-02"


# All of them ---------------------------------------------------------------------------------------------------------


def test_the_order_of_rows_does_not_matter(records, rows_of):
    assert everything(shuffled(records), rows_of) == everything(records, rows_of)


def test_the_records_stay_as_they_were(records, rows_of):
    before = {name: rows_of(table) for name, table in records.tables.items()}
    everything(records, rows_of)
    assert {name: rows_of(table) for name, table in records.tables.items()} == before


def test_every_engine_gives_the_same_results(records, other_records, rows_of):
    assert everything(other_records, rows_of) == everything(records, rows_of)


@pytest.mark.parametrize(
    "selection",
    [
        Selection(countries=("KGZ", "TJK"), taxa=("snow_leopard",)),
        Selection(year_from=2015, year_to=2019, incident_types=("poaching",), evidence_grades=("single",)),
        Selection(countries=("UZB",), taxa=("mammoth",)),
    ],
)
def test_every_engine_gives_the_same_results_for_a_selection(records, other_records, rows_of, selection):
    assert everything(select(other_records, selection), rows_of) == everything(select(records, selection), rows_of)


NULLABLE = (
    "country",
    "incident_type",
    "outcome",
    "agency",
    "admin1",
    "coord_precision",
    "evidence_grade",
    "date_basis",
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    selection=st.builds(
        Selection,
        countries=st.lists(st.sampled_from(RANGE_COUNTRIES), max_size=3, unique=True).map(tuple),
        year_from=st.none() | st.integers(1990, 2030),
        taxa=st.sampled_from([(), ("snow_leopard",), ("saiga", "falcons")]),
        evidence_grades=st.sampled_from([(), ("official",), ("corroborated", "single")]),
    ),
    column=st.sampled_from(NULLABLE),
)
def test_every_breakdown_of_a_selection_adds_up_to_its_incidents(records, rows_of, selection, column):
    selected = select(records, selection)
    incidents = selected["incidents"]
    n = len(incidents.collect())
    found = overview.headline(selected)
    assert found.incident_count == n
    assert found.conviction_count <= found.final_outcome_count <= n
    assert sum(row["incident_count"] for row in rows_of(overview.count_by(incidents, column))) == n
    assert sum(row["incident_count"] for row in rows_of(overview.count_by_year(incidents, column))) == n
    grid = rows_of(overview.coverage_grid(selected["coverage"], incidents))
    assert sum(row["incident_count"] for row in grid) == n
    assert all(row["state"] == "reported" for row in grid if row["incident_count"])
    assert len(rows_of(listing.page(selected, 400))) == n


def test_results_stay_lazy_so_that_an_engine_can_do_the_work(records):
    incidents = records["incidents"]
    results = [
        overview.count_by(incidents, "country"),
        overview.count_by_year(incidents, "country"),
        overview.coverage_grid(records["coverage"], incidents),
        listing.page(records, 3),
    ]
    assert all(isinstance(result, nw.LazyFrame) for result in results)

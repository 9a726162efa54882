"""Counts of the country report, by hand."""

import narwhals as nw
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis import country, lines
from dashboard.domain.records import Records

SPECIMENS = [
    {"incident_id": "PUB-0001", "line": 1, "taxon": "panthera_uncia", "commodity": "skin"},
    {"incident_id": "PUB-0001", "line": 2, "taxon": "lynx_lynx", "commodity": "skin"},
    {"incident_id": "PUB-0001", "line": 3, "taxon": "capra_sibirica", "commodity": "horns"},
    {"incident_id": "PUB-0002", "line": 1, "taxon": "ungulates", "commodity": "horns"},
]


def test_an_incident_with_several_species_of_a_group_counts_once_in_it(records_of, rows_of):
    found = rows_of(country.incidents_by_group(records_of(specimens=SPECIMENS)))
    assert found == [{"group": "ungulates", "incident_count": 2}, {"group": "cats", "incident_count": 1}]


def test_an_incident_with_two_skins_counts_once_among_the_skins(records_of, rows_of):
    found = rows_of(country.incidents_by_commodity(records_of(specimens=SPECIMENS)))
    assert found == [{"commodity": "horns", "incident_count": 2}, {"commodity": "skin", "incident_count": 1}]


def test_an_incident_without_a_province_is_in_none(records_of, rows_of):
    incidents = [{"incident_id": f"PUB-000{n}", "admin1": name} for n, name in enumerate(["Osh", "", None, "Osh"])]
    found = rows_of(country.incidents_by_province(records_of(incidents=incidents)["incidents"]))
    assert found == [{"admin1": "Osh", "incident_count": 2}]


def test_legs_are_counted_by_role_and_country(records_of, rows_of):
    legs = [
        {"incident_id": "PUB-0001", "role": "origin", "country": "TJK"},
        {"incident_id": "PUB-0001", "role": "destination", "country": "CHN"},
        {"incident_id": "PUB-0002", "role": "destination", "country": "CHN"},
    ]
    assert rows_of(country.incidents_by_leg(records_of(legs=legs))) == [
        {"role": "destination", "country": "CHN", "incident_count": 2},
        {"role": "origin", "country": "TJK", "incident_count": 1},
    ]


def test_no_specimen_gives_no_row(records_of, rows_of):
    assert rows_of(country.incidents_by_group(records_of())) == []
    assert rows_of(country.incidents_by_leg(records_of())) == []


@given(st.permutations(SPECIMENS))
def test_the_order_of_rows_does_not_matter(rows):
    records = Records({"specimens": nw.from_native(pd.DataFrame(rows)).lazy()}, "test")
    counts = lines.incidents_per(records, "commodity").collect()
    assert dict(counts.iter_rows()) == {"horns": 2, "skin": 1}


INCIDENTS = [
    {"incident_id": "A", "country": "KGZ", "outcome": "convicted", "evidence_grade": "official", "admin1": "Osh"},
    {"incident_id": "B", "country": "KGZ", "outcome": "acquitted", "evidence_grade": "single", "admin1": ""},
    {"incident_id": "C", "country": "KGZ", "outcome": "charged", "evidence_grade": "single", "admin1": None},
    {"incident_id": "D", "country": "TJK", "outcome": "unknown", "evidence_grade": "corroborated", "admin1": "GBAO"},
]
COVERAGE = [
    {"country": "KGZ", "year": 2020, "source_kind": "public_sources", "state": "reported"},
    {"country": "KGZ", "year": 2021, "source_kind": "public_sources", "state": "not_searched"},
    {"country": "KGZ", "year": 2022, "source_kind": "Customs", "state": "nil"},
]
PROVISIONS = [
    {"country": "KGZ", "provision_topic": "killing_penalty", "status": "unknown"},
    {"country": "KGZ", "provision_topic": "killing_penalty", "status": "partial"},  # the strongest counts
    {"country": "KGZ", "provision_topic": "online_trade", "status": "unknown"},
]


def test_the_facts_of_a_country_say_beside_each_number_what_is_not_known(records_of, typed_table):  # counted by hand
    found = records_of(
        incidents=INCIDENTS,
        coverage=COVERAGE,
        legs=[{"incident_id": "A", "role": "transit", "country": "KAZ"}, {"incident_id": "A", "role": "origin"}],
        specimens=[{"incident_id": "B", "line": line, "taxon": "panthera_uncia"} for line in (1, 2)],
    ).with_tables(
        provisions=nw.from_native(typed_table("provisions", PROVISIONS)).lazy(),
        law_review=nw.from_native(typed_table("law_review", [{"country": "KGZ", "status": "disputed",
                                                              "statement_en": "We disagree."}])).lazy(),
    )  # fmt: skip
    facts = country.facts(found, found)
    assert len(facts) == 12
    assert facts["KGZ"] == country.Facts(
        "KGZ", incident_count=3, final_outcome_count=2, conviction_count=1, single_source_count=2,
        without_province_count=2, without_route_count=2, flagship_count=1, year_count=3, reported_year_count=1,
        not_searched_year_count=1, agency_year_count=1, topic_count=2, unknown_topic_count=1, review="disputed",
        statement_en="We disagree.",
    )  # fmt: skip
    assert facts["KGZ"].without_outcome_count == 1
    assert facts["KGZ"].statement("ru") == "We disagree."  # better the words that were said than none
    assert facts["TJK"].incident_count == facts["TJK"].without_outcome_count == 1
    assert facts["BTN"] == country.Facts("BTN")

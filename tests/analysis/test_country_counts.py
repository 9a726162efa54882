"""Counts of the country report, by hand."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis import country

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
    import narwhals as nw

    table = nw.from_native(pd.DataFrame(rows)).lazy()
    counts = country._incidents_per(table, "commodity").collect()
    assert dict(counts.iter_rows()) == {"horns": 2, "skin": 1}

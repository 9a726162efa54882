"""Narrowing the records to what a reader chose."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.analysis.keys import LOOKED_AT
from dashboard.analysis.prepared import prepared
from dashboard.analysis.select import select, with_members
from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.domain.selection import Selection
from dashboard.intake.shown import shown

OF_AN_INCIDENT = ("specimens", "legs", "proceedings", "citations")


def an_incident(nth, country, year, kind="seizure", grade="single"):
    return {
        "incident_id": f"TST-{nth:04}",
        "occurred_on": str(year),
        "year": year,
        "country": country,
        "incident_type": kind,
        "evidence_grade": grade,
        "outcome": "unknown",
    }


@pytest.fixture
def three(records_of):
    """A mixed seizure, a poaching case, and a seizure elsewhere."""
    return records_of(
        incidents=[
            an_incident(1, "KGZ", 2019, "seizure", "official"),
            an_incident(2, "KGZ", 2021, "poaching", "single"),
            an_incident(3, "TJK", 2020, "seizure", "corroborated"),
        ],
        specimens=[
            {"incident_id": "TST-0001", "line": 1, "taxon": "panthera_uncia", "commodity": "skin", "item_count": 2},
            {"incident_id": "TST-0001", "line": 2, "taxon": "capra_sibirica", "commodity": "horns", "item_count": 4},
            {"incident_id": "TST-0002", "line": 1, "taxon": "capra_sibirica", "commodity": "meat"},
            {"incident_id": "TST-0003", "line": 1, "taxon": "lynx_lynx", "commodity": "skin"},
        ],
        legs=[
            {"incident_id": "TST-0001", "role": "destination", "country": "CHN"},
            {"incident_id": "TST-0003", "role": "origin", "country": "AFG"},
        ],
        proceedings=[{"incident_id": "TST-0002", "persons_arrested": 3, "outcome": "unknown"}],
        citations=[{"incident_id": f"TST-000{n}", "source_id": f"SRC-{n}"} for n in (1, 2, 3)],
        coverage=[
            {"country": country, "year": year, "state": "reported"}
            for country in ("KGZ", "TJK")
            for year in (2019, 2020, 2021)
        ],
    )


def ids(records, table="incidents"):
    """The incidents of a table, as the last digit of their identifiers."""
    return sorted(int(i[-1]) for i in records[table].collect()["incident_id"].to_list())


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), [1, 2, 3]),
        (Selection(countries=("KGZ",)), [1, 2]),
        (Selection(countries=("KGZ", "TJK")), [1, 2, 3]),
        (Selection(year_from=2020), [2, 3]),
        (Selection(year_to=2020), [1, 3]),
        (Selection(year_from=2020, year_to=2020), [3]),
        (Selection(year_from=2021, year_to=2019), []),
        (Selection(incident_types=("poaching",)), [2]),
        (Selection(incident_types=("poaching", "seizure")), [1, 2, 3]),
        (Selection(evidence_grades=("official", "corroborated")), [1, 3]),
        (Selection(taxa=("panthera_uncia",)), [1]),
        (Selection(taxa=("capra_sibirica",)), [1, 2]),
        (Selection(taxa=("panthera_uncia", "lynx_lynx")), [1, 3]),
        (Selection(taxa=("cats",)), [1, 3]),
        (Selection(taxa=("ungulates", "lynx_lynx")), [1, 2, 3]),
        (Selection(countries=("KGZ",), taxa=("cats",)), [1]),
        (Selection(countries=("KGZ",), incident_types=("seizure",), year_to=2019), [1]),
        (Selection(countries=("TJK",), incident_types=("poaching",)), []),
        (Selection(countries=("XXX",)), []),
        (Selection(taxa=("mammoth",)), []),
    ],
)
def test_an_incident_is_kept_when_it_matches_every_filter_in_force(three, selection, expected):
    assert ids(select(three, selection)) == expected


@pytest.mark.parametrize("table", OF_AN_INCIDENT)
def test_no_filter_keeps_every_row_of_every_table(three, table, rows_of):
    assert rows_of(select(three, Selection())[table]) == rows_of(three[table])


def test_a_mixed_seizure_stays_whole(three):
    kept = select(three, Selection(taxa=("panthera_uncia",)))["specimens"].collect()
    assert kept["taxon"].to_list() == ["panthera_uncia", "capra_sibirica"]


def test_what_belongs_to_an_incident_is_narrowed_with_it(three):
    kept = select(three, Selection(countries=("KGZ",)))
    assert {table: ids(kept, table) for table in OF_AN_INCIDENT} == {
        "specimens": [1, 1, 2],
        "legs": [1],
        "proceedings": [2],
        "citations": [1, 2],
    }


@pytest.mark.parametrize(
    "selection",
    [
        Selection(countries=("CHN", "KGZ"), year_from=2012, year_to=2020),
        Selection(incident_types=("poaching",), evidence_grades=("single",)),
        Selection(provinces=("NPL-P3",), year_from=1990),
        Selection(countries=("CHN",), taxa=("panthera_uncia",)),
        Selection(taxa=("big_cats_other", "canis_lupus")),
        Selection(year_from=2012, evidence_grades=("single",), taxa=("moschus_spp", "bears")),
    ],
)
def test_prepared_rows_are_narrowed_by_a_look_as_the_others_are_by_a_join(loaded, selection, records):
    known = shown(loaded.tables, "test")
    joined, looked = select(records, selection), select(known, selection)
    for table in ("incidents", *OF_AN_INCIDENT):
        expected = sorted(joined[table].collect()["incident_id"].to_list())
        assert expected, "a selection of nothing shows nothing"
        assert sorted(looked[table].collect()["incident_id"].to_list()) == expected
        assert sorted(looked.part(table, "incident_id").collect()["incident_id"].to_list()) == expected
        assert sorted(looked[table].collect_schema()) == sorted(set(known[table].collect_schema()) - set(LOOKED_AT))


@pytest.mark.parametrize(("taxa", "expected"), [(("panthera_uncia",), [1]), (("capra_sibirica",), [1, 2])])
def test_a_mixed_seizure_is_found_under_each_of_its_species_and_prepared_ones_as_well(three, taxa, expected):
    for records in (three, prepared(three)):
        kept = select(records, Selection(taxa=taxa))
        assert sorted(ids(kept)) == expected
        assert sorted(set(ids(kept, "specimens"))) == expected


def test_what_is_described_alone_is_narrowed_as_well(three):
    described = prepared(three)["incidents"]
    for records in (three.with_tables(incidents=described), prepared(three).with_tables(incidents=three["incidents"])):
        kept = select(records, Selection(taxa=("capra_sibirica",)))
        assert (sorted(ids(kept)), sorted(ids(kept, "specimens"))) == ([1, 2], [1, 1, 2])


def test_no_match_is_empty_in_every_table_and_not_an_error(three):
    kept = select(three, Selection(countries=("UZB",), taxa=("cats",)))
    assert [ids(kept, table) for table in ("incidents", *OF_AN_INCIDENT)] == [[]] * 5


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(countries=("KGZ",), year_from=2020), [("KGZ", 2020), ("KGZ", 2021)]),
        (Selection(year_to=2019, taxa=("cats",), incident_types=("poaching",)), [("KGZ", 2019), ("TJK", 2019)]),
    ],
)
def test_coverage_is_narrowed_by_country_and_year_only(three, selection, expected):
    coverage = select(three, selection)["coverage"].collect()
    assert list(zip(coverage["country"], coverage["year"], strict=True)) == expected


def test_selecting_from_nothing_is_nothing(records_of):
    kept = select(records_of(), Selection(countries=("KGZ",), taxa=("cats",), year_from=2000))
    assert ids(kept) == []


def test_selecting_leaves_the_records_and_their_version_as_they_were(three, rows_of):
    before = {name: rows_of(table) for name, table in three.tables.items()}
    assert select(three, Selection(countries=("KGZ",), taxa=("cats",))).data_version == three.data_version
    assert {name: rows_of(table) for name, table in three.tables.items()} == before


def test_selecting_twice_is_selecting_once(three, rows_of):
    selection = Selection(countries=("KGZ",), taxa=("cats",), year_from=2019)
    once = select(three, selection)
    twice = select(once, selection)
    assert rows_of(twice["specimens"]) == rows_of(once["specimens"]) != []


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (("cats",), {"cats", "panthera_uncia", "lynx_lynx"}),
        (("lynx_lynx",), {"lynx_lynx"}),
        (("cats", "capra_sibirica"), {"cats", "panthera_uncia", "lynx_lynx", "capra_sibirica"}),
        ((), set()),
    ],
)
def test_a_group_means_its_members_and_a_species_itself(three, chosen, expected):
    assert set(with_members(three["taxa"], chosen)) == expected


def test_a_chosen_group_of_the_shipped_taxa_finds_58_incidents_of_snow_leopard(records):
    # README_incidents.md, "Snow leopard rows by country and commodity"
    kept = select(records, Selection(taxa=("snow_leopard",)))
    assert len(kept["incidents"].collect()) == 58
    assert kept["specimens"].collect()["taxon"].to_list().count("panthera_uncia") == 64


SELECTIONS = st.builds(
    Selection,
    countries=st.lists(st.sampled_from(RANGE_COUNTRIES), max_size=4, unique=True).map(tuple),
    year_from=st.none() | st.integers(1990, 2030),
    year_to=st.none() | st.integers(1990, 2030),
    taxa=st.lists(
        st.sampled_from(["snow_leopard", "saiga", "falcons", "panthera_tigris", "capra_sibirica", "mammoth"]),
        max_size=2,
        unique=True,
    ).map(tuple),
    incident_types=st.lists(st.sampled_from(["seizure", "poaching", "online_offer"]), max_size=2, unique=True).map(
        tuple
    ),
    evidence_grades=st.lists(st.sampled_from(["official", "corroborated", "single"]), max_size=2, unique=True).map(
        tuple
    ),
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(selection=SELECTIONS)
def test_any_selection_keeps_what_a_plain_loop_keeps(loaded, records, selection):
    tables = {name: loaded.tables[name].to_dict("records") for name in ("incidents", "specimens", "taxa", "legs")}
    wanted = set(selection.taxa) | {taxon["taxon"] for taxon in tables["taxa"] if taxon["parent"] in selection.taxa}
    involved = {row["incident_id"] for row in tables["specimens"] if row["taxon"] in wanted}
    expected = {
        row["incident_id"]
        for row in tables["incidents"]
        if (not selection.countries or row["country"] in selection.countries)
        and (selection.year_from is None or row["year"] >= selection.year_from)
        and (selection.year_to is None or row["year"] <= selection.year_to)
        and (not selection.taxa or row["incident_id"] in involved)
        and (not selection.incident_types or row["incident_type"] in selection.incident_types)
        and (not selection.evidence_grades or row["evidence_grade"] in selection.evidence_grades)
    }
    kept = select(records, selection)
    assert set(kept["incidents"].collect()["incident_id"].to_list()) == expected
    for table in ("specimens", "legs"):
        of_kept = sum(row["incident_id"] in expected for row in tables[table])
        assert len(kept[table].collect()) == of_kept

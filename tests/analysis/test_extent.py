"""Where, what and when: every count adds up, and silence has its own states."""

import narwhals as nw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.analysis import extent
from dashboard.analysis.select import searched, select
from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.domain.selection import Selection
from dashboard.ingest import package

SPLITS = ("incident_type", "role", "evidence_grade", "outcome")


def incident(number: int, **stated: object) -> dict[str, object]:
    return {
        "incident_id": f"TST-{number:04}",
        "occurred_on": "2020-05-03",
        "occurred_on_precision": "day",
        "year": 2020,
        "country": "KGZ",
        "coord_precision": "place",
        "incident_type": "seizure",
        "outcome": "unknown",
        "evidence_grade": "single",
        **stated,
    }


def specimen(number: int, line: int, taxon: str, **stated: object) -> dict[str, object]:
    return {"incident_id": f"TST-{number:04}", "line": line, "taxon": taxon, "commodity": "skin", **stated}


def pairs(rows: list[dict[str, object]], *columns: str) -> set[tuple[object, ...]]:
    return {tuple(row[column] for column in columns) for row in rows}


def test_an_incident_with_two_groups_is_counted_once_under_several(records_of, rows_of):
    records = records_of(
        incidents=[incident(1), incident(2)],
        specimens=[
            specimen(1, 1, "panthera_uncia"), specimen(1, 2, "capra_sibirica", commodity="horns"),
            specimen(2, 1, "panthera_uncia"), specimen(2, 2, "panthera_uncia"),
        ],
    )  # fmt: skip
    rows = rows_of(extent.described(records).sort("incident_id"))
    assert pairs(rows, "incident_id", "role", "species_group", "taxon", "commodity") == {
        ("TST-0001", "several", "several", "several", "several"),
        ("TST-0002", "snow_leopard", "cats", "panthera_uncia", "skin"),
    }


def test_two_cats_of_different_roles_are_one_group_but_several_roles(records_of, rows_of):
    records = records_of(
        incidents=[incident(1)], specimens=[specimen(1, 1, "panthera_uncia"), specimen(1, 2, "lynx_lynx")]
    )
    (row,) = rows_of(extent.described(records))
    assert (row["species_group"], row["role"]) == ("cats", "several")


def test_provinces_are_counted_at_their_point_and_disputed_places_at_their_own(records_of, rows_of):
    records = records_of(
        incidents=[
            incident(1, province="KGZ-1", admin1="Osh", place="Osh", lon=72.7, lat=40.6),
            incident(2, province="KGZ-1", admin1="Osh", coord_precision="admin1", lon=72.9, lat=40.4),
            incident(3, country="PAK", admin1="Gilgit-Baltistan", place="Skardu", lon=75.6, lat=35.3),
            incident(4, coord_precision="country", lon=74.5, lat=41.6),
        ]
    )
    rows = rows_of(extent.marks_of_provinces(records["incidents"], records["provinces"], "incident_type"))
    assert pairs(rows, "code", "kind", "lon", "lat", "incident_count") == {
        ("KGZ-1", "province", 72.8, 40.5, 2),
        ("PAK|Gilgit-Baltistan|Skardu", "place", 75.6, 35.3, 1),
    }
    assert rows_of(extent.unplaced(records["incidents"])) == [{"country": "KGZ", "incident_count": 1}]


def test_nothing_is_drawn_finer_than_its_record(records_of, rows_of):
    records = records_of(
        incidents=[
            incident(1, province="KGZ-1", admin1="Osh", place="Osh", lon=72.7, lat=40.6),
            incident(2, province="KGZ-1", admin1="Osh", coord_precision="admin1", lon=72.9, lat=40.4),
        ]
    )
    rows = rows_of(extent.marks_of_places(records["incidents"], records["provinces"], "incident_type"))
    assert pairs(rows, "code", "kind", "incident_count") == {("KGZ|Osh|Osh", "place", 1), ("KGZ-1", "province", 1)}


def test_a_place_with_two_types_is_one_point(records_of, rows_of):
    place = {"admin1": "Osh", "place": "Osh", "province": "KGZ-1"}
    records = records_of(
        incidents=[
            incident(1, **place, lon=72.0, lat=40.0),
            incident(2, **place, lon=73.0, lat=41.0, incident_type="poaching"),
        ]
    )
    rows = rows_of(extent.marks_of_places(records["incidents"], records["provinces"], "incident_type"))
    assert pairs(rows, "incident_type", "lon", "lat") == {("seizure", 72.5, 40.5), ("poaching", 72.5, 40.5)}


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (("reported", "not_searched", "nil"), "not_searched"),  # the least known year decides
        (("no_report", "withheld", "nil"), "no_report"),
        (("withheld", "nil", "reported"), "withheld"),
        (("nil", "nil", "reported"), "nil"),
        (("reported", "reported", "reported"), "none"),  # recorded in every year, in other provinces
    ],
)
def test_silence_has_five_states_and_zero_is_one_of_them(records_of, rows_of, states, expected):
    records = records_of(
        incidents=[incident(1, province="KGZ-1")],
        coverage=[{"country": "KGZ", "year": 2018 + nth, "state": state} for nth, state in enumerate(states)],
    )
    rows = rows_of(extent.province_states(records["incidents"], records["coverage"], records["provinces"]))
    assert pairs(rows, "province", "state") == {("KGZ-1", "reported"), ("KGZ-2", expected)}


def test_a_species_filter_does_not_make_a_searched_province_silent(records):
    chosen = Selection(countries=("KGZ",), taxa=("saiga",))
    narrowed = extent.province_states(*searched(records, chosen), records["provinces"]).collect()
    everything = extent.province_states(
        *searched(records, Selection(countries=("KGZ",))), records["provinces"]
    ).collect()
    assert narrowed.to_arrow().equals(everything.to_arrow())


def test_months_are_counted_only_where_a_month_is_known(records_of, rows_of):
    records = records_of(
        incidents=[
            incident(1),
            incident(2, occurred_on="2019-05", occurred_on_precision="month"),
            incident(3, occurred_on="2021", occurred_on_precision="year"),
        ]
    )
    rows = rows_of(extent.count_by_month(records["incidents"], "incident_type"))
    assert pairs(rows, "month", "incident_count") == {("05", 2), ("not_stated", 1)}


def test_no_quantity_of_unlike_units_is_ever_added(records_of, rows_of):
    records = records_of(
        incidents=[incident(1)],
        specimens=[
            specimen(1, 1, "panthera_uncia", item_count=2.0),
            specimen(1, 2, "lynx_lynx", individual_count=3.0),
            specimen(1, 3, "panthera_uncia", mass_kg=0.5),
            specimen(1, 4, "panthera_uncia"),
            specimen(1, 5, "capra_sibirica", commodity="horns"),
        ],
    )
    rows = rows_of(extent.amounts(records))
    assert pairs(
        rows, "parent", "commodity", "item_count", "individual_count", "mass_kg", "line_count", "without_amount"
    ) == {
        ("cats", "skin", 2.0, 3.0, 0.5, 4, 1),
        ("ungulates", "horns", None, None, None, 1, 1),  # nothing stated is missing, not zero
    }


def test_the_amounts_of_the_shipped_records_equal_the_raw_file(records, rows_of, loaded):
    """Checked with plain sums over the raw sheet, unit by unit."""
    sheet = package.sheet(loaded)
    rows = rows_of(extent.amounts(records))
    for unit, column in {"items": "item_count", "individuals": "individual_count", "kg": "mass_kg"}.items():
        expected = sum(float(quantity) for quantity in sheet.loc[sheet["unit"] == unit, "quantity"])
        assert sum(row[column] or 0 for row in rows) == pytest.approx(expected)
    assert sum(row["line_count"] for row in rows) == 424


SELECTIONS = st.builds(
    Selection,
    countries=st.lists(st.sampled_from(RANGE_COUNTRIES), unique=True, max_size=4).map(tuple),
    year_from=st.none() | st.integers(1993, 2026),
    year_to=st.none() | st.integers(1993, 2026),
    taxa=st.lists(st.sampled_from(["snow_leopard", "saiga", "falco_cherrug", "bears"]), unique=True, max_size=2).map(
        tuple
    ),
    incident_types=st.lists(st.sampled_from(["seizure", "poaching"]), unique=True, max_size=1).map(tuple),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=SELECTIONS, split=st.sampled_from(SPLITS))
def test_every_breakdown_adds_up_to_the_selected_incidents(records, chosen, split):
    selected = select(records, chosen)
    incidents = extent.described(selected)
    n = len(selected["incidents"].select("incident_id").collect())

    def total(table) -> int:
        return int(sum(table.select("incident_count").collect()["incident_count"].to_list()))

    nowhere = total(extent.unplaced(incidents))
    assert total(extent.marks_of_countries(incidents, split)) == n
    assert total(extent.marks_of_provinces(incidents, selected["provinces"], split)) + nowhere == n
    assert total(extent.marks_of_places(incidents, selected["provinces"], split)) + nowhere == n
    assert total(extent.count_by_month(incidents, split)) == n
    for by in ("species_group", "taxon"):
        assert total(extent.count_by_two(incidents, by, "country")) == n
        assert total(extent.count_by_two(incidents, by, "commodity")) == n


def test_every_engine_counts_the_same(records, other_records, rows_of):
    def everything(source):
        incidents = extent.described(source)
        return [
            rows_of(table)
            for table in (
                extent.marks_of_countries(incidents, "role").sort("code", "role"),
                extent.marks_of_provinces(incidents, source["provinces"], "role"),
                extent.count_by_month(incidents, "incident_type"),
                extent.count_by_two(incidents, "species_group", "commodity"),
                extent.amounts(source),
                extent.province_states(source["incidents"], source["coverage"], source["provinces"]),
            )
        ]

    assert everything(other_records) == everything(records)


def test_empty_records_give_empty_tables(records_of, rows_of):
    records = records_of()
    incidents = extent.described(records)
    assert rows_of(extent.marks_of_provinces(incidents, records["provinces"], "role")) == []
    assert rows_of(extent.unplaced(incidents)) == rows_of(extent.amounts(records)) == []
    assert isinstance(incidents, nw.LazyFrame)

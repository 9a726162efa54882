"""Pairs that may be one incident, and what changed between two versions."""

# ruff: noqa: E501 - a table row is a line

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.analysis import changes, duplicates


def incidents(*rows: dict) -> pd.DataFrame:
    plain = {"occurred_on": "2024-05-03", "country": "KGZ", "admin1": None, "place": None, "agency": None, "year": 2024}
    return pd.DataFrame([{**plain, "incident_id": f"KGZ-000{n}", **row} for n, row in enumerate(rows, 1)])


def specimens(*amounts: float | None, taxon: str = "panthera_uncia") -> pd.DataFrame:
    rows = [{"incident_id": f"KGZ-000{n}", "taxon": taxon, "item_count": amount, "individual_count": None, "mass_kg": None} for n, amount in enumerate(amounts, 1)]  # fmt: skip
    return pd.DataFrame(rows)


def cited(*sources: str) -> pd.DataFrame:
    return pd.DataFrame([{"incident_id": f"KGZ-000{n}", "source_id": source} for n, source in enumerate(sources, 1)])


def reasons(*args) -> list[tuple[str, ...]]:
    return duplicates.proposals(*args)["reasons"].to_list()


def test_the_same_day_place_species_and_quantity_are_proposed_with_the_reasons():
    found = duplicates.proposals(incidents({"place": "Osh"}, {"place": "Osh"}), specimens(2, 2), cited("a", "b"))
    assert found[["first", "second"]].to_numpy().tolist() == [["KGZ-0001", "KGZ-0002"]]
    assert found["reasons"][0] == ("same_day", "same_species", "same_place", "same_amount")


def test_a_missing_place_is_no_reason():
    assert reasons(incidents({}, {}), specimens(2, 2), cited("a", "b")) == [("same_day", "same_species", "same_amount")]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("2024-05-03", "2024-05-03", "same_day"),
        ("2024-05-03", "2024-05-06", "near_day"),
        ("2024-05-03", "2024-05-07", ""),
        ("2024-05", "2024-05-31", "same_month"),
        ("2024-05", "2024-06-01", ""),
        ("2024", "2024-06-01", ""),  # the year alone agrees with everything
    ],
)
def test_partial_dates_agree_as_far_as_they_go(one, other, reason):
    assert duplicates._when(one, other) == reason


def test_other_species_countries_or_years_are_never_compared():
    place = {"place": "Osh"}
    assert reasons(incidents(place, {**place, "country": "TJK"}), specimens(2, 2), cited("a", "a")) == []
    mixed = pd.concat([specimens(2), specimens(2, 2, taxon="saiga_tatarica").tail(1)])
    assert reasons(incidents(place, place), mixed, cited("a", "a")) == []


def test_nothing_gives_nothing():
    assert duplicates.proposals(incidents({}).head(0), specimens(1).head(0), cited("a").head(0)).empty


@settings(deadline=None, max_examples=24)
@given(st.permutations(range(4)))
def test_the_order_of_the_records_does_not_matter(order):
    table = incidents(*[{"place": "Osh"}] * 4)
    goods, sources = specimens(2, 2, 3, 2), cited("a", "a", "b", "c")
    expected = duplicates.proposals(table, goods, sources)
    shuffled = duplicates.proposals(table.iloc[order], goods.iloc[order], sources.iloc[order])
    pd.testing.assert_frame_equal(shuffled, expected)


def test_a_crowd_of_like_records_is_not_compared_pair_by_pair():
    many = duplicates.MOST_ALIKE + 1
    table = pd.concat([incidents({"incident_id": f"KGZ-{n:05d}"}) for n in range(many)])
    goods = pd.DataFrame({"incident_id": table["incident_id"], "taxon": "x", "item_count": 1.0, "individual_count": None, "mass_kg": None})  # fmt: skip
    assert duplicates.proposals(table, goods, cited("a").head(0)).empty


def moved(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame([{"incident_id": i, "side": side, "record_status": status, "country": "KGZ"} for i, side, status in rows])  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([("KGZ-0001", "new", "published")], "added"),
        ([("KGZ-0001", "old", "published"), ("KGZ-0001", "new", "published")], "corrected"),
        ([("PUB-0001", "new", "published")], "corrected"),  # over a shipped record
        ([("PUB-0001", "old", "published")], "corrected"),  # back to the shipped record
        ([("PUB-0001", "new", "withdrawn")], "withdrawn"),
        ([("KGZ-0001", "old", "published"), ("KGZ-0001", "new", "merged")], "merged"),
        ([("KGZ-0001", "old", "published")], "removed"),
        ([("KGZ-0001", "new", "published"), ("KGZ-0001-2", "new", "published")], "added"),  # one incident
    ],
)
def test_each_change_of_an_incident_has_its_name(rows, kind):
    found = changes.by_incident(moved(*rows), {"PUB-0001"})
    assert found["kind"].to_list() == [kind]
    counts = changes.count_by_country(found)
    assert counts[kind].to_list() == [1]
    assert counts[list(changes.KINDS)].to_numpy().sum() == 1


def test_no_change_is_an_empty_table():
    found = changes.by_incident(moved(("KGZ-0001", "new", "published")).head(0), set())
    assert found.empty
    assert changes.count_by_country(found).empty

"""What is known of a country and year: silence is not zero."""

import pandas as pd
import pytest

from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.ingest.coverage import from_incidents


def incidents(*pairs):
    return pd.DataFrame(pairs, columns=["country", "year"]).astype({"year": "Int64"})


def states(coverage):
    return {(country, year): state for country, year, _, state in coverage.itertuples(index=False, name=None)}


def test_a_year_with_a_record_is_reported_and_one_without_was_not_searched():
    coverage = from_incidents(incidents(("KGZ", 2021), ("KGZ", 2021), ("TJK", 2023)), ("KGZ", "TJK"))
    assert states(coverage) == {
        ("KGZ", 2021): "reported",
        ("KGZ", 2022): "not_searched",
        ("KGZ", 2023): "not_searched",
        ("TJK", 2021): "not_searched",
        ("TJK", 2022): "not_searched",
        ("TJK", 2023): "reported",
    }


def test_one_record_gives_one_year():
    assert states(from_incidents(incidents(("KGZ", 2021)), ("KGZ",))) == {("KGZ", 2021): "reported"}


def test_a_country_without_any_record_is_there_and_was_not_searched():
    coverage = from_incidents(incidents(("KGZ", 2021)), ("BTN", "KGZ"))
    assert states(coverage) == {("BTN", 2021): "not_searched", ("KGZ", 2021): "reported"}


def test_the_order_of_incidents_does_not_matter_and_they_stay_as_they_were():
    one, other = ("KGZ", 2021), ("TJK", 2022)
    given = incidents(one, other)
    pd.testing.assert_frame_equal(
        from_incidents(given, ("KGZ", "TJK")), from_incidents(incidents(other, one), ("KGZ", "TJK"))
    )
    pd.testing.assert_frame_equal(given, incidents(one, other))


def test_no_incident_gives_no_coverage_and_not_an_error():
    assert from_incidents(incidents(), RANGE_COUNTRIES).empty


def test_shipped_coverage_is_reported_exactly_where_the_raw_file_has_a_record(loaded, raw_rows):
    reported = {(row["country"], int(row["date"][:4])) for row in raw_rows}
    coverage = states(loaded.tables["coverage"])
    assert {pair for pair, state in coverage.items() if state == "reported"} == reported
    # 1993 to 2026 for twelve countries
    assert len(coverage) == 34 * 12
    assert set(coverage.values()) == {"reported", "not_searched"}


def test_nobody_stated_a_nil_report_so_none_is_invented(loaded):
    assert not loaded.tables["coverage"]["state"].isin(["nil", "no_report", "withheld"]).any()


@pytest.mark.parametrize("year", [1996, 1998, 1999])  # README_incidents.md: years without a row in the table
def test_a_year_without_any_record_is_in_the_grid_for_every_country(loaded, year):
    coverage = loaded.tables["coverage"]
    of_year = coverage[coverage["year"] == year]
    assert set(of_year["country"]) == set(RANGE_COUNTRIES)
    assert set(of_year["state"]) == {"not_searched"}

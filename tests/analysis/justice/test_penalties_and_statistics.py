"""Sentences over the statutes, fines that are never added, and statistics that keep their base."""

import narwhals as nw
import pandas as pd
import pytest

from dashboard.analysis import justice
from dashboard.analysis.justice.penalties import TOPS, Top
from dashboard.domain.selection import Selection


@pytest.fixture(scope="module")
def cases(records):
    return justice.cases(records)


def test_terms_are_those_of_the_notes(cases):
    # docs/incidents.md: 37 terms; suspended PUB-0146, PUB-0249, PUB-0289; life or death PUB-0030, PUB-0212
    terms = justice.terms(cases).collect().to_pandas()
    assert terms["months"].count() == 37
    assert set(terms.loc[terms["is_suspended"].astype(bool), "incident_id"]) == {"PUB-0146", "PUB-0249", "PUB-0289"}
    assert set(terms.loc[terms["months"].isna(), "incident_id"]) == {"PUB-0030", "PUB-0212"}


def test_the_range_of_a_statute_is_its_lowest_minimum_and_highest_maximum(records):
    found = justice.statutes(records["provisions"], ()).collect().to_pandas().set_index(["country", "offence"])
    assert found.loc[("UZB", "killing"), ["low_months", "high_months"]].tolist() == [36, 84]  # articles: 36-60, 36-84
    assert found.loc[("KAZ", "killing"), "high_months"] == 144
    assert pd.isna(found.loc[("KAZ", "killing"), "low_months"])  # neither article states a minimum
    assert "AFG" not in found.index.get_level_values("country")
    assert "KGZ" not in found.index.get_level_values("country")


def test_statutes_follow_the_chosen_countries(records):
    assert set(justice.statutes(records["provisions"], ("NPL",)).collect()["country"].to_list()) == {"NPL"}


def test_what_is_said_of_the_highest_terms_is_what_the_review_says(loaded):
    notes = loaded.tables["treaties"].set_index("country")["threshold_note"]
    assert TOPS == {"CHN": Top.OPEN, "PAK": Top.OBSERVED}
    assert "10 years or more" in notes["CHN"]
    assert "statutory maximum not read" in notes["PAK"]
    assert [c for c in notes.index if "observed" in notes[c] or "or more" in notes[c]] == ["CHN", "PAK"]


def test_a_fine_keeps_its_currency(cases):
    fines = justice.fines(cases).collect().to_pandas()
    assert len(fines) == 33
    assert fines["fine_currency"].notna().all()
    assert fines["fine_currency"].nunique() == 8


@pytest.fixture(scope="module")
def statistics(records):
    return justice.statistics(records["justice_statistics"], Selection())


def test_every_published_figure_is_in_exactly_one_panel_except_a_pair_published_twice(statistics):
    parts = [
        f(statistics).collect().to_pandas() for f in (justice.shared_base, justice.lone_figures, justice.illustrations)
    ]
    assert [len(part) for part in parts] == [17, 136, 10]
    assert sum(len(part) for part in parts) == 164 - 1  # 17 of 147 orders in Maharashtra, as a count and as 11.56%


@pytest.mark.parametrize(
    ("country", "part", "whole"),  # LAW.md, section 2.3
    [
        ("IND", 17, 147), ("KAZ", 212, 417), ("KAZ", 309, 525), ("UZB", 5, 2547), ("KAZ", 7, 88), ("BTN", 8, 15),
        ("BTN", 7, 15), ("KAZ", 12e6, 1.1e9),
    ],
)  # fmt: skip
def test_the_rates_of_the_legal_review_are_there_with_their_base(statistics, country, part, whole):
    found = justice.shared_base(statistics).collect().to_pandas()
    rows = found[(found["country"] == country) & (found["numerator"] == part) & (found["denominator"] == whole)]
    assert len(rows) == 1
    assert rows["denominator_basis"].notna().all()
    assert rows["source_url"].notna().all()


def test_no_rate_is_made_of_a_percentage_without_its_numerator(statistics):
    found = justice.shared_base(statistics).collect().to_pandas()
    assert "reported_to_authorities_pct" not in set(found["metric"])  # Pakistan: 3% of 101, the 3 was not published
    assert found[["numerator", "denominator"]].notna().all(axis=None)


def test_single_cases_are_illustrations_and_in_no_rate(statistics):
    single = justice.illustrations(statistics).collect().to_pandas()
    assert set(single["geo_level"]) == {"single_case"}
    for other in (justice.shared_base, justice.lone_figures):
        assert "single_case" not in set(other(statistics).collect()["geo_level"].to_list())


def test_a_single_case_with_a_base_of_its_own_is_still_in_no_rate():
    rows = [
        {"geo_level": level, "numerator": 3.0, "denominator": 3.0, "denominator_basis": "persons", "country": "RUS",
         "year_from": 2017, "year_to": 2017, "scope": level, "metric": "persons_convicted"}
        for level in ("single_case", "national")
    ]  # fmt: skip
    found = justice.shared_base(nw.from_native(pd.DataFrame(rows)).lazy()).collect()
    assert found["geo_level"].to_list() == ["national"]


def test_everything_but_the_snow_leopard_is_a_proxy(statistics):
    rows = statistics.collect().to_pandas()
    assert (rows["is_proxy"] == (rows["species_scope"] != "snow_leopard")).all()
    assert justice.shared_base(statistics).collect()["is_proxy"].to_list() == [True] * 17


def test_statistics_follow_countries_and_years_and_keep_what_concerns_all(records):
    chosen = Selection(countries=("KAZ",), year_from=2016, year_to=2017)
    found = justice.statistics(records["justice_statistics"], chosen).collect().to_pandas()
    assert set(found["country"]) == {"KAZ", "RANGE12", "GLOBAL"}
    assert found["year_from"].dropna().max() <= 2017
    assert found["year_to"].dropna().min() >= 2016
    assert (found["scope"] == "saiga poaching and horn trade (national, Interior Ministry)").any()  # 2014-2018


def test_statistics_without_a_year_are_kept(records):
    found = justice.statistics(records["justice_statistics"], Selection(countries=("NPL",), year_from=2020))
    assert "wildlife trophies, Kathmandu Valley forest offices" in found.collect()["scope"].to_list()

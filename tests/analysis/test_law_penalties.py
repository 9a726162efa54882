"""The four-year line: exactly 48 months reaches it, and no figure stands without its instrument."""

import narwhals as nw
import pandas as pd
import pytest

from dashboard.analysis.law import penalties
from dashboard.domain.fields import RANGE_COUNTRIES

# The legal notes, section 1.2: passes on the basic offence, only on a higher tier, or not shown.
PUBLISHED = {
    **dict.fromkeys(("BTN", "CHN", "IND", "MNG", "NPL", "UZB", "RUS"), "basic"),
    **dict.fromkeys(("TJK", "KAZ"), "top_only"),
    **dict.fromkeys(("AFG", "KGZ", "PAK"), "not_shown"),
}
BASIC_MONTHS = {"BTN": 120, "CHN": 60, "IND": 84, "MNG": 96, "NPL": 180, "UZB": 60, "RUS": 48, "TJK": 36}
TOP_MONTHS = {"CHN": 120, "NPL": 240, "UZB": 84, "RUS": 108, "TJK": 96, "KAZ": 144}


@pytest.fixture(scope="module")
def overall(records):
    tiers = penalties.standing(records["penalty_tiers"], records["provisions"])
    found = penalties.against_the_line(tiers, records["law_review"], penalties.OVERALL)
    return {row["country"]: row for row in found.collect().iter_rows(named=True)}


@pytest.fixture
def line_of(typed_table):
    """What is said of one country with the given tiers."""

    def line(*tiers):
        made = [{"country": "KGZ", "provision_topic": penalties.OVERALL, **tier} for tier in tiers]
        table = typed_table("penalty_tiers", made)
        table["is_open_ended"] = table["is_open_ended"].map({"true": True}).astype("boolean")
        countries = typed_table("law_review", [{"country": "KGZ"}])
        wrap = (nw.from_native(frame).lazy() for frame in (table, countries))
        (row,) = penalties.against_the_line(*wrap, penalties.OVERALL).collect().iter_rows(named=True)
        return row["line"]

    return line


@pytest.mark.parametrize("country", RANGE_COUNTRIES)
def test_the_classification_equals_the_legal_notes(overall, country):
    assert overall[country]["line"] == PUBLISHED[country]


def test_basic_and_top_terms_equal_the_legal_notes(overall):
    stated = {country: row["basic_months"] for country, row in overall.items() if not pd.isna(row["basic_months"])}
    assert stated == BASIC_MONTHS
    assert {country: overall[country]["top_months"] for country in TOP_MONTHS} == TOP_MONTHS
    assert [country for country, row in overall.items() if row["is_open_ended"]] == ["CHN"]


@pytest.mark.parametrize(("months", "expected"), [(47, "below"), (48, "basic"), (49, "basic")])
def test_exactly_48_months_reaches_the_line(line_of, months, expected):
    assert line_of({"tier": "basic", "max_months": months}) == expected


def test_a_basic_term_below_with_a_top_term_above_is_told_apart(line_of):
    assert line_of({"tier": "basic", "max_months": 36}, {"tier": "top", "max_months": 96}) == "top_only"
    assert line_of({"tier": "top", "max_months": 144}) == "top_only"


@pytest.mark.parametrize("tier", ["observed", "other_species", "no_prison"])
def test_a_term_that_is_no_maximum_for_the_species_says_nothing(line_of, tier):
    assert line_of({"tier": tier, "max_months": 24}) == "not_shown"
    assert line_of({"tier": tier, "max_months": 96}) == "not_shown"


def test_no_tier_means_not_shown_rather_than_low(line_of):
    assert line_of() == "not_shown"


def test_every_tier_names_an_instrument_that_a_provision_of_its_country_has(records):
    tiers, provisions = records["penalty_tiers"], records["provisions"]
    assert len(penalties.standing(tiers, provisions).collect()) == len(tiers.collect()) == 63


def test_a_tier_without_its_instrument_does_not_appear(records):
    without = records["provisions"].filter(nw.col("country") != "TJK")
    left = penalties.standing(records["penalty_tiers"], without).collect()
    assert "TJK" not in set(left["country"].to_list())
    assert len(left) == 63 - 10


def test_every_term_of_a_provision_is_among_the_tiers_and_no_tier_of_it_is_longer(records):
    """A tier may be longer only where the provision says so in words: Bhutan, twenty years on repeat."""
    keys = ["country", "provision_topic", "instrument"]
    provisions, tiers = (records[n].collect().to_pandas() for n in ("provisions", "penalty_tiers"))
    stated = provisions[provisions["provision_topic"].isin(penalties.OFFENCES)].dropna(subset="max_imprisonment_months")
    longest = tiers.dropna(subset="max_months").groupby(keys)["max_months"].max()
    found = stated.set_index(keys)["max_imprisonment_months"]
    assert [key for key in found.index if key not in longest.index] == []
    longer = {key[0]: key[1] for key in found.index if longest[key] > found[key]}
    assert longer == {"BTN": "killing_penalty", "RUS": "online_trade"}  # 240 on repeat; officials 84
    assert [key for key in found.index if longest[key] < found[key]] == []


def test_no_penalty_figure_of_a_provision_stands_without_its_instrument(records):
    table = records["provisions"].collect().to_pandas()
    quoted = table.dropna(subset=["max_imprisonment_months", "min_imprisonment_months", "max_fine_amount"], how="all")
    assert len(quoted) > 50
    assert quoted["instrument"].notna().all()
    assert quoted["source_url"].notna().all()
    fines = table.dropna(subset="max_fine_amount")
    assert fines["fine_currency"].notna().all()


def test_every_cell_that_is_not_unknown_has_a_provision_with_a_source(records):
    table = records["provisions"].collect().to_pandas()
    known = table[table["status"] != "unknown"]
    assert len(known) == 146
    assert known["instrument"].notna().all()
    assert known["source_title"].notna().all()
    links = known["source_url"].str.split(" | ", regex=False)
    assert links.map(lambda found: all(link.startswith(("https://", "http://")) for link in found)).all()
    assert known["confidence"].notna().all()
    assert table[table["status"] == "unknown"]["instrument"].isna().all()


def test_alternatives_to_prison_are_those_of_the_legal_notes(records):  # section 3, item 3
    basic = (
        records["penalty_tiers"].collect().to_pandas().query("tier == 'basic' and provision_topic == 'killing_penalty'")
    )
    said = dict(zip(basic["country"], basic["alternative"], strict=True))
    assert {said[country] for country in ("NPL", "TJK", "BTN")} == {"fine"}
    assert said["UZB"] == "fine_restriction"
    assert said["RUS"] == "work"


def test_other_engines_find_the_same_line(records, other_records, rows_of):
    def lines(r):
        tiers = penalties.standing(r["penalty_tiers"], r["provisions"])
        found = rows_of(penalties.against_the_line(tiers, r["law_review"], penalties.OVERALL))
        return {row["country"]: (row["line"], row["is_open_ended"]) for row in found}

    assert lines(other_records) == lines(records)

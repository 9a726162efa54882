"""The tidy tables against a count of the raw file that shares no code with them, and against the compiler's notes."""

import csv
import random
from collections import Counter, defaultdict
from datetime import date

import pandas as pd
import pytest

from dashboard.ingest.package import DATA, load

# README_incidents.md, "Coverage: incidents by country and year"; "." is an empty cell.
COUNTRY_BY_YEAR = """
Year  AFG  BTN  CHN  IND  KAZ  KGZ  MNG  NPL  PAK  RUS  TJK  UZB Total
1993    .    .    1    1    .    .    .    .    .    .    .    .    2
1994    .    .    4    .    .    .    .    .    .    .    .    .    4
1995    .    .    .    .    .    .    .    .    .    .    2    .    2
1997    .    .    .    2    .    .    .    .    .    .    .    .    2
2000    .    .    1    1    .    .    1    .    .    1    .    .    4
2001    .    .    1    .    .    .    1    .    .    .    .    .    2
2002    1    .    .    1    .    .    .    .    .    .    .    .    2
2003    2    .    1    5    .    1    1    1    .    2    .    .   13
2004    .    .    .    7    .    .    .    2    .    1    .    .   10
2005    .    1    2    3    .    .    .    1    .    .    .    .    7
2006    1    .    .    3    .    .    2    .    .    .    .    .    6
2007    1    .    2    .    .    .    .    .    .    4    .    .    7
2008    1    .    2    1    .    .    1    .    .    .    .    1    6
2009    1    .    .    2    1    .    1    1    .    3    .    .    9
2010    1    .    4    2    .    1    .    .    .    2    1    .   11
2011    .    2    1    1    .    1    .    .    .    1    .    .    6
2012    .    2    .    3    1    .    .    1    2    6    .    .   15
2013    1    3    4    .    .    .    .    7    1    1    .    .   17
2014    .    1    3    .    2    1    2    .    1    2    1    .   13
2015    .    .    3    1    2    1    1    .    2    5    .    .   15
2016    .    .    4    3    3    1    1    5    3    2    .    .   22
2017    2    1    3    2    4    1    .    .    2    3    1    .   19
2018    .    .    4    3    2    .    .    2    2    2    .    .   15
2019    .    .    2    4    4    .    1    1    .    4    1    1   18
2020    .    .    2    1    2    5    2    4    3    4    2    .   25
2021    .    .    .    9    1    3    .    1    4    2    .    2   22
2022    .    .    .    2    1    1    .    2    2    4    .    2   14
2023    .    .    6    4    1    1    .    1    2    3    .    4   22
2024    2    .    2    1   11    1    .    1    3    3    .    1   25
2025    .    .    1    2    8    3    1    .    3    4    .    2   24
2026    .    .    .    1    1    .    .    .    .    1    .    .    3
 All   13   10   53   65   44   21   15   30   30   60    8   13  362
"""

# README_incidents.md, "Incident type by country (incidents)"
COUNTRY_BY_TYPE = """
     seizure poaching market_observation online_offer live_rescue Total
 AFG    2    3    6    .    2   13
 BTN    6    4    .    .    .   10
 CHN   35   15    3    .    .   53
 IND   61    3    .    1    .   65
 KAZ   31   12    .    1    .   44
 KGZ   13    7    .    .    1   21
 MNG    7    6    2    .    .   15
 NPL   28    2    .    .    .   30
 PAK   15   14    .    .    1   30
 RUS   47   12    .    1    .   60
 TJK    3    3    1    .    1    8
 UZB    7    6    .    .    .   13
 All  255   87   12    3    5  362
"""

# README_incidents.md, "Outcome by country (incidents)"
COUNTRY_BY_OUTCOME = """
     unknown under_investigation charged convicted acquitted dismissed Total
 AFG   11    2    .    .    .    .   13
 BTN    3    4    .    3    .    .   10
 CHN   15   29    2    7    .    .   53
 IND   32   21    8    4    .    .   65
 KAZ    7   23    1   13    .    .   44
 KGZ    5   14    2    .    .    .   21
 MNG    4    9    2    .    .    .   15
 NPL    9   19    1    1    .    .   30
 PAK    7    2   12    8    .    1   30
 RUS   17   16    9   18    .    .   60
 TJK    5    2    1    .    .    .    8
 UZB    7    6    .    .    .    .   13
 All  122  147   38   54    0    1  362
"""

# as counted by hand in the raw file
BY_COUNTRY = {
    "AFG": 13, "BTN": 10, "CHN": 53, "IND": 65, "KAZ": 44, "KGZ": 21,
    "MNG": 15, "NPL": 30, "PAK": 30, "RUS": 60, "TJK": 8, "UZB": 13,
}  # fmt: skip

AMOUNTS = {"items": "item_count", "individuals": "individual_count", "kg": "mass_kg"}


def cells_of(printed: str) -> dict[tuple[str, str], int]:
    """The inner cells of a printed table that hold a number, by row and column."""
    header, *lines = (line.split() for line in printed.strip().splitlines())
    columns = [name for name in header if name != "Year"]
    return {
        (row, column): int(cell)
        for row, *cells in lines
        for column, cell in zip(columns, cells, strict=True)
        if row != "All" and column != "Total" and cell != "."
    }


def totals_of(printed: str) -> dict[tuple[str, str], int]:
    """The printed totals of rows and columns; empty ones are left out."""
    header, *lines = (line.split() for line in printed.strip().splitlines())
    columns = [name for name in header if name != "Year"]
    return {
        (row, column): int(cell)
        for row, *cells in lines
        for column, cell in zip(columns, cells, strict=True)
        if (row == "All" or column == "Total") and cell not in {".", "0"}
    }


def incident_of(row: dict[str, str]) -> str:
    """``PUB-0045-2`` belongs to ``PUB-0045``."""
    return "-".join(row["incident_id"].split("-")[:2])


@pytest.fixture(scope="module")
def first_rows(raw_rows):
    """The raw rows whose identifier has no second suffix: one an incident."""
    return [row for row in raw_rows if row["incident_id"].count("-") == 1]


@pytest.fixture(scope="module")
def corrected():
    """What the corrections file replaces, read with the csv module."""
    with (DATA / "corrections" / "incident_sheet.csv").open(encoding="utf-8", newline="") as file:
        return {(row["record_id"], row["column"]): row["becomes"] for row in csv.DictReader(file)}


def test_the_shipped_data_has_no_issue(loaded):
    assert loaded.issues == ()


def test_the_raw_file_holds_what_its_notes_say(raw_rows, first_rows):
    assert len(raw_rows) == 424
    assert {len(row) for row in raw_rows} == {31}
    assert len(first_rows) == len({incident_of(row) for row in raw_rows}) == 362
    assert Counter(row["outcome"] for row in first_rows)["convicted"] == 54
    assert Counter(row["country"] for row in first_rows) == BY_COUNTRY


def test_424_specimens_362_incidents_and_54_with_a_conviction(loaded):
    incidents = loaded.tables["incidents"]
    assert len(loaded.tables["specimens"]) == 424
    assert len(incidents) == incidents["incident_id"].nunique() == 362
    assert (incidents["outcome"] == "convicted").sum() == 54


def test_incidents_per_country_are_those_of_the_issue(loaded):
    assert loaded.tables["incidents"]["country"].value_counts().to_dict() == BY_COUNTRY


@pytest.mark.parametrize(
    ("printed", "rows", "columns"),
    [
        (COUNTRY_BY_YEAR, "year", "country"),
        (COUNTRY_BY_TYPE, "country", "incident_type"),
        (COUNTRY_BY_OUTCOME, "country", "outcome"),
    ],
    ids=["year", "type", "outcome"],
)
def test_tables_of_the_notes_agree_with_the_raw_file_and_with_the_tidy_table(
    loaded, first_rows, printed, rows, columns
):
    raw = Counter((row.get(rows, row["date"][:4]), row[columns]) for row in first_rows)
    incidents = loaded.tables["incidents"]
    tidy = Counter(zip(incidents[rows].astype(str), incidents[columns], strict=True))
    assert dict(raw) == cells_of(printed)
    assert dict(tidy) == cells_of(printed)


@pytest.mark.parametrize("printed", [COUNTRY_BY_YEAR, COUNTRY_BY_TYPE, COUNTRY_BY_OUTCOME])
def test_totals_of_the_notes_are_the_sums_of_their_cells(printed):
    sums = Counter()
    for (row, column), count in cells_of(printed).items():
        sums[row, "Total"] += count
        sums["All", column] += count
        sums["All", "Total"] += count
    assert totals_of(printed) == dict(sums)


@pytest.mark.parametrize(("unit", "column"), AMOUNTS.items())
def test_amounts_add_up_to_the_raw_quantities_of_their_unit(loaded, raw_rows, unit, column):
    stated = [float(row["quantity"]) for row in raw_rows if row["unit"] == unit]
    amounts = loaded.tables["specimens"][column].dropna()
    assert len(amounts) == len(stated)
    assert amounts.sum() == pytest.approx(sum(stated), rel=1e-12)


def test_a_specimen_has_one_amount_or_none_and_never_two(loaded, raw_rows):
    stated = loaded.tables["specimens"][list(AMOUNTS.values())].notna().sum(axis=1)
    without = sum(row["quantity"] == "" for row in raw_rows)
    assert stated.value_counts().to_dict() == {1: 424 - without, 0: without}


def test_lines_of_an_incident_count_from_one(loaded, raw_rows):
    expected = Counter(incident_of(row) for row in raw_rows)
    lines = loaded.tables["specimens"].groupby("incident_id")["line"].agg(list)
    assert {i: sorted(n) for i, n in lines.items()} == {i: [*range(1, n + 1)] for i, n in expected.items()}


@pytest.mark.parametrize("table", ["specimens", "legs", "proceedings", "citations"])
def test_every_row_belongs_to_an_incident(loaded, table):
    assert not loaded.tables[table].empty
    assert set(loaded.tables[table]["incident_id"]) <= set(loaded.tables["incidents"]["incident_id"])


def test_every_incident_is_cited_and_every_source_is_cited(loaded):
    citations = loaded.tables["citations"]
    assert set(citations["incident_id"]) == set(loaded.tables["incidents"]["incident_id"])
    assert set(citations["source_id"]) == set(loaded.tables["sources"]["source_id"])


def test_legs_are_the_other_countries_that_the_rows_name(loaded, raw_rows):
    stated = {
        (incident_of(row), role, row[column])
        for row in raw_rows
        for role, column in (("origin", "transit_origin"), ("destination", "transit_destination"))
        if row[column]
    }
    legs = loaded.tables["legs"]
    assert len(legs) == len(stated)
    assert set(legs[["incident_id", "role", "country"]].itertuples(index=False, name=None)) == stated


def test_persons_add_up_to_the_totals_of_the_notes(loaded, raw_rows):
    # README_incidents.md, "Prosecutions": 463 arrests and 144 convictions (persons)
    proceedings = loaded.tables["proceedings"]
    assert proceedings["persons_arrested"].sum() == 463
    assert proceedings["persons_convicted"].sum() == 144
    assert proceedings["persons_charged"].sum() == sum(int(row["persons_charged"] or 0) for row in raw_rows)


def test_93_incidents_carry_a_step_in_court(loaded):
    # README_incidents.md, "Prosecutions"
    steps = loaded.tables["proceedings"]["outcome"].isin(["charged", "convicted", "acquitted", "dismissed"])
    assert steps.sum() == 93


def test_37_incidents_have_a_term_and_every_term_is_the_raw_one(loaded, raw_rows):
    # README_incidents.md, "Prosecutions"
    proceedings = loaded.tables["proceedings"].dropna(subset="imprisonment_months")
    terms = dict(zip(proceedings["incident_id"], proceedings["imprisonment_months"], strict=True))
    assert len(terms) == 37
    assert terms == {
        row["incident_id"]: float(row["imprisonment_months"]) for row in raw_rows if row["imprisonment_months"]
    }


def test_suspended_terms_are_the_three_of_the_notes(loaded):
    # README_incidents.md, "How to read the file", imprisonment_months
    proceedings = loaded.tables["proceedings"].set_index("incident_id")["is_suspended"]
    assert set(proceedings[proceedings.fillna(value=False)].index) == {"PUB-0146", "PUB-0249", "PUB-0289"}
    assert (~proceedings.dropna()).sum() == 34
    assert proceedings.isna().sum() == len(proceedings) - 37


def test_life_and_death_sentences_have_no_term_but_are_said(loaded):
    # README_incidents.md, "How to read the file", imprisonment_months
    proceedings = loaded.tables["proceedings"].set_index("incident_id")
    severest = proceedings[proceedings["sentence_kind"] == "life_or_death"]
    assert set(severest.index) == {"PUB-0030", "PUB-0212"}
    assert severest["imprisonment_months"].isna().all()


def test_financial_penalties_are_labelled_as_reported_and_keep_their_currency(loaded, raw_rows):
    proceedings = loaded.tables["proceedings"].dropna(subset="fine_amount")
    assert {
        incident: (amount, currency, basis)
        for incident, amount, currency, basis in proceedings[
            ["incident_id", "fine_amount", "fine_currency", "penalty_basis"]
        ].itertuples(index=False, name=None)
    } == {
        row["incident_id"]: (float(row["fine_amount"]), row["fine_currency"], "reported_penalty")
        for row in raw_rows
        if row["fine_amount"]
    }


def test_an_incident_without_person_penalty_or_court_has_no_proceeding(loaded, first_rows):
    told = {
        row["incident_id"]
        for row in first_rows
        if any(row[c] for c in ("persons_arrested", "persons_charged", "persons_convicted", "imprisonment_months"))
        or row["fine_amount"]
        or row["outcome"] in {"charged", "convicted", "acquitted", "dismissed"}
    } | {"PUB-0030", "PUB-0212"}
    assert set(loaded.tables["proceedings"]["incident_id"]) == told


def test_dates_that_rest_on_inference_are_those_of_the_notes(loaded):
    # README_incidents.md, "Dates that rest on inference"
    remarked = {8, 32, 62, 71, 93, 127, 237, 244, 245, 291, 319, 332, 341, 342, 347}
    unremarked = {326, 179, 180, 98, 124, 125, 199, 314, 246, 61, 127}
    incidents = loaded.tables["incidents"].set_index("incident_id")["date_basis"]
    assert set(incidents[incidents == "inferred"].index) == {f"PUB-{n:04}" for n in remarked | unremarked}
    assert set(incidents[incidents == "report_or_verdict"].index) == {"PUB-0081", "PUB-0133", "PUB-0339"}


def test_208_incidents_have_month_or_year_precision(loaded):
    # README_incidents.md, "Known biases and limits", 6
    precision = loaded.tables["incidents"]["occurred_on_precision"].value_counts()
    assert precision["month"] + precision["year"] == 208


def test_58_incidents_involve_snow_leopard_with_112_seized_skins(loaded):
    # README_incidents.md, "Snow leopard rows by country and commodity": seizure rows add up to 112 skins. The skin
    # in PUB-0128-2 is a row of poaching in an incident that is a seizure, and a specimen has no type of its own.
    specimens = loaded.tables["specimens"]
    leopards = specimens[specimens["taxon"] == "panthera_uncia"].merge(
        loaded.tables["incidents"][["incident_id", "incident_type"]], on="incident_id"
    )
    skins = leopards[(leopards["commodity"] == "skin") & (leopards["incident_type"] == "seizure")]
    assert (len(leopards), leopards["incident_id"].nunique()) == (64, 58)
    assert skins.loc[(skins["incident_id"] != "PUB-0128"), "item_count"].sum() == 112
    assert skins.loc[(skins["incident_id"] == "PUB-0128"), "item_count"].to_list() == [1]


def test_ten_incidents_have_a_position_that_must_not_be_drawn_and_none_is_exact(loaded, raw_rows):
    # README_incidents.md, "Coordinates": 11 rows; PUB-0143 has two of them
    precision = loaded.tables["incidents"]["coord_precision"].value_counts()
    assert sum(row["coord_precision"] == "country" for row in raw_rows) == 11
    assert precision["country"] == 10
    assert "exact" not in precision


def test_languages_of_incidents_are_those_of_the_notes(loaded):
    # README_incidents.md, "Known biases and limits", 1. An incident counts for its first source.
    citations = loaded.tables["citations"].drop_duplicates("incident_id")
    cited = citations.merge(loaded.tables["sources"], on="source_id", validate="many_to_one")
    assert cited["language"].value_counts().to_dict() == {
        "en": 208, "ru": 115, "zh": 34, "ky": 2, "kk": 1, "ar": 1, "fa": 1,
    }  # fmt: skip


def test_three_incidents_have_no_address_and_one_is_withheld(loaded):
    # README_incidents.md, "Known biases and limits", 7; the address of PUB-0203 names a person who was not convicted.
    cited = loaded.tables["citations"].merge(loaded.tables["sources"], on="source_id")
    has_link = cited.groupby("incident_id")["url"].agg(lambda urls: urls.notna().any())
    assert set(has_link[~has_link].index) == {"PUB-0189", "PUB-0197", "PUB-0318", "PUB-0203"}


def test_a_title_in_brackets_keeps_both_brackets(loaded):
    # A description stands in [square brackets] as a whole (README_incidents.md, "How to read the file").
    titles = loaded.tables["sources"]["title"].dropna()
    assert [title for title in titles if title.count("[") != title.count("]")] == []


def test_every_publisher_of_the_raw_file_is_a_source_of_its_incident(loaded, raw_rows):
    stated = defaultdict(set)
    for row in raw_rows:
        stated[incident_of(row)] |= {name.strip() for name in row["source_publisher"].split(";")}
    cited = loaded.tables["citations"].merge(loaded.tables["sources"], on="source_id")
    assert {incident: set(names) for incident, names in cited.groupby("incident_id")["publisher"]} == dict(stated)


SAME_TEXT = {
    "occurred_on": "date",
    "occurred_on_precision": "date_precision",
    "country": "country",
    "admin1": "admin1",
    "place": "place",
    "coord_precision": "coord_precision",
    "incident_type": "incident_type",
    "agency": "agency",
    "outcome": "outcome",
    "evidence": "evidence",
}


def text(value: object) -> str:
    """A tidy cell as text; missing is empty."""
    return "" if pd.isna(value) else str(value)


def number(value: object) -> float | None:
    """A tidy or raw number; missing stays missing."""
    return None if pd.isna(value) or value == "" else float(value)


@pytest.mark.parametrize("nth", range(10))
def test_a_random_incident_keeps_exactly_what_the_raw_file_says(loaded, raw_rows, first_rows, corrected, nth):
    row = random.Random(2026).sample(first_rows, 10)[nth]
    incident_id = row["incident_id"]
    raw = {column: corrected.get((incident_id, column), cell) for column, cell in row.items()}
    incident = loaded.tables["incidents"].set_index("incident_id").loc[incident_id]
    assert {column: text(incident[column]) for column in SAME_TEXT} == {c: raw[name] for c, name in SAME_TEXT.items()}
    assert incident["year"] == int(raw["date"][:4])
    assert (number(incident["lat"]), number(incident["lon"])) == (number(raw["lat"]), number(raw["lon"]))

    lines = [other for other in raw_rows if incident_of(other) == incident_id]
    specimens = loaded.tables["specimens"].query("incident_id == @incident_id").sort_values("line")
    names = loaded.tables["taxa_match"].set_index("taxon")
    for line, specimen in zip(lines, specimens.to_dict("records"), strict=True):
        species = names.loc[[specimen["taxon"]], ["species_scientific", "species_common"]]
        assert (line["species_scientific"], line["species_common"]) in set(species.itertuples(index=False, name=None))
        assert specimen["commodity"] == line["commodity"]
        assert {unit: number(specimen[column]) for unit, column in AMOUNTS.items()} == {
            unit: number(line["quantity"]) if line["unit"] == unit else None for unit in AMOUNTS
        }


def test_the_order_of_raw_rows_does_not_change_what_is_counted(loaded, folder, raw_file):
    header, *rows = raw_file.rows
    raw_file.rows = [header, *reversed(rows)]
    (folder / "raw" / "incidents_public.csv").write_bytes(raw_file.content())
    reversed_ = load(folder, today=date(2026, 11, 22))
    assert reversed_.issues == ()
    for column in ("persons_arrested", "persons_charged", "persons_convicted", "imprisonment_months"):
        assert reversed_.tables["proceedings"][column].sum() == loaded.tables["proceedings"][column].sum()
    assert reversed_.tables["incidents"].equals(loaded.tables["incidents"])

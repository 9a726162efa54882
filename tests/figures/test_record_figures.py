"""What is on screen of a record is what the raw file says, with its source."""

import csv
import random
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.analysis import listing
from dashboard.analysis.extent import only_country
from dashboard.analysis.select import select
from dashboard.figures import edition, html
from dashboard.figures import records as figures
from dashboard.i18n.translator import LANGUAGES

RAW = Path(__file__).parents[2] / "data" / "raw" / "incidents_public.csv"


@pytest.fixture(scope="module")
def raw() -> dict[str, list[dict[str, str]]]:
    """The rows of the raw file by incident, as the csv module reads them."""
    rows: dict[str, list[dict[str, str]]] = {}
    with RAW.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            rows.setdefault("-".join(row["incident_id"].split("-")[:2]), []).append(row)
    return rows


@pytest.fixture(scope="module")
def corrected(loaded) -> set[str]:
    """Incidents of which a cell is corrected: they say on purpose something else than the raw file."""
    return {"-".join(record.split("-")[:2]) for record in loaded.tables["corrections"]["record_id"]}


def numbers(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit() or sign == ".")


def drawn_at_random(raw, corrected) -> list[str]:
    return random.Random(20261124).sample(sorted(set(raw) - corrected), 10)


def test_ten_records_at_random_show_what_the_raw_file_says(records, context_for, raw, corrected):
    context = context_for()
    for number in drawn_at_random(raw, corrected):
        spec = figures.facts(listing.one(records, number), context)
        shown = list(zip(spec.table["fact"], spec.table["value"], strict=True))
        page = html.table(spec)
        first, rows = raw[number][0], raw[number]
        facts = dict(shown)
        assert spec.title == f"Record {number}"
        assert facts["Date"].startswith(context.t.date(first["date"]))
        assert facts["Country"] == context.labels("country", first["country"])
        for name in (first["place"], first["admin1"]):
            assert name in facts["Place"] or not name
        assert facts["Incident type"] == context.labels("incident_type", first["incident_type"])
        assert facts["Agency"] == (first["agency"] or "not stated")
        assert facts["Outcome"] == context.labels("outcome", first["outcome"])
        assert facts["What the source says"] == first["evidence"]
        specimens = [value for fact, value in shown if fact == "Specimens"]
        assert len(specimens) == len(rows)
        for row, words in zip(rows, specimens, strict=True):
            assert context.labels("commodity", row["commodity"]).lower() in words
            quantity = words.rsplit(" · ", 1)[1]
            if row["quantity"]:
                assert float(numbers(quantity.replace(",", ""))) == float(row["quantity"])
            else:
                assert quantity == "quantity not stated"
        for column, label in (
            ("persons_arrested", "Persons arrested"), ("persons_charged", "Persons charged"),
            ("persons_convicted", "Persons convicted"), ("imprisonment_months", "Imprisonment"),
        ):  # fmt: skip
            stated = first[column]
            assert facts.get(label, "").split(" ")[0] == (stated.removesuffix(".0") if stated else "")
        for role, label in (("transit_origin", "Origin"), ("transit_destination", "Destination")):
            assert facts.get(label, "") == (context.labels("country", first[role]) if first[role] else "")
        assert all(f'href="{url.replace("&", "&amp;")}"' in page for url in first["source_url"].split(" | ") if url)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_record_can_be_read_in_both_languages(records, context_for, raw, lang):
    context = context_for(lang)
    for number in random.Random(7).sample(sorted(raw), 60):
        spec = figures.facts(listing.one(records, number), context)
        assert spec.caption
        assert not spec.table["value"].eq("").any()
        if lang == "ru":
            said = spec.table.loc[spec.table["fact"] == "Что говорит источник", "value"].iloc[0]
            assert any("а" <= letter <= "я" for letter in said.lower())


def test_pages_of_the_table_hold_every_record_once(records, context_for):
    seen = []
    for sheet in range(1, 16):
        context = context_for(view={"sort": ("country",), "sheet": (str(sheet),)})
        seen += figures.table(records, 362, context).table["incident_id"].to_list()
    assert len(seen) == len(set(seen)) == 362


@pytest.mark.parametrize(
    ("order", "column"), [("country", "country"), ("taxon", "what"), ("outcome", "outcome"), ("incident_type", None)]
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_order_follows_the_names_of_the_language(records, context_for, order, column, lang):
    context = context_for(lang, view={"sort": (order,), "sheet": ("1",)})
    table = figures.table(records, 362, context).table
    if column:
        assert table[column].str.split(" · ").str[0].is_monotonic_increasing
    assert len(table) == 25


def test_the_best_evidence_comes_first(records, context_for):
    context = context_for(view={"sort": ("evidence_grade",), "sheet": ("1",)})
    # docs/decisions.md: 5 official, 16 corroborated
    assert figures.table(records, 362, context).table["evidence"].to_list()[:22] == (
        ["Official"] * 5 + ["Corroborated"] * 16 + ["Single source"]
    )


def test_the_limits_of_a_record_are_said(records, context_for):
    spec = figures.facts(listing.one(records, "PUB-0045"), context_for())
    assert "One publisher: a lead, not a finding." in spec.caption
    assert "nominal" in spec.caption
    assert "The final outcome is not known." in spec.caption


def test_a_suspended_term_is_marked(records, context_for):  # README_incidents.md names PUB-0146, PUB-0249, PUB-0289
    facts = dict(
        zip(
            *(figures.facts(listing.one(records, "PUB-0249"), context_for()).table[c] for c in ("fact", "value")),
            strict=True,
        )
    )
    assert facts["Imprisonment"].endswith(", suspended")


def test_a_correction_names_the_record_the_version_and_the_link(context_for):
    text = figures.correction("PUB-0045", context_for())
    assert text.split("\n")[:2] == [
        "Correction of record PUB-0045, data version 1+test",
        "http://localhost/?lang=en&record=PUB-0045",
    ]


def test_the_records_without_a_place_are_listed(records, context_for):
    context = context_for()
    spec = figures.unplaced(only_country(select(records, context.selection)), context)
    assert spec.title == "10 incidents without a place"
    assert len(spec.table) == 10


def test_where_the_list_of_records_without_a_place_ends_it_says_so(records, context_for, monkeypatch):
    monkeypatch.setattr(figures, "MOST_UNPLACED", 3)
    context = context_for()
    spec = figures.unplaced(only_country(select(records, context.selection)), context)
    assert (spec.n, len(spec.table)) == (10, 3)
    assert spec.title == "10 incidents without a place"
    assert "Listed are the latest 3." in spec.caption


def test_the_edition_says_which_it_is_and_whether_anything_was_changed_here_since(material_for):
    material = material_for()
    shipped = replace(material.records, data_version="2026.11.22+f5390bc9")
    caption = edition.edition(shipped, material.package, material.context).caption
    assert caption.startswith("Edition 2026.11.22 of 22 November 2026.")
    assert "since" not in caption
    own = replace(shipped, data_version="2026.11.22+f5390bc9.0a1b2c3d")
    assert "added or corrected here since" in edition.edition(own, material.package, material.context).caption

"""The CITES report is filled from the records, and brings back exactly what its author changed."""

import io

import pandas as pd
import pytest
from openpyxl import load_workbook

from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.intake import cites, layouts, outgoing
from dashboard.intake.prepare import Source
from tests.intake.conftest import csv_file  # noqa: F401

LANGS = {"en": 0, "ru": 1}


def report(desk, spoken, lang: str, country: str) -> bytes:
    t, labels = spoken[LANGS[lang]]
    rows = desk.ref.shipped[desk.ref.shipped["country"] == country]
    return outgoing.cites_report(rows, t, labels, [])[0]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("country", RANGE_COUNTRIES)
def test_a_report_that_comes_back_as_it_went_out_changes_no_field(local, ready, spoken, lang, country):
    prepared = ready(local, report(local, spoken, lang, country), "cites.xlsx", Source(country))
    plan = local.preview(prepared)
    assert prepared.layout is layouts.CITES_LAYOUT
    assert (plan.added, plan.changed) == (0, 0)
    assert plan.unchanged == (local.ref.shipped["country"] == country).sum()


def test_a_completed_report_changes_exactly_what_was_completed(local, keep, spoken):
    book = load_workbook(io.BytesIO(report(local, spoken, "ru", "KGZ")))
    sheet = book.worksheets[0]
    header = [cell.value for cell in sheet[1]]
    t = spoken[1][0]
    record = sheet.cell(2, 1).value
    sheet.cell(2, header.index(t("Method of concealment")) + 1).value = "в багажнике"
    sheet.cell(2, header.index(t("Countries of transit")) + 1).value = "Казахстан; Россия"
    sheet.cell(2, header.index(t("Nationality of offenders")) + 1).value = "никогда"
    content = io.BytesIO()
    book.save(content)
    done = keep(local, content.getvalue(), name="cites.xlsx", source=Source("KGZ"))
    assert (done.added, done.changed) == (0, 1)
    new = local.own().iloc[0]
    old = local.ref.shipped.set_index("incident_id", drop=False).loc[record]
    moved = {name: new[name] for name in new.index if new[name] != old[name]}
    assert moved == {"concealment": "в багажнике", "transit_countries": "KAZ; RUS"}


def test_the_list_of_missing_fields_names_every_empty_cell_that_the_report_asks(local, spoken):
    t, labels = spoken[0]
    rows = local.ref.shipped[local.ref.shipped["country"] == "TJK"]
    filled = cites.fill(rows, t, labels)
    gaps = cites.missing(filled)
    empty = sum((filled[column] == "").sum() for column in cites.ASKED)
    assert len(gaps) == empty
    assert layouts.DROPPED not in set(gaps["column"])  # nationality is never held, so it is never missing
    first = gaps[gaps["record_id"] == rows["incident_id"].iloc[0]]["column"].to_list()
    assert first == [column for column in cites.ASKED if filled[column].iloc[0] == ""]


def test_an_unknown_description_is_kept_as_words(local, ready):
    content = b"Date of seizure,Species,Description of specimens\n2024,Panthera uncia,two paws and a tail\n"
    row = ready(local, content, source=Source("KGZ", "24.kg", "", "[r]")).cells.iloc[0]
    assert (row["commodity"], row["specimen_description"]) == ("other", "two paws and a tail")


def test_an_empty_report_has_no_missing_field(spoken, local):
    t, labels = spoken[0]
    assert cites.missing(cites.fill(local.ref.shipped.head(0), t, labels)).empty
    assert isinstance(cites.fill(local.ref.shipped.head(0), t, labels), pd.DataFrame)

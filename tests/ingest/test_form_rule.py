"""The rule for forms and the rule for files are one rule; partial dates keep their precision."""

import pandas as pd
import pytest

from dashboard.domain.fields import Field, Kind
from dashboard.domain.issues import Code
from dashboard.domain.tables import INCIDENT_SHEET
from dashboard.ingest import package
from dashboard.ingest.check import check, has_errors, incident_of, value_problem
from dashboard.ingest.read import read

FAULTY = [
    "",
    "x",
    "-1",
    "1.5",
    "200",
    "items; kg",
    "=1+1",
    "2019-02-31",
    "KGZ",
    "kg",
    "a\0b",
    "x" * 501,
    "www.example.org",
]


@pytest.fixture(scope="module")
def faulty_sheet():
    """A sheet in which every column holds every faulty value, and identifiers that do not repeat."""
    lines = [",".join(INCIDENT_SHEET.columns)]
    for nth, value in enumerate(FAULTY):
        lines.append(
            ",".join(
                [value if column != "incident_id" or nth % 2 else f"PUB-{nth:04}" for column in INCIDENT_SHEET.columns]
            )
        )
    return read("\r\n".join(lines).encode(), INCIDENT_SHEET, "f")


@pytest.mark.parametrize("field", INCIDENT_SHEET.fields, ids=lambda field: field.name)
def test_form_and_file_find_the_same_in_every_cell(faulty_sheet, codes, field):
    in_file = {
        (row, issue.code, issue.expected)
        for issue in check(faulty_sheet, INCIDENT_SHEET, "f", codes)
        if issue.column == field.name
        for row in issue.rows
    }
    in_form = {
        (row, *problem)
        for row, value in faulty_sheet.cells[field.name].items()
        if (problem := value_problem(value, field, codes))
    }
    assert len(faulty_sheet.cells) == len(FAULTY)
    assert in_file == in_form
    assert in_form


def test_form_and_file_find_nothing_in_the_shipped_sheet(loaded, codes):
    sheet = package.sheet(loaded)
    wrong = [
        (column, value)
        for column in INCIDENT_SHEET.columns
        for value in sheet[column].unique()
        if value_problem(value, INCIDENT_SHEET.by_name[column], codes)
    ]
    assert wrong == []


NUMBER = Field("n", "Number", Kind.NUMBER, low=0, high=100)
PERSONS = Field("p", "Persons", Kind.INTEGER, low=0, high=10)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        (NUMBER, "0", None),
        (NUMBER, "100", None),
        (NUMBER, "12.5", None),
        (NUMBER, "+5", None),
        (NUMBER, "", None),
        (NUMBER, "100.01", Code.OUT_OF_RANGE),
        (NUMBER, "-0.1", Code.OUT_OF_RANGE),
        (NUMBER, ".5", Code.NOT_A_NUMBER),
        (NUMBER, "1 000", Code.NOT_A_NUMBER),
        (NUMBER, "inf", Code.NOT_A_NUMBER),
        (PERSONS, "3", None),
        (PERSONS, "3.0", Code.NOT_AN_INTEGER),
        (PERSONS, "11", Code.OUT_OF_RANGE),
        (Field("d", "Date", Kind.DATE), "2019-05", None),
        (Field("d", "Date", Kind.DATE), "2019-5", Code.NOT_A_DATE),
        (Field("u", "Link", Kind.URL), "https://example.org/a?b=1", None),
        (Field("u", "Link", Kind.URL), "https://a.org | http://b.org", None),
        (Field("u", "Link", Kind.URL), "https://a.org (archived copy)", None),
        (Field("u", "Link", Kind.URL), "https://a.org http://b.org", Code.NOT_A_LINK),
        (Field("u", "Link", Kind.URL), "ftp://a.org", Code.NOT_A_LINK),
        (Field("r", "Required", is_required=True), "", Code.REQUIRED),
        (Field("t", "Text"), "-5 degrees", Code.FORMULA),
        (Field("t", "Text"), "a=b", None),
        (Field("t", "Text", max_length=3), "abcd", Code.TOO_LONG),
        (Field("t", "Text", max_length=3), "abc", None),
        (Field("t", "Text", pattern="[a-z]+"), "ab1", Code.BAD_PATTERN),
        (Field("t", "Text", pattern="yes|no"), "no", None),
        (Field("t", "Text", pattern="yes|no"), "nothing", Code.BAD_PATTERN),
        (Field("c", "Code", Kind.CODE, codes="unit"), "kg", None),
        (Field("c", "Code", Kind.CODE, codes="unit"), "items, kg", Code.TWO_UNITS),
        (Field("c", "Code", Kind.CODE, codes="unit"), "tons", Code.UNKNOWN_CODE),
    ],
)
def test_a_value_has_the_first_problem_of_its_field_or_none(field, value, code):
    problem = value_problem(value, field, {"unit": frozenset({"kg", "items", "individuals"})})
    assert (problem[0] if problem else None) == code


def test_the_expected_codes_are_listed_for_the_reader():
    problem = value_problem("tons", Field("c", "Code", Kind.CODE, codes="unit"), {"unit": frozenset({"kg", "items"})})
    assert problem == (Code.UNKNOWN_CODE, "items, kg")


def test_the_second_specimen_belongs_to_the_incident_and_not_to_itself():
    ids = pd.Series(["PUB-0045", "PUB-0045-2", "KGZ-10000-12", "not an identifier"])
    assert incident_of(ids).to_list() == ["PUB-0045", "PUB-0045", "KGZ-10000", "not an identifier"]


@pytest.mark.parametrize(("stated", "precision"), [("2019", "year"), ("2019-05", "month"), ("2019-05-03", "day")])
def test_a_partial_date_keeps_its_precision_along_the_road(issues_of, raw_file, stated, precision):
    raw_file.put("PUB-0011", "date", stated)
    raw_file.put("PUB-0011", "date_precision", precision)
    assert issues_of(raw_file.content()) == ()


@pytest.mark.parametrize(
    ("stated", "is_future"),
    [
        ("2026-11-22", False),
        ("2026-11", False),
        ("2026", False),
        ("2026-11-23", True),
        ("2026-12", True),
        ("2027", True),
    ],
)
def test_a_date_is_in_the_future_only_when_all_of_it_is(issues_of, raw_file, stated, is_future):
    # the road is taken on 22 November 2026
    raw_file.put("PUB-0011", "date", stated)
    raw_file.put("PUB-0011", "date_precision", ("year", "month", "day")[stated.count("-")])
    issues = issues_of(raw_file.content())
    assert [issue.code for issue in issues] == [Code.DATE_IN_FUTURE] * is_future
    assert has_errors(issues) == is_future


def test_shipped_dates_are_written_as_precisely_as_they_say(loaded):
    incidents = loaded.tables["incidents"]
    lengths = incidents["occurred_on"].str.len().map({4: "year", 7: "month", 10: "day"})
    assert (lengths == incidents["occurred_on_precision"]).all()
    assert (incidents["occurred_on"].str[:4].astype(int) == incidents["year"]).all()

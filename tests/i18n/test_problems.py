"""A sentence for every Issue, in both languages."""

import re

import pytest

from dashboard.domain.issues import Code, Issue, Severity
from dashboard.i18n.problems import SENTENCES, sentence
from dashboard.i18n.translator import LANGUAGES, translator

CYRILLIC = re.compile("[А-Яа-яЁё]")


@pytest.mark.parametrize("code", Code)
def test_every_code_has_a_sentence_in_english_and_another_in_russian(code):
    issue = Issue(code, "f.csv")
    said = {lang: sentence(issue, translator(lang)) for lang in LANGUAGES}
    assert said["en"] == f"error: f.csv: {SENTENCES[code]}"
    assert CYRILLIC.search(said["ru"])
    assert SENTENCES[code] not in said["ru"]


def test_no_two_codes_say_the_same():
    assert len({translator("ru")(text) for text in SENTENCES.values()}) == len(set(SENTENCES.values())) == len(Code)


def test_a_sentence_says_where_what_was_found_and_what_was_expected():
    issue = Issue(Code.OUT_OF_RANGE, "raw/x.csv", "lon", (7,), "200", "≥ -180 ≤ 180")
    said = sentence(issue, translator("en"))
    assert said.startswith("error: raw/x.csv, row 7, column lon: the number is out of range")
    assert "200" in said
    assert said.endswith("≥ -180 ≤ 180")


def test_a_warning_is_called_a_warning():
    said = sentence(Issue(Code.BYTE_ORDER_MARK, "f.csv", severity=Severity.WARNING), translator("en"))
    assert said.startswith("warning: ")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((7,), "row 7,"),
        ((7, 9), "rows 7, 9,"),
        (tuple(range(2, 12)), "rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,"),
        (tuple(range(2, 13)), "rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …,"),
    ],
)
def test_rows_are_listed_up_to_ten(rows, expected):
    assert f"f.csv, {expected} column place:" in sentence(
        Issue(Code.REQUIRED, "f.csv", "place", rows), translator("en")
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_stranger_wrote_into_a_cell_is_quoted_and_not_filled_in(lang):
    found = "{rows} {0} %(x)s {"
    assert found in sentence(Issue(Code.UNKNOWN_CODE, "f.csv", "unit", (2,), found, "kg"), translator(lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_placeholder_is_left_in_a_sentence(lang):
    said = sentence(Issue(Code.UNKNOWN_CODE, "f.csv", "unit", (2, 3), "t", "kg"), translator(lang))
    assert "{" not in said

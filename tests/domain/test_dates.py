"""Dates as sources state them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.dates import precision


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019", "year"),
        ("2019-05", "month"),
        ("2019-05-03", "day"),
        ("2020-02-29", "day"),
        ("2000-02-29", "day"),
        ("2019-02-29", None),  # not a leap year
        ("1900-02-29", None),  # a century is not a leap year unless 400 divides it
        ("2019-02-31", None),
        ("2019-13", None),
        ("2019-00", None),
        ("2019-05-00", None),
        ("0000", None),
        ("2019-5", None),
        ("2019-5-3", None),
        ("20190503", None),
        ("19", None),
        ("2019-", None),
        ("2019-05-03T10:00", None),
        ("2019-05-03\n", None),
        (" 2019", None),
        ("03.05.2019", None),
        ("undated", None),
        ("", None),
    ],
)
def test_a_date_is_as_precise_as_it_is_written_and_only_if_it_exists(text, expected):
    assert precision(text) == expected


@pytest.mark.parametrize("text", ["٢٠١٩", "۲۰۱۹-۰۵", "２０１９"])
def test_digits_of_another_script_are_not_an_iso_date(text):
    assert precision(text) is None


@given(st.dates(min_value=date(1, 1, 1)))
def test_every_day_of_the_calendar_is_a_date_in_three_precisions(day):
    text = day.isoformat()
    assert [precision(text), precision(text[:7]), precision(text[:4])] == ["day", "month", "year"]


@given(st.text(max_size=12))
def test_any_text_has_a_precision_or_none(text):
    assert precision(text) in {"year", "month", "day", None}

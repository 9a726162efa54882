"""What the reader chose, as clauses and as a link."""

from dataclasses import FrozenInstanceError
from urllib.parse import parse_qs, parse_qsl

import pytest

from dashboard.domain.selection import Selection

EVERYTHING = Selection(
    countries=("KGZ", "TJK"),
    year_from=2015,
    year_to=2020,
    taxa=("snow_leopard", "saiga_tatarica"),
    incident_types=("seizure",),
    evidence_grades=("official", "corroborated"),
)


def test_no_filter_is_an_empty_link_and_no_clause():
    assert Selection().query() == ""
    assert list(Selection().clauses()) == []


def test_the_link_has_the_parameters_of_the_design():
    # DESIGN.md section 6: country (repeatable), from, to, taxon, type; evidence is one more filter
    assert parse_qs(EVERYTHING.query()) == {
        "country": ["KGZ", "TJK"],
        "from": ["2015"],
        "to": ["2020"],
        "taxon": ["snow_leopard", "saiga_tatarica"],
        "type": ["seizure"],
        "evidence": ["official", "corroborated"],
    }


@pytest.mark.parametrize(
    ("selection", "query"),
    [
        (Selection(countries=("KGZ",)), "country=KGZ"),
        (Selection(countries=("TJK", "KGZ")), "country=TJK&country=KGZ"),
        (Selection(year_from=2015), "from=2015"),
        (Selection(year_to=2015), "to=2015"),
        (Selection(year_from=0), "from=0"),  # a limit, not "no limit"
        (Selection(taxa=("a&b=c",)), "taxon=a%26b%3Dc"),
    ],
)
def test_one_filter_is_one_parameter(selection, query):
    assert selection.query() == query


def test_the_link_says_no_language_so_that_it_opens_in_the_readers_own():
    assert "lang" not in dict(parse_qsl(EVERYTHING.query()))


def test_clauses_come_in_reading_order_with_their_values():
    assert list(EVERYTHING.clauses()) == [
        ("country", ("KGZ", "TJK")),
        ("taxon", ("snow_leopard", "saiga_tatarica")),
        ("incident_type", ("seizure",)),
        ("evidence_grade", ("official", "corroborated")),
    ]


def test_a_selection_is_a_value():
    assert Selection(countries=("KGZ",)) == Selection(countries=("KGZ",))
    assert len({Selection(), Selection(), Selection(year_to=2020)}) == 2
    with pytest.raises(FrozenInstanceError):
        EVERYTHING.year_from = 1999

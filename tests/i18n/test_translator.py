"""Numbers, dates, lists and plurals as each language writes them."""

import gettext

import pytest

from dashboard.i18n import translator as module
from dashboard.i18n.translator import LANGUAGES, Translator, translator

NO_BREAK = "\u00a0"

RUSSIAN = """
msgid ""
msgstr ""
"Language: ru\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 "
": n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "{n} incident"
msgid_plural "{n} incidents"
msgstr[0] "{n} инцидент"
msgstr[1] "{n} инцидента"
msgstr[2] "{n} инцидентов"

msgid "{n} incident in {country}"
msgid_plural "{n} incidents in {country}"
msgstr[0] "{country}: {n} инцидент"
msgstr[1] "{country}: {n} инцидента"
msgstr[2] "{country}: {n} инцидентов"

msgid "of {found} found"
msgstr "из найденных {found}"
"""


@pytest.fixture
def russian(tmp_path, monkeypatch):
    """A translator with a catalogue of its own."""
    folder = tmp_path / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "dashboard.po").write_text(RUSSIAN, encoding="utf-8")
    monkeypatch.setattr(module, "CATALOGUES", tmp_path)
    return Translator("ru")


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        # CLDR plural rules, Russian: one, few, many
        (1, "1 инцидент"),
        (2, "2 инцидента"),
        (4, "4 инцидента"),
        (5, "5 инцидентов"),
        (0, "0 инцидентов"),
        (11, "11 инцидентов"),
        (12, "12 инцидентов"),
        (14, "14 инцидентов"),
        (21, "21 инцидент"),
        (22, "22 инцидента"),
        (25, "25 инцидентов"),
        (101, "101 инцидент"),
        (111, "111 инцидентов"),
        (362, "362 инцидента"),
        (10_000, f"10{NO_BREAK}000 инцидентов"),
    ],
)
def test_russian_has_three_plurals(russian, n, expected):
    assert russian.n("{n} incident", "{n} incidents", n) == expected


def test_a_plural_keeps_its_other_values(russian):
    text = russian.n("{n} incident in {country}", "{n} incidents in {country}", 21, country="Кыргызстан")
    assert text == "Кыргызстан: 21 инцидент"


def test_a_translated_text_is_filled_with_its_values(russian):
    assert russian("of {found} found", found=7) == "из найденных 7"


def test_a_text_that_is_not_in_the_catalogue_is_said_as_the_code_says_it(russian):
    assert russian("not yet translated") == "not yet translated"
    assert russian.n("{n} bear", "{n} bears", 5) == "5 bears"


def test_braces_in_a_value_are_shown_and_not_filled(russian):
    assert russian("of {found} found", found="{found} {0} %s") == "из найденных {found} {0} %s"


@pytest.mark.parametrize(("n", "expected"), [(0, "0 bears"), (1, "1 bear"), (2, "2 bears"), (1000, "1,000 bears")])
def test_english_has_two_plurals(n, expected):
    assert Translator("en").n("{n} bear", "{n} bears", n) == expected


def test_the_shipped_russian_catalogue_counts_in_three_plurals():
    # CLDR: the same rule as above; gettext evaluates the header of the shipped file
    header = module.catalogue_path("ru").read_text(encoding="utf-8").replace('"\n"', "")
    rule = gettext.c2py(header.split("plural=")[1].split(";")[0])
    assert [rule(n) for n in (1, 2, 5, 11, 21, 362)] == [0, 1, 2, 2, 0, 1]


@pytest.mark.parametrize(
    ("lang", "value", "expected"),
    [
        ("en", 10_000, "10,000"),
        ("ru", 10_000, f"10{NO_BREAK}000"),
        ("ru", 1_234_567, f"1{NO_BREAK}234{NO_BREAK}567"),
        ("en", 2.5, "2.5"),
        ("ru", 2.5, "2,5"),
        ("en", 0, "0"),
        ("ru", -3, "-3"),
    ],
)
def test_a_number_has_the_separators_of_its_language(lang, value, expected):
    assert translator(lang).number(value) == expected


@pytest.mark.parametrize(
    ("lang", "share", "expected"),
    [
        ("en", 0.25, "25%"),
        ("ru", 0.25, f"25{NO_BREAK}%"),  # CLDR, Russian percent pattern: the sign never stands on a line of its own
        ("en", 0, "0%"),
        ("en", 1, "100%"),
        ("en", 0.149, "15%"),
    ],
)
def test_a_share_is_written_as_whole_percent(lang, share, expected):
    assert translator(lang).percent(share) == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "2026-11-22", "22 November 2026"),
        ("ru", "2026-11-22", "22 ноября 2026"),
        ("en", "2019-05", "May 2019"),
        ("ru", "2019-05", "май 2019"),
        ("en", "1993", "1993"),
        ("ru", "1993", "1993"),
        ("en", "2020-02-01", "1 February 2020"),
        ("ru", "2020-03-08", "8 марта 2020"),
        ("ru", "2020-03", "март 2020"),
    ],
)
def test_a_date_is_written_as_precisely_as_it_is_known(lang, text, expected):
    assert translator(lang).date(text) == expected


MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip


@pytest.mark.parametrize(("month", "name"), [*enumerate(MONTHS, start=1)])
def test_a_month_alone_is_in_the_nominative_and_never_followed_by_the_word_for_year(month, name):
    assert translator("ru").date(f"2019-{month:02}") == f"{name} 2019"


@pytest.mark.parametrize(
    ("lang", "items", "expected"),
    [
        ("en", ["China"], "China"),
        ("en", ["China", "India"], "China and India"),
        ("en", ["China", "India", "Nepal"], "China, India, and Nepal"),  # CLDR, English list pattern
        ("ru", ["Китай", "Индия"], "Китай и Индия"),
        ("ru", ["Китай", "Индия", "Непал"], "Китай, Индия и Непал"),
        ("en", [], ""),
    ],
)
def test_a_list_is_joined_as_its_language_joins_it(lang, items, expected):
    assert translator(lang).list(items) == expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_catalogue_is_read_once(lang):
    assert translator(lang) is translator(lang)
    assert translator(lang).lang == lang

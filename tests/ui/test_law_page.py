"""Every part of the law page opens from a link, in both languages, and says first what matters."""

import pytest
from streamlit.testing.v1 import AppTest

PARTS = {
    "matrix": "Of 192 legal questions 55 are not answered.",
    "penalties": "The basic offence reaches four years in 7 of 12 countries; in 2 only the highest tier does; "
    "in 3 no maximum was read.",
    "treaties": "4 of 12 countries are in category 1 of CITES legislation; the category of 6 was not found.",
    "reforms": "65 changes of law or treaty since 2015 are documented.",
    "loopholes": "13 loopholes of 13 are shown by provisions that were read.",
    "corridors": "Tajikistan → Kyrgyzstan → China: weakest on 3 topics of 5: Kyrgyzstan.",
    "compare": "Afghanistan and Bhutan: 5 of 6 topics known in both differ.",
    "practice": "37 prison terms are on record; of 307 of 362 incidents no final outcome is known.",
}


def law_page() -> None:
    """The page inside its frame; AppTest opens no page of ``st.navigation`` but the first."""
    from dashboard.ui import filters, law, session

    session.share(filters.sidebar(session.begin(session.language(), is_presenting=False)))
    law.draw(law.choose_date(session.context()))


def open_law(**params: str | list[str]) -> AppTest:
    app = AppTest.from_function(law_page, default_timeout=60)
    app.query_params.update({"lang": "en", **params})
    app.run()
    assert not app.exception
    return app


def html_of(app: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in app.get("html"))


@pytest.mark.parametrize(("part", "sentence"), PARTS.items())
def test_each_part_starts_with_its_finding_and_its_unknown(part, sentence):
    assert sentence in html_of(open_law(part=part))


@pytest.mark.parametrize(
    ("part", "lang", "country", "sentence"),
    [
        ("penalties", "en", "BTN", "Bhutan: the basic offence reaches four years."),
        ("penalties", "en", "TJK", "Tajikistan: only the highest tier reaches four years."),
        ("penalties", "ru", "KGZ", "Кыргызстан. Максимум не прочитан."),
        ("treaties", "en", "AFG", "Afghanistan · CITES legislation: Category 3."),
        ("treaties", "ru", "UZB", "Узбекистан · законодательство СИТЕС: Категория 2."),
        ("practice", "en", "KGZ", "0 prison terms are on record; no final outcome is known."),
    ],
)
def test_one_country_is_not_counted_as_one_of_one(part, lang, country, sentence):
    assert sentence in html_of(open_law(part=part, lang=lang, country=country))


@pytest.mark.parametrize("part", PARTS)
def test_each_part_opens_in_russian_narrowed_and_on_an_earlier_date(part):
    text = html_of(open_law(lang="ru", part=part, country=["KGZ", "PAK"], asof="2015"))
    assert "headline" in text
    assert "Law as" not in text


def test_the_cell_of_a_link_shows_its_provisions():
    text = html_of(open_law(cell="RUS.possession_penalty"))
    assert "Russia: Penalty for possession" in text
    assert "Code of Administrative Offences art. 8.35" in text


def test_a_route_of_a_link_keeps_its_order():
    text = html_of(open_law(part="corridors", route=["CHN", "KAZ", "AFG"]))
    assert "China → Kazakhstan → Afghanistan" in text


def test_all_weights_at_nothing_are_refused_in_words():
    app = open_law(**dict.fromkeys(("wa", "wb", "wc", "wd"), "0"))
    assert ["nothing to score" in info.value for info in app.info] == [True]


def test_one_country_is_compared_with_nobody():
    assert "One country is not compared with anybody." in html_of(open_law(country="KGZ"))


@pytest.mark.parametrize(
    "params",
    [
        {"part": "reforms", "country": "UZB", "asof": "1972"},  # nothing had happened yet
        {"part": "practice", "country": "BTN", "type": "online_offer"},  # no incident
        {"part": "corridors", "route": ["KGZ"]},  # one leg
        {"part": "penalties", "country": "AFG"},  # nothing read
        {"part": "nonsense", "cell": "XXX.y", "wa": "7"},  # an old or mistyped link
    ],
    ids=lambda params: params["part"],
)
def test_an_empty_or_broken_choice_ends_in_words(params):
    assert 'class="headline"' in html_of(open_law(**params))

"""The page of justice opens from a link, follows the filters and the choices in it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

APP = str(Path(__file__).parents[2] / "app.py")


def text_of(**params):
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params.update({"lang": "en", **params})
    app.run()
    app.switch_page("pages/justice.py").run()
    assert not app.exception
    return " ".join(str(element.proto.body) for element in app.get("html"))


def test_the_page_starts_with_what_matters():
    assert "Of 362 recorded incidents, 54 are known to have ended in a conviction" in text_of()


def test_the_page_follows_the_filters():
    text = text_of(country=["RUS"], part="countries", **{"from": "2015"})
    assert "Years: from 2015; Countries: Russia" in text
    assert "Convictions by country" not in text  # one country has nothing to be compared with


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("country", ["AFG", "KGZ", "MNG"])
def test_a_country_without_a_conviction_opens_in_both_languages(lang, country):
    text = text_of(lang=lang, country=[country])
    assert {"en": "none is known to have ended", "ru": "ни один, насколько известно"}[lang] in text

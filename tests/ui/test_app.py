"""The whole app without a browser: filters narrow, links are followed, nothing ends in a traceback."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

APP = str(Path(__file__).parents[2] / "app.py")


def open_app(**params: str | list[str]) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params.update({"lang": "en", **params})
    app.run()
    assert not app.exception
    return app


def html_of(app: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in app.get("html"))


def test_the_overview_starts_with_what_matters():
    assert "362 incidents are on record; of 307 no final outcome is known." in html_of(open_app())


def test_choosing_a_country_narrows_every_figure():
    text = html_of(open_app(country=["KGZ"]))
    assert "21 incidents are on record" in text
    assert "Countries: Kyrgyzstan" in text


def test_two_countries_add_up():
    assert "29 incidents are on record" in html_of(open_app(country=["KGZ", "TJK"]))  # 21 + 8


def test_a_country_is_chosen_by_its_name_and_kept_as_its_code():
    app = open_app()
    app.multiselect(key="country-shown").set_value(["KGZ"]).run()
    assert app.session_state["country"] == ["KGZ"]
    assert "21 incidents are on record" in html_of(app)


def test_the_language_changes_without_losing_the_filter():
    app = open_app(country=["KGZ"])
    app.get_by_key("lang").set_value("ru").run()
    assert "21 инцидент" in html_of(app)
    assert "Кыргызстан" in html_of(app)


def test_an_unknown_country_in_a_link_is_left_out_with_a_message():
    app = open_app(country=["KGZ", "XXX"])
    assert "21 incidents are on record" in html_of(app)
    assert ["country=XXX" in info.value for info in app.info] == [True]


def test_the_message_about_a_link_goes_when_the_reader_chooses():
    app = open_app(country=["XXX"])
    app.multiselect(key="country-shown").set_value(["KGZ"]).run()
    assert not app.info


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_filter_that_matches_nothing_says_so_and_offers_a_way_back(lang):
    app = open_app(lang=lang, country=["BTN"], type=["online_offer"])
    sentence = {"en": "No record matches these filters.", "ru": "По этим фильтрам записей нет."}[lang]
    assert sentence in html_of(app)
    app.button(key="show-all").click().run()
    assert sentence not in html_of(app)
    assert app.session_state["country"] == []


def test_years_the_wrong_way_round_are_no_error():
    assert "No record matches these filters." in html_of(open_app(**{"from": "2020", "to": "2010"}))


def test_presenting_hides_the_navigation_and_can_be_left():
    app = open_app(present="1")
    app.button(key="presenting").click().run()
    assert app.session_state["present"] == []


def test_broken_data_is_a_message_with_the_row_and_not_a_traceback(monkeypatch):
    from dashboard.domain.issues import Code, Issue
    from dashboard.ingest.package import Loaded
    from dashboard.ui import session

    session._loaded.clear()
    issue = Issue(Code.NOT_A_DATE, "raw/incidents_public.csv", "date", (7,), "2021-02-31", "a date")
    monkeypatch.setattr(session, "load", lambda: Loaded({}, (issue,), ""))
    try:
        app = AppTest.from_file(APP, default_timeout=60)
        app.query_params["lang"] = "en"
        app.run()
        assert not app.exception
        assert "dashboard check" in app.error[0].value
        assert "row 7, column date" in app.text[0].value
    finally:
        session._loaded.clear()

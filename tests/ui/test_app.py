"""The whole app without a browser: links are followed, nothing ends in a traceback.

What people do with the controls is tested in the browser: on a second run AppTest loses what the frame draws.
"""

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


def test_an_unknown_country_in_a_link_is_left_out_with_a_message():
    app = open_app(country=["KGZ", "XXX"])
    assert "21 incidents are on record" in html_of(app)
    assert ["country=XXX" in info.value for info in app.info] == [True]


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_filter_that_matches_nothing_says_so_and_offers_a_way_back(lang):
    app = open_app(lang=lang, country=["BTN"], type=["online_offer"])
    sentence = {"en": "No record matches these filters.", "ru": "По этим фильтрам записей нет."}[lang]
    assert sentence in html_of(app)
    assert app.button(key="show-all").label == {"en": "Show all records", "ru": "Показать все записи"}[lang]


OF_RECORDS = (
    "overview", "extent", "extent?part=when", "extent?part=what", "extent?part=routes", "extent?part=records",
    "justice", "detection", "about",
)  # fmt: skip


@pytest.mark.parametrize("view", OF_RECORDS)
def test_every_page_of_records_says_when_nothing_matches(view):
    page, _, part = view.partition("?part=")
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params.update(
        {"lang": "en", "country": ["BTN"], "type": ["online_offer"]} | ({"part": part} if part else {})
    )
    app.run()
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    assert "No record matches these filters." in html_of(app)


def test_years_the_wrong_way_round_are_no_error():
    assert "No record matches these filters." in html_of(open_app(**{"from": "2020", "to": "2010"}))


def test_broken_data_is_a_message_with_the_row_and_not_a_traceback(monkeypatch):
    from dashboard.domain.issues import Code, Issue
    from dashboard.ingest.package import Loaded
    from dashboard.ui.session import cached

    cached._loaded.clear()
    issue = Issue(Code.NOT_A_DATE, "raw/incidents_public.csv", "date", (7,), "2021-02-31", "a date")
    monkeypatch.setattr(cached, "load", lambda: Loaded({}, (issue,), ""))
    try:
        app = AppTest.from_file(APP, default_timeout=60)
        app.query_params["lang"] = "en"
        app.run()
        assert not app.exception
        assert "dashboard check" in app.error[0].value
        assert "row 7, column date" in app.text[0].value
    finally:
        cached._loaded.clear()

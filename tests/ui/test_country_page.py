"""The country page: one country or the twelve to choose from, the report as files, a report of one's own."""

import io

import docx
import pptx
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.reports import country as report
from dashboard.ui import collection
from dashboard.ui.country import PART


def country_page() -> None:
    """The page inside its frame; AppTest opens no page of ``st.navigation`` but the first."""
    from dashboard.ui import choices, controls, country, filters, session

    context = session.begin(session.language(), is_presenting=False)
    controls.keep(*choices.LASTING)
    session.share(filters.sidebar(context))
    country.show(session.context())


def open_page(kept: list | None = None, **params: str | list[str]) -> AppTest:
    app = AppTest.from_function(country_page, default_timeout=60)
    app.query_params.update({"lang": "en", **params})
    if kept:
        app.session_state[collection.COLLECTION] = kept
    app.run()
    assert not app.exception
    return app


def html_of(app: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in app.get("html"))


def test_without_a_country_the_twelve_are_offered_each_with_what_is_not_known():
    app = open_page(lang="ru")
    names = [button.label for button in app.button if str(button.key).startswith("choose-")]
    assert len(names) == len(RANGE_COUNTRIES)
    assert names == sorted(names)
    assert "Зафиксирован 21 инцидент; ни один окончательный исход не известен." in html_of(app)


def test_a_country_starts_with_its_finding_its_unknown_and_what_the_government_said():
    text = html_of(open_page(country=["KGZ"]))
    assert "Kyrgyzstan: 21 incidents are on record; no final outcome is known." in text
    assert "no government report in this data version" in text
    assert "no government statement in this data version" in text
    assert "21 years of 34 were not searched" in text
    assert "<li>No final outcome is known.</li>" in text


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_part_of_the_page_says_what_its_chapter_says(material_for, lang):
    for section in report.report(material_for(lang, countries=("KGZ",))).sections:
        text = html_of(open_page(lang=lang, country=["KGZ"], part=section.id)).replace("&#x27;", "'")
        assert [sentence for sentence in section.sentences if sentence not in text] == []


def test_every_chapter_is_a_part_of_the_page():
    assert set(PART.options) == {chapter.id for chapter in report.CHAPTERS} | {"summary", "files", "own"}


def test_filters_that_leave_nothing_say_so_and_a_country_without_filters_never_does():
    assert "No record matches these filters." in html_of(open_page(country=["BTN"], type=["online_offer"]))
    assert "Bhutan · The law: gaps and reforms" in html_of(open_page(country=["BTN"], part="law"))


def test_two_countries_get_a_regional_report():
    text = html_of(open_page(country=["KGZ", "TJK"], show="files"))
    assert "Side by side, never ranked: Kyrgyzstan and Tajikistan." in text


def test_what_was_put_aside_comes_back_in_both_languages_as_its_author_ordered_it(material_for, monkeypatch):
    kept = [
        collection.Collected(1, "species", "extent", "country=KGZ&part=what&by=taxon", {"en": "Our species"}, {}),
        collection.Collected(2, "incidents-by-year", "", "country=TJK&from=2010", {}, {"ru": "Примечание"}),
    ]
    made = {}
    from dashboard.ui import reporting

    monkeypatch.setattr(reporting, "buttons", lambda make, *_: made.update(file=make))
    open_page(kept, part="own", country=["KGZ"])
    text = docx.Document(io.BytesIO(made["file"]("docx")))
    headings = [p.text for p in text.paragraphs if p.style.name == "Heading 1"]
    assert headings == ["Our species", "Recorded incidents by year"]
    whole = " ".join(node.text or "" for node in text.element.iter("{*}t"))
    assert "Примечание" in whole  # written in one language only, it stands in both
    assert "/extent?lang=en&country=KGZ&part=what&by=taxon#species" in whole
    assert "Years: from 2010" in whole

    deck = pptx.Presentation(io.BytesIO(made["file"]("pptx")))
    assert [slide.shapes.title.text_frame.text for slide in deck.slides][1:] == headings


def test_a_figure_is_put_aside_once_moved_edited_and_taken_out(material_for, monkeypatch):
    from dashboard.figures import catalogue
    from dashboard.ui import session

    state: dict = {"field": "A\x00 heading\x07"}
    monkeypatch.setattr(session, "keep", state.__setitem__)
    monkeypatch.setattr(session, "kept", state.get)
    monkeypatch.setattr(session, "typed", state.get)
    first = catalogue.figure("evidence", material_for("en", countries=("KGZ",)))
    for spec in (
        first,
        catalogue.figure("evidence", material_for("ru", countries=("KGZ",))),
        catalogue.figure("map", material_for("en")),
    ):
        collection.add(spec)
    assert [(one.number, one.figure) for one in collection.collected()] == [(1, "evidence"), (2, "map")]
    collection.move(2, -1)
    collection.edit(2, "heading", "en", "field")
    assert [one.number for one in collection.collected()] == [2, 1]
    assert collection.collected()[0].said("heading", "ru") == "A heading"
    collection.remove(2)
    assert [one.figure for one in collection.collected()] == ["evidence"]

"""The report of one country: whole in every format and language, and honest where there is nothing to say."""

import io

import docx
import pptx
import pypdf
import pytest

from dashboard.analysis import overview
from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.reports import country
from dashboard.reports.export import FORMATS, export

COUNTRIES = sorted(RANGE_COUNTRIES)
CHAPTERS = ["recorded", "where-and-when", "species", "routes", "outcomes", "law", "detection", "limits", "sources"]


def plain(text: str) -> str:
    """Words without regard to line breaks and bullets."""
    return "".join(text.replace("•", "").split())


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("code", COUNTRIES)
def test_every_chapter_of_every_country_says_something(material_for, code, lang):
    made_from = material_for(lang, countries=(code,))
    report = country.report(made_from)
    assert [section.id for section in report.sections] == CHAPTERS
    assert all(section.heading and section.sentences for section in report.sections)
    assert not [
        s for section in report.sections for s in section.sentences if "{" in s or "nan" in s.split() or "None" in s
    ]
    n = overview.headline(made_from.selected).incident_count
    whole = {
        "incidents-by-year",
        "coverage",
        "commodities",
        "justice-funnel",
        "evidence",
    }  # others leave out what has no place
    assert {spec.n for section in report.sections for spec in section.figures if spec.id in whole} == {n}


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("fmt", FORMATS)
def test_every_format_has_every_sentence_figure_and_number(material_for, text_of, fmt, lang):
    report = country.report(material_for(lang, countries=("KGZ",)))
    found = plain(text_of(fmt, export(report, fmt)))
    sentences = [sentence for section in report.sections for sentence in (section.heading, *section.sentences)]
    figures = [spec for section in report.sections for spec in section.figures[: 1 if fmt == "pptx" else None]]
    captions = [words for spec in figures for words in (spec.title, spec.caption)]
    assert [text for text in (report.title, *sentences, *captions) if plain(text) not in found] == []


def test_the_numbers_of_kyrgyzstan_are_those_of_its_records(material_for):  # counted by hand in incidents_public.csv
    sections = {s.id: " ".join(s.sentences) for s in country.report(material_for("en", countries=("KGZ",))).sections}
    assert "21 incidents are on record; no final outcome is known." in sections["recorded"]
    assert "Live rescue\u00a0(1), Poaching\u00a0(7), Seizure\u00a0(13)" in sections["recorded"]
    assert "8 incidents involve snow leopards." in sections["species"]
    assert "for 6 of 21 incidents" in sections["routes"]
    assert "No conviction rate is given: final outcomes known are 0" in sections["outcomes"]


def test_a_country_without_a_record_says_so_and_has_no_empty_figure(material_for, text_of):
    report = country.report(material_for("ru", countries=("BTN",), year_from=2030))
    words = " ".join(s for section in report.sections for s in section.sentences)
    assert "По этому отбору инцидентов не зафиксировано." in words
    assert "Нет записей — не значит, что ничего не случилось." in words
    assert ": ." not in words
    figures = [spec.id for section in report.sections for spec in section.figures]
    assert figures == ["law-country", "law-line", "law-treaties", "law-events"]  # the law stands without any record
    assert all(len(export(report, fmt)) > 5000 for fmt in FORMATS)


def test_the_gaps_of_the_law_do_not_call_an_exemption_a_protection(material_for):
    law = next(s for s in country.report(material_for("en", countries=("KGZ",))).sections if s.id == "law")
    partial = next(sentence for sentence in law.sentences if sentence.startswith("In part only"))
    assert "exemption" not in partial
    assert "Exemptions that exist, at least in part: captive-breeding exemption." in law.sentences


def test_slides_have_titles_notes_and_fit_a_twenty_minute_talk(material_for):
    slides = pptx.Presentation(
        io.BytesIO(export(country.report(material_for("ru", countries=("KGZ",))), "pptx"))
    ).slides
    assert 10 <= len(slides) <= 12
    assert all(slide.shapes.title.text_frame.text for slide in slides)
    assert all(slide.notes_slide.notes_text_frame.text for slide in slides)


def test_no_text_of_a_slide_runs_off_its_edge(material_for):
    for code in COUNTRIES:
        deck = pptx.Presentation(io.BytesIO(export(country.report(material_for("ru", countries=(code,))), "pptx")))
        over = [
            (code, number, shape.name)
            for number, slide in enumerate(deck.slides)
            for shape in slide.shapes
            if shape.top + shape.height > deck.slide_height or shape.left + shape.width > deck.slide_width + 10
        ]
        assert over == []


def test_a_document_names_its_language_title_and_sources(material_for):
    report = country.report(material_for("ru", countries=("KGZ",)))
    text = docx.Document(io.BytesIO(export(report, "docx")))
    assert text.core_properties.language == "ru-RU"
    assert text.core_properties.title == report.title
    assert text.core_properties.created.date().isoformat() == "2026-11-22"
    links = {r.target_ref for r in text.part.rels.values() if r.reltype.endswith("/hyperlink")}
    cited = {reference.link for section in report.sections for reference in section.references if reference.link}
    assert cited
    assert cited <= links


def test_the_pdf_is_tagged_for_readers_who_hear_it(material_for):
    reader = pypdf.PdfReader(io.BytesIO(export(country.report(material_for("ru", countries=("KGZ",))), "pdf")))
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "ru"
    assert b"pdfuaid:part" in catalog["/Metadata"].get_data()
    assert len(reader.outline) >= len(CHAPTERS)


def test_a_report_is_of_one_country(material_for):
    with pytest.raises(ValueError, match="of one country"):
        country.report(material_for("en", countries=("KGZ", "TJK")))


def test_a_format_that_does_not_exist_is_refused(material_for):
    with pytest.raises(ValueError, match="docx, pptx, pdf"):
        export(country.report(material_for("en", countries=("KGZ",))), "odt")


def test_every_figure_of_a_document_stands_alone_with_its_own_words(material_for):
    report = country.report(material_for("ru", countries=("KGZ",)))
    figures = [spec.title for section in report.sections for spec in section.figures]
    text = docx.Document(io.BytesIO(export(report, "docx")))
    assert [p.text for p in text.paragraphs if p.style.name == "Heading 2"] == figures
    tables = [[cell.text for cell in table.rows[0].cells] for table in text.tables]
    assert ["Место", "Тип инцидента", "Инциденты"] in tables

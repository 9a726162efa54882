"""Several countries side by side, a report of one's own, the archive of all, and the Secretariat's template."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile

import docx
import pptx
import pytest
from PIL import Image

from dashboard.analysis import country as counts
from dashboard.cli import main, views
from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.figures import catalogue
from dashboard.figures import country as words
from dashboard.reports import archive, country, export, own, region, templates


def plain(text: str) -> str:
    return "".join(text.replace("•", "").split())


@pytest.fixture(scope="module")
def picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (40, 20), "#7a1f5c").save(file, "PNG")
    return file


def test_a_regional_report_lists_countries_by_the_alphabet_and_never_by_their_numbers(material_for):
    made_from = material_for("ru")  # China stands after India and Kazakhstan
    report = region.report(made_from)
    table = report.sections[0].figures[0].table
    names = [made_from.context.labels("country", code) for code in RANGE_COUNTRIES]
    assert list(table["country"]) == sorted(names)
    assert list(table["country"])[2] == "Индия"
    chapters = [section.id for section in report.sections if section.id.startswith("country-")]
    assert len(chapters) == 12
    assert all(section.sentences for section in report.sections)
    assert not [s for section in report.sections for s in section.sentences if "{" in s or "None" in s.split()]


def test_the_countries_of_a_regional_report_add_up_to_it(material_for):  # 21 + 8, as in the overview
    report = region.report(material_for("en", countries=("TJK", "KGZ")))
    assert "29 incidents are on record in 2 countries; no final outcome is known." in report.sections[0].sentences
    headings = [section.figures[0].title for section in report.sections if section.id.startswith("country-")]
    assert "Kyrgyzstan: 21 incidents are on record; no final outcome is known." in headings
    assert "Tajikistan: 8 incidents are on record; no final outcome is known." in headings
    assert {spec.n for s in report.sections if s.id == "compared-silence" for spec in s.figures} == {29}


@pytest.mark.parametrize("fmt", export.FORMATS)
def test_a_regional_report_says_the_same_in_every_format(material_for, text_of, fmt):
    report = region.report(material_for("ru", countries=("BTN", "TJK")))
    found = plain(text_of(fmt, export.export(report, fmt)))
    said = [sentence for section in report.sections for sentence in (section.heading, *section.sentences)]
    assert [sentence for sentence in said if plain(sentence) not in found] == []
    assert plain("Бутан") in found


def test_the_last_sentence_of_a_chapter_does_not_stand_on_a_page_alone(material_for):
    report = region.report(material_for("en", countries=("KGZ", "TJK")))
    text = docx.Document(io.BytesIO(export.export(report, "docx")))
    kept = [(p.text, p.paragraph_format.keep_with_next) for p in text.paragraphs if p.style.name == "List Bullet"]
    told = [section.sentences for section in report.sections]
    ends = [(one, place == len(said) - 2 or None) for said in told for place, one in enumerate(said)]
    assert kept == ends
    assert kept[-2][1] is True  # of the last page


def test_a_regional_report_without_a_record_has_no_empty_figure(material_for):
    report = region.report(material_for("en", countries=("BTN", "TJK"), year_from=2030))
    assert [spec.id for section in report.sections for spec in section.figures] == ["countries"]


def test_the_numbers_of_the_page_are_those_of_the_report(material_for):
    for code in ("BTN", "KGZ", "RUS"):  # RUS has two provisions on one topic
        made_from = material_for("en", countries=(code,))
        known = counts.facts(made_from.records, made_from.selected)[code]
        chapters = ("recorded", "where-and-when", "routes", "outcomes", "law")
        said = {name: " ".join(country.section(name, made_from).sentences) for name in chapters}
        context = made_from.context
        assert words.records(known, context) in said["recorded"]
        assert f"({known.not_searched_year_count})" in said["where-and-when"]
        assert f"{known.final_outcome_count} of {known.incident_count} incidents" in said["outcomes"]
        assert f"Topics examined: {known.topic_count}." in said["law"]
        assert f"of {known.unknown_topic_count} nothing readable was found" in said["law"]
        routed = known.incident_count - known.without_route_count
        assert f"for {routed} of {known.incident_count} incidents" in said["routes"]


def test_a_statement_of_the_government_stands_in_the_report(material_for):
    made_from = material_for("ru", countries=("KGZ",))
    review = made_from.records["law_review"].collect().to_pandas().copy()
    at = review["country"] == "KGZ"
    review.loc[at, ["status", "decided_on", "statement_ru"]] = [
        "disputed",
        "2026-10-05",
        "Статья 257 прочитана неверно",
    ]
    import narwhals as nw

    records = made_from.records.with_tables(law_review=nw.from_native(review).lazy())
    limits = country.section("limits", catalogue.material(records, made_from.package, made_from.context))
    assert "Заявление правительства: Статья 257 прочитана неверно." in limits.sentences
    assert "Прочтение законодательства: Оспорено (5 октября 2026)." in limits.sentences


def an_own_report(material_for, heading="", note="", languages=("en", "ru")) -> own.report:
    figures = [
        tuple(catalogue.figure(name, material_for(lang, countries=("KGZ",))) for lang in languages)
        for name in ("map", "incidents-by-year")
    ]
    items = [own.Item(figures[0], heading, note), own.Item(figures[1], "", "")]
    return own.report("Bishkek, day two", items, material_for("en").context)


@pytest.mark.parametrize("fmt", export.FORMATS)
def test_an_own_report_speaks_both_languages_in_the_order_and_words_of_its_author(material_for, text_of, fmt):
    report = an_own_report(material_for, heading="=1+1 <b>Чуй</b>", note="First.\n\nSecond.")
    found = plain(text_of(fmt, export.export(report, fmt)))
    for words_of in ("Bishkek, day two", "=1+1 <b>Чуй</b>", "First.", "Second.", "Зафиксированные инциденты по годам"):
        assert plain(words_of) in found
    assert found.index(plain("=1+1 <b>Чуй</b>")) < found.index(plain("Recorded incidents by year"))
    assert plain("Where incidents were recorded") not in found


def test_an_own_report_in_one_language_says_nothing_in_the_other(material_for, text_of):
    found = text_of("docx", export.export(an_own_report(material_for, languages=("ru",)), "docx"))
    assert "Recorded incidents by year" not in found
    assert "Зафиксированные инциденты по годам" in found


def a_word_template(folder, picture):
    text = docx.Document()
    text.styles["Heading 1"].font.name = "Georgia"
    text.styles["List Number"].element.getparent().remove(text.styles["List Number"].element)
    text.sections[0].header.paragraphs[0].add_run("Secretariat").add_picture(picture)
    text.sections[0].footer.paragraphs[0].text = "Bishkek 720001"
    text.sections[0].left_margin = text.sections[0].right_margin = docx.shared.Cm(4)
    text.add_paragraph("Delete this paragraph")
    text.save(folder / "report.docx")
    return folder / "report.docx"


def test_the_own_word_template_gives_its_styles_and_letterhead_and_none_of_its_text(material_for, tmp_path, picture):
    file = export.export(
        country.report(material_for("ru", countries=("KGZ",))), "docx", a_word_template(tmp_path, picture)
    )
    text = docx.Document(io.BytesIO(file))
    assert text.styles["Heading 1"].font.name == "Georgia"
    assert [r.target_part.blob for r in text.sections[0].header.part.rels.values()] == [picture.getvalue()]
    assert text.sections[0].footer.paragraphs[0].text == "Bishkek 720001"
    assert "Delete this paragraph" not in [p.text for p in text.paragraphs]
    assert text.core_properties.language == "ru-RU"
    width = text.sections[0].page_width - text.sections[0].left_margin - text.sections[0].right_margin
    assert width / docx.shared.Cm(17) == pytest.approx(1, abs=0.001)  # the figures fit


def test_the_own_slides_stand_on_their_master_and_lose_none_of_ours(material_for, tmp_path, picture, monkeypatch):
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = pptx.util.Inches(13.333), pptx.util.Inches(7.5)
    deck.slide_masters[0].shapes._spTree.append(
        deck.slides.add_slide(deck.slide_layouts[6]).shapes.add_textbox(0, 0, 9, 9)._element
    )
    deck.slides[0].shapes.add_textbox(0, 0, 9, 9).text_frame.text = "Old slide"
    deck.save(tmp_path / "report.pptx")
    report = country.report(material_for("en", countries=("KGZ",)))
    ours = pptx.Presentation(io.BytesIO(export.export(report, "pptx")))
    monkeypatch.setenv(templates.FOLDER, str(tmp_path))
    theirs = pptx.Presentation(io.BytesIO(export.export(report, "pptx")))
    assert [s.shapes.title.text_frame.text for s in theirs.slides] == [
        s.shapes.title.text_frame.text for s in ours.slides
    ]
    assert len(theirs.slide_masters[0].shapes) == len(ours.slide_masters[0].shapes) + 1
    assert {slide.slide_layout.name for slide in theirs.slides} == {"Title Slide", "Title Only"}


def test_a_template_that_does_not_fit_is_refused_with_what_to_do(tmp_path, picture):
    pptx.Presentation().save(tmp_path / "narrow.pptx")
    with pytest.raises(templates.TemplateError, match=r"10\.00 by 7.50 inches.*Widescreen"):
        templates.deck(tmp_path / "narrow.pptx")
    (tmp_path / "broken.docx").write_bytes(b"PK")
    with pytest.raises(templates.TemplateError, match=r"broken\.docx cannot be opened"):
        templates.dressed(tmp_path / "broken.docx", docx.Document())
    with pytest.raises(templates.TemplateError, match=r"a template is a \.docx or a \.pptx file"):
        templates.of("docx", tmp_path / "x.odt")
    assert main(["report", "--country", "KGZ", "--template", "x.pptx", "-o", str(tmp_path / "k.docx")]) == 1


def test_the_archive_holds_every_file_that_its_manifest_and_checksums_name(tmp_path):
    file = tmp_path / "all.zip"
    command = [sys.executable, "-m", "dashboard.cli", "report", "--all", "--country", "BTN", "-o", str(file)]
    *names, last = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    assert last == str(file)
    assert names == [f"BTN_{lang}.{kind}" for lang in ("en", "ru") for kind in ("docx", "pptx", "pdf")]
    with zipfile.ZipFile(file) as packed:
        about = json.loads(packed.read("manifest.json"))
        sums = dict(line.split("  ")[::-1] for line in packed.read("SHA256SUMS").decode().splitlines())
        assert set(packed.namelist()) == {*names, "manifest.json", "SHA256SUMS"}
        for one in about["files"]:
            content = packed.read(one["file"])
            assert one["sha256"] == sums[one["file"]] == hashlib.sha256(content).hexdigest()
            assert (one["country"], one["bytes"]) == ("BTN", len(content))
        assert about["data_version"] == about["files"][0]["data_version"]
        assert "Бутан" in docx.Document(io.BytesIO(packed.read("BTN_ru.docx"))).paragraphs[0].text
    assert list(tmp_path.iterdir()) == [file]


def test_an_archive_that_fails_leaves_nothing_behind(tmp_path):
    with pytest.raises(ValueError, match="no folder"):
        list(archive.write(tmp_path / "nowhere" / "x.zip", [], views))
    with pytest.raises(templates.TemplateError):
        list(archive.write(tmp_path / "x.zip", ["BTN"], views, tmp_path / "none.docx"))
    assert list(tmp_path.iterdir()) == []


def test_all_twelve_countries_are_seventy_two_files():
    assert archive.count() == 72

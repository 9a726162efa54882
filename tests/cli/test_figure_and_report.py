"""``dashboard figure`` and ``dashboard report``: a file, or one sentence that says what to do instead."""

import pptx
import pytest

from dashboard.cli import main


def test_a_figure_is_written_in_the_format_its_name_asks_for(tmp_path, capsys, text_of):
    file = tmp_path / "years.PPTX"
    assert main(["figure", "incidents-by-year", "--country", "KGZ", "TJK", "--lang", "ru", "-o", str(file)]) == 0
    assert capsys.readouterr().out.strip() == str(file)
    words = text_of("pptx", file.read_bytes())
    assert "n = 29" in words
    assert "Страны: Кыргызстан, Таджикистан" in words
    assert "http://localhost:8501/?lang=ru&country=KGZ&country=TJK#incidents-by-year" in words


def test_two_languages_stand_side_by_side(tmp_path):
    file = tmp_path / "outcomes.pptx"
    main(["figure", "outcomes", "--lang", "en", "ru", "--address", "https://iwt.example/", "-o", str(file)])
    texts = [shape.text_frame.text for shape in pptx.Presentation(file).slides[0].shapes if shape.has_text_frame]
    assert {"What became of the incidents", "Что было дальше"} <= set(texts)
    assert any("https://iwt.example/?lang=ru#outcomes" in text for text in texts)


def test_a_figure_of_another_page_links_to_it(tmp_path, text_of):
    file = tmp_path / "edition.csv"
    main(["figure", "edition", "-o", str(file)])
    assert "http://localhost:8501/about?lang=en#edition" in text_of("csv", file.read_bytes())


@pytest.mark.parametrize("fmt", ["docx", "pptx", "pdf"])
def test_a_report_is_written(tmp_path, fmt, text_of):
    file = tmp_path / f"kgz.{fmt}"
    assert main(["report", "--country", "KGZ", "--lang", "ru", "-o", str(file)]) == 0
    assert "Зафиксирован 21 инцидент" in " ".join(text_of(fmt, file.read_bytes()).split())


def test_several_countries_stand_side_by_side_in_one_report(tmp_path, text_of):
    file = tmp_path / "region.docx"
    assert main(["report", "--country", "KGZ", "--country", "TJK", "-o", str(file)]) == 0
    words = text_of("docx", file.read_bytes())
    assert "29 incidents are on record in 2 countries" in words
    assert "http://localhost:8501/extent?lang=en&country=KGZ&country=TJK&part=what#species" in words


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["figure", "outcomes", "-o", "x.gif"], "x.gif: the name must end with one of .pptx, .docx"),
        (["figure", "outcomes", "-o", "nowhere/x.png"], "there is no folder nowhere"),
        (["report", "--all", "-o", "x.docx"], "must end with one of .zip"),
        (["report", "--country", "KGZ", "-o", "x.xlsx"], "must end with one of .docx, .pptx, .pdf"),
        (["publish", "nowhere/edition"], "there is no folder"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(arguments, said, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 1
    problem = capsys.readouterr().out
    assert said in problem
    assert problem.count("\n") == 1
    assert list(tmp_path.iterdir()) == []

"""A person finds the export on a figure and gets the file they asked for."""

import io

import pptx
import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser


def test_a_figure_leaves_as_a_slide_in_both_languages_with_the_filters_of_the_page(visit):
    watched = visit()
    page = watched.open("/?lang=ru&country=KGZ")
    page.locator("[class*=st-key-figure-outcomes]").get_by_role("button", name="Скачать").click()
    page.get_by_text("English + Русский").click()
    slide = page.get_by_role("button", name="Слайд PowerPoint, можно править")
    slide.wait_for()
    page.wait_for_timeout(500)
    with page.expect_download() as got:
        slide.click()
    assert got.value.suggested_filename == "outcomes_KGZ_en_ru_2026-11-22.pptx"
    shapes = pptx.Presentation(io.BytesIO(got.value.path().read_bytes())).slides[0].shapes
    words = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    assert {"What became of the incidents", "Что было дальше"} <= set(words)
    assert any("Страны: Кыргызстан" in text for text in words)
    assert watched.foreign == []
    assert watched.errors == []


def test_a_figure_is_put_into_the_report_and_leaves_in_it(visit):
    watched = visit()
    page = watched.open("/?lang=ru&country=KGZ")
    page.locator("[class*=st-key-figure-outcomes]").get_by_role("button", name="Скачать").click()
    page.get_by_role("button", name="Добавить в отчёт").click()
    page.get_by_role("button", name="Уже в отчёте").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Страна").click()
    page.locator(".st-key-part-shown").get_by_text("Свой отчёт").click()
    page.locator(".st-key-own-report").get_by_label("Заголовок").fill("Чем кончилось")
    page.locator(".st-key-own-report").get_by_label("Заголовок").press("Enter")
    watched.drawn()
    with page.expect_download() as got:
        page.locator(".st-key-own-document").get_by_role("button", name="PowerPoint").click()
    slides = pptx.Presentation(io.BytesIO(got.value.path().read_bytes())).slides
    assert [slide.shapes.title.text_frame.text for slide in slides][1:] == ["Чем кончилось"]
    assert watched.foreign == []
    assert watched.errors == []


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_open_menu_fits_a_phone_and_has_no_serious_fault(visit, lang):
    watched = visit(390, 844)
    page = watched.open(f"/?lang={lang}")
    page.locator(".st-key-export-coverage button").click()
    page.locator(".st-key-csv-coverage").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]}).response["violations"]
    serious = [
        (v["id"], n["target"])
        for v in found
        if v["impact"] in {"serious", "critical"}
        for n in v["nodes"]
        if "st-key-formats" in str(n) or "st-key-export" in str(n)
    ]
    assert serious == []

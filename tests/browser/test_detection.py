"""The parts of the detection page that people operate: sliders, examples, their own file."""

from itertools import pairwise, product

import pandas as pd
import pytest

from dashboard.analysis.example import example

pytestmark = pytest.mark.browser

ENDS = """figure => {
    const chart = document.querySelector(`.st-key-figure-${figure} .js-plotly-plot`);
    const names = [...chart.querySelectorAll('.xtick text, .ytick text, .xtitle')];
    return Math.max(...names.map(name => name.getBoundingClientRect().bottom));
}"""
ROOM_LEFT = """(field, name) => {
    const look = getComputedStyle(field), pen = document.createElement('canvas').getContext('2d');
    pen.font = look.font;
    const margins = parseFloat(look.paddingLeft) + parseFloat(look.paddingRight);
    return field.clientWidth - margins - pen.measureText(name).width;
}"""
HEADLINE = "document.querySelector('h1.headline')?.innerText"


def test_a_slider_rewrites_the_sentence_in_the_language_of_the_room(visit):
    watched = visit()
    page = watched.open("/detection?lang=en&part=lesson")
    assert watched.headline() == "Records doubled. Crime stayed the same."
    page.locator(".st-key-effort-shown input[type=range]").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(f"{HEADLINE}?.includes('1.4 times')")
    assert "effort=60" in page.url
    page.locator(".st-key-controls").get_by_text("Русский", exact=True).click()
    page.wait_for_function(f"{HEADLINE}?.includes('в 1,4 раза больше')")
    assert "effort=60" in page.url
    assert page.locator(".notice").inner_text() == "Имитация: это не данные"


def test_the_assumption_redraws_the_range_and_stays_in_the_sentence(visit):
    watched = visit()
    page = watched.open("/detection?lang=en&part=experts")
    page.locator(".st-key-assumed-shown input[type=range]").focus()
    page.keyboard.press("Home")
    page.wait_for_function(f"{HEADLINE}?.startsWith('If 10%')")
    assert "2,210–4,500" in watched.headline().replace("\u2060", "")


def test_a_file_with_faults_is_refused_whole_and_a_good_one_is_fitted(visit):
    watched = visit()
    page = watched.open("/detection?lang=en&part=own")
    field = page.locator("[data-testid=stFileUploaderDropzoneInput]")
    bad = b"site,season,visit,detected\nA,1,1,7\n"
    field.set_input_files({"name": "bad.csv", "mimeType": "text/csv", "buffer": bad})
    page.wait_for_function(f"{HEADLINE} === 'The file cannot be used yet.'")
    assert "bad.csv, row 2, column detected" in page.locator("[data-testid=stMain]").inner_text()
    good = example("scarce").to_csv(index=False).encode()
    field.set_input_files({"name": "good.csv", "mimeType": "text/csv", "buffer": good})
    page.wait_for_function(f"{HEADLINE}?.startsWith('The crime occurred in')")
    page.wait_for_selector(".st-key-figure-models")
    with page.expect_download() as arriving:
        page.locator(".st-key-own-json button").click()
    saved = arriving.value.path().read_text(encoding="utf-8")
    assert '"call": "' in saved
    assert '"vcov"' in saved
    page.locator(".st-key-part-shown").get_by_text("The one-minute lesson").click()
    page.wait_for_function(f"{HEADLINE}?.startsWith('Records doubled')")
    page.locator(".st-key-part-shown").get_by_text("Your own histories").click()
    page.wait_for_function(f"{HEADLINE}?.startsWith('The crime occurred in')")


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_what_the_records_can_tell_fits_one_projected_screen(visit, lang):
    watched = visit()
    assert watched.open(f"/detection?lang={lang}&present=1").evaluate(ENDS, "designs") < 1080
    page = watched.open(f"/detection?lang={lang}&present=1&scene=regional-4")
    assert page.evaluate(ENDS, "designs") < page.locator(".st-key-presenter").bounding_box()["y"]
    names = page.locator(".st-key-figure-designs .ytick text")
    tops = names.evaluate_all("all => all.map(name => name.getBoundingClientRect()).map(b => [b.top, b.bottom]).sort()")
    assert len(tops) == 5
    assert all(above[1] < below[0] for above, below in pairwise(sorted(tops)))


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_projected_lesson_fits_one_screen_with_its_sliders_and_passports(visit, lang):
    page = visit().open(f"/detection?lang={lang}&part=lesson&present=1")
    lesson = product(("chart", "passport"), ("districts", "lines"))
    parts = ["st-key-effort-shown", *(f"st-key-{part}-lesson-{name}" for part, name in lesson)]
    boxes = {part: page.locator(f".{part}").bounding_box() for part in parts}
    assert {part for part, box in boxes.items() if box["y"] + box["height"] > 1080} == set()
    assert boxes["st-key-chart-lesson-lines"]["height"] == 375


def test_a_room_sees_the_chart_of_a_fit_before_its_sentences_and_choices(visit):
    page = visit().open("/detection?lang=ru&present=1&part=own&histories=plenty")
    top = {
        name: page.locator(f".st-key-{name}").bounding_box()["y"]
        for name in ("figure-occurrence-and-detection", "own-psi", "figure-models")
    }
    said = page.locator(".st-key-fitted .prose").bounding_box()["y"]
    assert top["figure-occurrence-and-detection"] < said < top["own-psi"] < top["figure-models"]
    assert top["figure-occurrence-and-detection"] < 540


def test_on_a_phone_the_name_of_a_model_is_whole(visit):
    page = visit(390, 844).open("/detection?lang=en&part=own&histories=plenty")
    field = page.locator("[class*=st-key-own-model-] input")
    for name in (field.input_value(), "occu psi~season+border_km p~season+patrol_days"):  # the longest of the list
        assert field.evaluate(ROOM_LEFT, name) > 0


def test_fitting_can_be_stopped_at_once_and_taken_up_again(visit):
    watched = visit()
    page = watched.open("/detection?lang=en&part=own")
    copies = [example("plenty").assign(site=lambda t, k=k: t["site"] + f"-{k}") for k in range(20)]
    content = pd.concat(copies).to_csv(index=False).encode()
    field = page.locator("[data-testid=stFileUploaderDropzoneInput]")
    field.set_input_files({"name": "large.csv", "mimeType": "text/csv", "buffer": content})
    page.locator(".st-key-own-stop button").click()
    page.get_by_role("button", name="Go on fitting").click()
    page.wait_for_selector(".st-key-figure-models", timeout=120_000)
    assert watched.headline().startswith("The crime occurred in")

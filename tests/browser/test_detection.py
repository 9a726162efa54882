"""The parts of the detection page that people operate: sliders, examples, their own file."""

import re

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe

from dashboard.analysis.example import example

pytestmark = pytest.mark.browser

PARTS = {
    "lesson": "part=lesson",
    "experts": "part=experts",
    "months": "part=months&months=example",
    "own": "part=own",
    "accepted": "part=own&histories=plenty",
    "refused": "part=own&histories=little",
}
HEADLINE = "document.querySelector('h1.headline')?.innerText"
WIDER = """(() => {
    const main = document.querySelector('[data-testid=stMain]');
    return main.scrollWidth - main.clientWidth;
})()"""
# Names of columns, models and formats, and Streamlit's own skip link and the languages.
NOT_WORDS = re.compile(
    r"\b(TRAFFIC|GSLEP|JSON|UTF|site|season|visit|detected|occu|colext|data|gamma|epsilon|border_km|patrol_days)\b"
)
NAMES_OF_OTHERS = (
    ".records a",
    ".passport",
    "pre",
    "[data-testid=stSkipToContent]",
    "[data-testid=stFileUploaderDropzone]",
    ".st-key-lang-shown",
)
ENGLISH_WORD = re.compile(r"\b[A-Za-z]{4,}\b")


@pytest.mark.parametrize("part", PARTS)
def test_every_part_fits_asks_nobody_and_speaks_russian(visit, part):
    for width, height in ((1920, 1080), (390, 844)):
        watched = visit(width, height)
        page = watched.open(f"/detection?lang=ru&{PARTS[part]}")
        assert (watched.foreign, watched.errors) == ([], [])
        assert page.evaluate(WIDER) <= 0
        assert page.locator("[data-testid=stException]").count() == 0
    for names in NAMES_OF_OTHERS:
        page.eval_on_selector_all(names, "found => found.forEach(element => element.remove())")
    seen = page.locator("[data-testid=stMain]").inner_text()
    assert ENGLISH_WORD.findall(NOT_WORDS.sub("", seen)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("part", ["lesson", "experts", "own", "accepted"])
def test_axe_finds_no_serious_fault_in_a_part(visit, part, scheme):
    page = visit(scheme=scheme).open(f"/detection?lang=en&{PARTS[part]}")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).response["violations"]
    serious = [
        (violation["id"], node["target"], node.get("failureSummary", "")[:300])
        for violation in found
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]
    assert serious == []


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

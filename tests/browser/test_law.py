"""What people do on the law page with mouse and keyboard, and what fits one screen."""

import re

import pytest

pytestmark = pytest.mark.browser

CHART = ".st-key-chart-law-matrix"
LAST_ROW = """(() => {
    const names = document.querySelectorAll('.st-key-chart-law-pair .ytick text');
    const rows = [...names].map(name => name.getBoundingClientRect());
    const top = document.querySelector('.st-key-figure-law-pair h2').getBoundingClientRect().top;
    return [top, Math.max(...rows.map(r => r.bottom)), rows.length];
})()"""


def test_a_click_on_a_cell_shows_its_provisions_and_puts_it_into_the_link(visit):
    page = visit().open("/law?lang=ru")
    bars = page.locator(f"{CHART} .bars .point path")
    bars.nth(30).click(force=True)
    page.wait_for_function("location.search.includes('cell=')")
    page.wait_for_function(
        "!document.querySelector('.st-key-figure-law-cell h2').innerText.includes('Афганистан: Список')"
    )
    assert "cell=" in page.url


def test_a_cell_is_reached_with_the_keyboard_alone(visit):
    page = visit().open("/law?lang=en")
    page.locator(".st-key-cell-country-shown input").focus()
    page.keyboard.type("Kyrg")
    page.keyboard.press("Enter")
    page.wait_for_function("location.search.includes('cell=KGZ.protected_species_listing')")
    page.wait_for_function("document.querySelector('.st-key-figure-law-cell h2').innerText.startsWith('Kyrgyzstan')")
    assert "Red Book of the Kyrgyz Republic" in page.locator(".st-key-figure-law-cell .cards").inner_text()


def test_a_country_added_to_the_route_stands_last_in_the_link_and_on_the_page(visit):
    watched = visit()
    page = watched.open("/law?lang=en&part=corridors&route=TJK&route=KGZ")
    page.locator(".st-key-route-shown input").click()
    page.keyboard.type("Afgh")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "document.querySelector('h1.headline')?.innerText.startsWith('Tajikistan → Kyrgyzstan → Afghanistan')"
    )
    assert re.findall("route=([A-Z]{3})", page.url) == ["TJK", "KGZ", "AFG"]
    page.reload()
    watched.drawn()
    assert watched.headline().startswith("Tajikistan → Kyrgyzstan → Afghanistan")


def test_a_weight_moves_the_ranges_and_is_in_the_link(visit):
    page = visit().open("/law?lang=en")
    page.locator(".st-key-weighing summary").click()
    page.locator(".st-key-wa-shown input").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("location.search.includes('wa=2')")
    page.wait_for_function(
        "document.querySelector('.st-key-passport-law-ranges').innerText.includes('Offences and listing ×2')"
    )
    assert page.locator(".st-key-figure-law-ranges .legend li").count() == 3


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize(("width", "height", "present"), [(1920, 1080, "&present=1"), (1920, 1080, ""), (390, 844, "")])
def test_two_countries_side_by_side_fit_one_screen(visit, lang, width, height, present):
    page = visit(width, height).open(f"/law?lang={lang}&part=compare&one=TJK&other=AFG{present}")
    page.wait_for_selector(".st-key-chart-law-pair .ytick text")
    top, bottom, rows = page.evaluate(LAST_ROW)
    assert rows == 16
    assert bottom - top < height * 0.75
    if width > height:
        assert bottom < height


def test_the_gap_list_of_a_country_can_be_downloaded(visit):
    page = visit().open("/law?lang=ru&part=loopholes&gaps=KGZ")
    with page.expect_download() as started:
        page.locator(".st-key-download-gaps button").click()
    assert started.value.suggested_filename == "law-gaps-KGZ-ru.csv"


def test_a_telephone_gets_the_topics_of_one_country_and_others_the_matrix(chromium, visit, address):
    names = "['law-matrix', 'law-country'].map(name => document.querySelectorAll(`.st-key-chart-${name}`).length)"
    assert visit().open("/law?lang=en").evaluate(names) == [1, 0]
    phone = {
        "user_agent": "Mozilla/5.0 (Linux; Android 16) Chrome/150.0 Mobile",
        "viewport": {"width": 390, "height": 844},
    }
    with chromium.new_context(**phone) as telephone:
        page = telephone.new_page()
        page.goto(f"{address}/law?lang=en&country=KGZ")
        page.wait_for_selector(".st-key-chart-law-country .ytick text")
        assert page.evaluate(names) == [0, 1]

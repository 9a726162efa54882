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
# How far apart the slanted names of the columns stand, in sizes of their letters.
APART = """(() => {
    const names = [...document.querySelectorAll('.st-key-chart-law-matrix .xtick text')];
    const [first] = names, turned = first.getScreenCTM(), size = parseFloat(getComputedStyle(first).fontSize);
    const ends = names.map(name => name.getStartPositionOfChar(0).matrixTransform(name.getScreenCTM()).x);
    const slant = Math.abs(Math.sin(Math.atan2(turned.b, turned.a)));
    return ends.slice(1).map((x, n) => (x - ends[n]) * slant / size);
})()"""
SMALLEST_WORD = """Math.min(...[...document.querySelectorAll('.st-key-chart-law-legs .bartext')]
    .filter(word => word.getBoundingClientRect().width)
    .map(word => parseFloat(getComputedStyle(word).fontSize) * word.getScreenCTM().d))"""
TAGS_OUTSIDE = """[...document.querySelectorAll('.st-key-choices-route [data-tag]')].filter(tag => {
    const field = tag.closest('.react-aria-ComboBox').getBoundingClientRect();
    return tag.getBoundingClientRect().bottom > field.bottom;
}).length"""


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


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_projected_matrix_stands_on_one_screen_with_its_passport(visit, lang):
    page = visit().open(f"/law?lang={lang}&present=1")
    page.wait_for_selector(f"{CHART} .xtick text")
    passport = page.locator(".st-key-passport-law-matrix").bounding_box()
    assert passport["y"] + passport["height"] < 1080


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_names_over_the_matrix_keep_clear_of_one_another_on_a_laptop(visit, lang):
    page = visit(1366, 768).open(f"/law?lang={lang}")
    page.wait_for_selector(f"{CHART} .xtick text")
    apart = page.evaluate(APART)
    assert len(apart) == 11
    assert min(apart) > 1.3  # times the size of the letters, from one line of writing to the next


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("route", ["TJK.KGZ.CHN", "TJK.KGZ.KAZ.RUS.CHN"])
def test_on_a_phone_no_word_of_a_route_is_too_small_and_the_choice_grows_with_it(visit, lang, route):
    legs = "".join(f"&route={leg}" for leg in route.split("."))
    page = visit(390, 844).open(f"/law?lang={lang}&part=corridors{legs}")
    page.wait_for_selector(".st-key-chart-law-legs .bartext")
    assert page.evaluate(SMALLEST_WORD) >= 11.4
    assert page.locator(".st-key-figure-law-legs .legend li").count() == 4
    assert page.evaluate(TAGS_OUTSIDE) == 0


def test_the_gap_list_of_a_country_can_be_downloaded(visit):
    page = visit().open("/law?lang=ru&part=loopholes&gaps=KGZ")
    with page.expect_download() as started:
        page.locator(".st-key-download-gaps button").click()
    assert started.value.suggested_filename == "law-gaps-KGZ-ru.csv"


def test_a_telephone_gets_the_topics_of_one_country_and_others_the_matrix(visit, telephone):
    names = "['law-matrix', 'law-country'].map(name => document.querySelectorAll(`.st-key-chart-${name}`).length)"
    assert visit().open("/law?lang=en").evaluate(names) == [1, 0]
    page = telephone("/law?lang=en&country=KGZ")
    assert page.evaluate(names) == [0, 1]

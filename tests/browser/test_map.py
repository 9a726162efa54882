"""The map in a browser without a graphics card and without a network: what is on it, and what a click does."""

import io

import pytest
from PIL import Image

from dashboard.figures import deck, geo

pytestmark = pytest.mark.browser

FILES = ("relief.webp", "lines/countries.json", "neighbours.geojson", "lakes.geojson", "lines/rivers.json")
TAKLAMAKAN = (83.0, 39.0)
# Kyrgyzstan lies at its ring; where that is on the canvas depends on the size of the map, so it is asked for.
RING = """(() => {
    const map = document.querySelector('[data-testid=stDeckGlJsonChart]'), box = map.getBoundingClientRect();
    return [box.left, box.top, box.width, box.height, map.querySelector('canvas').clientWidth];
})()"""
ALL_HERE = """files => {
    const fetched = performance.getEntriesByType('resource').map(entry => entry.name);
    return files.every(file => fetched.some(name => name.endsWith(file)));
}"""


def with_map(watched, path: str):
    """Open a page with a map and wait until all of its files are there and drawn."""
    page = watched.open(path)
    page.wait_for_function(ALL_HERE, arg=list(FILES), timeout=60_000)
    page.wait_for_timeout(1500)  # from file to picture
    return page


def on_screen(page, lon: float, lat: float) -> tuple[float, float]:
    """Where a place is in the window, on a map that has not been moved."""
    left, top, width, height, drawn = page.evaluate(RING)
    middle_lon, middle_lat, zoom = deck.view(geo.REGION)
    world = 512 * 2**zoom * width / drawn
    x = left + width / 2 + (lon - middle_lon) / 360 * world
    return x, top + height / 2 - (geo.mercator(lat) - geo.mercator(middle_lat)) * world


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_map_stands_on_our_own_files(visit, lang):
    watched = visit()
    page = with_map(watched, f"/extent?lang={lang}")
    assert watched.foreign == watched.errors == []
    left, top, width, height, _ = page.evaluate(RING)
    clip = {"x": left, "y": top, "width": width, "height": min(height, 1080 - top)}
    for _ in range(20):  # relief has tens of thousands of shades, a map without it three thousand
        picture = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")
        if len(picture.getcolors(maxcolors=10**7)) > 10_000:
            return
        page.wait_for_timeout(1000)  # a slow machine is still drawing
    pytest.fail("the map has no relief")


def test_a_click_on_kyrgyzstan_sets_the_filter_and_every_figure_follows(visit):
    watched = visit()
    page = with_map(watched, "/extent?lang=en")
    place = geo.countries()["KGZ"]
    page.mouse.click(*on_screen(page, place.lon, place.lat), delay=80)  # as long as a person presses
    page.wait_for_function("location.search.includes('country=KGZ')", timeout=60_000)
    watched.drawn()
    assert watched.headline() == "21 incidents are on record; 6 provinces of 8 have a record."
    assert (
        "Countries: Kyrgyzstan"
        in page.locator("#map").locator("xpath=ancestor::*[contains(@class,'st-key-figure-map')]").inner_text()
    )
    page.locator(".st-key-part-shown").get_by_text("When", exact=True).click()
    page.wait_for_function("document.querySelector('h1.headline')?.innerText.startsWith('Of 21 incidents')")
    page.locator(".st-key-part-shown").get_by_text("Map", exact=True).click()
    page.get_by_role("button", name="← All countries").click()
    page.wait_for_function("!location.search.includes('country=KGZ')")


def test_the_ground_of_a_country_far_from_any_ring_is_named_under_the_pointer_and_can_be_clicked(visit):
    watched = visit()
    page = with_map(watched, "/extent?lang=ru")
    x, y = on_screen(page, *TAKLAMAKAN)
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    page.wait_for_function("document.querySelector('.deck-tooltip')?.innerText === 'Китай'", timeout=60_000)
    page.mouse.click(x, y, delay=80)
    page.wait_for_function("location.search.includes('country=CHN')", timeout=60_000)
    watched.drawn()
    assert watched.headline().startswith("Зафиксировано 53 инцидента")


def test_a_narrow_window_shows_the_whole_region_and_what_is_clicked_is_what_is_seen(visit):
    page = with_map(visit(390, 844), "/extent?lang=en")
    page.locator("[data-testid=stDeckGlJsonChart]").scroll_into_view_if_needed()
    left, _, width, _, drawn = page.evaluate(RING)
    assert (width, drawn) == (358, 700)
    for country, place in geo.countries().items():
        assert left < on_screen(page, place.lon, place.lat)[0] < left + width, country
    place = geo.countries()["MNG"]
    page.mouse.click(*on_screen(page, place.lon, place.lat), delay=80)
    page.wait_for_function("location.search.includes('country=MNG')", timeout=60_000)


def test_a_telephone_has_a_map_of_its_own_and_a_wide_window_the_whole_one(visit, telephone):
    _, _, width, height, drawn = with_map(visit(), "/extent?lang=en").evaluate(RING)
    assert (width, height) == (drawn, 640)
    page = telephone("/extent?lang=en")
    page.wait_for_selector("[data-testid=stDeckGlJsonChart] canvas")
    _, _, width, height, drawn = page.evaluate(RING)
    assert (width, height, drawn) == (358, 420, 358)


def test_a_click_on_a_tile_is_the_same_filter_and_the_boundaries_last(visit):
    watched = visit()
    page = watched.open("/extent?lang=en&boundaries=tiles")
    page.locator(".js-plotly-plot .barlayer .point path").first.click(force=True)
    page.wait_for_function("location.search.includes('country=')")
    page.get_by_role("link", name="Overview").click()
    page.wait_for_function("!location.pathname.includes('extent')")
    assert "boundaries=tiles" in page.url


def test_a_record_opens_by_its_number_and_by_its_link(visit):
    watched = visit()
    page = watched.open("/extent?lang=en&part=records")
    page.get_by_role("link", name="PUB-0362").click()
    watched.drawn()
    page.wait_for_selector("#record")
    assert page.locator("#record").inner_text() == "Record PUB-0362"
    assert "record=PUB-0362" in page.url
    page.get_by_role("button", name="← All records").click()
    page.wait_for_function("!location.search.includes('record=')")


def test_a_link_to_a_record_that_does_not_exist_shows_the_table(visit):
    watched = visit()
    page = watched.open("/extent?lang=en&part=records&record=PUB-9999")
    assert page.locator("#records").inner_text() == "Records 1 to 25 of 362"
    assert watched.errors == []

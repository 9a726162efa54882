"""A click on a country of the page of justice narrows the page to it, and what is counted is in the link."""

import pytest

pytestmark = pytest.mark.browser


def test_a_click_on_a_country_shows_that_country_alone(visit):
    watched = visit()
    page = watched.open("/justice?lang=en&part=countries")
    bars = page.locator(".st-key-figure-justice-by-country .barlayer .point path")
    bars.last.scroll_into_view_if_needed()
    box = bars.last.bounding_box()
    # The last bar of the last series: Uzbekistan, of which no step is known; beside its number, which is text.
    page.mouse.click(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
    page.wait_for_function("location.search.includes('country=UZB')")
    page.wait_for_function("document.querySelector('h1.headline')?.innerText.includes('13 recorded incidents')")
    assert watched.errors == []


def test_persons_can_be_counted_instead_and_the_link_keeps_it(visit):
    watched = visit()
    page = watched.open("/justice?lang=ru")
    page.locator(".st-key-count-shown").get_by_text("Лица", exact=True).click()
    page.wait_for_function("location.search.includes('count=persons')")
    page.wait_for_selector("#justice-persons")
    page.reload()
    watched.drawn()
    assert "463" in page.locator(".st-key-figure-justice-persons .figure-caption").inner_text()

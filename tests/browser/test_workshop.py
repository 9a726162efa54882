"""A workshop in a real browser: a storyline by keyboard alone, a facilitator and a phone, a lock that holds."""

import re

import pytest
from phones import Server
from playwright.sync_api import expect

from dashboard.domain import room as state
from dashboard.domain.workshop import Kind, Task
from dashboard.store import room
from dashboard.store.workshop import Workshop
from tests.browser.window import WIDER_THAN_ITS_PLACE, drawn, settled

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("workshop")]

PIN = "снежный барс"
SMALLEST_PX = 18  # at 1920 x 1080, from the back row
TOO_SMALL = """smallest => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        const words = walker.currentNode.textContent.trim();
        if (!words || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
        if (element.closest('.hidden, [data-testid=stSkipToContent], style, script')) continue;
        const box = element.getBoundingClientRect();
        if (box.width < 2 || box.height < 2) continue;
        const size = parseFloat(getComputedStyle(element).fontSize) * (element.currentCSSZoom ?? 1);
        if (size < smallest - 0.1) found.push(`${size.toFixed(1)} ${words.slice(0, 40)}`);
    }
    return found;
}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("room")
    server = Server(folder / "workshop.sqlite", folder / "log")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def file(server) -> Workshop:
    return Workshop(server.file)


def local(server: Server, path: str) -> str:
    return f"http://localhost:{server.port}{path}"


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_regional_storyline_runs_from_start_to_end_by_keyboard_alone(screen, server, lang):
    page = screen()
    page.goto(local(server, f"/workshop?lang={lang}"))
    drawn(page)
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.st-key-story-start') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**scene=regional-1**")
    page.wait_for_selector(".scene-place")
    count = int(re.findall(r"\d+", page.locator(".scene-place").inner_text())[1])
    assert count >= 5
    keys = ["ArrowRight", "PageDown"]
    headings = []
    for position in range(1, count + 1):
        page.wait_for_url(re.compile(rf"scene=regional-{position}(&|$)"))
        drawn(page)
        headings.append(page.locator(".scene-heading").inner_text())
        assert page.evaluate(TOO_SMALL, SMALLEST_PX) == []
        assert page.evaluate(WIDER_THAN_ITS_PLACE) <= 0
        assert page.locator("[data-testid=stException]").count() == 0
        if position < count:
            page.keyboard.press(keys[position % 2])
    assert len(set(headings)) == count
    assert all(bool(re.search("[а-яА-Я]", heading)) == (lang == "ru") for heading in headings)
    page.keyboard.press("PageUp")
    page.wait_for_url(re.compile(rf"scene=regional-{count - 1}(&|$)"))


def test_leaving_a_scene_and_coming_back_loses_nothing(screen, server):
    page = screen()
    page.goto(local(server, "/?lang=en&present=1&scene=regional-2&taxon=snow_leopard&second=1"))
    drawn(page)
    assert page.locator(".scene-heading span").all_inner_texts() == ["The snow leopard", "Снежный барс"]
    assert page.locator(".st-key-scene-back").count() == 0
    page.goto(local(server, "/about?lang=en&present=1&scene=regional-2&country=KGZ"))
    drawn(page)
    page.locator(".st-key-scene-back button").click()
    page.wait_for_url(lambda url: "taxon=snow_leopard" in url and "country" not in url and "/about" not in url)
    drawn(page)
    assert "58 incidents" in page.locator("h1.headline").inner_text()
    assert page.locator(".scene-place").inner_text().startswith("2 of")


def test_the_bar_of_a_scene_lies_over_the_sidebar_and_the_scene_has_chosen_the_part(screen, server):
    page = screen()
    page.goto(local(server, "/extent?lang=en&scene=regional-3&taxon=snow_leopard"))
    drawn(page)
    page.locator(".st-key-scene-left button, .st-key-scene-right button").first.click()  # nothing is in the way
    page.wait_for_url("**scene=regional-2**")
    page.goto(local(server, "/extent?lang=en&scene=regional-3&taxon=snow_leopard"))
    drawn(page)
    assert not page.locator(".st-key-choices-part").is_visible()
    page.goto(local(server, "/extent?lang=en"))
    drawn(page)
    assert page.locator(".st-key-choices-part").is_visible()


def test_a_view_becomes_a_scene_of_the_own_storyline(screen, server, file):
    page = screen()
    page.goto(local(server, "/?lang=en&country=KGZ&from=2015"))
    drawn(page)
    page.locator(".st-key-save-scene button").first.click()
    page.locator(".st-key-scene-heading-en input").fill("Kyrgyzstan since 2015")
    page.locator(".st-key-scene-heading-ru input").fill("Кыргызстан с 2015 года")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector("[data-testid=stToast]")
    (scene,) = state.own_scenes(file.events())
    assert (scene.page, scene.query) == ("overview", "country=KGZ&from=2015")
    page.goto(local(server, "/workshop?lang=ru&scene=own-1&present=1"))
    drawn(page)
    assert page.locator(".scene-heading").inner_text() == "Кыргызстан с 2015 года"


def test_streamlits_own_keys_do_nothing_in_front_of_the_room(screen, server):
    page = screen()
    page.goto(local(server, "/?lang=en&present=1"))
    drawn(page)
    for key in ("c", "r"):
        page.keyboard.press(key)
        settled(page)
        assert page.locator("[role=dialog]").count() == 0
        assert page.get_attribute("[data-testid=stApp]", "data-test-script-state") == "notRunning"


def test_the_countdown_counts_and_survives_a_reload(screen, server):
    page = screen()
    page.goto(local(server, "/?lang=en&present=1&scene=regional-1"))
    drawn(page)
    page.locator(".st-key-timer-start button").click()
    page.wait_for_selector(".countdown")
    left = "+getComputedStyle(document.querySelector('.countdown'), '::after').getPropertyValue('--left')"
    first = page.evaluate(left)
    assert 1190 <= first <= 1200
    page.wait_for_function(f"{left} < {first}")
    page.reload()
    drawn(page)
    assert 1100 < page.evaluate(left) < first
    page.locator(".st-key-timer-stop button").first.click()
    page.wait_for_selector(".countdown", state="detached")


def test_facilitator_and_phone_go_on_after_the_server_was_killed(screen, server, file):
    room.set_pin(file, PIN)
    desk, phone = screen(), screen(390, 844)
    desk.goto(f"{server.address}/workshop?lang=en&part=scores")
    drawn(desk)
    assert "PIN" in desk.locator("h1.headline").inner_text()
    desk.locator(".st-key-pin input").fill(PIN)
    desk.keyboard.press("Enter")
    expect(desk.locator("h1.headline")).to_have_text("Nobody has answered yet.", timeout=30_000)
    phone.goto(f"{server.address}/room?lang=en")
    drawn(phone)
    assert "Nothing is asked" in phone.locator("h1.headline").inner_text()
    desk.locator(".st-key-ask-outcomes button").click()
    expect(phone.locator("h1.headline")).to_contain_text("How good is the response", timeout=30_000)
    for key, name in (("room-country", "Kyrgyzstan"), ("room-role", "Customs")):
        phone.locator(f".st-key-{key} input").click()
        phone.keyboard.type(name)
        phone.keyboard.press("Enter")
    phone.locator("[class*='st-key-score-1-o1'] button").nth(2).click()
    server.kill()
    phone.wait_for_timeout(500)
    server.start()
    phone.locator("[class*='st-key-score-1-o2'] button").nth(3).click()
    phone.wait_for_selector("[data-testid=stApp][data-test-connection-state=CONNECTED]", timeout=60_000)
    drawn(phone)
    phone.get_by_role("button", name="Send").click()
    phone.wait_for_selector(".counted", timeout=30_000)
    assert {(s.country, s.item, s.value) for s in state.scores(file.events())} == {("KGZ", "o1", 2), ("KGZ", "o2", 3)}
    desk.wait_for_selector("[data-testid=stApp][data-test-connection-state=CONNECTED]", timeout=60_000)
    if desk.locator(".st-key-pin input").count():  # a new server does not know who was the facilitator
        drawn(desk)
        desk.locator(".st-key-pin input").fill(PIN)
        desk.keyboard.press("Enter")
    expect(desk.locator("h1.headline")).to_contain_text("Kyrgyzstan: 1 person has answered.", timeout=30_000)
    shown = room.ask(file, Task.OUTCOMES)
    for n in range(3):  # the result screen draws itself again
        room.submit_scores(file, shown, f"other {n}", "KGZ", "police", {"o1": n}, {"o1"})
    expect(desk.locator("h1.headline")).to_contain_text("4 people have answered", timeout=30_000)
    assert desk.locator(".answer-bar").first.inner_text().split() == ["1", "1", "2"]


def test_the_page_of_the_facilitator_is_closed_to_phones(screen, server, file):
    if not file.last(Kind.PIN):
        room.set_pin(file, PIN)
    page = screen()
    page.goto(f"{server.address}/workshop?lang=en&part=lock")
    drawn(page)
    page.locator(".st-key-pin input").fill("000000")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=This is not the PIN.")
    assert page.get_by_role("button", name="Lock").count() == 0

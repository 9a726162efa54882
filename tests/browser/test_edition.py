"""The edition opened by a double click: no server, no network, and still all there."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.reports.test_edition import few, package, readers  # noqa: F401 - fixtures

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("edition")]


@pytest.fixture(scope="module")
def edition(few, tmp_path_factory, readers, package):  # noqa: F811
    from dashboard.reports.edition import write

    out = tmp_path_factory.mktemp("stick") / "edition"
    write.publish(out, readers[1:], package, lambda _: None)
    return out


@pytest.fixture
def opened(chromium, edition):
    """Open a page of the edition with the network cut; what it asks for and what goes wrong is written down."""
    contexts, wrong = [], []

    def make(path, scheme="light", width=1920):
        context = chromium.new_context(offline=True, color_scheme=scheme, viewport={"width": width, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else wrong.append(r.url))
        page.on("requestfailed", lambda r: wrong.append(r.url))
        page.on("console", lambda m: wrong.append(m.text) if m.type in {"error", "warning"} else None)
        page.goto((edition / path).as_uri())
        page.evaluate("document.fonts.ready")
        return page

    yield make, wrong
    for context in contexts:
        context.close()


def test_it_opens_from_a_stick_and_its_long_table_can_be_searched(opened):
    make, wrong = opened
    page = make("index.html")
    page.get_by_role("link", name="Русский").click()
    assert page.locator("h1").inner_text().startswith("Зафиксировано 362 инцидента")
    assert page.evaluate("document.fonts.check('16px \"Noto Sans\"', 'Ж') && document.fonts.check('16px Inter', 'Ж')")
    page.get_by_role("link", name="Записи").click()
    page.get_by_role("searchbox").fill("кыргызстан снежный")
    shown = page.locator("#records tbody tr:visible").all_inner_texts()
    assert 0 < len(shown) < 21
    assert all("Кыргызстан" in row and "нежный барс" in row for row in shown)
    assert page.locator("output").inner_text() == f"{len(shown)} из 362"
    field, told = page.get_by_role("searchbox").bounding_box(), page.locator("output").bounding_box()
    assert field["y"] < told["y"] + told["height"] / 2 < field["y"] + field["height"]
    assert told["x"] > field["x"] + field["width"]
    assert wrong == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1920), ("dark", 390)])
@pytest.mark.parametrize("name", ["overview", "country-KGZ", "glossary"])
def test_axe_finds_no_serious_fault_and_nothing_is_wider_than_the_screen(opened, name, scheme, width):
    make, wrong = opened
    page = make(f"ru/{name}.html", scheme, width)
    assert wrong == []  # before axe itself asks for the style sheet
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).response["violations"]
    serious = [(v["id"], n["target"]) for v in found if v["impact"] in {"serious", "critical"} for n in v["nodes"]]
    assert serious == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

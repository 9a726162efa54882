"""Every page, both languages, normal and presenting, large and small, in a real browser with the network watched."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.window import FIRST_LINK, WIDER_THAN_ITS_PLACE, drawn

pytestmark = pytest.mark.browser

LAW_PARTS = ("penalties", "treaties", "reforms", "loopholes", "corridors", "compare", "practice")
VIEWS = {
    "overview": "/?",
    "extent": "/extent?",
    "extent-when": "/extent?part=when&",
    "extent-what": "/extent?part=what&",
    "extent-routes": "/extent?part=routes&",
    "extent-records": "/extent?part=records&record=PUB-0045&",
    "justice": "/justice?",
    "justice-persons": "/justice?count=persons&",
    "justice-countries": "/justice?part=countries&of=charged&step=charge&",
    **{f"justice-{part}": f"/justice?part={part}&" for part in ("sentences", "official", "time")},
    "law": "/law?",
    **{f"law-{part}": f"/law?part={part}&" for part in LAW_PARTS},
    "detection": "/detection?",
    "detection-lesson": "/detection?part=lesson&",
    "detection-experts": "/detection?part=experts&",
    "detection-months": "/detection?part=months&months=example&",
    "detection-own": "/detection?part=own&",
    "detection-accepted": "/detection?part=own&histories=plenty&",
    "detection-refused": "/detection?part=own&histories=little&",
    "country": "/country?country=KGZ&",
    "country-where": "/country?country=KGZ&part=where-and-when&",
    "country-law": "/country?country=KGZ&part=law&",
    "country-files": "/country?show=files&",
    "data": "/data?",
    "workshop": "/workshop?",
    "about": "/about?",
    "no-such-page": "/seizures?country=KGZ&",
}
PAGES = tuple(view for view in VIEWS if "-" not in view)
SCREENS = [(1920, 1080), (390, 844)]
# Names that stay in Latin letters in Russian: abbreviations, publishers' own names, addresses, species.
LATIN_IS_FINE = re.compile(
    r"\b(GSLEP|CITES|LaCONES|Word|PowerPoint|TRAFFIC|NABU|NEPA|Natural Earth|GeoNames|shadedrelief|http\S*|JSON"
    r"|site|season|visit|detected|occu|colext|data|gamma|epsilon|border_km|patrol_days)\b"  # columns and models
)
# On a telephone: what a finger cannot meet, what is cut short, a key that Plotly would draw into the picture, a number
# that nobody can read, and a chart that is not as wide as its place.
UNFIT = """(() => {
    const seen = element => element.getBoundingClientRect().height > 1 && element.checkVisibility();
    const main = selector => [...document.querySelectorAll('[data-testid=stMain] ' + selector)].filter(seen);
    const name = element => (element.innerText || element.ariaLabel || '').trim().slice(0, 40);
    return [
        ...main('button:not([data-tag] *, [role=group] *), [data-testid=stSelectbox] [role=group]')
            .filter(element => element.getBoundingClientRect().height < 43.5).map(element => 'low: ' + name(element)),
        ...main('p, li, dd, dt, td, h1, h2').filter(element => /(…|\\.\\.\\.)$/.test(element.innerText.trim()))
            .map(element => 'cut: ' + name(element)),
        ...main('[role=radiogroup] button p').filter(element => element.scrollWidth > element.clientWidth + 1)
            .map(element => 'cut: ' + name(element)),
        ...main('.legendtext').map(element => 'key: ' + element.textContent),
        ...main('.bartext').filter(element => element.textContent && element.getBoundingClientRect().width
            && parseFloat(getComputedStyle(element).fontSize) * element.getScreenCTM().d < 10)
            .map(element => 'tiny: ' + element.textContent),
        ...main('[data-testid=stPlotlyChart]').filter(element =>
            Math.abs(element.clientWidth - element.querySelector('.main-svg').getBoundingClientRect().width) > 1)
            .map(element => 'not as wide as its place: ' + name(element)),
    ];
})()"""
# Charts that Plotly had to draw a second time, since the names beside them need other margins than they were given.
DRAWN_TWICE = """[...document.querySelectorAll('.js-plotly-plot')].filter(chart => ['l', 'r', 't', 'b'].some(
    side => Math.abs(chart._fullLayout._size[side] - chart.layout.margin[side]) > 1
)).map(chart => [...chart.closest('[class*=st-key-figure-]').classList].find(name => name.startsWith('st-key-figure-'))
    + ' ' + JSON.stringify([chart.layout.margin, chart._fullLayout._size]))"""
FOCUSED = """(() => {
    const element = document.activeElement;
    const keyed = element.closest('[class*=st-key-]');
    return keyed ? [...keyed.classList].find(name => name.startsWith('st-key-')) : element.tagName;
})()"""
# Publishers, links, Streamlit's own skip link, the languages, each named in itself, and scientific names.
NAMES_OF_OTHERS = (
    ".records a", ".cards a", "pre", "[data-testid=stIconMaterial]",  # an icon is written as its name
    "[data-testid=stSkipToContent]", ".st-key-lang-shown",
    ".st-key-figure-appendices td[data-label='Научное название']",
    ".records td[data-label='Примечание']", ".st-key-passport-own *", "[data-testid=stFileUploaderDropzone]",
    "[class*=st-key-reports-]", ".st-key-other-language *", "[class*=st-key-passport-known-] *",
)  # fmt: skip
ENGLISH_WORD = re.compile(r"\b(?![A-Z]+\b)[A-Za-z]{4,}\b")  # abbreviations of names are the same in every language


def test_the_first_link_after_a_start_may_name_any_page(dashboard):
    assert FIRST_LINK.startswith("/about")
    assert dashboard.first_headline == "More reports do not mean more crime."
    assert dashboard.has_sidebar_first


@pytest.mark.parametrize(
    ("view", "lang", "scheme"),
    [
        *((view, "ru", "dark") for view in VIEWS),
        *((page, "en", "light") for page in PAGES),
    ],
)
def test_a_view_is_whole(visit, view, lang, scheme):
    """It fits both screens, asks nobody else, has no serious fault that axe finds, and in Russian no English word.

    Its charts are drawn once, and a page can also be projected.
    """
    watched = visit(scheme=scheme)
    page = watched.open(f"{VIEWS[view]}lang={lang}")
    assert serious_faults(page) == []
    assert page.evaluate(DRAWN_TWICE) == []
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        watched.drawn()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(WIDER_THAN_ITS_PLACE) <= 0
    assert page.evaluate(UNFIT) == []  # the last of the screens is that of a telephone
    assert page.locator("[data-testid=stException]").count() == 0
    if lang == "ru":
        assert english_words(page) == []
    if lang == "ru" and view in PAGES:
        page.set_viewport_size({"width": 1920, "height": 1080})
        page.locator(".st-key-presenting button").click()
        page.wait_for_function("location.search.includes('present=1')")
        watched.drawn()
        assert_it_can_be_projected(page)
    assert (watched.foreign, watched.errors) == ([], [])


def assert_it_can_be_projected(page):
    page.wait_for_selector("[data-testid=stSidebar]", state="hidden")
    assert page.evaluate(WIDER_THAN_ITS_PLACE) <= 0
    assert page.locator("[data-testid=stException]").count() == 0


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_long_name_does_not_widen_a_table_on_a_phone(visit, lang):
    watched = visit(390, 844)
    page = watched.open(f"/extent?lang={lang}&part=what")
    page.locator(".st-key-figure-appendices summary").click()
    watched.drawn()
    longest = page.get_by_text("Accipitriformes/Falconiformes").first
    assert longest.is_visible()
    right = "element => element.getBoundingClientRect().right"
    place = longest.locator("xpath=ancestor::details").evaluate(right)
    assert longest.locator("xpath=ancestor::table").evaluate(right) < place


def serious_faults(page) -> list[tuple]:
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).response["violations"]
    return [
        (violation["id"], node["target"], node.get("failureSummary", "")[:200])
        for violation in found
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]


def english_words(page) -> list[str]:
    hidden = page.add_style_tag(content=f"{', '.join(NAMES_OF_OTHERS)} {{ display: none !important; }}")
    said = page.locator("body").inner_text()
    hidden.evaluate("style => style.remove()")
    return ENGLISH_WORD.findall(LATIN_IS_FINE.sub("", said))


def test_the_policy_stands_on_every_response(chromium, address):
    policies = []
    with chromium.new_context() as first_visit:  # nothing is in its cache
        page = first_visit.new_page()
        page.on("response", lambda r: policies.append((r.url, r.headers.get("content-security-policy", ""))))
        page.goto(address)
        drawn(page)
    assert len(policies) > 5
    assert [url for url, policy in policies if url.startswith("http") and "default-src 'self'" not in policy] == []


def test_the_browser_itself_refuses_a_foreign_address(visit):
    page = visit().open("/")
    refused = page.evaluate("fetch('http://127.0.0.2:9/x').then(() => 'allowed').catch(e => String(e))")
    assert "Failed to fetch" in refused


def test_a_link_opens_in_russian_and_back_returns_to_it(visit):
    watched = visit()
    page = watched.open("/?country=KGZ&lang=ru")
    assert "21 инцидент" in watched.headline()
    page.locator(".st-key-controls").get_by_text("English", exact=True).click()
    page.wait_for_function("document.querySelector('h1.headline')?.innerText.includes('21 incident')")
    assert "country=KGZ" in page.url
    page.go_back()
    page.wait_for_function("document.querySelector('h1.headline')?.innerText.includes('21 инцидент')")
    assert "country=KGZ" in page.url


def test_the_first_page_answers_to_its_own_name_too(visit):
    watched = visit()
    page = watched.open("/overview?lang=en&country=KGZ")
    assert "21 incidents" in watched.headline()
    assert page.locator("[role=dialog]").count() == 0


def test_an_unknown_country_is_left_out_with_a_message(visit):
    watched = visit()
    page = watched.open("/?country=KGZ&country=XXX&lang=en")
    assert "21 incidents" in watched.headline()
    assert "country=XXX" in page.locator("[data-testid=stAlert]").inner_text()
    assert "XXX" not in page.url


def test_a_filter_that_matches_nothing_leads_back(visit):
    page = visit().open("/?lang=en&country=BTN&type=online_offer")
    assert "No record matches these filters." in page.locator("h1.headline").first.inner_text()
    page.get_by_role("button", name="Show all records").click()
    page.wait_for_function("document.querySelector('h1.headline')?.innerText.includes('No record') === false")
    assert "BTN" not in page.url


def test_the_filter_is_kept_from_page_to_page_and_through_a_reload(visit):
    watched = visit()
    page = watched.open("/?lang=en&country=KGZ")
    page.get_by_role("link", name="About").click()
    page.wait_for_function("location.pathname === '/about' && location.search.includes('country=KGZ')")
    page.get_by_role("link", name="Overview").click()
    page.wait_for_function("document.querySelector('h1.headline')?.innerText.includes('21 incident')")
    page.reload()
    watched.drawn()
    assert "21 incidents" in watched.headline()


def test_choosing_a_country_by_its_name_puts_its_code_into_the_link_and_settles_the_message(visit):
    watched = visit()
    page = watched.open("/?lang=ru&country=XXX")
    assert page.locator("[data-testid=stAlert]").count() == 1
    page.locator(".st-key-country-shown input").click()
    page.keyboard.type("Таджик")
    page.keyboard.press("Enter")
    page.wait_for_function("location.search.includes('country=TJK')")
    page.wait_for_function("document.querySelector('h1.headline')?.innerText.includes('8 инцидентов')")
    page.wait_for_selector("[data-testid=stAlert]", state="detached")
    assert "country=XXX" not in page.url


def test_every_control_can_be_reached_and_used_with_the_keyboard(visit):
    watched = visit()
    page = watched.open("/?lang=en")
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate(FOCUSED))
    wanted = {f"st-key-{key}-shown" for key in ("country", "taxon", "type", "evidence")} | {
        "st-key-from-shown", "st-key-to-shown", "st-key-lang-shown", "st-key-presenting", "st-key-export-coverage",
    }  # fmt: skip
    assert wanted <= reached
    assert not any(str(key).startswith("st-key-bound") for key in reached)
    page.locator(".st-key-presenting button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**present=1**")
    page.wait_for_selector("[data-testid=stSidebar]", state="hidden")
    assert page.locator("[data-testid=stSidebar]").is_hidden()


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_projected_table_shows_its_numbers_under_names_that_stand_straight(visit, lang):
    page = visit().open(f"/extent?lang={lang}&part=what&present=1")
    for name in ("species", "commodities"):
        figure = f".st-key-figure-{name}"
        counts = "found => found.filter(one => one.textContent && one.getBoundingClientRect().width).length"
        assert page.locator(f"{figure} .bartext").evaluate_all(counts) > 50
        turned = "found => found.filter(one => /rotate\\((?!0,)/.test(one.getAttribute('transform'))).length"
        assert page.locator(f"{figure} .xtick text").evaluate_all(turned) == 0


def test_presenting_scales_charts_and_text(visit):
    watched = visit()
    size = "getComputedStyle(document.querySelector('.js-plotly-plot .ytick text')).fontSize"
    normal = float(watched.open("/?lang=en").evaluate(size).removesuffix("px"))
    large = float(watched.open("/?lang=en&present=1").evaluate(size).removesuffix("px"))
    assert large >= 1.4 * normal

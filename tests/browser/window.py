"""Windows of one browser that tests share: opening one costs more processor time than all else a test does.

A navigation makes a new session of the dashboard, and cookies and storage are emptied in between; what stays is the
compiled code of Streamlit's client.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Error, Page

from benchmarks.wire import Server

RUNS = "[data-testid=stApp][data-test-script-state=notRunning]"
QUIET_MS = 250
# Until the script has ended, every chart stands and nothing has moved for a while.
QUIET = f"""ms => new Promise(quiet => {{
    const stands = () => document.querySelector('{RUNS}')
        && !document.querySelector('[data-testid=stSkeleton]')
        && [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(one => one.querySelector('.main-svg'));
    let timer;
    const look = () => {{
        if (!stands()) return again();
        watcher.disconnect();
        requestAnimationFrame(quiet);
    }};
    const again = () => {{ clearTimeout(timer); timer = setTimeout(look, ms); }};
    const watcher = new MutationObserver(again);
    watcher.observe(document.body, {{ subtree: true, childList: true, attributes: true, characterData: true }});
    again();
}})"""
WIDER_THAN_ITS_PLACE = """(() => {
    const main = document.querySelector('[data-testid=stMain]');
    return main.scrollWidth - main.clientWidth;
})()"""
# Streamlit asks for this file on a page's own path before it finds it at the root; its absence is expected.
EXPECTED_404 = "/_stcore/"
PATIENCE_MS = 60_000
FIRST_LINK = "/about?lang=en&country=KGZ"


def drawn(page: Page) -> Page:
    """Wait until the script has run and every chart stands."""
    page.wait_for_selector("h1.headline")
    return settled(page)


def settled(page: Page) -> Page:
    """The same for a page that need not have a headline."""
    page.wait_for_selector(RUNS)
    page.evaluate(QUIET, QUIET_MS)
    return page


class Windows:
    """The windows of a browser; each is lent to one test at a time and comes back empty."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.free: dict[str, list[Page]] = {}

    @contextmanager
    def lent(self) -> Iterator[Callable[..., Page]]:
        """Lend windows until the block is left."""
        taken: list[tuple[str, Page]] = []

        def window(width: int = 1920, height: int = 1080, locale: str = "en-GB", scheme: str = "light") -> Page:
            free = self.free.setdefault(locale, [])
            page = free.pop() if free else self._new(locale)
            taken.append((locale, page))
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            return page

        try:
            yield window
        finally:
            for locale, page in taken:
                self._take_back(locale, page)

    def _new(self, locale: str) -> Page:
        page = self.browser.new_context(locale=locale).new_page()
        page.set_default_timeout(PATIENCE_MS)
        return page

    def _take_back(self, locale: str, page: Page) -> None:
        try:
            if page.url.startswith("http"):
                page.evaluate("localStorage.clear(), sessionStorage.clear()")
            page.context.clear_cookies()
        except Error:  # it has crashed, or is between two addresses
            page.context.close()
        else:
            self.free[locale].append(page)


class Watched:
    """A page, and all that goes wrong on it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.foreign: list[str] = []
        self.errors: list[str] = []
        self.listeners = {"request": self._requested, "console": self._said, "pageerror": self._failed}
        for event, listener in self.listeners.items():
            page.on(event, listener)

    def leave(self) -> None:
        """Stop watching."""
        for event, listener in self.listeners.items():
            self.page.remove_listener(event, listener)

    def _requested(self, request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:", self.address.replace("http", "ws"))):
            self.foreign.append(request.url)

    def _said(self, message) -> None:
        if message.type == "error" and EXPECTED_404 not in message.location.get("url", ""):
            self.errors.append(f"{message.text} {message.location.get('url', '')}")

    def _failed(self, error) -> None:
        self.errors.append(str(error))

    def open(self, path: str) -> Page:
        """Open *path* and wait until it is drawn."""
        self.page.goto(self.address + path)
        return self.drawn()

    def drawn(self) -> Page:
        """Wait until the script has run and every chart stands."""
        return drawn(self.page)

    def headline(self) -> str:
        """The first sentence of the page."""
        return self.page.locator("h1.headline").inner_text()


class Dashboard(NamedTuple):
    """A dashboard that runs, and what was seen of it first."""

    address: str
    first_headline: str
    has_sidebar_first: bool


@contextmanager
def served(folder: Path, windows: Windows) -> Iterator[Dashboard]:
    """The dashboard as a facilitator serves it, with a database and a workshop of its own."""
    environment = {
        "DASHBOARD_DATABASE_URL": f"sqlite:///{folder}/browser.sqlite",
        "DASHBOARD_WORKSHOP": f"{folder}/workshop.sqlite",
    }
    with Server(environment, host="localhost") as server:
        with windows.lent() as window:
            first = Watched(window(), server.address)
            has_sidebar = first.open(FIRST_LINK).locator("[data-testid=stSidebar]").is_visible()
            seen = Dashboard(server.address, first.headline(), has_sidebar)
            first.leave()
        yield seen

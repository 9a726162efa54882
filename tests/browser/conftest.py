"""One server and one browser for all browser tests of a worker; everything that a page asks for is watched."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.window import Dashboard, Watched, Windows, drawn, served

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--use-gl=angle", "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]  # fmt: skip


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser without a GPU, as on a weak laptop."""
    path = os.environ.get("DASHBOARD_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        pytest.skip("no Chromium found: `python run.py test` finds or installs one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def windows(chromium) -> Windows:
    """The windows of the browser."""
    return Windows(chromium)


@pytest.fixture(scope="session")
def dashboard(tmp_path_factory, windows) -> Iterator[Dashboard]:
    """The server of all tests that change nothing on it."""
    with served(tmp_path_factory.mktemp("dashboard"), windows) as running:
        yield running


@pytest.fixture(scope="session")
def address(dashboard) -> str:
    """Where it is. A file whose tests change records has a server of its own under this name."""
    return dashboard.address


@pytest.fixture
def screen(windows):
    """Lend a window of a given size and browser language."""
    with windows.lent() as window:
        yield window


@pytest.fixture
def visit(screen, address):
    """The same, watched."""
    watched = []

    def make(*size: int, **look: str) -> Watched:
        watched.append(Watched(screen(*size, **look), address))
        return watched[-1]

    yield make
    for one in watched:
        one.leave()


@pytest.fixture
def telephone(chromium, address):
    """Opens a page on a telephone, which says of itself that it is one."""
    name = "Mozilla/5.0 (Linux; Android 16) Chrome/150.0 Mobile"
    with chromium.new_context(user_agent=name, viewport={"width": 390, "height": 844}) as context:

        def opened(path: str) -> Page:
            page = context.new_page()
            page.goto(f"{address}{path}")
            return drawn(page)

        yield opened

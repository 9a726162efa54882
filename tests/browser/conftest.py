"""One server and one browser for all browser tests; everything that a page asks for is watched."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--use-gl=angle", "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]  # fmt: skip
# Streamlit asks for this file on a page's own path before it finds it at the root; its absence is expected.
EXPECTED_404 = "/_stcore/"


@pytest.fixture(scope="session")
def address(tmp_path_factory) -> Iterator[str]:
    """The dashboard, served as a facilitator serves it: `streamlit run app.py`; with a database of its own."""
    database = f"sqlite:///{tmp_path_factory.mktemp('database')}/browser.sqlite"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.port",
        str(port),
        "--server.headless",
        "true",
    ]
    environment = {**os.environ, "DASHBOARD_DATABASE_URL": database}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield f"http://localhost:{port}"
    server.terminate()
    server.wait(10)


@pytest.fixture(scope="session")
def chromium(address) -> Iterator[Browser]:
    """A browser without a GPU, as on a weak laptop, once the server answers."""
    path = os.environ.get("DASHBOARD_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        pytest.skip("no Chromium found: `python run.py test` finds or installs one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        request = playwright.request.new_context()
        for _ in range(60):
            try:
                if request.get(f"{address}/_stcore/health", timeout=1000).ok:
                    break
            except Error:  # refused until the server listens
                wait = browser.new_page()
                wait.wait_for_timeout(500)
                wait.close()
        yield browser
        browser.close()


class Watched:
    """A page, and all that went wrong on it."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.page: Page = context.new_page()
        self.foreign: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", self._requested)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _requested(self, request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:", self.address.replace("http", "ws"))):
            self.foreign.append(request.url)

    def _said(self, message) -> None:
        if message.type == "error" and EXPECTED_404 not in message.location.get("url", ""):
            self.errors.append(f"{message.text} {message.location.get('url', '')}")

    def open(self, path: str) -> Page:
        """Open *path* and wait until it is drawn."""
        self.page.goto(self.address + path)
        return self.drawn()

    def drawn(self) -> Page:
        """Wait until the script has run and every chart stands."""
        self.page.wait_for_selector("h1.headline", timeout=60_000)
        self.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=60_000)
        self.page.wait_for_timeout(400)
        return self.page

    def headline(self) -> str:
        """The first sentence of the page."""
        return self.page.locator("h1.headline").inner_text()


@pytest.fixture
def visit(chromium, address):
    """Make a watched page of a given size and browser language."""
    contexts = []

    def make(width: int = 1920, height: int = 1080, locale: str = "en-GB", scheme: str = "light") -> Watched:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale=locale, color_scheme=scheme, reduced_motion="reduce"
        )
        contexts.append(context)
        return Watched(context, address)

    yield make
    for context in contexts:
        context.close()

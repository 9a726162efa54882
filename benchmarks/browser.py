"""What a reader waits for in a real browser: from the start to the first paint, and from a click to the last chart."""

import base64
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from math import isnan

from playwright.sync_api import Page, sync_playwright

from benchmarks.result import Row, row
from benchmarks.soak import COUNTRIES
from benchmarks.synthetic import of_size
from benchmarks.views import VIEWS
from benchmarks.wire import PATIENCE_S, READING_S, Server

REPEATS = 8  # countries
MOST_MS = {0: 250, 10_000: 400, 100_000: 400, 1_000_000: 800}
FLAGS = ["--no-sandbox", "--disable-gpu", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
DRAWN = "[data-testid=stApp][data-test-script-state=notRunning]"
# A map is a canvas: of it is seen when the frame after its last one could begin.
CANVAS = """{
    const clear = WebGL2RenderingContext.prototype.clear, framed = () => { window.framed = performance.now(); };
    WebGL2RenderingContext.prototype.clear = function (mask) {
        framed();
        requestAnimationFrame(() => setTimeout(framed));
        return clear.call(this, mask);
    };
}"""
# The address gets another country, as Back and Forward do it. Two clocks: one stops at the last change of the page, one
# at the last frame of a canvas; where there is none, that is nothing. The next click waits for both.
CHANGE = """async query => {
    const app = document.querySelector('[data-testid=stApp]'), main = document.querySelector('[data-testid=stMain]');
    let last = 0, hasBegun = false, ended = 0;
    const drawn = new MutationObserver(() => { last = performance.now(); });
    const drawing = ['d', 'transform', 'width', 'height', 'x', 'y', 'points'];
    drawn.observe(main,
        {subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: drawing});
    const state = new MutationObserver(() => { hasBegun = true; ended = performance.now(); });
    state.observe(app, {attributes: true, attributeFilter: ['data-test-script-state']});
    const begun = performance.now();
    history.pushState({}, '', query);
    window.dispatchEvent(new PopStateEvent('popstate', {state: {}}));
    for (;;) {
        await new Promise(next => setTimeout(next, 20));
        const now = performance.now(), newest = Math.max(last, ended, begun), frame = window.framed || 0;
        const rests = app.getAttribute('data-test-script-state') === 'notRunning';
        const isQuiet = rests && now - Math.max(newest, frame) > (hasBegun ? 400 : last ? 1500 : Infinity);
        if (isQuiet || now - begun > 60000) {
            drawn.disconnect(); state.disconnect();
            return [hasBegun || last ? newest - begun : NaN, frame > begun ? frame - begun : NaN];
        }
    }
}"""


def path_of_browser() -> str | None:
    """A browser of the Chromium family; run.py finds or installs one."""
    return os.environ.get("DASHBOARD_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")


@contextmanager
def page() -> Iterator[Page]:
    """A page in a browser that has visited nothing."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path_of_browser(), args=FLAGS)
        seen = browser.new_page(viewport={"width": 1920, "height": 1080})
        seen.add_init_script(CANVAS)
        yield seen
        browser.close()


def transferred(seen: Page) -> list[int]:
    """Counts the bytes that come over the network for *seen* from now on, compressed as they come."""
    sizes: list[int] = []
    network = seen.context.new_cdp_session(seen)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))

    def frame(event: dict) -> None:
        content = event["response"]["payloadData"]
        sizes.append(len(base64.b64decode(content)) if event["response"]["opcode"] == 2 else len(content))

    network.on("Network.webSocketFrameReceived", frame)
    return sizes


def opened(seen: Page, address: str) -> None:
    """Open an address and wait until it is drawn."""
    seen.goto(address)
    seen.wait_for_selector("h1.headline", timeout=READING_S * 1000)
    seen.wait_for_selector(DRAWN, timeout=PATIENCE_S * 1000)


def cold() -> Iterator[Row]:
    """From `streamlit run` to the first page drawn in a browser that has visited nothing, and what that transfers."""
    waits, answers, visits = [], [], []
    for _ in range(3):
        with of_size(0) as environment, page() as seen:
            server, begun = Server(environment), time.perf_counter()
            try:
                answers.append(server.start())
                sizes = transferred(seen)
                opened(seen, f"{server.address}/?lang=en")
                waits.append(time.perf_counter() - begun)
                seen.wait_for_timeout(1500)
                visits.append(sum(sizes) / 1e6)
            finally:
                server.stop()
    yield row("cold", "start until the server answers", "s", answers)
    yield row("cold", "start until the first page is drawn", "s", waits)
    yield row("cold", "first visit, without a proxy", "MB", visits)


def measure(size: int) -> Iterator[Row]:
    """Every view of a dashboard with *size* synthetic incidents: another country until the last chart is drawn.

    Of a map also until its last frame, which comes last where no graphics card draws it. A country that nobody asked
    for before, as soon as the server has made the page of every country ahead, which is a row of its own; and then the
    same countries again.
    """
    with of_size(size) as environment, Server(environment) as server, page() as seen:
        for name, query in VIEWS:
            plain = query.replace("&country=KGZ", "")
            opened(seen, f"{server.address}/{name}?{plain}")
            seen.wait_for_timeout(1000)
            yield row("ahead", f"{name}?{plain}", "s", [1 + server.rest()], size)
            for what in ("", ", again"):
                taken = [seen.evaluate(CHANGE, f"/{name}?{plain}&country={country}") for country in COUNTRIES[:REPEATS]]
                for part, clock in zip(("browser", "canvas"), zip(*taken, strict=True), strict=True):
                    if seen_ms := [ms for ms in clock if not isnan(ms)]:  # a rerun of 50 ms can pass unseen
                        yield row(part, f"{name}?{plain}{what}", "ms", seen_ms, size, most=MOST_MS.get(size))

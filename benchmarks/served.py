"""What readers get behind nginx, as `make serve` starts it: the first visit compressed, and a hundred at once."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks import browser, sessions
from benchmarks.result import Row, row
from benchmarks.synthetic import of_size
from benchmarks.wire import ROOT, free_port

READERS = 100
MOST_MB = 4
VISITS = 3


def has_nginx() -> bool:
    """Whether the proxy is installed."""
    return bool(shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin"))


@contextmanager
def served() -> Iterator[str]:
    """The address of the shipped data behind nginx, as many processes as the machine has cores."""
    place = f"127.0.0.1:{free_port()}"
    with of_size(0) as environment:
        command = [sys.executable, "-m", "serving", "--listen", place]
        words = {**os.environ, **environment}
        with subprocess.Popen(
            command, cwd=ROOT, env=words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as process:
            try:
                assert process.stdout
                if not any("processes at" in line for line in process.stdout):
                    raise RuntimeError(f"{' '.join(command)} did not start; run it by hand to see why")
                yield f"http://{place}"
            finally:
                process.send_signal(signal.SIGTERM)


def measure() -> Iterator[Row]:
    """First visits with nothing in the browser's cache, then the readers while they arrive and once they are there."""
    with served() as address:
        if browser.path_of_browser():
            visits, waits = [], []
            for _ in range(VISITS):
                with browser.page() as seen:
                    sizes, begun = browser.transferred(seen), time.perf_counter()
                    browser.opened(seen, f"{address}/?lang=en")
                    waits.append(time.perf_counter() - begun)
                    seen.wait_for_timeout(1500)
                    visits.append(sum(sizes) / 1e6)
            yield row("served", "first visit", "MB", visits, most=MOST_MB)
            yield row("served", "first visit", "s", waits)
        for _ in range(VISITS):  # each comes to one of the processes
            asyncio.run(sessions.warmed(address))
        arriving, there = asyncio.run(sessions.crowd(address, READERS))
        yield row("served", f"{READERS} readers while they arrive", "ms", arriving)
        yield sessions.of(there, f"{READERS} readers behind nginx", 0, READERS)

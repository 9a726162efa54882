"""Where the time of a rerun goes: the script of one view under cProfile, asked for over the wire as a browser asks.

    python -m benchmarks.profile justice "lang=en" [--size 100000] [--lines 40] [--again]

Each rerun asks for another first year, so that nothing of it was worked out before; with --again all ask for the same.
Functions are sorted by the time in them and in what they call; a profiler slows what makes many small calls.
"""

import argparse
import asyncio
import cProfile
import io
import os
import pstats
import sys
import threading
import time
import urllib.request
from typing import Any

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.web import cli

from benchmarks.pages import FIRST_YEAR
from benchmarks.synthetic import of_size
from benchmarks.wire import ROOT, Visitor, free_port

RERUNS = 7
WARM_UP = 3
profiles: list[cProfile.Profile] = []
run_script = ScriptRunner._run_script


def profiled(runner: ScriptRunner, *arguments: Any, **named: Any) -> None:
    """One run of the script, watched."""
    profile = cProfile.Profile()
    profile.enable()
    try:
        run_script(runner, *arguments, **named)
    finally:
        profile.disable()
        profiles.append(profile)


async def ask(port: int, page: str, query: str, *, again: bool) -> None:
    """Ask for the reruns as soon as the server answers."""
    visitor = Visitor(f"http://127.0.0.1:{port}")
    await visitor.connect()
    for nth in range(WARM_UP + RERUNS):
        await visitor.run(page, query if again else f"{query}&from={FIRST_YEAR + nth}")
    await visitor.close()


def drive(port: int, page: str, query: str, lines: int, again: bool) -> None:
    """Wait for the server, ask, print, and end the process."""
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1)
            break
        except OSError:
            time.sleep(0.1)
    asyncio.run(ask(port, page, query, again=again))
    said = io.StringIO()
    found = pstats.Stats(profiles[-1], stream=said)
    for profile in profiles[WARM_UP:-1]:
        found.add(profile)
    found.sort_stats("cumulative").print_stats(lines)
    packages = next((place for place in sys.path if place.endswith("site-packages")), "-") + "/"
    print(f"{page}?{query}: {RERUNS} reruns")
    print("\n".join(line.replace(packages, "").replace(f"{ROOT}/", "") for line in said.getvalue().splitlines()))
    sys.stdout.flush()
    os._exit(0)


def main() -> None:
    """Start the server in this process and the reader in a thread of it."""
    asked = argparse.ArgumentParser(description="Where the time of a rerun goes.")
    asked.add_argument("page")
    asked.add_argument("query", nargs="?", default="lang=en")
    asked.add_argument("--size", type=int, default=0)
    asked.add_argument("--lines", type=int, default=40)
    asked.add_argument("--again", action="store_true", help="the same view each time")
    wanted = asked.parse_args()
    port = free_port()
    ScriptRunner._run_script = profiled
    with of_size(wanted.size) as environment:
        os.environ.update(environment)
        os.chdir(ROOT)
        reader = (port, wanted.page, wanted.query, wanted.lines, wanted.again)
        threading.Thread(target=drive, args=reader, daemon=True).start()
        cli.main(["run", "app.py", "--server.port", str(port)])


if __name__ == "__main__":
    main()

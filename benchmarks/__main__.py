"""Prints one table: what a rerun of each page costs at the shipped data."""

import statistics
import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

APP = str(Path(__file__).parents[1] / "app.py")
RERUNS = 21


def message_bytes(app: AppTest) -> int:
    """Size of what a run sends: the protobuf of every element and block it draws."""
    return sum(element.proto.ByteSize() for element in _elements(app) if hasattr(element.proto, "ByteSize"))


def _elements(app: AppTest) -> list:
    return [element for element in app._tree if getattr(element, "proto", None) is not None]


def main() -> None:
    """Measure the overview and print milliseconds in the script and kilobytes sent."""
    print(f"{'page':<12}{'first, ms':>12}{'median, ms':>12}{'worst, ms':>12}{'sent, kB':>12}")
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["lang"] = "en"
    started = time.perf_counter()
    app.run()
    first = (time.perf_counter() - started) * 1000
    sent = message_bytes(app) / 1000
    times = []
    for _ in range(RERUNS):
        started = time.perf_counter()
        app.run()
        times.append((time.perf_counter() - started) * 1000)
    assert not app.exception
    print(f"{'overview':<12}{first:>12.0f}{statistics.median(times):>12.0f}{max(times):>12.0f}{sent:>12.0f}")


if __name__ == "__main__":
    main()

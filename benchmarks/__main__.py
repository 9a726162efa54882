"""Prints one table of what the dashboard costs, writes it as JSON, and compares it with the run before.

    python -m benchmarks                                all parts, in about an hour
    python -m benchmarks pages browser --size 0         some parts, with the shipped data
    python -m benchmarks pages --size 1000000           a size: that many synthetic incidents more

Before each part stands the pace of the machine, without which no number can be compared with another day's.
Parts: cold (start to first paint), pages (reruns over the wire), browser (another country to the last chart drawn),
sessions (many readers), served (many behind nginx), imports, exports, fits. Each run leaves a file in
benchmarks/results.
"""

import argparse
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

from benchmarks import browser, imports, meanwhile, occupancy, pages, reports, served, sessions
from benchmarks.machine import pace
from benchmarks.result import Row, Table, row

OF_A_SIZE: dict[str, Callable[[int], Iterator[Row]]] = {"pages": pages.measure, "browser": browser.measure}
ONCE: dict[str, Callable[[], Iterable[Row]]] = {
    "cold": browser.cold,
    "sessions": lambda: sessions.measure(0),
    "served": served.measure,
    "imports": lambda: chain(imports.rows(), meanwhile.measure(100_000)),
    "exports": reports.rows,
    "fits": occupancy.rows,
}
PARTS = ("cold", "pages", "browser", "sessions", "served", "imports", "exports", "fits")
SIZES = {"pages": (0, 10_000, 100_000, 1_000_000), "browser": (0, 100_000, 1_000_000)}
IN_A_BROWSER = ("cold", "browser")


def main(parts: Sequence[str], sizes: Sequence[int]) -> int:
    """Measure each part in turn; return how many broke off. One that cannot be measured here is named."""
    table, broken = Table(), 0
    for part in parts:
        if part in IN_A_BROWSER and not browser.path_of_browser():
            print(f"NOT MEASURED: {part}. No Chromium was found; name one in DASHBOARD_BROWSER.")
            continue
        if part == "served" and not served.has_nginx():
            print("NOT MEASURED: served. nginx was not found; on Debian: apt-get install nginx")
            continue
        if part in ONCE:
            broken += _take(part, ONCE[part], table)
        else:
            for size in sizes or SIZES[part]:
                broken += _take(f"{part} at {size:,}", partial(OF_A_SIZE[part], size), table)
    print(f"written to {table.write()}")
    return broken


def _take(name: str, measured: Callable[[], Iterable[Row]], table: Table) -> bool:
    """Measure one part; return whether it broke off. An hour of other parts is not lost with it."""
    table.add(row("pace", "a million additions, of processor", "ms", [pace() for _ in range(7)]))
    try:
        for one in measured():
            table.add(one)
    except Exception:  # noqa: BLE001 - it is printed, and the exit code says so
        traceback.print_exc()
        print(f"NOT MEASURED TO ITS END: {name}", flush=True)
        return True
    return False


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="What the dashboard costs.")
    asked.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all by default")
    asked.add_argument("--size", type=int, action="append", default=[], help="synthetic incidents; may be repeated")
    wanted = asked.parse_args()
    if unknown := sorted(set(wanted.parts) - set(PARTS)):
        asked.error(f"there is no part {unknown[0]!r}; there are: {', '.join(PARTS)}")
    sys.exit(min(main(wanted.parts or PARTS, wanted.size), 1))

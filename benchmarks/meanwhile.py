"""Readers while somebody imports through the page: how long a click takes them, and whether anything fails.

python -m benchmarks.meanwhile [ROWS]        (default 100000)
"""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.imports import write
from benchmarks.machine import load
from benchmarks.result import Row, row
from benchmarks.synthetic import of_size
from benchmarks.wire import Server, Visitor

VIEWS = (("overview", "lang=en"), ("extent", "lang=en"))
EVERY_S = 1.0  # between the end of a click and the next
MOST_MS = 1000
IMPORT = ("data", "lang=en&part=import")


class Importer(Visitor):
    """Somebody who brings a file through the page, and presses its button."""

    def __init__(self, address: str) -> None:
        super().__init__(address, hear=self._hear)
        self.fields: list[str] = []
        self.said: list[str] = []

    def _hear(self, message: ForwardMsg, _ms: float) -> None:
        if message.WhichOneof("type") == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            inner = getattr(element, str(element.WhichOneof("type")))
            self.said.append(str(getattr(inner, "body", "")))
            if identifier := getattr(inner, "id", ""):
                self.fields.append(identifier)

    def field(self, key: str) -> str:
        """The identifier of the widget with a key."""
        return next(identifier for identifier in self.fields if identifier.endswith(f"-{key}"))

    async def bring(self, content: bytes) -> tuple[float, float]:
        """Take a file along the road of the page; returns the seconds until it was checked, and stored."""
        await self.run(*IMPORT)
        begun = time.perf_counter()
        file = {self.field("import-file"): await self.upload("synthetic.csv", content)}
        await self.run(*IMPORT, file)
        checked = time.perf_counter() - begun
        await self.run(*IMPORT, file, self.field("import-store"))
        if self.has_failed or not any("Stored as version" in text for text in self.said):
            raise RuntimeError(f"the import was not stored; the page said: {self.said[-5:]}")
        return checked, time.perf_counter() - begun


async def _reader(address: str, number: int, took: list[float], over: asyncio.Event) -> None:
    visitor = Visitor(address)
    await visitor.connect()
    await asyncio.sleep(random.Random(number).uniform(0, EVERY_S))
    nth = number
    while not over.is_set():
        took.append((await visitor.run(*VIEWS[nth % len(VIEWS)])).ms)
        if visitor.has_failed:
            raise RuntimeError(f"{VIEWS[nth % len(VIEWS)]} failed during an import")
        nth += 1
        await asyncio.sleep(EVERY_S)
    await visitor.close()


async def _meanwhile(address: str, content: bytes, readers: int) -> dict[str, list[float]]:
    """The milliseconds of the readers' clicks before, during and after an import, and how long that took, s."""
    found: dict[str, list[float]] = {"before": [], "during": [], "after": [], "import": []}
    first = Visitor(address)
    await first.connect()
    for view in VIEWS:
        await first.run(*view)
    await first.close()
    importer = Importer(address)
    await importer.connect()
    for when in ("before", "during", "after"):
        over = asyncio.Event()
        people = [asyncio.create_task(_reader(address, n, found[when], over)) for n in range(readers)]
        if when == "during":
            found["import"] += await importer.bring(content)
        else:
            await asyncio.sleep(10)
        over.set()
        await asyncio.gather(*people)
    await importer.close()
    return found


def measure(count: int, readers: int = 1) -> Iterator[Row]:
    """One process serves the one who imports and the readers alike."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "synthetic.csv"
        write(path, count)
        content = path.read_bytes()
    with of_size(0) as environment, Server(environment) as server:
        found = asyncio.run(_meanwhile(server.address, content, readers))
        memory = server.used().peak_mb
    checked, stored = found["import"]
    yield row("imports", f"{count:,} rows through the page", "s", [stored], note=f"checked after {checked:.1f} s")
    yield row("imports", f"{count:,} rows through the page, peak", "MB", [memory])
    for when in ("before", "during", "after"):
        one = row("imports", f"a reader's click {when} that import", "ms", found[when])
        promise = f"p95 at most {MOST_MS}: {'yes' if one.p95 <= MOST_MS else 'NO'}" if when == "during" else ""
        worst = f"worst {max(found[when]):.0f}"
        yield row("imports", one.name, "ms", found[when], note=", ".join(filter(None, (worst, promise, load()))))


if __name__ == "__main__":
    for one in measure(int(sys.argv[1]) if sys.argv[1:] else 100_000):
        print(f"{one.name:<44}{one.runs:>5}{one.median:>10.1f}{one.p95:>10.1f} {one.unit:<4}{one.note}", flush=True)

"""Many readers at once, each of whom thinks between two clicks: how long a click takes, and what the server uses."""

import asyncio
import random
import time
from collections.abc import Iterator

from benchmarks.machine import load
from benchmarks.result import Row, row
from benchmarks.soak import COUNTRIES
from benchmarks.synthetic import of_size
from benchmarks.views import VIEWS
from benchmarks.wire import Server, Visitor

COUNTS = (1, 10, 25, 50, 100)
THINK_S = 8.0
A_SECOND = 5  # readers who arrive
MEASURED_S = 40.0
MOST_P95_MS = {25: 500, 100: 1500}


async def _reader(address: str, number: int, count: int, took: list[float], over: asyncio.Event) -> None:
    chance = random.Random(number)
    await asyncio.sleep(chance.uniform(0, count / A_SECOND))  # people do not come at the same moment
    visitor = Visitor(address)
    await visitor.connect()
    try:
        await visitor.run(*VIEWS[0])
        while not over.is_set():
            await asyncio.sleep(chance.expovariate(1 / THINK_S))
            page, query = chance.choice(VIEWS)
            country = "".join(f"&country={one}" for one in chance.sample(COUNTRIES, chance.choice((0, 1))))
            took.append((await visitor.run(page, query.replace("&country=KGZ", "") + country)).ms)
    finally:
        await visitor.close()


async def crowd(address: str, count: int, seconds: float = MEASURED_S) -> tuple[list[float], list[float]]:
    """The milliseconds of every click of *count* readers: while they arrive, and once all of them are there."""
    took: list[float] = []
    over = asyncio.Event()
    readers = [asyncio.create_task(_reader(address, n, count, took, over)) for n in range(count)]
    await asyncio.sleep(count / A_SECOND + THINK_S)
    there = len(took)
    await asyncio.sleep(seconds)
    over.set()
    await asyncio.gather(*readers)
    return took[:there], took[there:]


def measure(size: int, counts: tuple[int, ...] = COUNTS) -> Iterator[Row]:
    """Readers of one process."""
    for count in counts:
        with of_size(size) as environment, Server(environment) as server:
            asyncio.run(warmed(server.address))
            before, begun = server.used().cpu_s, time.perf_counter()
            arriving, took = asyncio.run(crowd(server.address, count))
            busy = (server.used().cpu_s - before) / (time.perf_counter() - begun)
            if arriving:
                yield row("sessions", f"{count} readers while they arrive", "ms", arriving, size)
            yield of(took, f"{count} readers, one process", size, count, f"{busy:.0%} of a core")
            yield row("memory", f"with {count} readers", "MB", [server.used().memory_mb], size)


def of(took: list[float], name: str, size: int, count: int, note: str = "") -> Row:
    """The row of one crowd; what was promised of it concerns p95, so it is said in the note."""
    found = row("sessions", name, "ms", took, size)
    most = MOST_P95_MS.get(count)
    promise = f"p95 at most {most}: {'yes' if found.p95 <= most else 'NO'}" if most else ""
    return row("sessions", name, "ms", took, size, ", ".join(text for text in (note, promise, load()) if text))


async def warmed(address: str) -> None:
    """Ask once for every view."""
    visitor = Visitor(address)
    await visitor.connect()
    for page, query in VIEWS:
        await visitor.run(page, query)
    await visitor.close()

"""What a rerun of each view costs over the wire: time, bytes, seconds of the processor, memory of the server.

Each rerun asks for another first year, so that nothing of it was worked out before, nor made ahead; the note says what
the same view costs when it is asked for again.
"""

import asyncio
from collections.abc import Iterator

from benchmarks.result import Row, row
from benchmarks.synthetic import of_size
from benchmarks.views import VIEWS
from benchmarks.wire import READING_S, Ran, Server, Visitor

WARM_UP, RERUNS = 2, 15
FIRST_YEAR = 1994  # of the reruns; the shipped records begin in 1993
MANY = 1_000_000  # from here on fewer repeats
FEW = 5
MEMORY_MB = 1000


async def _measure(server: Server, page: str, query: str, reruns: int) -> tuple[list[Ran], list[Ran], float]:
    visitor = Visitor(server.address)
    await visitor.connect()
    try:
        for _ in range(WARM_UP):
            await visitor.run(page, query, patience=READING_S)
        assert not visitor.has_failed, f"{page}?{query} shows an error"
        await asyncio.to_thread(server.rest)
        before = server.used().cpu_s
        runs = [await visitor.run(page, f"{query}&from={FIRST_YEAR + nth}") for nth in range(reruns)]
        cpu = (server.used().cpu_s - before) / reruns * 1000
        again = [await visitor.run(page, query) for _ in range(reruns)]
    finally:
        await visitor.close()
    return runs, again[1:], cpu


async def _first(server: Server) -> float:
    visitor = Visitor(server.address)
    await visitor.connect()
    try:
        return (await visitor.run("overview", "lang=en", patience=READING_S)).ms
    finally:
        await visitor.close()


def measure(size: int) -> Iterator[Row]:
    """Every view of a dashboard with *size* synthetic incidents."""
    with of_size(size) as environment, Server(environment) as server:
        first = asyncio.run(_first(server))
        used = server.used()
        yield row("first", "visit after the start", "ms", [first], size, f"{used.cpu_s:.0f} s of processor")
        yield row("memory", "the server once the records are read", "MB", [used.memory_mb], size)
        for page, query in VIEWS:
            runs, again, cpu = asyncio.run(_measure(server, page, query, FEW if size >= MANY else RERUNS))
            name, sizes = f"{page}?{query}", [ran.size / 1000 for ran in runs]
            sent, same = row("", "", "kB", sizes), row("again", name, "ms", [ran.ms for ran in again], size)
            note = f"{sent.median:.0f} kB sent, {cpu:.0f} ms of processor; again {same.median:.0f} ms"
            yield row("script", name, "ms", [ran.ms for ran in runs], size, note)
            yield same
            yield row("cpu", name, "ms", [cpu], size)
            yield row("sent", name, "kB", sizes, size)
        memory = server.used()
        yield row("memory", "the server after all views", "MB", [memory.memory_mb], size, most=MEMORY_MB)
        yield row("memory", "its peak", "MB", [memory.peak_mb], size)

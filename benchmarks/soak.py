"""Whether anything grows: readers come, click and go for a long time, and the memory of the server is drawn as a line.

    python -m benchmarks.soak [--minutes 60] [--readers 5] [--think 8] [--size 0]

First one hurried reader fills what the server keeps (figures/answers.py): that has a bound, and reaching it is not
growth. After a further tenth of the time a straight line through the memory gives its slope, in percent an hour.
"""

import argparse
import asyncio
import contextlib
import os
import random
import statistics
import time

from benchmarks.machine import load
from benchmarks.synthetic import of_size
from benchmarks.views import VIEWS
from benchmarks.wire import Server, Visitor

COUNTRIES = ("AFG", "BTN", "CHN", "IND", "KAZ", "KGZ", "MNG", "NPL", "PAK", "RUS", "TJK", "UZB")
CLICKS_A_VISIT = 15
SAMPLE_S = 10
HURRIED = 12_000  # views: they fill the 4096 answers that are kept, and turn them over more than once
SAID_EVERY = 1500  # of them
WARM_UP = 0.1
MOST_PERCENT_AN_HOUR = 1.0


def some_view(chance: random.Random) -> tuple[str, str]:
    """Any view, of no country, one or three."""
    page, query = chance.choice(VIEWS)
    countries = "".join(f"&country={one}" for one in chance.sample(COUNTRIES, chance.choice((0, 1, 3))))
    return page, query.replace("&country=KGZ", "") + countries


async def hurry(server: Server) -> None:
    """Ask for one view after another without a pause, in one visit after another."""
    chance = random.Random(-1)
    for seen in range(0, HURRIED, CLICKS_A_VISIT):
        if seen % SAID_EVERY == 0:
            print(f"{seen:6} views in a hurry {server.used().memory_mb:8.1f} MB", flush=True)
        visitor = Visitor(server.address)
        await visitor.connect()
        for _ in range(CLICKS_A_VISIT):
            await visitor.run(*some_view(chance))
        await visitor.close()


async def reader(server: Server, think: float, chance: random.Random, until: float, took: list[float]) -> None:
    """One reader after another on the same chair: each opens the dashboard, clicks for a while and leaves."""
    while time.monotonic() < until:
        visitor = Visitor(server.address)
        await visitor.connect()
        try:
            for _ in range(CLICKS_A_VISIT):
                took.append((await visitor.run(*some_view(chance))).ms)
                if time.monotonic() > until:
                    return
                await asyncio.sleep(chance.expovariate(1 / think))
        finally:
            await visitor.close()


async def sample(server: Server, until: float, points: list[tuple[float, float]]) -> None:
    """Look at the memory from time to time, and say so every five minutes."""
    begun = time.monotonic()
    while time.monotonic() < until:
        passed, memory = time.monotonic() - begun, server.used().memory_mb
        points.append((passed, memory))
        if len(points) % 30 == 1:
            print(f"{passed / 60:6.1f} min {memory:8.1f} MB   {load()}", flush=True)
        await asyncio.sleep(SAMPLE_S)


async def soak(server: Server, minutes: float, readers: int, think: float) -> None:
    """Run it and print what came out."""
    await hurry(server)
    until = time.monotonic() + minutes * 60
    points: list[tuple[float, float]] = []
    took: list[float] = []
    chairs = [reader(server, think, random.Random(n), until, took) for n in range(readers)]
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.gather(sample(server, until, points), *chairs)
    print(said(points, took, minutes * 60 * WARM_UP))


def said(points: list[tuple[float, float]], took: list[float], warm_up: float) -> str:
    """The line through the memory after the warm-up, in words."""
    settled = [(passed, memory) for passed, memory in points if passed >= warm_up]
    line = statistics.linear_regression(*zip(*settled, strict=True))
    middle = statistics.fmean(memory for _, memory in settled)
    percent = line.slope * 3600 / middle * 100
    p95 = statistics.quantiles(took, n=20)[-1]
    holds = "holds" if percent <= MOST_PERCENT_AN_HOUR else "DOES NOT HOLD"
    waits = f"median {statistics.median(took):.0f} ms, p95 {p95:.0f} ms"
    return (
        f"{len(took)} reruns in {points[-1][0] / 60:.0f} min, {waits}\n"
        f"memory after {warm_up / 60:.0f} min: mean {middle:.0f} MB, "
        f"from {settled[0][1]:.0f} to {settled[-1][1]:.0f} MB, "
        f"slope {percent:+.2f} % an hour (at most {MOST_PERCENT_AN_HOUR:g}: {holds})"
    )


def main() -> None:
    """Read the arguments, start a server with a database of nobody's, soak it."""
    asked = argparse.ArgumentParser(description="Whether the memory of the server grows.")
    asked.add_argument("--minutes", type=float, default=60)
    asked.add_argument("--readers", type=int, default=5)
    asked.add_argument("--think", type=float, default=8, help="seconds between two clicks of a reader, on average")
    asked.add_argument("--size", type=int, default=0, help="synthetic incidents besides the shipped data")
    wanted = asked.parse_args()
    print(
        f"{wanted.readers} readers, a click every {wanted.think:g} s each, process {os.getpid()}; {load()}", flush=True
    )
    with of_size(wanted.size) as environment, Server(environment) as server:
        asyncio.run(soak(server, wanted.minutes, wanted.readers, wanted.think))


if __name__ == "__main__":
    main()

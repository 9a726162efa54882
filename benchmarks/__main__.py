"""Prints one table: what a rerun of each page costs, over the wire as a browser asks for it.

The time runs from the request to `script_finished`, so it holds the script and the sending; kilobytes are those of all
messages of one rerun. Arguments are sizes: 0 is the shipped data, any other number that many synthetic incidents more.

    python -m benchmarks [0 100000 ...]
"""

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks import synthetic

ROOT = Path(__file__).parents[1]
WARM_UP, RERUNS = 3, 21
FINISHED = {ForwardMsg.FINISHED_SUCCESSFULLY}
VIEWS = (
    ("overview", "lang=en"),
    ("overview", "lang=ru&country=KGZ"),
    ("extent", "lang=en"),
    ("extent", "lang=ru&country=KGZ"),
    ("extent", "lang=en&level=place"),
    ("extent", "lang=en&drawing=simple"),
    ("extent", "lang=en&boundaries=tiles"),
    ("extent", "lang=en&part=when"),
    ("extent", "lang=en&part=what"),
    ("extent", "lang=en&part=routes"),
    ("extent", "lang=en&part=records"),
    ("about", "lang=en"),
)


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_healthy(port: int) -> None:
    """Return when the server answers; give up after half a minute."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the dashboard did not start within 30 s")


async def rerun(connection: websockets.ClientConnection, page: str, query: str) -> tuple[float, int]:
    """Ask for one run; return milliseconds until it finished and the bytes that came."""
    request = BackMsg()
    request.rerun_script.query_string = query
    request.rerun_script.page_name = page
    started, size = time.perf_counter(), 0
    await connection.send(request.SerializeToString())
    while True:
        data = await connection.recv()
        size += len(data)
        message = ForwardMsg.FromString(data)
        if message.WhichOneof("type") == "script_finished" and message.script_finished in FINISHED:
            return (time.perf_counter() - started) * 1000, size


async def measure(port: int, page: str, query: str) -> tuple[float, list[float], list[int]]:
    """The first run of a session, then the reruns."""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with websockets.connect(address, subprotocols=["streamlit"], max_size=None) as connection:
        first, _ = await rerun(connection, page, query)
        for _ in range(WARM_UP):
            await rerun(connection, page, query)
        runs = [await rerun(connection, page, query) for _ in range(RERUNS)]
    return first, [ms for ms, _ in runs], [size for _, size in runs]


def table(size: int, folder: str) -> None:
    """Start a server with *size* synthetic incidents, measure every view, print its lines."""
    environment = dict(os.environ)
    if size:
        synthetic.write(Path(folder), size)
        environment["DASHBOARD_DATA"] = folder
    port = free_port()
    options = ("--server.headless", "true", "--server.port", str(port))
    command = [sys.executable, "-m", "streamlit", "run", "app.py", *options]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_healthy(port)
        name = f"{size:,} synthetic incidents" if size else "shipped data"
        print(f"{name:<46}{'first ms':>10}{'median ms':>11}{'p95 ms':>9}{'sent kB':>9}")
        for page, query in VIEWS:
            first, times, sizes = asyncio.run(measure(port, page, query))
            p95, median = statistics.quantiles(times, n=20)[-1], statistics.median(times)
            sent = statistics.median(sizes) / 1000
            print(f"{page + '?' + query:<46}{first:>10.0f}{median:>11.0f}{p95:>9.0f}{sent:>9.0f}", flush=True)
    finally:
        server.terminate()
        server.wait(10)


def main(sizes: list[int]) -> None:
    """Measure each size in turn."""
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            table(size, folder)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [0, 100_000])

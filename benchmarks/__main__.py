"""Prints one table: what a rerun of the overview costs at the shipped data, over the wire as a browser asks for it.

The time runs from the request to `script_finished`, so it holds the script and the sending; the limit of 120 ms is
for the script alone. Kilobytes are those of all messages of one rerun.
"""

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).parents[1]
WARM_UP, RERUNS = 5, 41
FINISHED = {ForwardMsg.FINISHED_SUCCESSFULLY}


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


async def rerun(connection: websockets.ClientConnection, query: str) -> tuple[float, int]:
    """Ask for one run; return milliseconds until it finished and the bytes that came."""
    request = BackMsg()
    request.rerun_script.query_string = query
    started, size = time.perf_counter(), 0
    await connection.send(request.SerializeToString())
    while True:
        data = await connection.recv()
        size += len(data)
        message = ForwardMsg.FromString(data)
        if message.WhichOneof("type") == "script_finished" and message.script_finished in FINISHED:
            return (time.perf_counter() - started) * 1000, size


async def measure(port: int, query: str) -> tuple[float, list[float], list[int]]:
    """The first run of a session, then the reruns."""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with websockets.connect(address, subprotocols=["streamlit"], max_size=None) as connection:
        first, _ = await rerun(connection, query)
        for _ in range(WARM_UP):
            await rerun(connection, query)
        runs = [await rerun(connection, query) for _ in range(RERUNS)]
    return first, [ms for ms, _ in runs], [size for _, size in runs]


def main() -> None:
    """Start a server, measure it, print the table."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.headless",
        "true",
        "--server.port",
        str(port),
    ]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_healthy(port)
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, Python {sys.version.split()[0]}")
        print(f"{'overview':<28}{'first ms':>10}{'median ms':>11}{'p95 ms':>9}{'sent kB':>9}")
        for name, query in (("all records", "lang=en"), ("Kyrgyzstan, Russian", "lang=ru&country=KGZ")):
            first, times, sizes = asyncio.run(measure(port, query))
            p95 = statistics.quantiles(times, n=20)[-1]
            median, sent = statistics.median(times), statistics.median(sizes) / 1000
            print(f"{name:<28}{first:>10.0f}{median:>11.0f}{p95:>9.0f}{sent:>9.0f}")
    finally:
        server.terminate()
        server.wait(10)


if __name__ == "__main__":
    main()

"""A phone without a screen: speaks to the server as Streamlit's own page does, and sends what a person would tap."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

EVERYWHERE = "0.0.0.0"  # noqa: S104 - phones must reach it
ROOT = Path(__file__).parents[2]


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """Run *work* in a thread of its own: a browser that another test keeps open has the loop of this one."""
    with ThreadPoolExecutor(1) as own:
        return own.submit(asyncio.run, work).result()


def own_address() -> str:
    """The address of this machine on its network, or the loopback where there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        try:
            way.connect(("192.0.2.1", 9))
            return str(way.getsockname()[0])
        except OSError:
            return "127.0.0.1"


class Server:
    """The dashboard as ``run.py room`` starts it, which can be killed and started again."""

    def __init__(self, file: Path, log: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.file, self.log, self.host = file, log, own_address()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"

    def start(self) -> None:
        hosts = [f"--server.allowedHosts={name}" for name in (self.host, "localhost", "127.0.0.1")]
        command = [
            sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true", "--server.port",
            str(self.port), "--server.address", EVERYWHERE, "--browser.serverAddress", self.host, *hosts,
        ]  # fmt: skip
        environment = {**os.environ, "DASHBOARD_WORKSHOP": str(self.file)}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=1):  # noqa: S310
                    return
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("the dashboard did not start within 30 s")

    def kill(self) -> None:
        """As pulling the plug does: nothing can be tidied up."""
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(10)


@dataclass
class Screen:
    """What a phone shows after a run."""

    fields: dict[str, str] = field(default_factory=dict)  # the identifier of each widget, by its key
    said: list[str] = field(default_factory=list)  # every text
    confirmed_ms: float | None = None
    looks: str = ""  # the fragment that looks again and again whether the room has moved on

    def says(self, words: str) -> bool:
        return any(words in text for text in self.said)


class Phone:
    """One phone; its cookie stays when the connection does not."""

    def __init__(self, server: Server, number: int) -> None:
        self.server, self.number = server, number
        self.cookie = f"device=phone-{number:04d}-{'x' * 16}"
        self.protocols = ["streamlit"]
        self.connection: websockets.ClientConnection | None = None
        self.screen = Screen()
        self.traffic: list[bytes] = []

    async def open(self, page: str = "room", query: str = "lang=en") -> Screen:
        """Connect, and see the page."""
        self.page, self.query = page, query
        self.connection = await websockets.connect(
            f"ws://{self.server.host}:{self.server.port}/_stcore/stream",
            subprotocols=[websockets.Subprotocol(name) for name in self.protocols],
            max_size=None,
            origin=self.server.address,
            additional_headers={"Cookie": self.cookie},
            open_timeout=30,
        )
        return await self._run({}, "")

    async def close(self) -> None:
        if self.connection:
            await self.connection.close()

    async def send(self, values: dict[str, Any], button: str = "Send") -> Screen:
        """Fill in fields by the end of their key, and press a button."""
        states = {self.id_of(key): value for key, value in values.items()}
        return await self._run(states, self.id_of(f"-{button}"))

    async def look(self, every: float, until: asyncio.Event) -> None:
        """Look whether the room has moved on, as the page does by itself, until the session is over."""
        fragment = self.screen.looks
        while fragment and not until.is_set():
            await self._run({}, "", fragment)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(until.wait(), every)

    def id_of(self, key: str) -> str:
        found = [one for name, one in self.screen.fields.items() if name.endswith(key)]
        assert found, f"no field ends with {key!r}; there are: {sorted(self.screen.fields)}"
        return found[0]

    async def _run(self, states: dict[str, Any], trigger: str, fragment: str = "") -> Screen:
        assert self.connection
        request = BackMsg()
        rerun = request.rerun_script
        rerun.query_string, rerun.page_name = self.query, "" if self.page == "overview" else self.page
        rerun.fragment_id = fragment
        rerun.context_info.url = f"{self.server.address}/{self.page}"
        for one, value in states.items():
            state = rerun.widget_states.widgets.add()
            state.id = one
            if isinstance(value, list):
                state.string_array_value.data.extend(value)
            elif isinstance(value, float):
                state.double_value = value
            elif isinstance(value, int):
                state.int_value = value
            else:
                state.string_value = value
        if trigger:
            state = rerun.widget_states.widgets.add()
            state.id, state.trigger_value = trigger, True
        started = time.perf_counter()
        await self.connection.send(request.SerializeToString())
        self.screen = await asyncio.wait_for(self._finished(started), 60)
        return self.screen

    async def _finished(self, started: float) -> Screen:
        assert self.connection
        screen = Screen()
        finished = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY}
        while True:
            data = await self.connection.recv()
            assert isinstance(data, bytes)
            self.traffic.append(data)
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                inner = getattr(element, str(element.WhichOneof("type")))
                screen.said.append(str(getattr(inner, "body", "")))
                if 'class="counted"' in screen.said[-1] and screen.confirmed_ms is None:
                    screen.confirmed_ms = (time.perf_counter() - started) * 1000
                if getattr(inner, "id", ""):
                    screen.fields[inner.id] = inner.id
            if kind == "auto_rerun":
                screen.looks = message.auto_rerun.fragment_id
            if kind == "script_finished" and message.script_finished in finished:
                return screen

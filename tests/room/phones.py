"""A phone without a screen: speaks to the server as Streamlit's own page does, and sends what a person would tap."""

import asyncio
import contextlib
import socket
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks import wire

EVERYWHERE = "0.0.0.0"  # noqa: S104 - phones must reach it


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


class Server(wire.Server):
    """The dashboard as ``run.py room`` starts it, which can be killed and started again."""

    def __init__(self, file: Path, log: Path) -> None:
        host = own_address()
        hosts = [f"--server.allowedHosts={name}" for name in (host, "localhost", "127.0.0.1")]
        reach = ("--server.address", EVERYWHERE, "--browser.serverAddress", host)
        super().__init__({"DASHBOARD_WORKSHOP": str(file)}, (*reach, *hosts), host)
        self.file, self.log = file, log


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
        self.number = number
        cookie = f"device=phone-{number:04d}-{'x' * 16}"
        self.visitor = wire.Visitor(server.address, cookie, self._hear)
        self.screen = Screen()
        self.traffic: list[bytes] = []

    async def open(self, page: str = "room", query: str = "lang=en") -> Screen:
        """Connect, and see the page."""
        self.page, self.query = page, query
        await self.visitor.connect()
        return await self._run({}, "")

    async def close(self) -> None:
        await self.visitor.close()

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
        self.coming = Screen()
        await self.visitor.run(self.page, self.query, states, trigger, fragment)
        self.screen = self.coming
        return self.screen

    def _hear(self, message: ForwardMsg, passed_ms: float) -> None:
        screen = self.coming
        self.traffic.append(message.SerializeToString())
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            inner = getattr(element, str(element.WhichOneof("type")))
            screen.said.append(str(getattr(inner, "body", "")))
            if 'class="counted"' in screen.said[-1] and screen.confirmed_ms is None:
                screen.confirmed_ms = passed_ms
            if getattr(inner, "id", ""):
                screen.fields[inner.id] = inner.id
        if kind == "auto_rerun":
            screen.looks = message.auto_rerun.fragment_id

"""The dashboard as a process, and a reader without a screen who speaks to it as Streamlit's own page does.

Used by the benchmarks and by the tests of the room.
"""

import asyncio
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileUploaderState, UploadedFileInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).parents[1]
FINISHED = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY}
PATIENCE_S = 120
READING_S = 900  # the first visit waits until the records are read and checked
LOOK_S, AT_REST = 0.5, 0.1  # how long it is looked at, and what of a core it may use at rest
Listener = Callable[[ForwardMsg, float], None]


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """The dashboard on a port of its own; it can be killed and started again."""

    def __init__(
        self, environment: Mapping[str, str] | None = None, options: Sequence[str] = (), host: str = "127.0.0.1"
    ) -> None:
        self.environment, self.options, self.host = dict(environment or {}), tuple(options), host
        self.port, self.log = free_port(), Path(os.devnull)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """What a reader types."""
        return f"http://{self.host}:{self.port}"

    def start(self) -> float:
        """Start it; return the seconds until it answered."""
        command = [
            sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true", "--server.port",
            str(self.port), *self.options,
        ]  # fmt: skip
        source = os.pathsep.join((str(ROOT / "src"), os.environ.get("PYTHONPATH", "")))  # this checkout, no other
        environment = {**os.environ, "PYTHONPATH": source, **self.environment}
        begun = time.perf_counter()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=1):  # noqa: S310
                    return time.perf_counter() - begun
            except OSError:
                time.sleep(0.05)
        self.stop()
        raise TimeoutError("the dashboard did not start within 30 s")

    def kill(self) -> None:
        """As pulling the plug does: nothing can be tidied up."""
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> None:
        """Ask it to end."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(10)

    def used(self) -> "Used":
        """What the process has used so far."""
        assert self.process
        return used(self.process.pid)

    def rest(self) -> float:
        """Wait until it has made ahead what readers may ask next; return the seconds. Only /proc tells."""
        begun = time.perf_counter()
        while time.perf_counter() - begun < PATIENCE_S:
            before = self.used().cpu_s
            time.sleep(LOOK_S)
            if not self.used().cpu_s - before > LOOK_S * AT_REST:
                break
        return time.perf_counter() - begun - LOOK_S

    def __enter__(self) -> "Server":
        """Start it."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Ask it to end."""
        self.stop()


@dataclass(frozen=True, slots=True)
class Used:
    """What a process has used: seconds of the processor, and its memory now and at most. NaN without /proc."""

    cpu_s: float
    memory_mb: float
    peak_mb: float


def used(pid: int) -> Used:
    """Read /proc; other systems have none, and nothing is measured there."""
    place = Path("/proc") / str(pid)
    if not place.exists():
        return Used(*[float("nan")] * 3)
    numbers = (place / "stat").read_text().rpartition(")")[2].split()
    status = dict(line.split(":", 1) for line in (place / "status").read_text().splitlines())
    memory = [int(status[name].split()[0]) / 1000 for name in ("VmRSS", "VmHWM")]
    return Used((int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK"), *memory)


@dataclass(frozen=True, slots=True)
class Ran:
    """One run of the script, from the request to the last message of it: the script and the sending."""

    ms: float
    size: int  # bytes of all messages


class Visitor:
    """A reader without a screen. Their cookie, and the session where they ask for it, outlive the connection."""

    def __init__(self, address: str, cookie: str = "", hear: Listener | None = None) -> None:
        self.address, self.cookie, self.hear = address.rstrip("/"), cookie, hear
        self.session = ""
        self.token = ""  # of somebody who signed in
        self.has_failed = False
        self.pages: dict[str, str] = {}  # what the server calls a page, by its address
        self.connection: websockets.ClientConnection | None = None

    async def connect(self, *, again: bool = False) -> None:
        """Open a connection; with *again*, to the session they had, as a browser does that was asleep."""
        session = [self.session] if again and self.session else []
        known = [self.token or "none", *session] if self.token or session else []
        self.connection = await websockets.connect(
            self.address.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=["streamlit", *map(websockets.Subprotocol, known)],
            max_size=None,
            origin=websockets.Origin(self.address),
            additional_headers={"Cookie": self.cookie} if self.cookie else None,
            open_timeout=30,
        )

    async def close(self) -> None:
        """Close the connection, if there is one."""
        if self.connection:
            await self.connection.close()

    async def run(
        self, page: str, query: str, widgets: Mapping[str, Any] | None = None, trigger: str = "", fragment: str = "",
        patience: float = PATIENCE_S,
    ) -> Ran:  # fmt: skip
        """Ask for one run of *page*, with the values of widgets by their identifiers and a button that is pressed."""
        assert self.connection
        request = BackMsg()
        rerun = request.rerun_script
        name = "" if page == "overview" else page
        rerun.query_string, rerun.page_name = query, "" if name in self.pages else name
        rerun.page_script_hash = self.pages.get(name, "")
        rerun.fragment_id = fragment
        # As Back and Forward: without it the server keeps what its widgets hold, whatever the address says.
        rerun.is_history_navigation = not (widgets or trigger or fragment)
        rerun.context_info.url = f"{self.address}/{page}"
        for identifier, value in (widgets or {}).items():
            state = rerun.widget_states.widgets.add()
            state.id = identifier
            if isinstance(value, FileUploaderState):
                state.file_uploader_state_value.CopyFrom(value)
            elif isinstance(value, list):
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
        begun = time.perf_counter()
        await self.connection.send(request.SerializeToString())
        return await asyncio.wait_for(self._finished(begun), patience)

    async def upload(self, name: str, content: bytes) -> FileUploaderState:
        """Send a file as the field of a page does; returns the value that the field then has."""
        assert self.connection
        asked = BackMsg()
        asked.file_urls_request.request_id = name
        asked.file_urls_request.file_names.append(name)
        asked.file_urls_request.session_id = self.session
        await self.connection.send(asked.SerializeToString())
        message = ForwardMsg()
        while message.WhichOneof("type") != "file_urls_response":
            data = await asyncio.wait_for(self.connection.recv(), PATIENCE_S)
            assert isinstance(data, bytes)
            message = ForwardMsg.FromString(data)
        urls = message.file_urls_response.file_urls[0]
        await asyncio.to_thread(_put, self.address, urls.upload_url, name, content)
        info = UploadedFileInfo(name=name, size=len(content), file_id=urls.file_id, file_urls=urls)
        return FileUploaderState(uploaded_file_info=[info])

    async def _finished(self, begun: float) -> Ran:
        assert self.connection
        size, self.has_failed = 0, False
        while True:
            data = await self.connection.recv()
            assert isinstance(data, bytes)
            size += len(data)
            message = ForwardMsg.FromString(data)
            passed = (time.perf_counter() - begun) * 1000
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.session = message.new_session.initialize.session_id
            if kind == "navigation":
                self.pages = {
                    "" if one.is_default else one.url_pathname: one.page_script_hash
                    for one in message.navigation.app_pages
                }
            if kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
                self.has_failed = True
            if self.hear:
                self.hear(message, passed)
            if kind == "script_finished" and message.script_finished in FINISHED:
                return Ran(passed, size)


def _put(address: str, path: str, name: str, content: bytes) -> None:
    """Send a file to the address that the server gave out for it, with the token that it gave out as well."""
    with urllib.request.urlopen(f"{address}/_stcore/health", timeout=PATIENCE_S) as answer:  # noqa: S310
        cookie = str(answer.headers.get("Set-Cookie", "")).partition(";")[0]
    edge = secrets.token_hex(16)
    head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n\r\n'
    request = urllib.request.Request(  # noqa: S310
        f"{address}{path}",
        data=head.encode() + content + f"\r\n--{edge}--\r\n".encode(),
        method="PUT",
        headers={
            "Content-Type": f"multipart/form-data; boundary={edge}",
            "Cookie": cookie,
            "X-Xsrftoken": cookie.partition("=")[2],
        },
    )
    with urllib.request.urlopen(request, timeout=PATIENCE_S):  # noqa: S310
        pass

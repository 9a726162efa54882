"""Several processes behind nginx: a reader stays with one, what comes is compressed, and all of it ends together."""

import asyncio
import gzip
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from phones import run

from benchmarks.wire import ROOT, Visitor
from serving.__main__ import configuration, filled

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
needs_nginx = pytest.mark.skipif(not NGINX, reason="nginx is not installed (Debian: apt-get install nginx)")


class Many:
    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.address = f"127.0.0.1:{probe.getsockname()[1]}"
        environment = {**os.environ, "DASHBOARD_DATABASE_URL": f"sqlite:///{folder}/nobody.sqlite"}
        self.log = folder / "log"
        command = [sys.executable, "-m", "serving", "--listen", self.address, "--processes", "2"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        for _ in range(900):
            if "2 processes at" in self.log.read_text():
                return
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.1)
        raise TimeoutError(self.log.read_text())

    def get(self, path: str, seat: str = ""):
        headers = {"Accept-Encoding": "gzip", "Cookie": f"seat={seat}"}
        return urllib.request.urlopen(
            urllib.request.Request(f"http://{self.address}{path}", headers=headers if seat else {}), timeout=30
        )

    def children(self) -> list[int]:
        found = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False)
        return [int(pid) for pid in found.stdout.split()]


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    if not NGINX:
        pytest.skip("nginx is not installed (Debian: apt-get install nginx)")
    served = Many(tmp_path_factory.mktemp("many"))
    yield served
    served.process.send_signal(signal.SIGTERM)
    served.process.wait(20)


def test_a_reader_who_comes_back_finds_their_own_process(many):
    async def come_back(number: int) -> tuple[str, str]:
        visitor = Visitor(f"http://{many.address}", f"seat=reader-{number}")
        await visitor.connect()
        await visitor.run("about", "lang=en")
        first = visitor.session
        await visitor.close()
        await visitor.connect(again=True)
        await visitor.run("about", "lang=en")
        await visitor.close()
        return first, visitor.session

    async def all_of_them() -> list[tuple[str, str]]:
        return [await come_back(number) for number in range(8)]  # by chance: one time in 256

    sessions = run(all_of_them())
    assert all(first for first, _ in sessions)
    assert [first for first, again in sessions if first != again] == []


def test_a_new_reader_gets_a_seat_and_the_headers_stay(many):
    headers = many.get("/").headers
    assert re.fullmatch(r"seat=\w{32}; Path=/; HttpOnly; SameSite=Strict", headers["Set-Cookie"])
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Server"] == "nginx"
    assert many.get("/", seat="known").headers["Set-Cookie"] is None


def test_what_a_first_visit_needs_comes_compressed(many):
    page = gzip.decompress(many.get("/", seat="x").read()).decode()
    script = re.search(r'src="\./(static/js/index[^"]+\.js)"', page)
    assert script, page[:2000]
    answer = many.get(f"/{script[1]}", seat="x")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.read()) < 1_000_000


def test_a_flood_is_refused_and_a_large_body_too(many):
    body = urllib.request.Request(f"http://{many.address}/_stcore/health", data=b"x" * 1_100_000, method="POST")
    with pytest.raises(urllib.error.HTTPError, match="413"):
        urllib.request.urlopen(body, timeout=30)  # noqa: S310
    upload = f"http://{many.address}/_stcore/upload_file/nobody/nothing"
    codes = []
    for _ in range(25):
        try:
            urllib.request.urlopen(urllib.request.Request(upload, data=b"x", method="PUT"), timeout=30)
        except urllib.error.HTTPError as refused:
            codes.append(refused.code)
    assert codes[0] in {400, 403}  # a session that nobody has, or no token
    assert codes[-1] == 429


def test_a_process_that_was_killed_is_replaced_and_the_link_still_opens(many):
    dashboards = [pid for pid in many.children() if b"streamlit" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    assert len(dashboards) == 2
    os.kill(dashboards[0], signal.SIGKILL)

    async def read(number: int) -> bool:
        visitor = Visitor(f"http://{many.address}", f"seat=after-{number}")
        await visitor.connect()
        await visitor.run("overview", "lang=en&country=KGZ")
        await visitor.close()
        return visitor.has_failed

    async def readers() -> list[bool]:
        return list(await asyncio.gather(*(read(number) for number in range(4))))

    assert run(readers()) == [False] * 4  # those who sat with the dead one are served by the other
    for _ in range(300):
        if many.log.read_text().count("is started again"):
            break
        time.sleep(0.05)
    assert "ended with -9; it is started again" in many.log.read_text()


@needs_nginx
def test_all_of_it_ends_together(many):
    children = many.children()
    many.process.send_signal(signal.SIGTERM)
    assert many.process.wait(20) == 0
    assert children
    assert [pid for pid in children if Path(f"/proc/{pid}").exists()] == []


def test_the_configuration_follows_the_upload_limit_and_hides_the_cookie_from_plain_http(tmp_path):
    made = configuration(tmp_path, "0.0.0.0:443", [1, 2], "/c.pem", "/k.pem")
    assert "listen 0.0.0.0:443 ssl;" in made
    assert "SameSite=Strict; Secure" in made
    assert made.count("max_fails=1") == 2
    with pytest.raises(ValueError, match="no value for"):
        filled("$[one] $[two]", one="1")

"""Several processes of the dashboard behind nginx: one address, sticky sessions, compression, limits.

    python run.py many                                        http://127.0.0.1:8600, a process a core
    python run.py many --listen 0.0.0.0:443 --name iwt.example.org --certificate cert.pem --key key.pem
    python run.py many --processes 4

Nobody is "at the machine" here: records change and workshops are led only by who signs in or knows the PIN. Ctrl-C or
SIGTERM ends all of it; a process that dies is started again.
"""

import argparse
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEMPLATE = Path(__file__).parent / "nginx.conf"
EVERYWHERE = ("", "0.0.0.0", "[::]")  # noqa: S104 - as --listen may say it
LOOKS_EVERY_S = 0.5
RESTS_S = 5  # before a process that died is started again
ENDS_WITHIN_S = 10


def filled(template: str, **words: str) -> str:
    """The template with its words; one that has no value, or a value without a place, is a mistake of ours."""
    for word, value in words.items():
        if f"$[{word}]" not in template:
            raise ValueError(f"the template has no place for {word!r}")
        template = template.replace(f"$[{word}]", value)
    if "$[" in template.replace("$[...]", ""):
        raise ValueError(f"no value for {template[template.index('$[') :][:30]!r}")
    return template


def configuration(
    folder: Path, listen: str, ports: list[int], certificate: str | None = None, key: str | None = None
) -> str:
    """The configuration of nginx for processes on *ports*."""
    lines = f"        ssl_certificate {certificate};\n        ssl_certificate_key {key};" if certificate else ""
    limit = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["server"]["maxUploadSize"]
    return filled(
        TEMPLATE.read_text(encoding="utf-8"),
        folder=str(folder),
        listen=listen,
        ssl=" ssl" if certificate else "",
        secure="; Secure" if certificate else "",
        certificate=lines,
        servers="\n".join(f"        server 127.0.0.1:{port} max_fails=1 fail_timeout={RESTS_S}s;" for port in ports),
        upload_mb=str(limit),
    )


def free_ports(count: int) -> list[int]:
    """Ports that nobody uses."""
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


class Processes:
    """The dashboards and nginx: started, watched, ended."""

    def __init__(self, folder: Path, ports: list[int], names: list[str]) -> None:
        self.folder = folder
        # One secret for all: a process that was started again knows the cookies of the one before. Not on the command
        # line, where every user of the machine could read it.
        self.environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), os.environ.get("PYTHONPATH", ""))),
            "STREAMLIT_SERVER_COOKIE_SECRET": secrets.token_hex(32),
            "DASHBOARD_SHARED": "1",
        }
        hosts = [f"--server.allowedHosts={name}" for name in dict.fromkeys((*names, "localhost", "127.0.0.1"))]
        reach = ("--server.address", "127.0.0.1", "--browser.serverAddress", names[0])
        streamlit = (sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true", *reach, *hosts)
        self.commands: dict[str, tuple[str, ...]] = {
            f"process {port}": (*streamlit, "--server.port", str(port)) for port in ports
        }
        self.ports = ports
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str) -> None:
        """Start one of them."""
        self.running[name] = subprocess.Popen(
            self.commands[name], cwd=ROOT, env=self.environment, start_new_session=True
        )

    def wait_until_answered(self) -> bool:
        """Wait until every dashboard takes connections."""
        until = time.monotonic() + 60
        for port in self.ports:
            while True:
                with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                if time.monotonic() > until or self.running[f"process {port}"].poll() is not None:
                    return False
                time.sleep(0.1)
        return True

    def watch(self, is_over: Callable[[float], bool]) -> None:
        """Start again what has died, until it is over."""
        while not is_over(LOOKS_EVERY_S):
            for name, process in list(self.running.items()):
                if process.poll() is not None:
                    print(f"{name} ended with {process.returncode}; it is started again", flush=True)
                    self.start(name)
                    if is_over(RESTS_S):
                        return

    def stop(self) -> None:
        """Nginx first, so that nobody new comes in; whoever does not end in time is killed."""
        for name in sorted(self.running, key=lambda name: name != "nginx"):
            with suppress(ProcessLookupError):
                self.running[name].send_signal(signal.SIGTERM)
        until = time.monotonic() + ENDS_WITHIN_S
        for process in self.running.values():
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def main(arguments: list[str]) -> int:
    """Read the arguments, write the configuration, start and watch."""
    asked = argparse.ArgumentParser(prog="run.py many", description="Several processes behind nginx.")
    asked.add_argument("--listen", default="127.0.0.1:8600", help="address and port; default %(default)s")
    asked.add_argument("--name", action="append", default=[], help="a name of this server in links; may be repeated")
    asked.add_argument("--processes", type=int, default=max(2, os.cpu_count() or 2))
    asked.add_argument("--certificate", help="for https: the file with the certificate")
    asked.add_argument("--key", help="for https: the file with its key")
    wanted = asked.parse_args(arguments)
    if bool(wanted.certificate) != bool(wanted.key):
        asked.error("--certificate and --key belong together")
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if not nginx:
        print("error: nginx was not found; on Debian: apt-get install nginx", file=sys.stderr)
        return 1
    over = threading.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda *_: over.set())
    with tempfile.TemporaryDirectory(prefix="dashboard-") as place:
        folder = Path(place)
        folder.chmod(0o755)  # started by root, nginx works as somebody else and must reach its folders
        ports = free_ports(wanted.processes)
        host = wanted.listen.rpartition(":")[0]
        named = [*wanted.name, *([] if host in EVERYWHERE else [host])] or ["localhost"]
        processes = Processes(folder, ports, named)
        file = folder / "nginx.conf"
        file.write_text(configuration(folder, wanted.listen, ports, wanted.certificate, wanted.key), encoding="utf-8")
        try:
            for name in list(processes.commands):
                processes.start(name)
            if not processes.wait_until_answered():
                print("error: the dashboard did not start within a minute", file=sys.stderr)
                return 1
            processes.commands["nginx"] = (nginx, "-c", str(file), "-e", str(folder / "nginx-error.log"), "-p", place)
            processes.start("nginx")
            time.sleep(LOOKS_EVERY_S)
            if processes.running["nginx"].poll() is not None:
                print(f"error: nginx did not start: {(folder / 'nginx-error.log').read_text()}", file=sys.stderr)
                return 1
            scheme = "https" if wanted.certificate else "http"
            print(f"{wanted.processes} processes at {scheme}://{wanted.listen}", flush=True)
            processes.watch(over.wait)
        finally:
            processes.stop()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

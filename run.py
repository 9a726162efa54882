"""Sets everything up on a fresh machine and opens the dashboard. Standard library only; the same on every system.

python run.py                  install what is missing, open the dashboard on 127.0.0.1:8501
python run.py room             the same for a workshop: phones on the local network can score and vote
python run.py many [OPTIONS]   for many readers: several processes behind nginx (Linux); --help says the options
python run.py test [ARGS]      install the tools and a browser, run every test (ARGS go to pytest)
python run.py check            format, lint, types, import contracts, data, known weaknesses of the packages
python run.py spark            the aggregates on Spark, where there is Java
python run.py bench            the benchmarks
python run.py wheels [FOLDER]  fill FOLDER with everything that is needed where there is no network

Where the folder ``wheels`` exists, packages are installed from it and the network is not asked.
"""

import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = Path(os.environ.get("DASHBOARD_VENV", ROOT / ".venv"))
SCRIPTS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
WHEELS = ROOT / "wheels"
OLDEST = (3, 11)
RUNTIME, TOOLS, SPARK = "requirements.txt", "requirements-dev.txt", "requirements-spark.txt"
CHECKS = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy",),
    ("lint-imports",),
    ("dashboard", "check"),
)
SIDE_BY_SIDE = ("-n", "auto", "--maxprocesses", "4")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
BROWSER_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


def main(arguments: list[str]) -> int:
    """Do what the first argument says; without one, open the dashboard."""
    if sys.version_info < OLDEST:
        return _fail(f"Python {'.'.join(map(str, OLDEST))} or newer is needed; this is {sys.version.split()[0]}")
    command, *rest = arguments or ["serve"]
    if command == "serve":
        return _install(RUNTIME) or _python("streamlit", "run", "app.py", *rest)
    if command == "room":
        return _install(RUNTIME) or _room(rest)
    if command == "many":
        return _install(RUNTIME) or _python("serving", *rest)
    if command == "test":
        return _install(TOOLS) or _test(rest)
    if command == "check":
        return _install(TOOLS) or max(*(_run(SCRIPTS / tool, *rest) for tool, *rest in CHECKS), _audit())
    if command == "spark":
        if _install(SPARK):
            print("NOT RUN: the aggregates on Spark. Its package could not be installed here.")
            return 0
        return _python("pytest", "-m", "spark", *rest)
    if command == "bench":
        return _install(TOOLS) or _python("benchmarks", *rest)
    if command == "wheels":
        return _make_environment() or _pip(
            "download", "--dest", rest[0] if rest else str(WHEELS), "-r", RUNTIME, "setuptools>=80", "wheel"
        )
    return _fail(f"there is no command {command!r}; see the first lines of run.py")


def _room(arguments: list[str]) -> int:
    """Listen to the local network too; only under the addresses of this computer, so no foreign page can reach in."""
    address = arguments[0] if arguments and not arguments[0].startswith("-") else _own_address()
    if not address:
        return _fail(
            "this computer is on no network; join one or open a hotspot, or name the address: run.py room ADDRESS"
        )
    rest = arguments[1:] if arguments[:1] == [address] else arguments
    hosts = [f"--server.allowedHosts={name}" for name in (address, "localhost", "127.0.0.1")]
    print(f"The facilitator opens http://localhost:8501, phones open http://{address}:8501/room", flush=True)
    reach = ("--server.address", "0.0.0.0", "--browser.serverAddress", address)  # noqa: S104 - phones must reach it
    return _python("streamlit", "run", "app.py", *reach, *hosts, *rest)


def _own_address() -> str:
    """The address of this computer on the local network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        try:
            way.connect(("192.0.2.1", 9))  # an address kept for documentation (RFC 5737)
            return str(way.getsockname()[0])
        except OSError:
            return ""


def _make_environment() -> int:
    if not PYTHON.exists():
        print(f"Making the environment {ENVIRONMENT} …", flush=True)
        venv.create(ENVIRONMENT, with_pip=True)
    return 0


def _install(requirements: str) -> int:
    """Install *requirements* unless they were installed before; a mark in the environment says which."""
    _make_environment()
    wanted = b"".join((ROOT / name).read_bytes() for name in (RUNTIME, TOOLS, SPARK, "pyproject.toml"))
    mark = ENVIRONMENT / f"{requirements}.installed"
    digest = hashlib.sha256(wanted).hexdigest()
    if mark.exists() and mark.read_text() == digest:
        return 0
    print(f"Installing {requirements} … this takes a minute or two the first time.", flush=True)
    source = ["--no-index", "--find-links", str(WHEELS)] if WHEELS.is_dir() else []
    if _pip("install", "--quiet", *source, "-r", requirements):
        return _fail("the packages could not be installed; without a network, put a folder `wheels` beside run.py")
    mark.write_text(digest)
    return 0


def _test(arguments: list[str]) -> int:
    """Run the tests that *arguments* name, or all, side by side: first those without a browser, then the others.

    Without a browser it says which could not run instead of passing over them in silence.
    """
    browser = find_browser() or _install_browser()
    if browser:
        os.environ["DASHBOARD_BROWSER"] = browser
    if arguments:
        return _python("pytest", *arguments)
    code = _python("pytest", *SIDE_BY_SIDE, "-m", "not browser")
    if browser:
        return _python("pytest", *SIDE_BY_SIDE, "--dist", "loadgroup", "-m", "browser") or code
    print("NOT RUN: the browser tests. No Chromium, Chrome or Edge was found, and none could be installed here.")
    return code


def _audit() -> int:
    """Ask whether the pinned packages have known weaknesses; what could not be asked is named, never passed over."""
    pins = [line for line in (ROOT / RUNTIME).read_text(encoding="utf-8").splitlines() if "==" in line]
    with tempfile.TemporaryDirectory() as place:
        file, found = Path(place) / "pins.txt", Path(place) / "found.json"
        file.write_text("\n".join(pins), encoding="utf-8")
        asked = ("-r", str(file), "--no-deps", "--disable-pip", "--format", "json", "--output", str(found))
        quiet = {"capture_output": True, "text": True, "check": False, "cwd": ROOT}
        subprocess.run([str(SCRIPTS / "pip-audit"), *asked, "--progress-spinner", "off", "--timeout", "10"], **quiet)
        answer = found.read_text(encoding="utf-8") if found.exists() else ""
    lines, code = audit_said(answer, len(pins))
    print("\n".join(lines))
    return code


def audit_said(answer: str, count: int) -> tuple[list[str], int]:
    """What the answer of pip-audit about *count* packages means, and the exit code."""
    packages = json.loads(answer)["dependencies"] if answer else []
    checked = [one for one in packages if "skip_reason" not in one]
    weak = [(one, weakness) for one in checked for weakness in one["vulns"]]
    lines = [
        f"WEAK: {one['name']} {one['version']}: {weakness['id']}, mended in {weakness['fix_versions'] or 'no version'}"
        for one, weakness in weak
    ]
    if len(checked) < count:
        missing = ", ".join(one["name"] for one in packages if "skip_reason" in one) or "all of them"
        why = "the index does not know them" if packages else "the index could not be reached"
        lines.append(f"NOT CHECKED for known weaknesses: {count - len(checked)} of {count} packages ({why}): {missing}")
    else:
        lines.append(f"Known weaknesses of {count} packages: {len(weak)}")
    return lines, 1 if weak else 0


def find_browser() -> str | None:
    """A browser of the Chromium family on this machine."""
    named = os.environ.get("DASHBOARD_BROWSER")
    on_path = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    return named or on_path or next((place for place in BROWSER_PLACES if Path(place).exists()), None)


def _install_browser() -> str | None:
    """Install Debian's Chromium where that can be done without asking anybody."""
    apt = shutil.which("apt-get")
    if not apt or os.name == "nt" or os.geteuid() != 0:
        return None
    print("Installing chromium …", flush=True)
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run([apt, "update"], check=False, **quiet)
    subprocess.run([apt, "install", "--yes", "--no-install-recommends", "chromium"], check=False, **quiet)
    return find_browser()


def _pip(*arguments: str) -> int:
    return _python("pip", "--disable-pip-version-check", *arguments)


def _python(module: str, *arguments: str) -> int:
    """Run a module of the environment."""
    return _run(PYTHON, "-m", module, *arguments)


def _run(program: Path, *arguments: str) -> int:
    """Run a program of the environment from the project's folder."""
    try:
        return subprocess.run([str(program), *arguments], cwd=ROOT, check=False).returncode
    except KeyboardInterrupt:
        return 0


def _fail(message: str) -> int:
    print(f"error: {message}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

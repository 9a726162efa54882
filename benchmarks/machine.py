"""What was measured on: without it no number can be compared with another."""

import os
import platform
import sys
import time
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("streamlit", "pandas", "narwhals", "plotly", "pyarrow")


def load() -> str:
    """How busy the machine is with other things as well."""
    found = getattr(os, "getloadavg", lambda: None)()
    return f"load {found[0]:.1f} on {os.cpu_count()} cores" if found else f"{os.cpu_count()} cores"


def pace() -> float:
    """Milliseconds of processor for a million additions: how fast this machine is just now.

    A rented machine was found three times slower on one day than on another, and half as fast within an hour.
    """
    begun, total = time.process_time(), 0
    for number in range(1_000_000):
        total += number
    return (time.process_time() - begun) * 1000


def described() -> dict[str, str]:
    """The machine and the versions."""
    processor, memory = platform.processor() or "unknown", ""
    information, sizes = Path("/proc/cpuinfo"), Path("/proc/meminfo")
    if information.exists():
        names = [line for line in information.read_text().splitlines() if line.startswith("model name")]
        processor = names[0].partition(":")[2].strip() if names else processor
    if sizes.exists():
        memory = f"{int(sizes.read_text().split()[1]) / 1e6:.0f} GB"
    return {
        "processor": processor,
        "cores": str(os.cpu_count()),
        "memory": memory,
        "system": platform.platform(),
        "python": sys.version.split()[0],
        **{name: version(name) for name in PACKAGES},
        "load": load(),
    }

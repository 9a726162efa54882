"""How long an import takes, and how much memory: synthetic rows, labelled as such, on an empty database.

python -m benchmarks.imports [ROWS ...]        (default 100000; the issue's other size is 1000000)
"""

import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.result import Row, row
from dashboard.domain.tables import INCIDENT_SHEET

LIMITS = {100_000: (15, 1.5), 1_000_000: (120, 1.5)}  # seconds, GB


def write(path: Path, count: int) -> None:
    """A file of *count* sound rows that say of themselves that they are synthetic."""
    rng = random.Random(7)
    species = [
        ("Panthera uncia", "Snow leopard"),
        ("Saiga tatarica", "Saiga antelope"),
        ("Falco cherrug", "Saker falcon"),
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(INCIDENT_SHEET.columns)
        for nth in range(count):
            scientific, common = rng.choice(species)
            date = f"{rng.randint(2005, 2025)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
            writer.writerow([
                f"SYN-{nth:07d}", date, "day", rng.choice(("KGZ", "KAZ", "TJK", "UZB")), "", "",
                f"{rng.uniform(35, 55):.4f}", f"{rng.uniform(50, 90):.4f}", "exact", "seizure", scientific, common,
                rng.choice(("skin", "horns", "live")), rng.randint(1, 300), "items", "Customs", "", "CHN",
                rng.choice(("", "1", "2")), "", "", rng.choice(("unknown", "charged", "convicted")), "", "", "",
                f"[Synthetic row {nth}]", "24.kg", "", "", "Synthetic: made for a benchmark, not a record.", "en",
            ])  # fmt: skip


def run(count: int, address: str | None = None) -> tuple[float, float, float]:
    """Import in a process of its own; returns seconds, seconds of the processor, and peak memory in GB."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "synthetic.csv"
        write(path, count)
        environment = {**os.environ, "DASHBOARD_DATABASE_URL": address or f"sqlite:///{folder}/bench.sqlite"}
        begun, command = time.monotonic(), [sys.executable, "-m", "dashboard.cli", "import", str(path)]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            said = process.stdout.read()
            # of this process alone: what all children have used would hold those of other benchmarks
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - begun
        if process.returncode:
            raise RuntimeError(f"the import ended with {process.returncode}: {said}")
        print("\n".join(said.splitlines()[-3:]))
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1e6


def rows() -> Iterator[Row]:
    """For the table of all benchmarks: the smaller size, once."""
    size = min(LIMITS)
    took, cpu, memory = run(size)
    yield row("imports", f"{size:,} rows from CSV", "s", [took], note=f"{cpu:.1f} s of processor", most=LIMITS[size][0])
    yield row("imports", f"{size:,} rows from CSV, peak", "GB", [memory], most=LIMITS[size][1])


if __name__ == "__main__":
    for size in [int(one) for one in sys.argv[1:]] or [100_000]:
        took, processor, memory = run(size)
        limits = LIMITS.get(size)
        most = f" (at most {limits[0]} s, {limits[1]} GB)" if limits else ""
        load = os.getloadavg()[0]
        print(
            f"{size:>9,} rows: {took:6.1f} s, {processor:6.1f} s of processor, {memory:4.2f} GB{most}; load {load:.1f}"
        )

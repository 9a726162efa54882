"""Print the time and memory of all country reports: ``PYTHONPATH=src python -m benchmarks.reports``.

Memory is what the processes together take of the machine: pages that they share count once (proportional set size).
Linux only.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.result import Row, Table, row

EVERY = 0.1  # seconds between two looks at the memory
REPORT = [sys.executable, "-m", "dashboard.cli", "report"]


def memory_mb(group: int) -> float:
    """What the processes of a group take, in MB."""
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(process.name)) != group:
                continue
            lines = (process / "smaps_rollup").read_text().splitlines()
        except OSError:  # it ended meanwhile
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def run(*arguments: str) -> tuple[float, float, int]:
    """Seconds, peak MB and the number of lines printed of one command, in a process group of its own."""
    started, peak = time.perf_counter(), 0.0
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen([*REPORT, *arguments], stdout=said, start_new_session=True)
        while process.poll() is None:
            peak = max(peak, memory_mb(process.pid))
            time.sleep(EVERY)
        took = time.perf_counter() - started
        said.seek(0)
        lines = len(said.readlines())
    if process.returncode:
        raise RuntimeError(f"the command failed: {' '.join(arguments)}")
    return took, peak, lines


def rows() -> Iterator[Row]:
    """One report in a fresh process, the regional one, then all of them in one archive."""
    with tempfile.TemporaryDirectory() as folder:
        took, peak, _ = run("--country", "KGZ", "--lang", "ru", "-o", str(Path(folder) / "kgz.docx"))
        yield row("exports", "KGZ.docx in a fresh process", "s", [took], note=f"peak memory {peak:.0f} MB", most=6)
        took, peak, _ = run("-o", str(Path(folder) / "region.pdf"))
        yield row("exports", "regional report of twelve, PDF", "s", [took], note=f"peak memory {peak:.0f} MB")
        archive = Path(folder) / "all.zip"
        took, peak, lines = run("--all", "-o", str(archive))
        note = f"{archive.stat().st_size / 1e6:.1f} MB on disk, peak memory {peak:.0f} MB"
        yield row("exports", f"{lines - 1} reports in one archive", "s", [took], note=note, most=60)


if __name__ == "__main__":
    table = Table()
    for one in rows():
        table.add(one)

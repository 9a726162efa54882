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


TICKS = os.sysconf("SC_CLK_TCK")


def looked_at(group: int, spent: dict[int, float]) -> float:
    """What the processes of a group take, in MB; *spent* keeps the seconds of processor of each."""
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(process.name)) != group:
                continue
            lines = (process / "smaps_rollup").read_text().splitlines()
            times = (process / "stat").read_text().rpartition(")")[2].split()[11:13]  # user and system
        except OSError:  # it ended meanwhile
            continue
        spent[int(process.name)] = sum(map(int, times)) / TICKS
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def run(*arguments: str) -> tuple[float, float, int, float]:
    """Seconds, peak MB, lines printed and seconds of processor of one command, in a process group of its own."""
    started, peak, spent = time.perf_counter(), 0.0, dict[int, float]()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen([*REPORT, *arguments], stdout=said, start_new_session=True)
        while process.poll() is None:
            peak = max(peak, looked_at(process.pid, spent))
            time.sleep(EVERY)
        took = time.perf_counter() - started
        said.seek(0)
        lines = len(said.readlines())
    if process.returncode:
        raise RuntimeError(f"the command failed: {' '.join(arguments)}")
    return took, peak, lines, sum(spent.values())


def rows() -> Iterator[Row]:
    """One report in a fresh process, the regional one, then all of them in one archive."""
    with tempfile.TemporaryDirectory() as folder:
        took, peak, *_ = run("--country", "KGZ", "--lang", "ru", "-o", str(Path(folder) / "kgz.docx"))
        yield row("exports", "KGZ.docx in a fresh process", "s", [took], note=f"peak memory {peak:.0f} MB", most=6)
        took, peak, *_ = run("-o", str(Path(folder) / "region.pdf"))
        yield row("exports", "regional report of twelve, PDF", "s", [took], note=f"peak memory {peak:.0f} MB")
        archive = Path(folder) / "all.zip"
        took, peak, lines, spent = run("--all", "-o", str(archive))
        note = f"{archive.stat().st_size / 1e6:.1f} MB on disk, {spent:.0f} s of processor"
        yield row("exports", f"{lines - 1} reports in one archive", "s", [took], note=note, most=60)
        note = "all processes together, shared pages once (PSS)"
        yield row("exports", "memory of that", "MB", [peak], note=note, most=700)


if __name__ == "__main__":
    table = Table()
    for one in rows():
        table.add(one)

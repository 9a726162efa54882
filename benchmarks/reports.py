"""Print the time and memory of all country reports: ``PYTHONPATH=src python benchmarks/reports.py``.

Memory is what the processes together take of the machine: pages that they share count once (proportional set size).
Linux only.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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


def main() -> None:
    """One report in a fresh process, then all of them in one archive."""
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        took, peak, _ = run("--country", "KGZ", "--lang", "ru", "-o", str(Path(folder) / "kgz.docx"))
        print(f"KGZ.docx in a fresh process  {took:6.2f} s, {peak:.0f} MB")
        took, peak, _ = run("-o", str(Path(folder) / "region.pdf"))
        print(f"regional report of twelve, PDF  {took:6.2f} s, {peak:.0f} MB")
        archive = Path(folder) / "all.zip"
        took, peak, lines = run("--all", "-o", str(archive))
        size = archive.stat().st_size / 1e6
        print(f"{lines - 1} reports in one archive  {took:6.2f} s, {peak:.0f} MB; {size:.1f} MB on disk")


if __name__ == "__main__":
    main()

"""Print the time and memory of all country reports: ``PYTHONPATH=src python benchmarks/reports.py``."""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from dashboard.domain.fields import RANGE_COUNTRIES

LANGUAGES, KINDS = ("en", "ru"), ("docx", "pptx", "pdf")


def main() -> None:
    """One report in a fresh process, then all of them in one."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["report", "--country", "KGZ", "--lang", "ru", "-o", str(Path(folder) / "kgz.docx")]
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "dashboard.cli", *command], check=True, capture_output=True)
        print(f"KGZ.docx in a fresh process  {time.perf_counter() - started:6.2f} s")
    from dashboard.cli import views
    from dashboard.reports import country, export

    started, busy, size = time.perf_counter(), time.process_time(), 0
    for code in RANGE_COUNTRIES:
        for view in views([code], LANGUAGES):
            report = country.report(view)
            size += sum(len(export.export(report, kind)) for kind in KINDS)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    count, took = len(RANGE_COUNTRIES) * len(LANGUAGES) * len(KINDS), time.perf_counter() - started
    busy = time.process_time() - busy
    print(f"{count} reports in one process  {took:6.2f} s ({busy:.1f} s of one core)")
    print(f"their size {size / 1e6:.1f} MB, peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()

"""Print the time and memory of all country reports: ``PYTHONPATH=src python -m benchmarks.reports``."""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.result import Row, Table, row
from dashboard.domain.fields import RANGE_COUNTRIES

LANGUAGES, KINDS = ("en", "ru"), ("docx", "pptx", "pdf")


def rows() -> Iterator[Row]:
    """One report in a fresh process, then all of them in one."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["report", "--country", "KGZ", "--lang", "ru", "-o", str(Path(folder) / "kgz.docx")]
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "dashboard.cli", *command], check=True, capture_output=True)
        yield row("exports", "KGZ.docx in a fresh process", "s", [time.perf_counter() - started])
    from dashboard.cli import views
    from dashboard.reports import country, export

    taken: dict[str, list[float]] = {kind: [] for kind in KINDS}
    size = 0
    for code in RANGE_COUNTRIES:
        for view in views([code], LANGUAGES):
            report = country.report(view)
            for kind in KINDS:
                started = time.perf_counter()
                size += len(export.export(report, kind))
                taken[kind].append(time.perf_counter() - started)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for kind, seconds in taken.items():
        yield row("exports", f"a country report as {kind}", "s", seconds)
    note = f"their size {size / 1e6:.1f} MB, peak memory {peak:.0f} MB"
    yield row("exports", f"all {sum(map(len, taken.values()))} files", "s", [sum(map(sum, taken.values()))], note=note)


if __name__ == "__main__":
    table = Table()
    for one in rows():
        table.add(one)

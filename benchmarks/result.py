"""One table of all that was measured: printed, written as JSON, and held against the run before."""

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.machine import described, load

RESULTS = Path(__file__).parent / "results"
NOT_PRINTED = ("cpu", "sent", "again", "ahead")  # the row of the script says the first three beside its time
NOTICEABLE = 0.15  # of the median: below it two runs on a busy machine differ by chance


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured of one thing. The least, the middle and the 95th percentile of *runs* repeats."""

    part: str
    name: str
    size: int  # synthetic incidents besides the shipped ones
    unit: str
    runs: int
    median: float
    p95: float
    note: str = ""
    most: float | None = None  # what was promised of the median, or of p95 where the note says so

    @property
    def key(self) -> tuple[str, str, int, str]:
        """What makes two rows of two runs the same thing."""
        return self.part, self.name, self.size, self.unit


def row(
    part: str, name: str, unit: str, values: Sequence[float], size: int = 0, note: str = "", most: float | None = None
) -> Row:
    """Summarise repeated measurements; with one, the 95th percentile is that one."""
    p95 = statistics.quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]
    return Row(part, name, size, unit, len(values), statistics.median(values), p95, note, most)


class Table:
    """Prints every row as it comes, and keeps all of them."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.before = {one.key: one for one in previous()}
        self.machine = described()
        print("; ".join(f"{name} {value}" for name, value in self.machine.items()))
        head = f"{'part':<9}{'what':<42}{'size':>9}{'runs':>5}{'median':>10}{'p95':>10} {'unit':<6}"
        print(f"{head}{'before':>9}  note")

    def add(self, one: Row) -> None:
        """Keep *one*, and print it."""
        self.rows.append(one)
        if one.part in NOT_PRINTED:
            return
        was = self.before.get(one.key)
        change = f"{one.median / was.median - 1:+.0%}" if was and was.median else ""
        if change and abs(one.median / was.median - 1) < NOTICEABLE:
            change = "="
        promise = "" if one.most is None else f"at most {one.most:g}: {'yes' if one.median <= one.most else 'NO'}"
        note = ", ".join(text for text in (one.note, promise) if text)
        print(
            f"{one.part:<9}{one.name:<42}{one.size:>9,}{one.runs:>5}{one.median:>10.1f}{one.p95:>10.1f} {one.unit:<6}"
            f"{change:>9}  {note}",
            flush=True,
        )

    def write(self) -> Path:
        """Write what was measured; the date and time are the name."""
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / f"{datetime.now(UTC):%Y-%m-%dT%H%M%S}.json"
        content = {"machine": {**self.machine, "load after": load()}, "rows": [asdict(one) for one in self.rows]}
        path.write_text(json.dumps(content, indent=1), encoding="utf-8")
        return path


def previous() -> list[Row]:
    """The newest measurement of each thing in the runs before."""
    found: dict[Any, Row] = {}
    for path in sorted(RESULTS.glob("*.json")):
        for one in json.loads(path.read_text(encoding="utf-8"))["rows"]:
            was = Row(**one)
            found[was.key] = was
    return list(found.values())

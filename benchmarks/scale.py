"""What the aggregates of the pages cost on DuckDB when there are many more incidents than fit a laptop's patience.

    python -m benchmarks.scale [10000000] [--memory 2GB]

Synthetic: every shipped incident is repeated with its specimens, route and case at another date, labelled SYN. The very
functions of ``dashboard.analysis`` run on it, over Narwhals; only the tables they are given differ.
"""

import argparse
import os
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import duckdb
import narwhals as nw
import pyarrow as pa

from benchmarks.machine import load
from benchmarks.result import Row, Table, row
from benchmarks.wire import Used, used
from dashboard.analysis import country, extent, justice, listing, overview, routes
from dashboard.analysis.prepared import steps
from dashboard.analysis.select import select
from dashboard.domain.records import Records
from dashboard.domain.selection import Selection
from dashboard.ingest.package import load as load_package

REPEATED = ("incidents", "specimens", "legs", "proceedings", "citations")
RUNS = 3
AT_ONCE = 1_000_000  # incidents: a step looks at no incident but its own, and joins of ten million texts need 4 GB
MOST_MS, MOST_MB = 1000, 2000
FIRST_YEAR, LAST_YEAR = 1995, 2025
SELECTIONS = {
    "": Selection(),
    ", 2 countries": Selection(countries=("KGZ", "TJK"), year_from=2015),
    ", 1 species": Selection(taxa=("panthera_uncia",)),
}


def by_species(records: Records) -> object:
    """The first page of the records in the order of their species."""
    ranks = {code: place for place, code in enumerate(sorted(listing.values(records, listing.TAXON)))}
    return listing.page(records, 25, by=listing.TAXON, ranks=ranks)


PAGES: dict[str, dict[str, Callable[[Records], object]]] = {
    "overview": {
        "headline": overview.headline,
        "coverage_grid": lambda r: overview.coverage_grid(r["coverage"], r["incidents"]),
        "count_by_year": lambda r: overview.count_by_year(r["incidents"], "incident_type"),
        "count_by outcome": lambda r: overview.count_by(r["incidents"], "outcome"),
        "count_by evidence": lambda r: overview.count_by(r["incidents"], "evidence_grade"),
    },
    "extent": {
        "marks_of_countries": lambda r: extent.marks_of_countries(r["incidents"], "role"),
        "marks_of_provinces": lambda r: extent.marks_of_provinces(r["incidents"], r["provinces"], "role"),
        "marks_of_places": lambda r: extent.marks_of_places(r["incidents"], r["provinces"], "role"),
        "count_by_month": lambda r: extent.count_by_month(r["incidents"], "role"),
        "count_by_two": lambda r: extent.count_by_two(r["incidents"], "species_group", "commodity"),
        "amounts": extent.amounts,
        "taxa": extent.taxa,
        "corridors": lambda r: routes.corridors(r["incidents"]),
        "count_by_crossing": lambda r: routes.count_by_crossing(r["incidents"]),
        "listing.page": lambda r: listing.page(r, 25),
        "listing.page by species": by_species,
    },
    "justice": {
        "funnel": lambda r: justice.funnel(justice.cases(r)),
        "funnel by country": lambda r: justice.funnel(justice.cases(r), "country"),
        "persons": lambda r: justice.persons(justice.cases(r)),
        "tallies": lambda r: justice.tallies(justice.cases(r)),
        "open_cases": lambda r: justice.open_cases(justice.cases(r), LAST_YEAR),
    },
    "country": {
        "facts": lambda r: country.facts(r, r),
        "incidents_by_group": country.incidents_by_group,
        "incidents_by_commodity": country.incidents_by_commodity,
        "incidents_by_leg": country.incidents_by_leg,
    },
}


def build(file: Path, count: int, memory: str) -> Used:
    """Make a database of at least *count* incidents, described once, as the dashboard does when it reads its data."""
    making = file.with_suffix(".making")  # what was cut short is not taken for the whole
    making.unlink(missing_ok=True)
    connection = opened(making, memory)
    connection.execute("ATTACH ':memory:' AS part; USE part")
    tables = load_package().tables
    for name, table in tables.items():
        text = {column: "str" for column in table.columns if table[column].dtype == object}
        connection.register(f"shipped_{name}", pa.Table.from_pandas(table.astype(text), preserve_index=False))
        connection.execute(f'CREATE TABLE "{name}" AS FROM "shipped_{name}"')
    copies, at_once = (-(-number // len(tables["incidents"])) for number in (count, AT_ONCE))
    for first in range(0, copies, at_once):
        for name in REPEATED:
            made = repeated(name, first, min(first + at_once, copies))
            connection.execute(f"CREATE OR REPLACE TABLE {name} AS {made}")
        for name, step in steps():  # each is kept before the next, which would else be worked out with it
            nw.to_native(step(of(connection, list(tables)))).create("made")
            connection.execute(f"DROP TABLE {name}; ALTER TABLE made RENAME TO {name}")
        for name in REPEATED:
            kept = f'"{making.stem}"."{name}"'
            connection.execute(f"CREATE TABLE IF NOT EXISTS {kept} AS FROM {name} LIMIT 0")
            connection.execute(f"INSERT INTO {kept} FROM {name}")
        done = min(first + at_once, copies) * len(tables["incidents"])
        print(f"{done:,} incidents, {time.process_time():.0f} s of processor", flush=True)
    for name in set(tables) - set(REPEATED):
        connection.execute(f'CREATE TABLE "{making.stem}"."{name}" AS FROM "{name}"')
    connection.close()
    making.rename(file)
    return used(os.getpid())


def repeated(name: str, first: int, last: int) -> str:
    """The shipped rows of a table as copies *first* to *last*, each of its own incidents; these at another date."""
    rows = f"shipped_{name}, range({first}, {last}) AS copies(n)"
    new = "'SYN-' || n || '-' || incident_id AS incident_id"
    if name != "incidents":
        return f"SELECT * EXCLUDE (n) REPLACE ({new}) FROM {rows}"
    year = f"CAST({FIRST_YEAR} + floor(sqrt(random()) * {LAST_YEAR - FIRST_YEAR + 1}) AS BIGINT)"
    dated = "made AS year, made || substr(occurred_on, 5) AS occurred_on"
    return f"SELECT * EXCLUDE (n, made) REPLACE ({new}, {dated}) FROM (SELECT *, {year} AS made FROM {rows})"


def opened(file: Path, memory: str) -> duckdb.DuckDBPyConnection:
    """The database, held to some memory."""
    connection = duckdb.connect(str(file))
    connection.execute(f"SET memory_limit = '{memory}'; SET threads = {os.cpu_count()}")
    connection.execute(f"SET temp_directory = '{file}.tmp'; SET enable_progress_bar = false")
    duckdb.set_default_connection(connection)  # Narwhals unpivots on the default connection, whatever the table's
    return connection


def of(connection: duckdb.DuckDBPyConnection, names: list[str]) -> Records:
    """The tables of a database as Records."""
    return Records({name: nw.from_native(connection.table(name)).lazy() for name in names}, "synthetic")


class Memory:
    """The most memory that this process held while something ran: it looks every hundredth of a second."""

    def __enter__(self) -> "Memory":
        """Begin to look."""
        self.most, self.is_over = 0.0, threading.Event()
        self.looks = threading.Thread(target=self._look)
        self.looks.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End looking."""
        self.is_over.set()
        self.looks.join()

    def _look(self) -> None:
        while not self.is_over.wait(0.01):
            self.most = max(self.most, used(os.getpid()).memory_mb)


def measure(records: Records, page: str, what: str, work: Callable[[Records], object], size: int) -> Row:
    """Seconds of the processor of one aggregate, with the conversion of its result; by the clock in the note."""
    taken, passed = [], []
    with Memory() as memory:
        for _ in range(RUNS):
            begun, spent = time.perf_counter(), time.process_time()
            result = work(records)
            if isinstance(result, nw.LazyFrame):
                result.collect().to_arrow()
            taken.append((time.process_time() - spent) * 1000)
            passed.append((time.perf_counter() - begun) * 1000)
    note = f"{median(passed):.0f} ms by the clock, {memory.most:.0f} MB, {load()}"
    return row("scale", f"{page}: {what}", "ms of processor", taken, size, note, MOST_MS)


def main() -> None:
    """Build the database, and run every aggregate of every page on it, for all records and for a selection."""
    asked = argparse.ArgumentParser(description="The aggregates of the pages on DuckDB.")
    asked.add_argument("count", nargs="?", type=int, default=10_000_000)
    asked.add_argument("--memory", default="1500MB", help="what DuckDB may use; default %(default)s")
    asked.add_argument("--folder", type=Path, help="where the database is kept and found again")
    wanted = asked.parse_args()
    table = Table()
    with tempfile.TemporaryDirectory() as place:
        file = (wanted.folder or Path(place)) / f"synthetic-{wanted.count}.duckdb"
        begun = time.perf_counter()
        if not file.exists():
            with ProcessPoolExecutor(1, get_context("spawn")) as apart:  # its memory is not that of the measurement
                spent = apart.submit(build, file, wanted.count, wanted.memory).result()
            passed, size = time.perf_counter() - begun, file.stat().st_size / 1e6
            took = f"{passed:.0f} s, {spent.cpu_s:.0f} s of processor, {spent.peak_mb:.0f} MB of memory"
            print(f"made in {took}; {size:.0f} MB on disk", flush=True)
        connection = opened(file, wanted.memory)
        names = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        selected = {called: select(of(connection, names), selection) for called, selection in SELECTIONS.items()}
        for page, aggregates in PAGES.items():
            for what, work in aggregates.items():
                for called, records in selected.items():
                    table.add(measure(records, page, what + called, work, wanted.count))
        peak = used(os.getpid()).peak_mb
        table.add(row("scale", "peak memory of the process", "MB", [peak], wanted.count, most=MOST_MB))
    print(f"written to {table.write()}")


if __name__ == "__main__":
    main()

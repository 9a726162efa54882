"""Rows of records: never changed, only added in one version and closed in a later one."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

import pandas as pd
import sqlalchemy as sa

from dashboard.store.schema import CONTENT, RECORD_ROWS

AT_A_TIME: Final = 20_000
IDS_AT_A_TIME: Final = 900  # SQLite of old allows 999 parameters
SEPARATOR: Final = "\x1f"
MODULUS: Final = 1 << 256
INSERTED: Final = ("added_in", "digest", *CONTENT)
Row = tuple[str, ...]


class Known(NamedTuple):
    """What a change has to know of a row that is live."""

    row_id: int
    digest: str
    country: str
    record_status: str
    merged_into: str


def digest(row: Sequence[str]) -> str:
    """SHA-256 of a row: its cells and its state, in the order of ``schema.CONTENT``, joined by the unit separator."""
    text = SEPARATOR.join(row)
    if text.count(SEPARATOR) >= len(row):  # a cell holds one itself
        text = SEPARATOR.join(cell.replace(SEPARATOR, "\ufffd") for cell in row)
    return hashlib.sha256(text.encode()).hexdigest()


def added(total: str, *, plus: Iterable[str] = (), minus: Iterable[str] = ()) -> str:
    """The content sum after rows come and go: the digests of all live rows, added modulo 2**256.

    The order of rows does not matter and one correction costs one addition, however many rows there are.
    """
    value = int(total or "0", 16) + sum(int(one, 16) for one in plus) - sum(int(one, 16) for one in minus)
    return f"{value % MODULUS:064x}"


def live(version: int | None = None) -> sa.ColumnElement[bool]:
    """Rows that count in a version; in the newest without one."""
    rows = RECORD_ROWS.c
    if version is None:
        return rows.closed_in.is_(None)
    return sa.and_(rows.added_in <= version, sa.or_(rows.closed_in.is_(None), rows.closed_in > version))


def read(connection: sa.Connection, version: int | None = None, ids: Sequence[str] | None = None) -> pd.DataFrame:
    """The live rows of a version as text cells, in the order of ``CONTENT``; of some records only with *ids*."""
    wanted = sa.select(*(RECORD_ROWS.c[name] for name in CONTENT)).where(live(version)).order_by(RECORD_ROWS.c.row_id)
    if ids is not None:
        wanted = wanted.where(RECORD_ROWS.c.incident_id.in_(ids))
    result = connection.execution_options(stream_results=True).execute(wanted)
    parts = [_frame(part) for part in result.partitions(AT_A_TIME)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(CONTENT), dtype="str")


def _frame(part: Sequence[Sequence[str]]) -> pd.DataFrame:
    columns = zip(CONTENT, zip(*part, strict=True), strict=True)
    return pd.DataFrame({name: pd.Series(list(cells), dtype="str") for name, cells in columns})


def of_incidents(connection: sa.Connection, incidents: Iterable[str]) -> pd.DataFrame:
    """All live rows of some incidents: ``PUB-0045`` and its further rows ``PUB-0045-2``, ``-3``."""
    condition = sa.or_(
        *(
            sa.or_(RECORD_ROWS.c.incident_id == one, RECORD_ROWS.c.incident_id.startswith(f"{one}-", autoescape=True))
            for one in incidents
        )
    )
    wanted = sa.select(*(RECORD_ROWS.c[name] for name in CONTENT)).where(live(), condition)
    return pd.DataFrame(connection.execute(wanted).all(), columns=list(CONTENT), dtype="str")


def known(connection: sa.Connection, ids: Iterable[str]) -> dict[str, Known]:
    """Of each record that is live: its row, digest, country and state."""
    found: dict[str, Known] = {}
    wanted = sa.select(RECORD_ROWS.c.incident_id, *(RECORD_ROWS.c[name] for name in Known._fields))
    for part in _batches(ids, IDS_AT_A_TIME):
        for record, *rest in connection.execute(wanted.where(live(), RECORD_ROWS.c.incident_id.in_(part))):
            found[str(record)] = Known(*rest)
    return found


def moved(connection: sa.Connection, ids: Iterable[str], since: int) -> list[str]:
    """Which of some records came, went or changed after the version *since*."""
    c, found = RECORD_ROWS.c, set()
    after = sa.or_(c.added_in > since, c.closed_in > since)
    for part in _batches(ids, IDS_AT_A_TIME):
        found |= set(connection.execute(sa.select(c.incident_id).where(c.incident_id.in_(part), after)).scalars())
    return sorted(found)


def any_live(connection: sa.Connection) -> bool:
    """Whether there is a live row at all."""
    return connection.execute(sa.select(RECORD_ROWS.c.row_id).where(live()).limit(1)).first() is not None


def close(connection: sa.Connection, row_ids: Iterable[int], version: int) -> None:
    """End rows in a version."""
    for part in _batches(row_ids, IDS_AT_A_TIME):
        connection.execute(RECORD_ROWS.update().where(RECORD_ROWS.c.row_id.in_(part), live()).values(closed_in=version))


def add(connection: sa.Connection, rows: Iterable[Row], version: int) -> None:
    """Add rows (digest, then ``CONTENT``) in a version."""
    columns = ", ".join(f'"{name}"' for name in INSERTED)
    numbered = ((version, *row) for row in rows)
    if connection.dialect.name == "postgresql":
        _copy(connection, columns, numbered)
        return
    marks = ", ".join("?" for _ in INSERTED)
    for part in _batches(numbered, AT_A_TIME):
        connection.exec_driver_sql(f"INSERT INTO record_rows ({columns}) VALUES ({marks})", part)  # noqa: S608


def _copy(connection: sa.Connection, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """COPY does not go through row-level security, so it fills a table of this transaction, which is then inserted."""
    connection.exec_driver_sql(
        f"CREATE TEMP TABLE staged ON COMMIT DROP AS SELECT {columns} FROM record_rows WITH NO DATA"  # noqa: S608
    )
    cursor = connection.connection.cursor()
    with cursor.copy(f"COPY staged ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    cursor.close()
    connection.exec_driver_sql(f"INSERT INTO record_rows ({columns}) SELECT {columns} FROM staged")  # noqa: S608
    connection.exec_driver_sql("DROP TABLE staged")


def tuples(cells: pd.DataFrame) -> Iterator[Row]:
    """The rows of a table as plain tuples in the order of ``CONTENT``, a part at a time to save memory."""
    ordered = cells[list(CONTENT)]
    for start in range(0, len(ordered), AT_A_TIME):
        columns = [ordered[name].iloc[start : start + AT_A_TIME].tolist() for name in CONTENT]
        yield from zip(*columns, strict=True)


def as_row(cells: Mapping[str, str]) -> Row:
    """One record as a tuple in the order of ``CONTENT``; what is absent is empty."""
    return tuple(cells.get(name, "") for name in CONTENT)


def _batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    iterator = iter(items)
    while part := list(islice(iterator, size)):
        yield part

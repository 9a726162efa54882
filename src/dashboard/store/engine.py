"""Opens the database so that nothing is lost: WAL, full synchronisation, foreign keys, one writer at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from dashboard.domain.faults import Fault, StoreError
from dashboard.domain.roles import Actor, Role
from dashboard.store import location, same_file

READS: Final = "dashboard_reads"
BUSY_MS: Final = 60_000  # an import holds the lock while its rows are compared and written: seconds for 100,000
ONE_WRITER: Final = 6_021_023  # any number: the advisory lock that all writers of this database take
APPLICATION_ROLE: Final = "dashboard_app"  # row-level security holds for it, not for the owner of the tables


@cache
def engine(address: str) -> sa.Engine:
    """The engine of an address, one a process."""
    if path := location.file(address):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise StoreError(Fault.READ_ONLY, f"{path.parent}: {problem.strerror}") from problem
        made = sa.create_engine(address, connect_args={"check_same_thread": False})
        sa.event.listen(made, "connect", _on_connect)
        sa.event.listen(made, "begin", _on_begin)
        same_file.hold_to(made, path)
        return made
    return sa.create_engine(_with_driver(address), pool_pre_ping=True)


def _with_driver(address: str) -> str:
    for scheme in ("postgresql://", "postgres://"):
        if address.startswith(scheme):
            return "postgresql+psycopg://" + address.removeprefix(scheme)
    return address


def _on_connect(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions of its own: see _on_begin
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(connection: sa.Connection) -> None:
    """Take the write lock at once: a transaction that reads first and writes later would fail as "locked"."""
    is_reading = connection.get_execution_options().get(READS, False)
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")


SAID_BY_SQLITE: Final = {
    "SQLITE_READONLY": Fault.READ_ONLY, "SQLITE_BUSY": Fault.BUSY, "SQLITE_LOCKED": Fault.BUSY,
    "SQLITE_NOTADB": Fault.DAMAGED, "SQLITE_CORRUPT": Fault.DAMAGED,
}  # fmt: skip


@contextmanager
def told(fault: Fault) -> Iterator[None]:
    """Say what a database means that cannot be reached, read or written; *fault* where it gives no reason."""
    try:
        yield
    except sa.exc.DatabaseError as problem:
        name = str(getattr(problem.orig, "sqlite_errorname", ""))
        found = next((one for said, one in SAID_BY_SQLITE.items() if name.startswith(said)), None)
        if found is None and not isinstance(problem, sa.exc.OperationalError):
            raise  # a mistake of ours
        raise StoreError(found or fault, str(problem.orig)) from problem
    except sa.exc.InterfaceError as problem:
        raise StoreError(fault, str(problem)) from problem


@contextmanager
def reading(made: sa.Engine, actor: Actor | None = None) -> Iterator[sa.Connection]:
    """A transaction that sees one state of the database and changes nothing."""
    with (
        told(Fault.UNREACHABLE),
        made.connect().execution_options(**{READS: True}) as connection,
        connection.begin(),
    ):
        _become(connection, actor)
        yield connection


@contextmanager
def writing(made: sa.Engine, actor: Actor | None = None) -> Iterator[sa.Connection]:
    """A transaction that is alone in writing, so that versions and the audit trail are one line.

    Raises ``StoreError`` where it could not be kept, and then nothing of it was.
    """
    with told(Fault.NOT_SAVED), made.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(ONE_WRITER)))
        _become(connection, actor)
        yield connection


def _become(connection: sa.Connection, actor: Actor | None) -> None:
    """On PostgreSQL, hold this transaction to the rows that the actor may see (row-level security)."""
    if actor is None or connection.dialect.name != "postgresql":
        return
    sees_all = actor.role is not Role.CONTRIBUTOR and actor.sees_all
    countries = "*" if sees_all else ",".join(actor.countries) if actor.role is not Role.VIEWER else ""
    connection.exec_driver_sql(f"SET LOCAL ROLE {APPLICATION_ROLE}")
    connection.execute(sa.select(sa.func.set_config("app.countries", countries, True)))
    connection.execute(sa.select(sa.func.set_config("app.role", actor.role.value, True)))


def backup(made: sa.Engine, target: Path) -> None:
    """Copy a SQLite database while it may be in use: copying the file alone would leave the WAL behind."""
    connection = made.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("VACUUM INTO ?", (str(target),))
        cursor.close()
    finally:
        connection.close()

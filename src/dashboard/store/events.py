"""The table of a workshop's events: the only module that loads the database library for it."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from dashboard.domain.faults import StoreError
from dashboard.domain.workshop import Event
from dashboard.store import same_file

BUSY_MS: Final = 10_000
UNSAVED: Final = (sa.exc.OperationalError, OSError, StoreError)  # nothing was written, and it is nobody's mistake
UNREADABLE: Final = (sa.exc.DatabaseError, sa.exc.InterfaceError, StoreError)  # gone, damaged, or of something else
METADATA: Final = sa.MetaData()
EVENTS: Final = sa.Table(
    "events",
    METADATA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Index("events_by_kind", "kind", "subject"),
    sqlite_autoincrement=True,
)
LAST: Final = (  # made once: the lock is looked up in every run
    sa.select(EVENTS)
    .where(
        EVENTS.c.kind == sa.bindparam("kind"),
        EVENTS.c.subject == sa.func.coalesce(sa.bindparam("subject", type_=sa.Text), EVENTS.c.subject),
    )
    .order_by(EVENTS.c.seq.desc())
    .limit(1)
)
ONLY_EVER_ADDED: Final = tuple(
    f"CREATE TRIGGER IF NOT EXISTS no_{verb.lower()} BEFORE {verb} ON events "
    "BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END"
    for verb in ("UPDATE", "DELETE")
)


class Writing:
    """One transaction: what it reads cannot change before it has written."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def events(self, *kinds: str, subject: str | None = None) -> list[Event]:
        """Events of some kinds, oldest first."""
        return select(self._connection, kinds, subject)

    def add(self, kind: str, subject: str, content: Mapping[str, Any], author: str = "") -> Event:
        """Write one event after all others."""
        _, before = head(self._connection)
        values = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "kind": str(kind),
            "subject": subject,
            "author": author,
            "content": json.dumps(content, ensure_ascii=False, sort_keys=True),
        }
        made = digest(before, values)
        result = self._connection.execute(sa.insert(EVENTS).values(**values, digest=made))
        seq = int((result.inserted_primary_key or [0])[0])
        return Event(seq, values["at"], values["kind"], subject, author, json.loads(values["content"]))


def digest(previous: str, values: Mapping[str, Any]) -> str:
    """The digest of an event and, through *previous*, of all before it."""
    said = json.dumps([previous, *(values[k] for k in ("at", "kind", "subject", "author", "content"))])
    return hashlib.sha256(said.encode()).hexdigest()


def last(connection: sa.Connection, kind: str, subject: str | None) -> Event | None:
    """The latest event of a kind."""
    row = connection.execute(LAST, {"kind": str(kind), "subject": subject}).first()
    return Event(row.seq, row.at, row.kind, row.subject, row.author, json.loads(row.content)) if row else None


def head(connection: sa.Connection) -> tuple[int, str]:
    """The number and the digest of the last event; 0 and nothing before the first."""
    query = sa.select(EVENTS.c.seq, EVENTS.c.digest).order_by(EVENTS.c.seq.desc()).limit(1)
    row = connection.execute(query).first()
    return (int(row.seq), str(row.digest)) if row else (0, "")


def select(connection: sa.Connection, kinds: tuple[str, ...], subject: str | None) -> list[Event]:
    """Events of some kinds (all, when none is named), oldest first."""
    query = sa.select(EVENTS).order_by(EVENTS.c.seq)
    if kinds:
        query = query.where(EVENTS.c.kind.in_([str(kind) for kind in kinds]))
    if subject is not None:
        query = query.where(EVENTS.c.subject == subject)
    return [
        Event(row.seq, row.at, row.kind, row.subject, row.author, json.loads(row.content))
        for row in connection.execute(query)
    ]


def make(file: Path) -> None:
    """Make a workshop file without events."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with engine(file).execution_options(immediate=True).begin() as connection:
        METADATA.create_all(connection)
        for trigger in ONLY_EVER_ADDED:
            connection.exec_driver_sql(trigger)


@contextmanager
def writing(file: Path) -> Iterator[Writing]:
    """A transaction; it is on the disk when the block is left, and as if it had never been after an error."""
    with engine(file).execution_options(immediate=True).begin() as connection:
        yield Writing(connection)


@contextmanager
def reading(file: Path) -> Iterator[sa.Connection]:
    """A transaction that sees one state of the file."""
    with engine(file).begin() as connection:
        yield connection


@cache
def engine(file: Path) -> sa.Engine:
    """Connections to *file*; SQLAlchemy's own transaction handling is replaced by what SQLite needs."""
    made = sa.create_engine(f"sqlite+pysqlite:///{file}")

    @sa.event.listens_for(made, "connect")
    def _opened(connection: Any, _: object) -> None:
        connection.isolation_level = None  # the driver must not begin or commit by itself
        for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_MS}", "trusted_schema=OFF"):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(made, "begin")
    def _begun(connection: sa.Connection) -> None:
        is_writing = connection.get_execution_options().get("immediate")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")

    same_file.hold_to(made, file)
    return made

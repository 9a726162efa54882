"""The workshop file: one SQLite file of events that are only ever added.

What is confirmed is on the disk (WAL with ``synchronous=FULL``), every writing transaction begins ``IMMEDIATE``
(two phones never lose a race), and the file itself refuses to change or delete an event. Each event carries a digest
of all before it, so a copy that lost its end can be told from the original by the digest in the minutes.
"""

import hashlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from dashboard.domain.faults import StoreError
from dashboard.domain.workshop import Event, Reason, RefusedError
from dashboard.store import same_file

DEFAULT: Final = Path(__file__).parents[3] / "workshop" / "workshop.sqlite"
VARIABLE: Final = "DASHBOARD_WORKSHOP"
BUSY_MS: Final = 10_000
LARGEST_FILE: Final = 20_000_000
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


def path() -> Path:
    """Where the workshop file is: what ``DASHBOARD_WORKSHOP`` says, or ``workshop/workshop.sqlite`` in the project."""
    return Path(os.environ.get(VARIABLE) or DEFAULT)


class Writing:
    """One transaction: what it reads cannot change before it has written."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def events(self, *kinds: str, subject: str | None = None) -> list[Event]:
        """Events of some kinds, oldest first."""
        return _events(self._connection, kinds, subject)

    def add(self, kind: str, subject: str, content: Mapping[str, Any], author: str = "") -> Event:
        """Write one event after all others."""
        last = self._connection.execute(
            sa.select(EVENTS.c.seq, EVENTS.c.digest).order_by(EVENTS.c.seq.desc()).limit(1)
        ).first()
        values = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "kind": str(kind),
            "subject": subject,
            "author": author,
            "content": json.dumps(content, ensure_ascii=False, sort_keys=True),
        }
        digest = _digest(last.digest if last else "", values)
        result = self._connection.execute(sa.insert(EVENTS).values(**values, digest=digest))
        seq = int((result.inserted_primary_key or [0])[0])
        return Event(seq, values["at"], values["kind"], subject, author, json.loads(values["content"]))


class Workshop:
    """One workshop file. Reading never makes one; the first event does."""

    def __init__(self, file: Path) -> None:
        self.file = file

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """A transaction; it is on the disk when the block is left, and as if it had never been after an error."""
        try:
            if not self.file.exists():
                _make(self.file)
            with _engine(self.file).execution_options(immediate=True).begin() as connection:
                yield Writing(connection)
        except (sa.exc.OperationalError, OSError, StoreError) as problem:
            raise RefusedError(Reason.NOT_SAVED) from problem

    def add(self, kind: str, subject: str, content: Mapping[str, Any], author: str = "") -> Event:
        """Write one event that depends on nothing else."""
        with self.writing() as writing:
            return writing.add(kind, subject, content, author)

    def events(self, *kinds: str, subject: str | None = None) -> list[Event]:
        """Events of some kinds (all, when none is named), oldest first."""
        if not self.file.exists():
            return []
        with _engine(self.file).begin() as connection:
            return _events(connection, kinds, subject)

    def last(self, kind: str, subject: str | None = None) -> Event | None:
        """The latest event of a kind."""
        if not self.file.exists():
            return None
        with _engine(self.file).begin() as connection:
            row = connection.execute(LAST, {"kind": str(kind), "subject": subject}).first()
        return Event(row.seq, row.at, row.kind, row.subject, row.author, json.loads(row.content)) if row else None

    def version(self) -> int:
        """The number of the last event; 0 before the first."""
        if not self.file.exists():
            return 0
        with _engine(self.file).begin() as connection:
            return int(connection.execute(sa.select(sa.func.coalesce(sa.func.max(EVENTS.c.seq), 0))).scalar_one())

    def head(self) -> str:
        """The digest of everything that happened; two copies with the same head hold the same."""
        if not self.file.exists():
            return ""
        with _engine(self.file).begin() as connection:
            last = sa.select(EVENTS.c.digest).order_by(EVENTS.c.seq.desc()).limit(1)
            return str(connection.execute(last).scalar() or "")

    def export(self) -> bytes:
        """A copy of the whole file, taken while others write, that another device can open."""
        if not self.file.exists():
            _make(self.file)
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "workshop.sqlite"
            with sqlite3.connect(self.file) as connection:
                connection.execute("VACUUM INTO ?", (str(copy),))
            connection.close()
            return copy.read_bytes()

    def take_over(self, content: bytes) -> None:
        """Continue from a copy of another file. The file in use is kept beside it, so nothing is lost.

        Raises ``RefusedError`` for anything but a whole, unchanged workshop file.
        """
        if len(content) > LARGEST_FILE:
            raise RefusedError(Reason.TOO_LONG)
        self.file.parent.mkdir(parents=True, exist_ok=True)
        arrived = self.file.with_name(f"{self.file.name}.arrived")
        arrived.write_bytes(content)
        try:
            _check(arrived)
            kept = self.export() if self.file.exists() else b""
            _copy(arrived, self.file, kept)
        finally:
            arrived.unlink(missing_ok=True)


def _copy(arrived: Path, file: Path, kept: bytes) -> None:
    """Copy *arrived* into *file* with SQLite's own backup, under the eyes of all who read it; keep *kept* beside it."""
    if kept:
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        file.with_name(f"{file.stem}-{stamp}.sqlite").write_bytes(kept)
    source, target = sqlite3.connect(arrived), sqlite3.connect(file, timeout=BUSY_MS / 1000)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()


def _check(file: Path) -> None:
    """Refuse a file that is damaged, is something else, or whose events were changed."""
    try:
        connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        try:
            connection.execute("PRAGMA trusted_schema=OFF")
            sound = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            names = ("at", "kind", "subject", "author", "content", "digest")
            rows = connection.execute(f"SELECT {', '.join(names)} FROM events ORDER BY seq").fetchall()  # noqa: S608
            objects = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type <> 'table'")}
        finally:
            connection.close()
        previous = ""
        for *values, digest in rows:
            json.loads(values[-1])
            sound = sound and digest == _digest(previous, dict(zip(names, values, strict=False)))
            previous = digest
    except (sqlite3.Error, ValueError, TypeError) as problem:
        raise RefusedError(Reason.MALFORMED) from problem
    if not sound or objects != {"no_update", "no_delete", "events_by_kind"}:
        raise RefusedError(Reason.MALFORMED)


def _digest(previous: str, values: Mapping[str, Any]) -> str:
    said = json.dumps([previous, *(values[k] for k in ("at", "kind", "subject", "author", "content"))])
    return hashlib.sha256(said.encode()).hexdigest()


def _events(connection: sa.Connection, kinds: tuple[str, ...], subject: str | None) -> list[Event]:
    query = sa.select(EVENTS).order_by(EVENTS.c.seq)
    if kinds:
        query = query.where(EVENTS.c.kind.in_([str(kind) for kind in kinds]))
    if subject is not None:
        query = query.where(EVENTS.c.subject == subject)
    return [
        Event(row.seq, row.at, row.kind, row.subject, row.author, json.loads(row.content))
        for row in connection.execute(query)
    ]


def _make(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with _engine(file).execution_options(immediate=True).begin() as connection:
        METADATA.create_all(connection)
        for trigger in ONLY_EVER_ADDED:
            connection.exec_driver_sql(trigger)


@cache
def _engine(file: Path) -> sa.Engine:
    """Connections to *file*; SQLAlchemy's own transaction handling is replaced by what SQLite needs."""
    engine = sa.create_engine(f"sqlite+pysqlite:///{file}")

    @sa.event.listens_for(engine, "connect")
    def _opened(connection: Any, _: object) -> None:
        connection.isolation_level = None  # the driver must not begin or commit by itself
        for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_MS}", "trusted_schema=OFF"):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def _begun(connection: sa.Connection) -> None:
        is_writing = connection.get_execution_options().get("immediate")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")

    same_file.hold_to(engine, file)
    return engine

"""The workshop file: one SQLite file of events that are only ever added.

What is confirmed is on the disk (WAL with ``synchronous=FULL``), every writing transaction begins ``IMMEDIATE``
(two phones never lose a race), and the file itself refuses to change or delete an event. Each event carries a digest
of all before it, so a copy that lost its end can be told from the original by the digest in the minutes.

As long as there is no file, no database library is loaded (``store.events`` has the table).
"""

import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from dashboard.domain.faults import Fault, StoreError
from dashboard.domain.workshop import Event, Reason, RefusedError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dashboard.store.events import Writing

DEFAULT: Final = Path(__file__).parents[3] / "workshop" / "workshop.sqlite"
VARIABLE: Final = "DASHBOARD_WORKSHOP"
LARGEST_FILE: Final = 20_000_000
_FOUND: Final[set[Path]] = set()  # the workshop files that this process has seen


def path() -> Path:
    """Where the workshop file is: what ``DASHBOARD_WORKSHOP`` says, or ``workshop/workshop.sqlite`` in the project."""
    return Path(os.environ.get(VARIABLE) or DEFAULT)


class Workshop:
    """One workshop file. Reading never makes one; the first event does."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def _is_there(self) -> bool:
        """Whether there is a workshop. One that this process has found and that is gone is a fault, not an empty one.

        What was answered and agreed would seem never to have been, and the projector-safe lock would seem to be off.
        """
        if self.file.exists():
            _FOUND.add(self.file)
        elif self.file in _FOUND:
            raise StoreError(Fault.WORKSHOP, f"{self.file.name} is not there any more")
        return self.file in _FOUND

    @contextmanager
    def _reading(self) -> Iterator["Connection"]:
        from dashboard.store import events

        try:
            with events.reading(self.file) as connection:
                yield connection
        except (*events.UNREADABLE, OSError) as problem:
            raise StoreError(Fault.WORKSHOP, str(problem)) from problem

    @contextmanager
    def writing(self) -> Iterator["Writing"]:
        """A transaction; it is on the disk when the block is left, and as if it had never been after an error."""
        from dashboard.store import events

        try:
            if not self._is_there():
                events.make(self.file)
                _FOUND.add(self.file)
            with events.writing(self.file) as writing:
                yield writing
        except events.UNSAVED as problem:
            raise RefusedError(Reason.NOT_SAVED) from problem

    def add(self, kind: str, subject: str, content: Mapping[str, Any], author: str = "") -> Event:
        """Write one event that depends on nothing else."""
        with self.writing() as writing:
            return writing.add(kind, subject, content, author)

    def events(self, *kinds: str, subject: str | None = None) -> list[Event]:
        """Events of some kinds (all, when none is named), oldest first."""
        if not self._is_there():
            return []
        from dashboard.store import events

        with self._reading() as connection:
            return events.select(connection, kinds, subject)

    def last(self, kind: str, subject: str | None = None) -> Event | None:
        """The latest event of a kind."""
        if not self._is_there():
            return None
        from dashboard.store import events

        with self._reading() as connection:
            return events.last(connection, kind, subject)

    def version(self) -> int:
        """The number of the last event; 0 before the first."""
        return self._head()[0]

    def head(self) -> str:
        """The digest of everything that happened; two copies with the same head hold the same."""
        return self._head()[1]

    def _head(self) -> tuple[int, str]:
        if not self._is_there():
            return 0, ""
        from dashboard.store import events

        with self._reading() as connection:
            return events.head(connection)

    def export(self) -> bytes:
        """A copy of the whole file, taken while others write, that another device can open."""
        if not self._is_there():
            from dashboard.store import events

            events.make(self.file)
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
    from dashboard.store import events

    if kept:
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        file.with_name(f"{file.stem}-{stamp}.sqlite").write_bytes(kept)
    source, target = sqlite3.connect(arrived), sqlite3.connect(file, timeout=events.BUSY_MS / 1000)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()


def _check(file: Path) -> None:
    """Refuse a file that is damaged, is something else, or whose events were changed."""
    from dashboard.store.events import digest as digest_of

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
            sound = sound and digest == digest_of(previous, dict(zip(names, values, strict=False)))
            previous = digest
    except (sqlite3.Error, ValueError, TypeError) as problem:
        raise RefusedError(Reason.MALFORMED) from problem
    if not sound or objects != {"no_update", "no_delete", "events_by_kind"}:
        raise RefusedError(Reason.MALFORMED)

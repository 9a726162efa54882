"""The audit trail: who did what, when, to what, before, after, and why. Only added to; each entry seals the one before.

The head of the chain is also written to a file beside the database, after each commit. Where the database has lost the
end of its chain (a damaged or restored file), the two no longer agree, and ``problems`` says so.
"""

import hashlib
import json
import logging
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from dashboard.store.schema import AUDIT

LOG: Final = logging.getLogger(__name__)
GENESIS: Final = "0" * 64
SEALED: Final = ("seq", "at", "who", "what", "subject", "before", "after", "why", "previous")


def now() -> str:
    """This moment, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def append(
    connection: sa.Connection, who: str, what: str, subject: str, *, before: object = "", after: object = "", why: str
) -> tuple[int, str]:
    """Add an entry inside the transaction of what it tells of. Returns the new head: its number and its hash."""
    seq, previous = head(connection)
    entry: dict[str, str | int] = {
        "seq": seq + 1,
        "at": now(),
        "who": who,
        "what": what,
        "subject": subject,
        "before": _text(before),
        "after": _text(after),
        "why": why,
        "previous": previous,
    }
    entry["hash"] = seal(entry)
    connection.execute(AUDIT.insert().values(entry).inline())
    return seq + 1, str(entry["hash"])


def head(connection: sa.Connection) -> tuple[int, str]:
    """The number and hash of the last entry."""
    last = connection.execute(sa.select(AUDIT.c.seq, AUDIT.c.hash).order_by(AUDIT.c.seq.desc()).limit(1)).first()
    return (int(last.seq), str(last.hash)) if last else (0, GENESIS)


def seal(entry: object) -> str:
    """SHA-256 over what an entry says, the hash of the entry before it among it."""
    said = [entry[name] for name in SEALED]  # type: ignore[index]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def note_head(path: Path, seq: int, hash_: str) -> None:
    """Write a head outside the database, after its commit. A crash in between leaves the file behind, never ahead.

    So does a disk that is full: the change is kept all the same, and nobody may be told that it was not. What such a
    write has left of a line is taken away before the next.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            file.seek(0)
            whole = file.read().rpartition(b"\n")
            if whole[2]:
                file.truncate(len(whole[0]) + len(whole[1]))
            file.write(f"{seq} {hash_}\n".encode("ascii"))
            file.flush()
            os.fsync(file.fileno())
    except OSError as problem:
        LOG.warning("the head of the audit trail could not be written beside the database: %s", problem.strerror)


def problems(connection: sa.Connection, path: Path) -> Iterator[str]:
    """Say where the chain is broken or disagrees with the heads kept outside. Empty when all is well."""
    hashes: dict[int, str] = {0: GENESIS}
    for entry in connection.execute(sa.select(AUDIT).order_by(AUDIT.c.seq)).mappings():
        seq = int(entry["seq"])
        if entry["previous"] != hashes.get(seq - 1):
            yield f"entry {seq} does not follow entry {seq - 1}"
        if entry["hash"] != seal(entry):
            yield f"entry {seq} was changed after it was written"
        hashes[seq] = str(entry["hash"])
    for number, line in enumerate(_lines(path), 1):
        seq_text, _, hash_ = line.partition(" ")
        if not seq_text.isdecimal() or len(hash_) != len(GENESIS):
            yield f"line {number} of {path.name} cannot be read: {line[:80]!r}"
        elif hashes.get(int(seq_text)) != hash_:
            yield f"{path.name} knows entry {seq_text}, which the database has lost or holds differently"


def _lines(path: Path) -> list[str]:
    if not path.exists():
        return []
    whole, _, _torn = path.read_text(encoding="ascii", errors="replace").rpartition("\n")
    return whole.splitlines()


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)

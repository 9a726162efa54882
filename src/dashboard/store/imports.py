"""Imports: all or nothing, the file kept, and each can be undone."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

import pandas as pd
import sqlalchemy as sa

from dashboard.domain.faults import BroughtError, DecidedError
from dashboard.domain.roles import JUDGES, WRITERS, Actor, NotAllowedError
from dashboard.store import audit, changes, rows
from dashboard.store.changes import PUBLISHED, Base, Done, Progress
from dashboard.store.schema import CONTENT, IMPORTS, ORIGINALS, RECORD_ROWS, VERSIONS

PART: Final = 4 << 20
EVERY: Final = 10_000


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it came. *digest* is that of the file; *content* is without columns about persons."""

    name: str
    layout: str
    digest: str
    size: int
    content: BinaryIO
    is_redacted: bool


def save(
    connection: sa.Connection, actor: Actor, cells: pd.DataFrame, original: Original, base: Base, why: str,
    progress: Progress | None = None,
) -> Done:  # fmt: skip
    """Store checked rows as the next version, with their file. The caller's transaction makes it all or nothing.

    A file that somebody else has brought a moment ago, and that would go in a second time, is refused here, where
    nobody else can write.
    """
    told = _Told(progress)
    planned = changes.plan(connection, lambda: told(rows.tuples(cells)), cells["incident_id"].tolist(), base)
    if planned.is_a_change and (there := version_of(connection, original.digest)) is not None:
        raise BroughtError(there)
    done = changes.apply(
        connection,
        actor,
        planned,
        "import",
        why,
        subject=original.name,
        after={"added": planned.added, "changed": planned.changed, "sha256": original.digest},
    )
    if done.version is None:
        return done
    import_id = (connection.execute(sa.select(sa.func.max(IMPORTS.c.import_id))).scalar() or 0) + 1
    connection.execute(
        IMPORTS.insert()
        .values(
            import_id=import_id,
            version=done.version,
            file_name=original.name,
            layout=original.layout,
            digest=original.digest,
            is_redacted=original.is_redacted,
            size=original.size,
            added=done.added,
            changed=done.changed,
            unchanged=done.unchanged,
        )
        .inline()
    )
    for nth, part in enumerate(_parts(original.content)):
        connection.execute(ORIGINALS.insert().values(import_id=import_id, nth=nth, content=part).inline())
    return done


class _Told:
    """Tells how many rows are done: they are gone through twice, to compare and to write."""

    def __init__(self, progress: Progress | None) -> None:
        self.progress = progress
        self.steps = 0

    def __call__(self, these: Iterator[rows.Row]) -> Iterator[rows.Row]:
        for row in these:
            self.steps += 1
            if self.progress and self.steps % EVERY == 0:
                self.progress(self.steps // 2)
            yield row


def _parts(content: BinaryIO) -> Iterator[bytes]:
    content.seek(0)
    while part := content.read(PART):
        yield zlib.compress(part, 1)


def original(connection: sa.Connection, actor: Actor, import_id: int) -> bytes:
    """The file of an import as it is kept. It may hold more than was published: only who may see its countries."""
    one = connection.execute(sa.select(IMPORTS).where(IMPORTS.c.import_id == import_id)).mappings().first()
    if one is None or not _may_see(connection, actor, int(one["version"])):
        raise NotAllowedError(f"{actor.name} may not see the file of import {import_id}")
    parts = sa.select(ORIGINALS.c.content).where(ORIGINALS.c.import_id == import_id).order_by(ORIGINALS.c.nth)
    return b"".join(zlib.decompress(part) for part in connection.execute(parts).scalars())


def version_of(connection: sa.Connection, digest: str) -> int | None:
    """The version in which a file came in and still stands; ``None`` for one that is new or was undone."""
    found = sa.select(IMPORTS.c.version).where(IMPORTS.c.digest == digest, IMPORTS.c.undone_in.is_(None))
    return connection.execute(found.order_by(IMPORTS.c.version.desc())).scalar()


def listed(connection: sa.Connection, actor: Actor) -> list[dict[str, object]]:
    """The imports that the actor may see, the newest first; ``is_theirs`` says whether they may undo one."""
    found = connection.execute(sa.select(IMPORTS).order_by(IMPORTS.c.import_id.desc())).mappings().all()
    return [
        {**one, "is_theirs": actor.role in JUDGES or _made_by(connection, int(one["version"])) == actor.name}
        for one in found
        if _may_see(connection, actor, int(one["version"]))
    ]


def _may_see(connection: sa.Connection, actor: Actor, version: int) -> bool:
    """Whether what came in with a version is of the actor's countries alone."""
    if actor.sees_all or actor.role not in WRITERS:
        return actor.sees_all
    c = RECORD_ROWS.c
    foreign = sa.or_(c.added_in == version, c.closed_in == version), c.country.not_in(actor.countries)
    return connection.execute(sa.select(c.row_id).where(*foreign).limit(1)).first() is None


def undo(connection: sa.Connection, actor: Actor, import_id: int, base: Base, why: str) -> Done:
    """Make every record that an import touched what it was before, in a new version; later changes to them go too.

    Who may undo: a reviewer, or the contributor who made it. Nothing is deleted: the rows stay in older versions.
    """
    one = connection.execute(sa.select(IMPORTS).where(IMPORTS.c.import_id == import_id)).mappings().one()
    if one["undone_in"] is not None:
        raise DecidedError(f"import {import_id} was undone in version {one['undone_in']}")
    if actor.role not in JUDGES and _made_by(connection, int(one["version"])) != actor.name:
        raise NotAllowedError(f"{actor.name} did not make import {import_id}; a reviewer may undo it")
    before = int(one["version"]) - 1
    c = RECORD_ROWS.c
    touched = sa.select(c.incident_id).where(sa.or_(c.added_in == one["version"], c.closed_in == one["version"]))
    now = sa.select(*(c[name] for name in rows.Known._fields)).where(rows.live(), c.incident_id.in_(touched))
    standing = connection.execute(now).all()
    before_it = sa.select(c.digest, *(c[name] for name in CONTENT)).where(rows.live(before), c.incident_id.in_(touched))
    restored = connection.execute(before_it).all()
    both = (*standing, *restored)
    planned = changes.Plan(
        lambda: (tuple(row[1:]) for row in restored),
        is_written=bytearray(b"\1" * len(restored)),
        digests=[row.digest for row in restored],
        close=[row.row_id for row in standing],
        minus=[row.digest for row in standing],
        countries={row.country for row in both}
        | changes.countries_of(connection, {row.merged_into for row in both}, base),
        is_restated=any(row.record_status != PUBLISHED for row in both),
        changed=len(standing),
    )
    done = changes.apply(connection, actor, planned, "undo", why, subject=str(one["file_name"]))
    if done.version is not None:
        connection.execute(IMPORTS.update().where(IMPORTS.c.import_id == import_id).values(undone_in=done.version))
        return done
    return Done(None, 0, 0, 0, audit.head(connection))


def _made_by(connection: sa.Connection, version: int) -> str:
    return str(connection.execute(sa.select(VERSIONS.c.made_by).where(VERSIONS.c.version == version)).scalar_one())

"""One change of the records: rows come and go together, in one version, with an audit entry, or not at all."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import compress

import sqlalchemy as sa

from dashboard.domain.roles import WRITERS, Actor
from dashboard.store import audit, rows
from dashboard.store.schema import CONTENT, VERSIONS

COUNTRY = CONTENT.index("country")
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Base:
    """The shipped records: the digest and country of each, below what the database holds."""

    digests: Mapping[str, str] = field(default_factory=dict)
    countries: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """What a change did. *version* is ``None`` when nothing changed, and so nothing was written."""

    version: int | None
    added: int
    changed: int
    unchanged: int
    head: tuple[int, str] | None = None


@dataclass(slots=True)
class Plan:
    """Rows to be written and rows to be closed, found by holding a change against what is there.

    Of a million rows only the digests are held; the rows are asked for again when they are written.
    """

    asked: Callable[[], Iterable[rows.Row]]
    is_written: bytearray = field(default_factory=bytearray)
    digests: list[str] = field(default_factory=list)  # of the rows to be written
    close: list[int] = field(default_factory=list)
    minus: list[str] = field(default_factory=list)
    countries: set[str] = field(default_factory=set)
    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def written(self) -> Iterator[rows.Row]:
        """The rows to be written, the digest first."""
        chosen = compress(self.asked(), self.is_written)
        return ((digest, *row) for digest, row in zip(self.digests, chosen, strict=True))


def plan(connection: sa.Connection, asked: Callable[[], Iterable[rows.Row]], ids: list[str], base: Base) -> Plan:
    """Hold the rows that *asked* gives (in the order of ``CONTENT``) against the newest version. Writes nothing."""
    there = rows.known(connection, ids) if rows.any_live(connection) else {}
    found = Plan(asked)
    for row in asked():
        record, digest = row[0], rows.digest(row)
        row_id, old_digest, old_country = there.get(
            record, (None, base.digests.get(record), base.countries.get(record))
        )
        is_kept = digest not in {old_digest, base.digests.get(record)}  # what is as shipped need not be kept twice
        found.is_written.append(is_kept)
        if is_kept:
            found.digests.append(digest)
        if digest == old_digest:
            found.unchanged += 1
            continue
        found.countries |= {row[COUNTRY], old_country or row[COUNTRY]}
        found.added += old_digest is None
        found.changed += old_digest is not None
        if row_id is not None:
            found.close.append(row_id)
            found.minus.append(str(old_digest))
    return found


def apply(connection: sa.Connection, actor: Actor, planned: Plan, kind: str, why: str, **told: object) -> Done:
    """Write a plan as the next version. *told* goes into the audit entry (``subject``, ``before``, ``after``)."""
    actor.must(*WRITERS, countries=planned.countries)
    if not planned.digests and not planned.close:
        return Done(None, 0, 0, planned.unchanged)
    version = next_version(connection, actor, kind, why, plus=planned.digests, minus=planned.minus)
    rows.close(connection, planned.close, version)
    rows.add(connection, planned.written(), version)
    head = audit.append(
        connection,
        actor.name,
        kind,
        str(told.get("subject") or f"version {version}"),
        before=told.get("before", ""),
        after=told.get("after", {"version": version, "added": planned.added, "changed": planned.changed}),
        why=why,
    )
    return Done(version, planned.added, planned.changed, planned.unchanged, head)


def next_version(
    connection: sa.Connection, actor: Actor, kind: str, note: str, *, plus: list[str], minus: list[str]
) -> int:
    """Begin the next version; returns its number."""
    last = connection.execute(sa.select(VERSIONS).order_by(VERSIONS.c.version.desc()).limit(1)).mappings().first()
    version = (int(last["version"]) if last else 0) + 1
    connection.execute(
        VERSIONS.insert()
        .values(
            version=version,
            made_at=audit.now(),
            made_by=actor.name,
            kind=kind,
            note=note,
            row_count=(int(last["row_count"]) if last else 0) + len(plus) - len(minus),
            content_sum=rows.added(str(last["content_sum"]) if last else "", plus=plus, minus=minus),
        )
        .inline()
    )
    return version

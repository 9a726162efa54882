"""One change of the records: rows come and go together, in one version, with an audit entry, or not at all."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import compress
from typing import Final

import sqlalchemy as sa

from dashboard.domain.roles import JUDGES, WRITERS, Actor
from dashboard.store import audit, rows
from dashboard.store.schema import CONTENT, VERSIONS

COUNTRY: Final = CONTENT.index("country")
STATE: Final = CONTENT.index("record_status")
INTO: Final = CONTENT.index("merged_into")
PUBLISHED: Final = "published"
FURTHER: Final = re.compile(r"([A-Z]+-\d+)-")  # PUB-0045-2 is a further row of PUB-0045
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
    countries: set[str] = field(default_factory=set)  # of every record that looks different afterwards
    is_restated: bool = False  # whether a record is merged, withdrawn or put back: a reviewer's act
    added: int = 0
    changed: int = 0
    unchanged: int = 0

    @property
    def is_a_change(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.digests or self.close)

    def written(self) -> Iterator[rows.Row]:
        """The rows to be written, the digest first."""
        chosen = compress(self.asked(), self.is_written)
        return ((digest, *row) for digest, row in zip(self.digests, chosen, strict=True))


def plan(connection: sa.Connection, asked: Callable[[], Iterable[rows.Row]], ids: list[str], base: Base) -> Plan:
    """Hold the rows that *asked* gives (in the order of ``CONTENT``) against the newest version. Writes nothing."""
    there = rows.known(connection, ids) if rows.any_live(connection) else {}
    found = Plan(asked)
    others: set[str] = set()  # records that are touched without a row of their own
    shipped, countries = base.digests, found.countries
    for row in asked():
        record, digest = row[0], rows.digest(row)
        old, shipped_digest = there.get(record), shipped.get(record)
        old_digest = old.digest if old else shipped_digest
        is_kept = digest not in {old_digest, shipped_digest}  # what is as shipped need not be kept twice
        found.is_written.append(is_kept)
        if is_kept:
            found.digests.append(digest)
        if digest == old_digest:
            found.unchanged += 1
            continue
        countries.add(row[COUNTRY])
        found.added += old_digest is None
        found.changed += old_digest is not None
        if old:
            found.close.append(old.row_id)
            found.minus.append(old.digest)
            countries.add(old.country)
            found.is_restated |= old.record_status != PUBLISHED
            others.add(old.merged_into)
        elif shipped_digest:
            countries.add(base.countries[record])
        if row[STATE] != PUBLISHED or row[INTO]:
            found.is_restated = True
            others.add(row[INTO])
        if record.count("-") > 1 and (head := FURTHER.match(record)):
            others.add(head[1])
    countries |= countries_of(connection, others, base)
    return found


def countries_of(connection: sa.Connection, records: Collection[str], base: Base) -> set[str]:
    """The countries of records that stand, shipped or own; of those that do not, none."""
    asked = {record for record in records if record}
    if not asked:
        return set()
    live = {record: one.country for record, one in rows.known(connection, asked).items()}
    return {found for record in asked if (found := live.get(record) or base.countries.get(record))}


def apply(connection: sa.Connection, actor: Actor, planned: Plan, kind: str, why: str, **told: object) -> Done:
    """Write a plan as the next version. *told* goes into the audit entry (``subject``, ``before``, ``after``)."""
    actor.must(*(JUDGES if planned.is_restated else WRITERS), countries=planned.countries)
    if not planned.is_a_change:
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

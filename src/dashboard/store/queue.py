"""What waits for a decision: submitted incidents and proposed corrections. Nothing here is in any figure."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from dashboard.domain.faults import DecidedError
from dashboard.domain.roles import JUDGES, Actor, NotAllowedError
from dashboard.store import audit
from dashboard.store.schema import QUEUE, RECORD_ROWS

SUBMISSION: Final = "submission"
CORRECTION: Final = "correction"
DRAFT: Final = "draft"
RECEIVED: Final = "received"
CHECKED: Final = "checked"
MERGED: Final = "merged"
PUBLISHED: Final = "published"
NOT_USED: Final = "not_used"
OPEN: Final = (RECEIVED, CHECKED)
ALPHABET: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no 0 and O, no 1 and I: it is read over the telephone
LENGTH: Final = 12  # of 32 letters each: nobody finds one by trying


@dataclass(frozen=True, slots=True)
class Item:
    """Something that waits, or waited."""

    item_id: int
    kind: str
    receipt: str
    country: str
    subject: str
    content: Mapping[str, str]
    reason: str
    state: str
    sent_at: str
    sent_by: str
    decided_at: str
    decided_by: str
    decision: str
    version: int | None


def send(
    connection: sa.Connection, actor: Actor, kind: str, country: str, content: Mapping[str, str], *,
    subject: str = "", reason: str = "", state: str = RECEIVED,
) -> tuple[str, tuple[int, str]]:  # fmt: skip
    """Put something in the queue. Anybody may; the receipt shows its state later. Returns it and the audit head."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    receipt = _grouped(letters)
    values = {"country": country, "subject": subject, "content": _json(content), "reason": reason, "state": state}
    connection.execute(
        QUEUE.insert().values(kind=kind, receipt=receipt, sent_at=audit.now(), sent_by=actor.name, **values).inline()
    )
    what = "draft" if state == DRAFT else "send"
    return receipt, audit.append(connection, actor.name, what, _name(receipt), after={"kind": kind}, why=reason)


def draft(connection: sa.Connection, receipt: str) -> dict[str, str] | None:
    """What was written so far of a report that was not sent yet. Whoever holds the receipt wrote it."""
    found = sa.select(QUEUE.c.content).where(QUEUE.c.receipt == tidy(receipt), QUEUE.c.state == DRAFT)
    content = connection.execute(found).scalar()
    return dict(json.loads(content)) if content else None


def continue_draft(
    connection: sa.Connection, receipt: str, country: str, content: Mapping[str, str], state: str
) -> tuple[int, str]:
    """Write on at a draft, or send it. Returns the audit head."""
    values = {"country": country, "content": _json(content), "state": state, "sent_at": audit.now()}
    at = sa.and_(QUEUE.c.receipt == tidy(receipt), QUEUE.c.state == DRAFT)
    if connection.execute(QUEUE.update().where(at).values(**values)).rowcount != 1:
        raise LookupError("there is no draft with this receipt code")
    return audit.append(connection, "public", "draft" if state == DRAFT else "send", _name(receipt), why="")


def tidy(receipt: str) -> str:
    """A receipt as somebody typed it, in the form in which it is kept."""
    return _grouped("".join(letter for letter in receipt.upper() if letter in ALPHABET))


def _grouped(letters: str) -> str:
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))


def _json(content: Mapping[str, str]) -> str:
    return json.dumps(dict(content), ensure_ascii=False)


def _name(receipt: str) -> str:
    """A receipt opens what it names, so the audit trail holds only its end."""
    return f"…{receipt[-4:]}"


def status(connection: sa.Connection, receipt: str) -> tuple[str, str, str] | None:
    """What became of something sent: its state, since when, and what was said. Shows no content."""
    found = connection.execute(sa.select(QUEUE).where(QUEUE.c.receipt == tidy(receipt))).mappings().first()
    if found is None:
        return None
    is_merged = found["state"] == PUBLISHED and _is_merged(connection, found["version"])
    return MERGED if is_merged else found["state"], found["decided_at"] or found["sent_at"], found["decision"]


def _is_merged(connection: sa.Connection, version: int | None) -> bool:
    """Whether what was published in a version has become part of another record since."""
    c = RECORD_ROWS.c
    published = sa.select(c.incident_id).where(c.added_in == version)
    now = sa.select(c.row_id).where(c.closed_in.is_(None), c.record_status == MERGED, c.incident_id.in_(published))
    return connection.execute(now.limit(1)).first() is not None


def listed(connection: sa.Connection, actor: Actor, *, is_open: bool = True) -> list[Item]:
    """What the actor may see of the queue: everything, or what is of their countries."""
    wanted = (
        sa.select(QUEUE).where(QUEUE.c.state.in_(OPEN) if is_open else QUEUE.c.state != DRAFT).order_by(QUEUE.c.item_id)
    )
    if not actor.sees_all:
        wanted = wanted.where(QUEUE.c.country.in_([c for c in actor.countries if actor.may_see(c)]))
    return [_item(row) for row in connection.execute(wanted).mappings()]


def item(connection: sa.Connection, actor: Actor, item_id: int) -> Item:
    """One of them; ``NotAllowedError`` where it is not theirs to see, or is not there."""
    row = connection.execute(sa.select(QUEUE).where(QUEUE.c.item_id == item_id)).mappings().first()
    if row is None or not actor.may_see(row["country"]):
        raise NotAllowedError(f"{actor.name} may not see item {item_id}")
    return _item(row)


def decide(
    connection: sa.Connection, actor: Actor, item_id: int, state: str, decision: str, version: int | None = None
) -> tuple[int, str]:
    """Move an item to another state; a reviewer's act. Returns the audit head."""
    one = item(connection, actor, item_id)
    actor.must(*JUDGES, countries=[one.country])
    if one.state not in OPEN:
        raise DecidedError(f"item {item_id} was decided before: {one.state}")
    changed = {"state": state, "decision": decision, "decided_at": audit.now(), "decided_by": actor.name}
    connection.execute(QUEUE.update().where(QUEUE.c.item_id == item_id).values(**changed, version=version))
    return audit.append(
        connection, actor.name, "decide", _name(one.receipt), before=one.state, after=state, why=decision
    )


def _item(row: Mapping[Any, Any]) -> Item:
    return Item(**{**row, "content": json.loads(row["content"])})

"""Who may do what, by verified e-mail; and on a laptop, the facilitator's PIN."""

import hashlib
import hmac
import os
import re
from typing import Final

import sqlalchemy as sa

from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.domain.roles import NOBODY, Actor, Role
from dashboard.store import audit
from dashboard.store.schema import PEOPLE, SETTINGS

PIN: Final = "pin"
ROUNDS: Final = 300_000
SHORTEST_PIN: Final = 4
EMAIL: Final = re.compile(r"[^@\s,]+@[^@\s,]+\.[^@\s,]+")


class LastAdministratorError(ValueError):
    """Without an administrator nobody could give a role again."""


def person(connection: sa.Connection, email: str) -> Actor:
    """The role of somebody whose e-mail the identity provider has verified; a viewer where we do not know them."""
    found = connection.execute(sa.select(PEOPLE).where(PEOPLE.c.email == email.casefold())).mappings().first()
    if not found:
        return Actor(email or NOBODY.name)
    return Actor(found["email"], Role(found["role"]), tuple(filter(None, found["countries"].split(","))))


def listed(connection: sa.Connection) -> list[Actor]:
    """Everybody with a role."""
    emails = connection.execute(sa.select(PEOPLE.c.email).order_by(PEOPLE.c.email)).scalars().all()
    return [person(connection, email) for email in emails]


def grant(
    connection: sa.Connection, actor: Actor, email: str, role: Role, countries: tuple[str, ...]
) -> tuple[int, str]:
    """Give somebody a role, or another; an administrator's act, in the audit trail. Returns the new head."""
    actor.must(Role.ADMINISTRATOR)
    if role is Role.CONTRIBUTOR and not countries:
        raise ValueError("a contributor needs a country")
    if role is Role.ADMINISTRATOR and countries:
        raise ValueError("an administrator gives roles in every country and cannot be limited to some")
    if unknown := sorted(set(countries) - set(RANGE_COUNTRIES)):
        raise ValueError(f"{', '.join(unknown)}: not a range country; there are: {', '.join(RANGE_COUNTRIES)}")
    email = email.strip().casefold()
    if not EMAIL.fullmatch(email):
        raise ValueError(f"{email!r} is not an e-mail address")
    return _set(connection, actor, email, Actor(email, role, tuple(sorted(set(countries)))))


def take(connection: sa.Connection, actor: Actor, email: str) -> tuple[int, str]:
    """Take somebody's role: they are a viewer again, as everybody is. Returns the new head."""
    actor.must(Role.ADMINISTRATOR)
    email = email.strip().casefold()
    if person(connection, email).role is Role.VIEWER:
        raise ValueError(f"{email} has no role")
    return _set(connection, actor, email, Actor(email))


def has_administrator(connection: sa.Connection, *, besides: str = "") -> bool:
    """Whether somebody can give roles, other than the one with the e-mail *besides*."""
    wanted = sa.select(PEOPLE.c.email).where(PEOPLE.c.role == Role.ADMINISTRATOR.value, PEOPLE.c.email != besides)
    return connection.execute(wanted.limit(1)).first() is not None


def _set(connection: sa.Connection, actor: Actor, email: str, becomes: Actor) -> tuple[int, str]:
    before = person(connection, email)
    is_last = before.role is Role.ADMINISTRATOR and not has_administrator(connection, besides=email)
    if is_last and becomes.role is not Role.ADMINISTRATOR:
        raise LastAdministratorError(f"{email} is the last administrator; make somebody else one first")
    connection.execute(PEOPLE.delete().where(PEOPLE.c.email == email))
    if becomes.role is not Role.VIEWER:
        values = {"email": email, "role": becomes.role.value, "countries": ",".join(becomes.countries)}
        connection.execute(PEOPLE.insert().values(**values).inline())
    return audit.append(connection, actor.name, "role", email, before=_said(before), after=_said(becomes), why="")


def _said(one: Actor) -> str:
    return " ".join(part for part in (one.role.value, ",".join(one.countries)) if part)


def set_pin(connection: sa.Connection, pin: str) -> tuple[int, str]:
    """Set the facilitator's PIN. Only its salted digest is kept."""
    if len(pin) < SHORTEST_PIN:
        raise ValueError(f"a PIN has at least {SHORTEST_PIN} digits")
    salt = os.urandom(16)
    connection.execute(SETTINGS.delete().where(SETTINGS.c.name == PIN))
    connection.execute(SETTINGS.insert().values(name=PIN, value=f"{salt.hex()}:{_stretched(pin, salt)}").inline())
    return audit.append(connection, "local", "pin", "facilitator", why="")


def has_pin(connection: sa.Connection) -> bool:
    """Whether a PIN was set."""
    return connection.execute(sa.select(SETTINGS.c.name).where(SETTINGS.c.name == PIN)).first() is not None


def is_pin(connection: sa.Connection, pin: str) -> bool:
    """Whether *pin* is the one."""
    kept = connection.execute(sa.select(SETTINGS.c.value).where(SETTINGS.c.name == PIN)).scalar()
    if not kept:
        return False
    salt, digest = str(kept).split(":")
    return hmac.compare_digest(_stretched(pin, bytes.fromhex(salt)), digest)


def _stretched(pin: str, salt: bytes) -> str:
    return hashlib.pbkdf2_hmac("sha256", pin.encode(), salt, ROUNDS).hex()

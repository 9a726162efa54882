"""Who may do what, by verified e-mail. A laptop has a PIN instead, in the workshop file."""

import re
from typing import Final

import sqlalchemy as sa

from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.domain.roles import NOBODY, Actor, Role
from dashboard.store import audit
from dashboard.store.schema import PEOPLE, SETTINGS

PIN: Final = "pin"
ROUNDS: Final = 300_000  # of PBKDF2-SHA256
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


def old_pin(connection: sa.Connection) -> tuple[str, str] | None:
    """Salt and PBKDF2 digest of the PIN that this database held before the workshop file held the only one."""
    kept = connection.execute(sa.select(SETTINGS.c.value).where(SETTINGS.c.name == PIN)).scalar()
    if not kept:
        return None
    salt, digest = str(kept).split(":")
    return salt, digest


def drop_old_pin(connection: sa.Connection) -> tuple[int, str]:
    """Remove it, once the workshop file has it. Returns the new head."""
    connection.execute(SETTINGS.delete().where(SETTINGS.c.name == PIN))
    return audit.append(connection, "local", "pin", "facilitator", why="moved to the workshop file")

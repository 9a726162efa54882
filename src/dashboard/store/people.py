"""Who may do what, by verified e-mail; and on a laptop, the facilitator's PIN."""

import hashlib
import hmac
import os
from typing import Final

import sqlalchemy as sa

from dashboard.domain.roles import NOBODY, Actor, Role
from dashboard.store import audit
from dashboard.store.schema import PEOPLE, SETTINGS

PIN: Final = "pin"
ROUNDS: Final = 300_000
SHORTEST_PIN: Final = 4


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
    """Give somebody a role; an administrator's act, in the audit trail. Returns the new head."""
    actor.must(Role.ADMINISTRATOR)
    if role is Role.CONTRIBUTOR and not countries:
        raise ValueError("a contributor needs a country")
    email = email.casefold()
    before = person(connection, email)
    connection.execute(PEOPLE.delete().where(PEOPLE.c.email == email))
    connection.execute(PEOPLE.insert().values(email=email, role=role.value, countries=",".join(countries)).inline())
    was, now = f"{before.role} {','.join(before.countries)}", f"{role} {','.join(countries)}"
    return audit.append(connection, actor.name, "role", email, before=was.strip(), after=now.strip(), why="")


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

"""Who may do what: listed, given and taken by an administrator, on the screen and on the command line."""

import argparse
from collections.abc import Sequence
from typing import Final

from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.domain.roles import ROLE_NAMES, Actor, Role
from dashboard.i18n.translator import LANGUAGES, translator
from dashboard.ingest.package import load
from dashboard.intake.desk import Desk, open_desk
from dashboard.store import audit, people
from dashboard.store import engine as engines

Result = tuple[list[str], int]
GIVEN: Final = tuple(role for role in Role if role is not Role.VIEWER)  # everybody is a viewer


def everybody(desk: Desk, actor: Actor) -> list[Actor]:
    """All who have a role. E-mails are shown to administrators only."""
    actor.must(Role.ADMINISTRATOR)
    with engines.reading(desk.engine, actor) as connection:
        return people.listed(connection)


def give(desk: Desk, actor: Actor, email: str, role: Role, countries: Sequence[str]) -> None:
    """Give somebody a role, or another one."""
    with engines.writing(desk.engine, actor) as connection:
        head = people.grant(connection, actor, email, role, tuple(countries))
    audit.note_head(desk.heads, *head)


def take(desk: Desk, actor: Actor, email: str) -> None:
    """Take somebody's role."""
    with engines.writing(desk.engine, actor) as connection:
        head = people.take(connection, actor, email)
    audit.note_head(desk.heads, *head)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The command and its options."""
    command = commands.add_parser("role", help="who may do what: list, give, change and take roles")
    what = command.add_subparsers(required=True, metavar="list | give | take")
    shown = what.add_parser("list", help="everybody who has a role")
    given = what.add_parser("give", help="give somebody a role, or another one")
    given.add_argument("email")
    given.add_argument("role", choices=[role.value for role in GIVEN])
    given.add_argument("--country", choices=RANGE_COUNTRIES, nargs="+", action="extend", default=[], metavar="ISO3")
    taken = what.add_parser("take", help="take somebody's role")
    taken.add_argument("email")
    from dashboard.intake.commands import AS

    for parser, run in ((shown, _list), (given, _give), (taken, _take)):
        parser.add_argument("--as", dest="acting", default="", help=AS)
        parser.add_argument("--lang", choices=LANGUAGES, default="en")
        parser.set_defaults(run=run)


def _opened(acting: str) -> tuple[Desk, Actor]:
    """The desk and who acts; who has the address of a server may name the first administrator, and nobody else."""
    from dashboard.intake.commands import actor_of

    desk = open_desk(load())
    one = actor_of(desk, acting)
    if not acting and one.role is not Role.ADMINISTRATOR:
        with engines.reading(desk.engine) as connection:
            if not people.has_administrator(connection):
                return desk, Actor(one.name, Role.ADMINISTRATOR)
    return desk, one


def _list(options: argparse.Namespace) -> Result:
    t = translator(options.lang)
    found = everybody(*_opened(options.acting))
    return [
        "  ".join(part for part in (one.name, t(ROLE_NAMES[one.role]), ", ".join(one.countries)) if part)
        for one in found
    ] or [t("Nobody has a role yet.")], 0


def _give(options: argparse.Namespace) -> Result:
    give(*_opened(options.acting), options.email, Role(options.role), options.country)
    t = translator(options.lang)
    return [t("{person}: {role}.", person=options.email, role=t(ROLE_NAMES[Role(options.role)]))], 0


def _take(options: argparse.Namespace) -> Result:
    take(*_opened(options.acting), options.email)
    t = translator(options.lang)
    return [t("{person} has no role any more.", person=options.email)], 0

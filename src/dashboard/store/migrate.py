"""Brings a database to the tables of this release: whole or not at all, with nothing lost on the way."""

from pathlib import Path
from typing import Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from dashboard.domain.faults import Fault, StoreError
from dashboard.store import location, triggers
from dashboard.store.engine import ONE_WRITER, backup

MIGRATIONS: Final = Path(__file__).parent / "migrations"


class MigrationError(RuntimeError):
    """A migration would have lost something; it was rolled back."""


def upgrade(made: sa.Engine, to: str = "head") -> None:
    """Bring the database to the revision *to*, in one transaction.

    What lost data when it was tried, and what is done here: foreign keys are off for the run (dropping a copied table
    would delete what refers to it); the transaction begins with ``BEGIN IMMEDIATE`` (else half a migration survives a
    crash); triggers are dropped first and made again; rows are counted before and after, and foreign keys checked,
    before the commit. A SQLite file is copied first.
    """
    before = revision(made)
    if before == _target(to):
        return
    if before and before not in {one.revision for one in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}:
        raise StoreError(Fault.OF_ANOTHER_RELEASE, f"the database is at {before}; this release knows {_target('head')}")
    path = location.file(str(made.url))
    if path and before:
        backup(made, _free_name(path.with_name(f"{path.stem}.before-{_target(to)}.sqlite")))
    with made.connect() as connection:
        if path:
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")  # has no effect inside a transaction
            connection.rollback()
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        try:
            with connection.begin():
                if not path:
                    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(ONE_WRITER)))
                    if revision_of(connection) == _target(to):  # another process was faster
                        return
                _run(connection, to)
        finally:
            if path:
                connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]


def _run(connection: sa.Connection, to: str) -> None:
    counted = _row_counts(connection)
    triggers.drop(connection)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    triggers.create(connection)
    lost = {name: count for name, count in counted.items() if _row_counts(connection).get(name) != count}
    if lost:
        raise MigrationError(f"rows before the migration: {counted}; different afterwards in: {', '.join(lost)}")
    if triggers.present(connection) != set(triggers.NAMES):
        raise MigrationError("the triggers that guard the audit trail are missing after the migration")
    if connection.dialect.name == "sqlite" and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
        raise MigrationError(f"{len(broken)} rows refer to something that is gone, the first: {tuple(broken[0])}")


def revision(made: sa.Engine) -> str | None:
    """The revision a database is at; ``None`` for an empty one."""
    with made.connect() as connection:
        return revision_of(connection)


def revision_of(connection: sa.Connection) -> str | None:
    """The same inside a transaction."""
    return MigrationContext.configure(connection).get_current_revision()


def _target(to: str) -> str | None:
    script = ScriptDirectory(str(MIGRATIONS))
    return script.get_current_head() if to == "head" else to


def _row_counts(connection: sa.Connection) -> dict[str, int]:
    names = [name for name in sa.inspect(connection).get_table_names() if name != "alembic_version"]
    return {n: connection.execute(sa.select(sa.func.count()).select_from(sa.table(n))).scalar_one() for n in names}


def _free_name(path: Path) -> Path:
    """A name that is not taken: an earlier copy is never overwritten."""
    taken = path
    nth = 1
    while taken.exists():
        nth += 1
        taken = path.with_stem(f"{path.stem}-{nth}")
    return taken

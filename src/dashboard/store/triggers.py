"""Triggers that keep the audit trail and the records from being rewritten. Made again after every migration."""

from typing import Final

import sqlalchemy as sa

from dashboard.store.schema import CONTENT

FROZEN: Final = ("row_id", "added_in", "digest", *CONTENT)
NAMES: Final = ("audit_no_update", "audit_no_delete", "rows_no_update", "rows_no_delete", "rows_no_reopening")


def _sqlite() -> list[str]:
    changed = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in FROZEN)
    refuse = "BEGIN SELECT RAISE(ABORT, 'this table is only added to'); END"
    return [
        f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit {refuse}",
        f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit {refuse}",
        f"CREATE TRIGGER rows_no_update BEFORE UPDATE ON record_rows WHEN {changed} {refuse}",
        f"CREATE TRIGGER rows_no_delete BEFORE DELETE ON record_rows {refuse}",
        f"CREATE TRIGGER rows_no_reopening BEFORE UPDATE ON record_rows WHEN OLD.closed_in IS NOT NULL {refuse}",
    ]


def _postgresql() -> list[str]:
    changed = " OR ".join(f'OLD."{name}" IS DISTINCT FROM NEW."{name}"' for name in FROZEN)
    run = "EXECUTE FUNCTION only_added_to()"
    return [
        "CREATE OR REPLACE FUNCTION only_added_to() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'this table is only added to'; END $$",
        f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit FOR EACH ROW {run}",
        f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit FOR EACH ROW {run}",
        f"CREATE TRIGGER rows_no_update BEFORE UPDATE ON record_rows FOR EACH ROW WHEN ({changed}) {run}",
        f"CREATE TRIGGER rows_no_delete BEFORE DELETE ON record_rows FOR EACH ROW {run}",
        f"CREATE TRIGGER rows_no_reopening BEFORE UPDATE ON record_rows FOR EACH ROW "
        f"WHEN (OLD.closed_in IS NOT NULL) {run}",
    ]


def drop(connection: sa.Connection) -> None:
    """Take the triggers away, for a migration."""
    for name in NAMES:
        table = "audit" if name.startswith("audit") else "record_rows"
        on = f" ON {table}" if connection.dialect.name == "postgresql" else ""
        if on and not sa.inspect(connection).has_table(table):
            continue
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}{on}")


def create(connection: sa.Connection) -> None:
    """Make them all."""
    for statement in _postgresql() if connection.dialect.name == "postgresql" else _sqlite():
        connection.exec_driver_sql(statement)


def present(connection: sa.Connection) -> set[str]:
    """The triggers that are there."""
    found = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.dialect.name == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    return {str(name) for (name,) in connection.exec_driver_sql(found)} & set(NAMES)

"""A database of each kind, migrated to this release."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.domain.roles import Actor, Role
from dashboard.store import audit, changes, migrate, rows
from dashboard.store import engine as engines
from dashboard.store.changes import Base, Done
from dashboard.store.schema import CONTENT

BOSS = Actor("the administrator", Role.ADMINISTRATOR)
REVIEWER = Actor("a reviewer", Role.REVIEWER)
KYRGYZ = Actor("kg@example.org", Role.CONTRIBUTOR, ("KGZ",))


def a_row(record: str, **cells: str) -> dict[str, str]:
    """A sound row of the record sheet."""
    sound = {
        "date": "2025-03-04", "date_precision": "day", "country": "KGZ", "incident_type": "seizure",
        "species_scientific": "Panthera uncia", "species_common": "Snow leopard", "commodity": "skin",
        "quantity": "1", "unit": "items", "outcome": "unknown", "source_title": "[Annual report]",
        "source_publisher": "24.kg", "record_status": "published", "language": "ru",
    }  # fmt: skip
    return {name: {**sound, "incident_id": record, **cells}.get(name, "") for name in CONTENT}


def change(
    engine: sa.Engine, *cells: dict[str, str], actor: Actor = BOSS, base: Base | None = None, is_scoped: bool = True
) -> Done:
    """Write rows as a version."""
    with engines.writing(engine, actor if is_scoped else None) as connection:
        asked = [rows.as_row(row) for row in cells]
        planned = changes.plan(connection, lambda: asked, [row[0] for row in asked], base or Base())
        return changes.apply(connection, actor, planned, "import", "a test")


def found(engine: sa.Engine, version: int | None = None) -> dict[str, dict[str, str]]:
    """The live rows by record."""
    with engines.reading(engine) as connection:
        return {row["incident_id"]: row for row in rows.read(connection, version).to_dict("records")}


def audit_problems(engine: sa.Engine, path: Path) -> list[str]:
    """What the audit trail says of itself."""
    with engines.reading(engine) as connection:
        return list(audit.problems(connection, path))


@pytest.fixture
def engine(empty_address) -> Iterator[sa.Engine]:
    """A migrated database."""
    made = engines.engine(empty_address)
    migrate.upgrade(made)
    yield made
    made.dispose()


@pytest.fixture
def sqlite(tmp_path) -> Iterator[sa.Engine]:
    """A migrated SQLite database, for what only SQLite can do wrong."""
    made = engines.engine(f"sqlite:///{tmp_path}/dashboard.sqlite")
    migrate.upgrade(made)
    yield made
    made.dispose()

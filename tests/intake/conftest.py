"""A desk over the shipped records, on each kind of database."""

# ruff: noqa: E501 - a line of a file is a line

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dashboard.domain.roles import Actor, Role
from dashboard.ingest import upload
from dashboard.intake import commands, layouts
from dashboard.intake.desk import Desk, open_desk
from dashboard.intake.prepare import Prepared, Source, prepare
from dashboard.store import location

BOSS = Actor("the administrator", Role.ADMINISTRATOR)
REVIEWER = Actor("a reviewer", Role.REVIEWER)
KYRGYZ = Actor("kg@example.org", Role.CONTRIBUTOR, ("KGZ",))
TODAY = date(2026, 11, 24)
HEADER = "date,country,incident_type,species_scientific,species_common,commodity,quantity,unit,outcome,source_title,source_publisher"
LINE = "2025-03-04,KGZ,seizure,Panthera uncia,Snow leopard,skin,2,items,unknown,[Report],State Customs"


@pytest.fixture(scope="session")
def spoken(loaded):
    """Both languages."""
    return commands.spoken(loaded)


def opened(address: str, loaded, folder: Path, monkeypatch) -> Desk:
    monkeypatch.setenv(location.AUDIT_HEAD, str(folder / "heads"))
    return open_desk(loaded, address)


@pytest.fixture
def desk(empty_address, loaded, tmp_path, monkeypatch):
    """An empty database, on SQLite and on PostgreSQL."""
    made = opened(empty_address, loaded, tmp_path, monkeypatch)
    yield made
    made.engine.dispose()


@pytest.fixture
def local(loaded, tmp_path, monkeypatch):
    """An empty database on SQLite, for what does not depend on the database."""
    made = opened(f"sqlite:///{tmp_path}/local.sqlite", loaded, tmp_path, monkeypatch)
    yield made
    made.engine.dispose()


@pytest.fixture(scope="session")
def ready(spoken) -> Callable[..., Prepared]:
    """Takes a file along the road up to the store."""

    def take(desk: Desk, content: bytes, name: str = "file.csv", source: Source | None = None) -> Prepared:
        brought = upload.read(io.BytesIO(content), name)
        layout = layouts.likely(brought.header)
        mapping = layouts.guess(brought.header, layout)
        return prepare(
            brought, layout, mapping, desk.ref, there=desk.there, languages=spoken, source=source,
            since=desk.state().version, today=TODAY,
        )  # fmt: skip

    return take


@pytest.fixture(scope="session")
def keep(ready) -> Callable[..., object]:
    """Takes a file along the whole road."""

    def store(desk: Desk, content: bytes, actor: Actor = BOSS, name: str = "file.csv", source: Source | None = None):
        prepared = ready(desk, content, name, source)
        assert prepared.is_sound, prepared.issues
        return desk.keep(prepared, io.BytesIO(content), actor, "a test")

    return store


def csv_file(*lines: str, header: str = HEADER) -> bytes:
    """A CSV file."""
    return "\n".join([header, *lines]).encode()

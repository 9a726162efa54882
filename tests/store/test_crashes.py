"""kill -9 at any moment: the whole change is there, or nothing of it; no acknowledged change is lost."""

import io
import os
import random
import select
import signal
import time
from collections.abc import Callable

import pandas as pd
import pytest
import sqlalchemy as sa

from dashboard.store import audit, imports, migrate, rows, triggers, versions
from dashboard.store import engine as engines
from dashboard.store.changes import Base
from dashboard.store.imports import Original
from dashboard.store.schema import AUDIT, CONTENT, IMPORTS, ORIGINALS
from tests.store.conftest import BOSS, a_row, audit_problems, change, found

ROWS = 300
NEWEST = migrate._target("head")
IS_FULL = bool(os.environ.get("DASHBOARD_ALL_TRIALS"))  # the numbers that were asked for; a third of a second each
TRIALS = {"sqlite": 50, "postgresql": 20} if IS_FULL else {"sqlite": 20, "postgresql": 10}

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="NOT RUN: this system cannot fork")


def import_once(address: str, heads, nth: int) -> None:
    """One import of many rows with its file, as the desk makes it."""
    engine = sa_engine(address)
    cells = pd.DataFrame([a_row(f"KGZ-{n:04d}", place=f"trial {nth}") for n in range(ROWS)], dtype="str")[list(CONTENT)]
    original = Original("file.csv", "sheet", f"digest {nth}", 9, io.BytesIO(os.urandom(200_000)), is_redacted=False)
    with engines.writing(engine) as connection:
        done = imports.save(connection, BOSS, cells, original, Base(), "a trial")
    audit.note_head(heads, *done.head)


def sa_engine(address: str) -> sa.Engine:
    engines.engine.cache_clear()  # a connection must not be shared with the parent process
    return engines.engine(address)


def killed_after(seconds: float, work: Callable[[], None]) -> bool:
    """Do *work* in a process of its own and kill it after a while; says whether it was acknowledged before."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        work()
        os.write(writer, b"done")
        os._exit(0)
    os.close(writer)
    select.select([reader], [], [], seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    acknowledged = os.read(reader, 4) == b"done"
    os.close(reader)
    return acknowledged


def test_an_import_that_is_killed_is_there_whole_or_not_at_all(empty_address, tmp_path):
    engine = engines.engine(empty_address)
    migrate.upgrade(engine)
    heads, rng = tmp_path / "heads", random.Random(9)
    begun = time.monotonic()
    engine.dispose()
    assert killed_after(60, lambda: import_once(empty_address, heads, 0))
    whole = time.monotonic() - begun
    is_server = engine.dialect.name == "postgresql"
    there = 1
    engine = sa_engine(empty_address)
    for nth in range(1, TRIALS[engine.dialect.name] + 1):
        engine.dispose()
        acknowledged = killed_after(rng.uniform(0, 1.3 * whole), lambda nth=nth: import_once(empty_address, heads, nth))
        engine = sa_engine(empty_address)
        with engines.writing(engine) as connection:  # a killed client's transaction may still be ending on the server
            state = versions.state(connection)
            kept = connection.execute(sa.select(sa.func.count()).select_from(IMPORTS)).scalar_one()
            files = connection.execute(sa.select(sa.func.count(sa.distinct(ORIGINALS.c.import_id)))).scalar_one()
            entries = connection.execute(sa.select(sa.func.count()).select_from(AUDIT)).scalar_one()
            places = rows.read(connection)["place"].value_counts()
        assert state.version in {there, there + 1}
        assert state.version == there + 1 or not acknowledged
        there = state.version
        assert (kept, files, entries) == (there, there, there)
        assert places.to_list() == [ROWS]  # all rows are of one and the same import
        if not is_server:
            with engine.connect() as connection:
                assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    assert audit_problems(engine, heads) == []
    assert there < TRIALS[engine.dialect.name] + 1  # some were killed before the end


def test_a_migration_that_is_killed_leaves_the_old_or_the_new_and_never_half(empty_address):
    engine = engines.engine(empty_address)
    migrate.upgrade(engine, "r0001")
    change(engine, *(a_row(f"KGZ-{n:04d}") for n in range(300)), is_scoped=False)
    before = found(engine)
    rng = random.Random(4)
    for _ in range(12):
        engine.dispose()
        killed_after(rng.uniform(0, 0.06), lambda: migrate.upgrade(sa_engine(empty_address)))
        engine = sa_engine(empty_address)
        with engines.writing(engine) as connection:
            tables = set(sa.inspect(connection).get_table_names())
            is_new = migrate.revision_of(connection) == NEWEST
            assert ("queue" in tables, "people" in tables, "settings" in tables) == (is_new, is_new, is_new)
            assert triggers.present(connection) == set(triggers.NAMES)
        assert found(engine) == before
        if is_new:
            break
    migrate.upgrade(engine)
    assert migrate.revision(engine) == NEWEST
    assert found(engine) == before


def test_a_migration_that_loses_rows_is_rolled_back(sqlite, monkeypatch):
    change(sqlite, a_row("KGZ-0001"))
    monkeypatch.setattr(migrate, "_target", lambda _: "a later one")

    def loses(config, to):
        connection = config.attributes["connection"]
        connection.exec_driver_sql("DELETE FROM record_rows")

    monkeypatch.setattr(migrate.command, "upgrade", loses)
    with pytest.raises(migrate.MigrationError, match="record_rows"):
        migrate.upgrade(sqlite)
    assert set(found(sqlite)) == {"KGZ-0001"}


def test_a_migration_that_forgets_the_triggers_is_rolled_back(sqlite, monkeypatch):
    monkeypatch.setattr(migrate, "_target", lambda _: "a later one")
    monkeypatch.setattr(migrate.command, "upgrade", lambda *_: None)
    monkeypatch.setattr(migrate.triggers, "create", lambda _: None)
    with pytest.raises(migrate.MigrationError, match="triggers"):
        migrate.upgrade(sqlite)
    with engines.reading(sqlite) as connection:
        assert triggers.present(connection) == set(triggers.NAMES)


def test_a_file_is_copied_before_it_is_migrated(tmp_path):
    engine = engines.engine(f"sqlite:///{tmp_path}/dashboard.sqlite")
    migrate.upgrade(engine, "r0001")
    change(engine, a_row("KGZ-0001"), is_scoped=False)
    migrate.upgrade(engine)
    engine.dispose()
    copy = engines.engine(f"sqlite:///{tmp_path}/dashboard.before-{NEWEST}.sqlite")
    assert migrate.revision(copy) == "r0001"
    assert set(found(copy)) == {"KGZ-0001"}
    copy.dispose()


def test_two_writers_wait_for_each_other_instead_of_failing(empty_address):
    """Reading first and writing later fails as "locked" with SQLite's usual transactions, whatever the patience."""
    engine = engines.engine(empty_address)
    migrate.upgrade(engine)
    engine.dispose()
    children = []
    for worker in range(3):
        child = os.fork()
        if child == 0:
            own = sa_engine(empty_address)
            for nth in range(10):
                change(own, a_row(f"KGZ-{worker:02d}{nth:02d}"))
            os._exit(0)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    engine = sa_engine(empty_address)
    assert len(found(engine)) == 30
    with engines.reading(engine) as connection:
        assert versions.state(connection).version == 30

"""Nothing is lost: every change is a version, every version is sealed in the audit trail."""

import hashlib
import shutil

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.roles import NotAllowedError
from dashboard.store import audit, changes, rows, versions
from dashboard.store import engine as engines
from dashboard.store.changes import Base
from dashboard.store.schema import AUDIT, CONTENT, METADATA
from tests.store.conftest import BOSS, KYRGYZ, a_row, audit_problems, change, found


def state(engine, version=None):
    with engines.reading(engine) as connection:
        return versions.state(connection, version)


def test_an_empty_database_has_the_shipped_version(engine):
    assert state(engine).data_version("2026.1+abc") == "2026.1+abc"


def test_the_tables_of_the_code_are_those_of_the_migrations(engine):
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    with engines.reading(engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_a_change_closes_the_old_row_and_every_version_can_be_read(engine):
    change(engine, a_row("KGZ-0001", place="Naryn"), a_row("KGZ-0002"))
    change(engine, a_row("KGZ-0001", place="Osh"))
    assert found(engine)["KGZ-0001"]["place"] == "Osh"
    assert found(engine, 1)["KGZ-0001"]["place"] == "Naryn"
    assert found(engine, 0) == {}
    assert found(engine, 1)["KGZ-0002"] == found(engine)["KGZ-0002"]


def test_the_same_rows_again_are_no_version(engine):
    change(engine, a_row("KGZ-0001"))
    again = change(engine, a_row("KGZ-0001"))
    assert (again.version, again.added, again.changed, again.unchanged) == (None, 0, 0, 1)
    assert state(engine).version == 1


def test_a_row_that_is_as_shipped_is_not_kept_twice(engine):
    shipped = a_row("PUB-0001")
    base = Base({"PUB-0001": rows.digest(rows.as_row(shipped))}, {"PUB-0001": "KGZ"})
    assert change(engine, shipped, base=base).version is None
    change(engine, a_row("PUB-0001", place="Osh"), base=base)
    back = change(engine, shipped, base=base)
    assert back.changed == 1
    assert state(engine).data_version("2026.1+abc") == "2026.1+abc"


def test_the_data_version_is_that_of_the_content_whatever_the_road_to_it(engine):
    change(engine, a_row("KGZ-0001"), a_row("KGZ-0002"))
    first = state(engine).data_version("s")
    change(engine, a_row("KGZ-0001", place="Osh"))
    assert state(engine).data_version("s") != first
    change(engine, a_row("KGZ-0001"))
    assert state(engine).data_version("s") == first


def test_the_content_sum_is_the_sum_of_the_digests_of_the_live_rows(engine):
    change(engine, a_row("KGZ-0001"), a_row("KGZ-0002"))
    change(engine, a_row("KGZ-0002", place="Osh"))
    by_hand = 0
    for row in found(engine).values():
        text = "\x1f".join(row[name] for name in CONTENT)
        by_hand += int(hashlib.sha256(text.encode()).hexdigest(), 16)
    assert int(state(engine).content_sum, 16) == by_hand % 2**256


@given(st.permutations([f"{n:064x}" for n in (1, 2**255, 2**256 - 1, 77)]))
def test_the_content_sum_does_not_depend_on_the_order(digests):
    assert rows.added("", plus=digests) == rows.added("", plus=sorted(digests))
    assert rows.added(rows.added("", plus=digests), minus=digests) == f"{0:064x}"


def test_what_changed_between_two_versions_is_told_by_side(engine):
    change(engine, a_row("KGZ-0001"), a_row("KGZ-0002"))
    change(engine, a_row("KGZ-0002", place="Osh"), a_row("KGZ-0003"))
    with engines.reading(engine) as connection:
        moved = versions.rows_between(connection, 1, 2)
    assert sorted(zip(moved["side"], moved["incident_id"], moved["place"], strict=True)) == [
        ("new", "KGZ-0002", "Osh"), ("new", "KGZ-0003", ""), ("old", "KGZ-0002", ""),
    ]  # fmt: skip


def test_every_change_is_in_the_audit_trail_with_who_and_why(engine, tmp_path):
    done = change(engine, a_row("KGZ-0001"))
    with engines.reading(engine) as connection:
        entry = connection.execute(sa.select(AUDIT)).mappings().one()
    assert (entry["seq"], entry["who"], entry["what"], entry["why"]) == (1, BOSS.name, "import", "a test")
    assert done.head == (1, entry["hash"])
    assert audit_problems(engine, tmp_path / "heads") == []


@pytest.mark.parametrize("table", ["audit", "record_rows"])
@pytest.mark.parametrize("attempt", ["UPDATE {t} SET {c} = 'x'", "DELETE FROM {t}"])
def test_the_database_itself_refuses_to_rewrite_what_was_written(engine, table, attempt):
    change(engine, a_row("KGZ-0001"))
    column = {"audit": "why", "record_rows": "place"}[table]
    with pytest.raises(sa.exc.DBAPIError, match="only added to"), engines.writing(engine) as connection:
        connection.exec_driver_sql(attempt.format(t=table, c=column))


def test_a_closed_row_cannot_be_opened_again(engine):
    change(engine, a_row("KGZ-0001"))
    change(engine, a_row("KGZ-0001", place="Osh"))
    with pytest.raises(sa.exc.DBAPIError, match="only added to"), engines.writing(engine) as connection:
        connection.exec_driver_sql("UPDATE record_rows SET closed_in = NULL WHERE closed_in IS NOT NULL")


def test_a_changed_audit_entry_is_noticed(sqlite, tmp_path):
    change(sqlite, a_row("KGZ-0001"))
    change(sqlite, a_row("KGZ-0002"))
    with engines.writing(sqlite) as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_no_update")
        connection.exec_driver_sql("UPDATE audit SET why = 'another reason' WHERE seq = 1")
    assert audit_problems(sqlite, tmp_path / "heads") == ["entry 1 was changed after it was written"]


def test_a_resealed_entry_no_longer_fits_the_next(sqlite, tmp_path):
    change(sqlite, a_row("KGZ-0001"))
    change(sqlite, a_row("KGZ-0002"))
    with engines.writing(sqlite) as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_no_update")
        entry = dict(connection.execute(sa.select(AUDIT).where(AUDIT.c.seq == 1)).mappings().one())
        entry["why"] = "another reason"
        connection.execute(AUDIT.update().where(AUDIT.c.seq == 1).values(why=entry["why"], hash=audit.seal(entry)))
    assert audit_problems(sqlite, tmp_path / "heads") == ["entry 2 does not follow entry 1"]


def test_a_lost_end_of_the_chain_is_noticed_by_the_heads_kept_outside(sqlite, tmp_path):
    heads = tmp_path / "heads"
    for record in ("KGZ-0001", "KGZ-0002"):
        audit.note_head(heads, *change(sqlite, a_row(record)).head)
    assert audit_problems(sqlite, heads) == []
    with engines.writing(sqlite) as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_no_delete")
        connection.exec_driver_sql("DELETE FROM audit WHERE seq = 2")
    assert audit_problems(sqlite, heads) == ["heads knows entry 2, which the database has lost or holds differently"]


def test_a_damaged_log_that_sqlite_opens_without_a_word_is_noticed(sqlite, tmp_path):
    heads, copy = tmp_path / "heads", tmp_path / "copy.sqlite"
    audit.note_head(heads, *change(sqlite, a_row("KGZ-0001")).head)
    with sqlite.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        audit.note_head(heads, *change(sqlite, a_row("KGZ-0002")).head)
        file = tmp_path / "dashboard.sqlite"
        shutil.copy(file, copy)
        log = bytearray(file.with_name("dashboard.sqlite-wal").read_bytes())
        log[2000:6000] = bytes(4000)  # a bad sector
        copy.with_name("copy.sqlite-wal").write_bytes(log)
        connection.exec_driver_sql("BEGIN")
    opened = engines.engine(f"sqlite:///{copy}")
    assert set(found(opened)) == {"KGZ-0001"}  # the second change is gone, and SQLite has not complained
    assert audit_problems(opened, heads) == ["heads knows entry 2, which the database has lost or holds differently"]
    opened.dispose()


def test_a_head_that_was_torn_while_it_was_written_is_passed_over(sqlite, tmp_path):
    heads = tmp_path / "heads"
    audit.note_head(heads, *change(sqlite, a_row("KGZ-0001")).head)
    heads.write_text(heads.read_text() + "2 abc")
    assert audit_problems(sqlite, heads) == []


def test_a_contributor_cannot_change_a_record_of_another_country(engine):
    change(engine, a_row("TJK-0001", country="TJK"))
    for attempt in (
        a_row("TJK-0001", country="TJK", place="x"),
        a_row("TJK-0001", country="KGZ"),
        a_row("TJK-2222", country="TJK"),
    ):
        with pytest.raises(NotAllowedError, match="TJK"):
            change(engine, attempt, actor=KYRGYZ)
    assert change(engine, a_row("KGZ-0001"), actor=KYRGYZ).version == 2


def test_row_level_security_refuses_what_the_application_forgot_to_ask(engine):
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no row-level security: whoever owns the file sees it all")
    change(engine, a_row("TJK-0001", country="TJK"))
    row = rows.as_row(a_row("TJK-0002", country="TJK"))
    with pytest.raises(sa.exc.DBAPIError, match="row-level security"), engines.writing(engine, KYRGYZ) as connection:
        rows.add(connection, [(rows.digest(row), *row)], 1)
    with engines.writing(engine, KYRGYZ) as connection:
        rows.close(connection, [1], 1)
    assert found(engine)["TJK-0001"]["country"] == "TJK"


def test_sqlite_is_opened_so_that_a_power_cut_loses_nothing(sqlite):
    with sqlite.connect() as connection:
        asked = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert asked == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}  # 2 = FULL


def test_a_failed_change_leaves_nothing_behind(engine):
    planned = changes.Plan(
        lambda: [rows.as_row(a_row("KGZ-0001"))] * 2, bytearray(b"\1\1"), ["0" * 64] * 2, countries={"KGZ"}
    )
    with pytest.raises(sa.exc.DBAPIError), engines.writing(engine, BOSS) as connection:
        changes.apply(connection, BOSS, planned, "import", "twice the same record")
    assert state(engine).version == 0
    assert found(engine) == {}

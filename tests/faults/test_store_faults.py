"""What goes wrong beneath a desk that is open: every fault is said, nothing is half done, nothing confirmed is lost."""

import resource
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import cli
from dashboard.domain.faults import DecidedError, Fault, StoreError
from dashboard.domain.issues import Code
from dashboard.domain.workshop import Kind, Reason, RefusedError
from dashboard.intake import review
from dashboard.store import audit, queue, room
from dashboard.store import engine as engines
from dashboard.store.location import file
from dashboard.store.workshop import Workshop
from dashboard.ui import desking
from tests.intake.conftest import BOSS, LINE, REVIEWER, csv_file, keep, local, ready, spoken  # noqa: F401 - fixtures
from tests.ui.test_app import APP, html_of
from tests.ui.test_data_page import database, filled, overview  # noqa: F401 - fixtures


def place_of(desk) -> Path:
    found = file(str(desk.engine.url))
    assert found
    return found


@contextmanager
def full_disk(size: int) -> Iterator[None]:
    """No file may become larger than *size* bytes: to SQLite that is a disk that is full."""
    before, ignored = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def lines(count: int) -> bytes:
    return csv_file(*(LINE.replace("[Report]", f"[Report {n}] {'x' * 150}") for n in range(count)))


# the database is gone, and back --------------------------------------------------------------------------------------


def test_a_database_that_is_gone_is_said_to_be_and_is_not_made_again(local, keep):  # noqa: F811
    keep(local, csv_file(LINE))
    away = shutil.move(place_of(local), f"{place_of(local)}.away")
    for _ in range(2):
        with pytest.raises(StoreError) as gone:
            local.state()
        assert gone.value.fault is Fault.UNREACHABLE
        with pytest.raises(StoreError):
            review.withdraw(local, BOSS, "PUB-0001", "a test")
    assert not place_of(local).exists()
    shutil.move(away, place_of(local))
    assert (local.state().version, len(local.own()), local.audit_problems()) == (1, 1, [])


def test_a_backup_that_is_put_back_is_what_is_read_and_written_from_then_on(local, keep, tmp_path):  # noqa: F811
    keep(local, csv_file(LINE))
    engines.backup(local.engine, tmp_path / "backup.sqlite")
    review.withdraw(local, BOSS, "PUB-0001", "a test")
    assert local.state().version == 2
    for leftover in ("-wal", "-shm"):
        Path(f"{place_of(local)}{leftover}").unlink(missing_ok=True)
    shutil.move(tmp_path / "backup.sqlite", place_of(local))
    assert local.state().version == 1
    review.withdraw(local, BOSS, "PUB-0002", "a test")
    local.engine.dispose()
    assert set(local.own()["incident_id"].str[:8]) == {"KGZ-0001", "PUB-0002"}
    assert any("lost or holds differently" in problem for problem in local.audit_problems())  # and the trail tells


def test_the_screen_says_that_the_database_is_gone_instead_of_showing_the_shipped_data(filled, database):  # noqa: F811
    assert "363 incidents are on record" in overview()
    away = shutil.move(database, f"{database}.away")
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["lang"] = "ru"
    app.run()
    assert not app.exception
    assert "База данных" in app.error[0].value
    assert "362" not in html_of(app)
    shutil.move(away, database)
    assert "363 incidents are on record" in overview()


# the disk is full ----------------------------------------------------------------------------------------------------


def test_an_import_onto_a_full_disk_is_not_there_at_all_and_goes_in_when_there_is_room(local, ready):  # noqa: F811
    import io

    content = lines(400)
    prepared = ready(local, content)
    before = local.state()
    with full_disk(60_000), pytest.raises(StoreError) as full:
        local.keep(prepared, io.BytesIO(content), BOSS, "a test")
    assert full.value.fault is Fault.NOT_SAVED
    assert (local.state(), len(local.own()), local.audit_problems()) == (before, 0, [])
    assert local.keep(prepared, io.BytesIO(content), BOSS, "a test").added == 400
    assert (len(local.own()), local.audit_problems()) == (400, [])


def test_a_vote_onto_a_full_disk_is_refused_in_words_and_counts_when_it_is_sent_again(tmp_path):
    workshop = Workshop(tmp_path / "workshop.sqlite")
    workshop.add(Kind.LOCK, "projector", {"on": False})
    with full_disk(4096), pytest.raises(RefusedError) as refused:
        workshop.add(Kind.LOCK, "projector", {"on": True, "why": "x" * 9000})
    assert refused.value.reason is Reason.NOT_SAVED
    assert workshop.version() == 1
    workshop.add(Kind.LOCK, "projector", {"on": True})
    assert workshop.version() == 2


def test_a_head_that_could_not_be_written_does_not_deny_the_change_and_leaves_no_torn_line(tmp_path, caplog):
    heads = tmp_path / "heads"
    audit.note_head(heads, 1, "a" * 64)
    with full_disk(80):
        audit.note_head(heads, 2, "b" * 64)
    assert "could not be written" in caplog.text
    audit.note_head(heads, 3, "c" * 64)
    assert heads.read_text().splitlines() == [f"1 {'a' * 64}", f"3 {'c' * 64}"]


# the clock jumps -----------------------------------------------------------------------------------------------------


def test_a_clock_that_jumps_changes_neither_the_order_of_versions_nor_the_trail(local, keep, monkeypatch):  # noqa: F811
    for year, number in (("2031", 1), ("1970", 2), ("2026", 3)):
        monkeypatch.setattr(audit, "now", lambda year=year: f"{year}-01-01T00:00:00+00:00")
        review.withdraw(local, BOSS, f"PUB-000{number}", "a test")
    assert local.state().version == 3
    assert local.audit_problems() == []
    assert [len(local.own(version)) > 0 for version in (1, 2, 3)] == [True] * 3


def test_a_clock_that_is_put_back_shuts_nobody_out(tmp_path, monkeypatch):
    workshop = Workshop(tmp_path / "workshop.sqlite")
    room.set_pin(workshop, "471100")
    assert [room.is_pin(workshop, "000000") for _ in range(room.MOST_WRONG)] == [False] * room.MOST_WRONG
    with pytest.raises(RefusedError):
        room.is_pin(workshop, "471100")

    class Yesterday(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) - timedelta(days=1)

    monkeypatch.setattr(room, "datetime", Yesterday)
    assert room.is_pin(workshop, "471100")


# two people, one record ----------------------------------------------------------------------------------------------


def waiting(desk) -> list[queue.Item]:
    with engines.reading(desk.engine, REVIEWER) as connection:
        return queue.listed(connection, REVIEWER)


def test_two_administrators_who_decide_the_same_at_once_publish_one_and_the_other_is_told(local):  # noqa: F811
    for becomes in ("Osh", "Naryn", "Talas"):
        review.propose(local, BOSS, "PUB-0001", "place", becomes, "I was there")
    items = waiting(local)
    starts, found = threading.Barrier(len(items)), []

    def publish(item: queue.Item) -> None:
        starts.wait()
        try:
            review.publish(local, REVIEWER, item.item_id, "")
            found.append(item.content["becomes"])
        except review.NotSoundError as refused:
            found.append(refused.issues[0].code)

    people = [threading.Thread(target=publish, args=(item,)) for item in items]
    for person in people:
        person.start()
    for person in people:
        person.join(60)
    assert found.count(Code.STALE_CORRECTION) == 2
    kept = next(one for one in found if one != Code.STALE_CORRECTION)
    assert local.own().set_index("incident_id").loc["PUB-0001", "place"] == kept
    assert (local.state().version, local.audit_problems()) == (1, [])


def test_what_somebody_has_decided_meanwhile_is_not_decided_again(local):  # noqa: F811
    review.propose(local, BOSS, "PUB-0001", "place", "Osh", "I was there")
    item = waiting(local)[0]
    review.publish(local, REVIEWER, item.item_id, "")
    with pytest.raises(DecidedError):
        review.publish(local, BOSS, item.item_id, "")
    with pytest.raises(DecidedError):
        review.decide(local, BOSS, item.item_id, queue.NOT_USED, "no")
    assert local.state().version == 1


def test_a_merge_does_not_undo_a_correction_that_came_while_it_was_decided(local, monkeypatch):  # noqa: F811
    review.propose(local, BOSS, "PUB-0001", "place", "Osh", "I was there")
    item, there = waiting(local)[0], type(local).incident
    begun = threading.Event()

    def slowly(desk, incident):
        rows = there(desk, incident)
        if incident == "PUB-0001" and not begun.is_set():
            begun.set()
            other.join(1)  # as long as the merge holds the writers' lock, the correction waits
        return rows

    monkeypatch.setattr(type(local), "incident", slowly)
    other = threading.Thread(target=lambda: (begun.wait(10), _published(local, item.item_id)))
    other.start()
    review.merge(local, BOSS, "PUB-0001", "PUB-0002", "one incident")
    other.join(60)
    own = local.own().set_index("incident_id")
    assert (own.loc["PUB-0001", "place"], own.loc["PUB-0001", "merged_into"]) == ("Osh", "PUB-0002")


def _published(desk, item_id: int) -> None:
    review.publish(desk, REVIEWER, item_id, "")


# caches --------------------------------------------------------------------------------------------------------------


def test_nothing_is_cached_on_a_disk_where_it_could_rot():
    source = Path(desking.__file__).parents[1]
    kept = [path.name for path in source.rglob("*.py") if "persist=" in path.read_text(encoding="utf-8")]
    assert kept == []


def test_heads_that_are_garbage_are_named_and_the_records_stay(local, keep):  # noqa: F811
    keep(local, csv_file(LINE))
    local.heads.write_bytes(b"\x00\xff garbage\n")
    assert any("cannot be read" in problem for problem in local.audit_problems())
    assert local.state().version == 1


# a workshop that is gone, a file that is something else --------------------------------------------------------------


def screen(lang: str = "ru") -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["lang"] = lang
    app.run()
    assert not app.exception
    return app


def test_a_workshop_that_is_gone_is_said_to_be_and_nothing_is_shown_as_if_the_lock_were_off(tmp_path, monkeypatch):
    file = tmp_path / "workshop.sqlite"
    monkeypatch.setenv("DASHBOARD_WORKSHOP", str(file))
    assert not Workshop(file).events()  # never made: there is no workshop, and that is no fault
    Workshop(file).add(Kind.LOCK, "projector", {"on": True})
    away = shutil.move(file, f"{file}.away")
    for ask in (room.is_locked, Workshop.events, Workshop.head, Workshop.export):
        with pytest.raises(StoreError) as gone:
            ask(Workshop(file))
        assert gone.value.fault is Fault.WORKSHOP
    with pytest.raises(RefusedError) as refused:
        Workshop(file).add(Kind.LOCK, "projector", {"on": False})
    assert refused.value.reason is Reason.NOT_SAVED
    assert not file.exists()
    app = screen()
    assert [one.value[:22] for one in app.error] == ["Файл семинара исчез ил"]
    assert "362" not in html_of(app)
    shutil.move(away, file)
    assert room.is_locked(Workshop(file))


def test_a_workshop_file_that_is_something_else_is_said_to_be(tmp_path, monkeypatch):
    file = tmp_path / "workshop.sqlite"
    file.write_bytes(b"no database" * 1000)
    monkeypatch.setenv("DASHBOARD_WORKSHOP", str(file))
    assert "cannot be read" in screen("en").error[0].value


def changed(path: Path, what: str) -> None:
    import sqlite3

    if what == "garbage":
        path.write_bytes(b"no database" * 1000)
    elif what == "a later release":
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE alembic_version SET version_num = 'r9999'")
        connection.close()


@pytest.mark.parametrize(("what", "words"), [("garbage", "файл повреждён"), ("a later release", "более новый выпуск")])
def test_a_database_that_this_release_cannot_read_is_said_to_be(filled, database, what, words, capsys):  # noqa: F811
    filled.engine.dispose()
    for leftover in ("-wal", "-shm"):
        Path(f"{database}{leftover}").unlink(missing_ok=True)
    changed(database, what)
    before = database.read_bytes()
    assert words in screen().error[0].value
    assert cli.main(["audit", "--lang", "ru"]) == 1
    assert words in capsys.readouterr().out
    assert database.read_bytes() == before


def test_somebody_who_writes_for_too_long_is_told_of_and_nothing_is_saved(local, monkeypatch):  # noqa: F811
    monkeypatch.setattr(engines, "BUSY_MS", 1)
    local.engine.dispose()
    with engines.writing(local.engine):
        with pytest.raises(StoreError) as waited, engines.writing(local.engine):
            pass
        assert waited.value.fault is Fault.BUSY


def test_a_file_that_may_not_be_written_is_told_apart_from_a_full_disk(local):  # noqa: F811
    """As root no folder is read-only; the pragma makes SQLite say the same."""

    def send() -> None:
        with engines.writing(local.engine) as connection:
            connection.exec_driver_sql("PRAGMA query_only=ON")
            try:
                queue.send(connection, BOSS, queue.SUBMISSION, "KGZ", {})
            finally:
                connection.exec_driver_sql("PRAGMA query_only=OFF")

    with pytest.raises(StoreError) as refused:
        send()
    assert refused.value.fault is Fault.READ_ONLY

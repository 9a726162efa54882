"""The workshop file loses nothing that was confirmed, and nobody can change what happened."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.domain.workshop import Kind, Reason, RefusedError
from dashboard.store import events
from dashboard.store import workshop as store
from dashboard.store.workshop import Workshop

CONFIRMS = """
import sys
from pathlib import Path
from dashboard.store.workshop import Workshop
file = Workshop(Path(sys.argv[1]))
for vote in range(100_000):
    file.add("dotted", "1", {"vote": vote})
    print(vote, flush=True)
"""


@pytest.fixture
def file(tmp_path) -> Workshop:
    return Workshop(tmp_path / "room" / "workshop.sqlite")


def test_reading_makes_no_file(file):
    assert (file.events(), file.last(Kind.ASKED), file.version(), file.head()) == ([], None, 0, "")
    assert not file.file.exists()


def test_events_come_back_in_order_and_whole(file):
    file.add(Kind.WRITTEN, "a", {"text": "Нехватка переводчиков <script>"}, "phone")
    file.add(Kind.WRITTEN, "b", {"text": "fuel"})
    file.add(Kind.ACTION, "c", {"status": "planned"})
    assert [(e.seq, e.subject) for e in file.events(Kind.WRITTEN)] == [(1, "a"), (2, "b")]
    assert file.events(subject="a")[0].content == {"text": "Нехватка переводчиков <script>"}
    assert file.last(Kind.WRITTEN).subject == "b"
    assert file.version() == 3


def test_what_is_confirmed_is_synchronous_and_in_the_log(file):
    file.add(Kind.ASKED, "x", {})
    with events.engine(file.file).connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL


@pytest.mark.parametrize("statement", ["UPDATE events SET content = '{}'", "DELETE FROM events"])
def test_the_file_itself_refuses_to_forget(file, statement):
    file.add(Kind.DOTTED, "x", {"a": 1})
    with sqlite3.connect(file.file) as connection, pytest.raises(sqlite3.IntegrityError, match="only ever added"):
        connection.execute(statement)


def test_an_error_in_a_transaction_leaves_nothing_behind(file):
    file.add(Kind.ASKED, "x", {})
    with suppress(ZeroDivisionError), file.writing() as writing:
        writing.add(Kind.DOTTED, "x", {})
        raise ZeroDivisionError
    assert file.version() == 1


def test_eight_phones_that_read_before_they_write_never_fail_and_never_overtake(file):
    file.add(Kind.ASKED, "x", {})
    failed = []

    def vote() -> None:
        try:
            for _ in range(25):
                with file.writing() as writing:
                    writing.add(Kind.DOTTED, "x", {"seen": len(writing.events(Kind.DOTTED))})
        except Exception as problem:  # noqa: BLE001 - whatever it is, the test must hear of it
            failed.append(problem)

    phones = [threading.Thread(target=vote) for _ in range(8)]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join()
    assert failed == []
    assert [e.content["seen"] for e in file.events(Kind.DOTTED)] == list(range(200))


def test_killing_the_process_loses_no_confirmed_vote(file):
    program = [sys.executable, "-c", CONFIRMS, str(file.file)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True, env=os.environ) as process:
        confirmed = [int(process.stdout.readline()) for _ in range(200)]
        process.send_signal(signal.SIGKILL)
        confirmed += [int(line) for line in process.stdout.read().split()]
    counted = [e.content["vote"] for e in file.events(Kind.DOTTED)]
    assert counted[: len(confirmed)] == confirmed
    assert len(counted) - len(confirmed) in {0, 1}  # at most the one that was written but not yet confirmed
    file.add(Kind.DOTTED, "1", {"vote": -1})
    assert file.events()[-1].content == {"vote": -1}


def test_another_device_goes_on_from_a_copy_and_keeps_what_it_had(file, tmp_path):
    file.add(Kind.WRITTEN, "a", {"text": "one"})
    other = Workshop(tmp_path / "other" / "workshop.sqlite")
    other.add(Kind.WRITTEN, "z", {"text": "was here before"})
    other.take_over(file.export())
    assert other.head() == file.head()
    other.add(Kind.WRITTEN, "b", {"text": "two"})
    assert [e.subject for e in other.events()] == ["a", "b"]
    (kept,) = [one for one in other.file.parent.glob("*.sqlite") if one != other.file]
    assert [e.subject for e in Workshop(kept).events()] == ["z"]


def changed(content: bytes, tmp_path, *statements: str) -> bytes:
    copy = tmp_path / "changed.sqlite"
    copy.write_bytes(content)
    with sqlite3.connect(copy) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()
    return copy.read_bytes()


@pytest.mark.parametrize(
    "statements",
    [
        ["DROP TRIGGER no_update", 'UPDATE events SET content=\'{"text": "two"}\' WHERE seq=1'],
        ["DROP TRIGGER no_delete"],
        ["CREATE VIEW more AS SELECT 1"],
        ["DROP TABLE events"],
    ],
    ids=["an event was changed", "a guard is missing", "something was added", "no events"],
)
def test_a_file_that_was_tampered_with_is_refused_and_nothing_changes(file, tmp_path, statements):
    file.add(Kind.WRITTEN, "a", {"text": "one"})
    before = file.head()
    with pytest.raises(RefusedError) as refused:
        file.take_over(changed(file.export(), tmp_path, *statements))
    assert refused.value.reason is Reason.MALFORMED
    assert file.head() == before


@given(st.binary(max_size=400))
@settings(max_examples=30, deadline=None)
def test_any_other_file_is_refused(tmp_path_factory, content):
    file = Workshop(tmp_path_factory.mktemp("room") / "workshop.sqlite")
    with pytest.raises(RefusedError):
        file.take_over(content)
    assert not file.file.exists()


def test_the_place_of_the_file_can_be_chosen(monkeypatch, tmp_path):
    monkeypatch.setenv(store.VARIABLE, str(tmp_path / "x.sqlite"))
    assert store.path() == tmp_path / "x.sqlite"
    monkeypatch.delenv(store.VARIABLE)
    assert store.path().parts[-2:] == ("workshop", "workshop.sqlite")


def test_the_digest_follows_from_the_events_alone(file):
    import hashlib

    event = file.add(Kind.ASKED, "x", {"b": 1, "a": "я"}, "p")
    said = json.dumps(["", event.at, "asked", "x", "p", '{"a": "я", "b": 1}'])
    assert file.head() == hashlib.sha256(said.encode()).hexdigest()


def test_without_a_workshop_file_no_database_library_is_loaded(tmp_path):
    told = (
        "import sys; from dashboard.store import room; from dashboard.store.workshop import Workshop, path\n"
        "import dashboard.ui.frame\n"
        "file = Workshop(path())\n"
        "assert not room.is_locked(file) and not room.has_pin(file) and file.events() == [] and file.head() == ''\n"
        "print([name for name in sys.modules if name.startswith('sqlalchemy')])"
    )
    environment = {**os.environ, store.VARIABLE: str(tmp_path / "none.sqlite")}
    ran = subprocess.run([sys.executable, "-c", told], env=environment, capture_output=True, text=True, timeout=60)
    assert (ran.stdout.strip(), ran.returncode) == ("[]", 0), ran.stderr

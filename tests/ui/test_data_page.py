"""The page of the records, without a browser: every part opens, the store is asked who may, versions are told apart."""

import hashlib
import subprocess
import sys

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.domain.roles import Role
from dashboard.store import room
from dashboard.store import workshop as store
from dashboard.store.workshop import Workshop
from dashboard.ui import desking, pin
from dashboard.ui.data import who
from dashboard.ui.session import cached
from tests.intake.conftest import BOSS, KYRGYZ, LINE, csv_file, keep, ready, spoken  # noqa: F401 - fixtures
from tests.ui.test_app import APP, html_of


@pytest.fixture
def database(tmp_path, monkeypatch):
    """A database of its own, not yet made."""
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", f"sqlite:///{tmp_path}/ui.sqlite")
    for cache in (desking._desk, desking._sheet, desking._tables, desking._ready, cached._records, cached._labels):
        cache.clear()
    yield tmp_path / "ui.sqlite"
    for cache in (desking._desk, desking._sheet, desking._tables, desking._ready, cached._records, cached._labels):
        cache.clear()


@pytest.fixture
def filled(database, loaded, keep):  # noqa: F811
    """A database with one import."""
    from dashboard.intake.desk import open_desk

    desk = open_desk(loaded)
    keep(desk, csv_file(LINE), BOSS)
    desk.engine.dispose()
    return desk


def overview(**params: str) -> str:
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params.update({"lang": "en", **params})
    app.run()
    assert not app.exception
    return html_of(app)


def test_looking_at_the_dashboard_makes_no_database(database):
    assert "362 incidents are on record" in overview()
    assert not database.exists()


def test_a_dashboard_without_records_of_its_own_loads_neither_its_database_nor_migrations():
    loaded = "import sys, dashboard.ui.frame; print('dashboard.store.engine' in sys.modules, 'alembic' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["False", "False"]


def test_an_imported_record_is_in_every_figure_and_the_version_says_so(filled, loaded):
    text = overview()
    assert "363 incidents are on record" in text
    assert f"Data {loaded.data_version}." in text


def test_an_older_version_can_be_looked_at_and_says_that_it_is_one(filled):
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params.update({"lang": "en", "version": "0"})
    app.run()
    assert "362 incidents are on record" in html_of(app)
    assert [w.value for w in app.warning] == ["You are looking at version 0 of the data."]


@pytest.fixture
def workshop(tmp_path, monkeypatch):
    """A workshop file of its own, not yet made."""
    monkeypatch.setenv(store.VARIABLE, str(tmp_path / "workshop.sqlite"))
    pin._moved.clear()
    yield Workshop(tmp_path / "workshop.sqlite")
    pin._moved.clear()


def test_readers_see_the_version_before_until_the_tables_of_a_large_one_are_made(filled, loaded, keep, monkeypatch):  # noqa: F811
    from dashboard.intake.desk import open_desk

    asked = []

    class NotYet:
        def __init__(self, **of) -> None:
            asked.append(of["args"][0].version)

        def start(self) -> None: ...

        def is_alive(self) -> bool:
            return True

    monkeypatch.setattr(desking, "FEW", 0)
    monkeypatch.setattr(desking, "Thread", NotYet)
    assert "363 incidents are on record" in overview()
    keep(open_desk(loaded), csv_file(LINE.replace("KGZ", "TJK")), BOSS)
    assert "363 incidents are on record" in overview()
    assert "363 incidents are on record" in overview()
    desking.catch_up()
    assert "364 incidents are on record" in overview()
    assert asked == [2]  # it was being made meanwhile, once


def part(page: str, code: str, *pins: str, field: str = "pin", button: str = "Open") -> AppTest:
    """A part of a page, after *pins* were typed there."""
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params.update({"lang": "en", "part": code})
    app.run().switch_page(f"pages/{page}.py").run()
    for entered in pins:
        app.text_input(field).set_value(entered)
        app.button[[one.label for one in app.button].index(button)].click().run()
    assert not app.exception
    return app


def test_on_a_laptop_without_a_pin_one_user_has_all_rights_and_with_one_nobody(filled, workshop, monkeypatch):
    monkeypatch.setattr(pin, "is_local", lambda: True)
    assert who.LOCAL.role is Role.ADMINISTRATOR
    assert part("data", "import").file_uploader
    room.set_pin(workshop, "471100")
    assert not part("data", "import").file_uploader
    assert part("data", "import", "471100").file_uploader


def test_the_pin_is_chosen_with_the_lock_and_changed_by_whoever_knows_it(filled, workshop, monkeypatch):
    monkeypatch.setattr(pin, "is_local", lambda: True)
    app = part("workshop", "lock", "471100", field="pin-chosen", button="Keep the PIN and lock")
    assert room.is_locked(workshop)
    app.text_input("pin").set_value("471100")
    app.button[[one.label for one in app.button].index("Lift the lock")].click().run()
    assert not room.is_locked(workshop)
    app.text_input("pin-chosen").set_value("short")
    app.button[[one.label for one in app.button].index("Set the PIN")].click().run()
    assert "A PIN has 6 to 32 characters." in [said.value for said in app.info]
    app.text_input("pin-chosen").set_value("снежный барс")
    app.button[[one.label for one in app.button].index("Set the PIN")].click().run()
    assert [room.is_pin(workshop, typed) for typed in ("471100", "снежный барс")] == [False, True]
    assert not [field for field in part("workshop", "lock").text_input if field.key == "pin-chosen"]


def test_a_new_pin_closes_what_the_one_before_it_had_opened(filled, workshop, monkeypatch):
    monkeypatch.setattr(pin, "is_local", lambda: False)
    room.set_pin(workshop, "471100")
    app = part("data", "import", "471100")
    assert app.run().file_uploader
    room.set_pin(workshop, "114700")  # by somebody else, on another machine
    assert not app.run().file_uploader
    app.text_input("pin").set_value("114700")
    app.button[[one.label for one in app.button].index("Open")].click().run()
    assert app.file_uploader


def test_a_pin_of_an_older_database_is_moved_and_still_opens(filled, workshop):
    from dashboard.store import engine, people
    from dashboard.store.schema import SETTINGS

    salt = b"sixteen bytes ok"
    digest = hashlib.pbkdf2_hmac("sha256", b"4711", salt, 300_000).hex()  # as it was made until then
    with engine.writing(engine.engine(str(filled.engine.url))) as connection:
        connection.execute(SETTINGS.insert().values(name="pin", value=f"{salt.hex()}:{digest}"))
    assert not part("data", "import", "4712").file_uploader
    assert part("data", "import", "4711").file_uploader
    assert room.is_pin(workshop, "4711")
    with engine.reading(engine.engine(str(filled.engine.url))) as connection:
        assert people.old_pin(connection) is None
    assert filled.audit_problems() == []


def test_a_contributor_cannot_bring_records_of_another_country_through_the_page(filled):
    from dashboard.store import engine, people

    made = engine.engine(str(filled.engine.url))
    with engine.writing(made) as connection:
        people.grant(connection, BOSS, KYRGYZ.name, KYRGYZ.role, KYRGYZ.countries)
    app = AppTest.from_file(APP, default_timeout=60)
    app.secrets["auth"] = {"client_id": "somebody's server"}
    app.user = {"is_logged_in": True, "email": KYRGYZ.name, "email_verified": True}
    app.query_params.update({"lang": "en", "part": "import"})
    app.run().switch_page("pages/data.py").run()
    content = csv_file(LINE.replace("KGZ", "TJK"))
    app.file_uploader[0].set_value(("tajik.csv", content, "text/csv")).run()
    app.button("import-store").click().run()
    assert [said.value for said in app.error] == [
        "The file holds records of a country that is not yours; nothing is stored."
    ]
    assert filled.state().version == 1


def test_a_phone_in_the_room_changes_no_record_and_guesses_no_pin(filled, workshop, monkeypatch):
    monkeypatch.setattr(pin, "is_local", lambda: False)
    assert [said.value for said in part("data", "import").info] == [
        "Only at the computer that serves this page, until a PIN is set there."
    ]
    room.set_pin(workshop, "471100")
    app = part("data", "import", "1", "2", "3", "4", "5", "471100")
    assert [said.value for said in app.warning] == ["Too many wrong PINs. Wait a minute and try again."]
    assert not app.file_uploader
    monkeypatch.setattr(room, "MOST_WRONG", 6)
    assert part("data", "import", "471100").file_uploader


def test_a_record_leads_to_the_form_that_corrects_it(database):
    def opened(page, **params):
        app = AppTest.from_file(APP, default_timeout=60)
        app.query_params.update({"lang": "en", **params})
        app.run()
        app.switch_page(f"pages/{page}.py").run()
        assert not app.exception
        return app

    record = opened("extent", part="records", record="PUB-0045")
    assert 'href="data?lang=en&amp;part=correct&amp;record=PUB-0045"' in html_of(record)
    form = opened("data", part="correct", record="PUB-0045")
    assert form.text_input(key="correct-record").value == "PUB-0045"

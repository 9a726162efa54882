"""Who counts as sitting at the machine: nobody behind a proxy, and no phone of the room without the PIN."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.domain.roles import NOBODY
from dashboard.ui import session
from dashboard.ui.data import who
from dashboard.ui.security import SHARED
from tests.ui.test_app import APP
from tests.ui.test_data_page import database  # noqa: F401 - a fixture

SIGN_IN, DOOR = "Please sign in with the account of your agency.", "PIN of the facilitator"


def review_page() -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params.update({"lang": "en", "part": "review"})
    app.run()
    return app.switch_page("pages/data.py").run()


def test_behind_a_proxy_nobody_is_local(database, monkeypatch):  # noqa: F811
    monkeypatch.setenv(SHARED, "1")
    app = review_page()
    assert not app.exception
    assert SIGN_IN in [info.value for info in app.info]
    assert not session.is_local()


def test_a_phone_of_the_room_is_nobody_until_it_knows_the_pin(database, monkeypatch):  # noqa: F811
    monkeypatch.setattr(session, "is_local", lambda: False)
    app = review_page()
    assert not app.exception
    assert DOOR in [field.label for field in app.text_input]
    monkeypatch.setattr(session, "kept", lambda _, default=None: default)
    assert who.actor() is NOBODY


def test_five_wrong_pins_close_the_door_for_a_minute(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(who.time, "monotonic", lambda: now[0])
    who._wrong().clear()
    who._wrong().extend([now[0]] * who.MOST_WRONG)
    assert not who._may_try()
    now[0] += who.REST_S + 1
    assert who._may_try()


@pytest.fixture(autouse=True)
def forgotten():
    yield
    who._wrong().clear()

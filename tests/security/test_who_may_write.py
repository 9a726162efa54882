"""Who counts as sitting at the machine: nobody behind a proxy. A phone of the room: tests/ui/test_data_page.py."""

from streamlit.testing.v1 import AppTest

from dashboard.ui import pin
from dashboard.ui.security import SHARED
from tests.ui.test_app import APP
from tests.ui.test_data_page import database  # noqa: F401 - a fixture


def test_behind_a_proxy_nobody_is_local(database, monkeypatch):  # noqa: F811
    monkeypatch.setenv(SHARED, "1")
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params.update({"lang": "en", "part": "review"})
    app.run()
    app.switch_page("pages/data.py").run()
    assert not app.exception
    said = "This server knows no identity provider: its administrator has to name one."
    assert said in [info.value for info in app.info]
    assert not pin.is_local()

"""What is made before anybody asks is exactly what the next reader asks for, and nobody waits for it."""

from functools import partial
from threading import Event

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.figures import catalogue
from dashboard.ui import frame, panels
from dashboard.ui.session import ahead
from tests.ui.test_app import APP


@pytest.fixture
def opened(monkeypatch):
    """Open a page with its frame; AppTest runs any but the first without."""

    def open_page(page: str, **params: str) -> str:
        only = partial(st.Page, frame.ROOT / "pages" / f"{page}.py", url_path=page, default=True)
        monkeypatch.setattr(frame, "_pages", lambda _: [only(title=page)])
        app = AppTest.from_file(APP, default_timeout=60)
        app.query_params.update(params)
        assert not app.run().exception
        return "".join(one.value for one in app.get("html"))

    return open_page


@pytest.fixture
def all_is_made(monkeypatch):
    """A function that waits until nothing is left to be made, and then forbids to make anything."""
    monkeypatch.setenv(ahead.SETTING, "yes")

    def refuse(*_, **__):
        raise AssertionError("this was to be made ahead")

    def wait() -> None:
        done = Event()
        ahead._ahead().add([done.set])
        assert done.wait(60)
        for name, entry in catalogue.FIGURES.items():
            monkeypatch.setitem(catalogue.FIGURES, name, catalogue.Entry(entry.page, refuse))
        monkeypatch.setattr(panels, "chart", refuse)

    return wait


@pytest.mark.parametrize(
    ("page", "part"),
    [
        ("overview", ""), ("extent", ""), ("extent", "when"), ("extent", "what"), ("justice", ""),
        ("justice", "countries"), ("law", ""), ("law", "penalties"), ("detection", ""),
    ],
)  # fmt: skip
def test_a_country_finds_its_figures_and_drawings_made(opened, all_is_made, page, part):
    params = {"lang": "en", **({"part": part} if part else {})}
    opened(page, **params)
    all_is_made()
    assert "Kyrgyzstan" in opened(page, **params, country="KGZ")


def test_a_filter_besides_countries_is_not_made_ahead(opened, all_is_made):
    opened("justice", **{"lang": "en", "part": "time", "from": "2001"})
    all_is_made()
    with pytest.raises(AssertionError):
        opened("justice", **{"lang": "en", "part": "time", "from": "2001", "country": "KGZ"})


def test_nothing_is_made_while_a_page_is_drawn():
    maker, done, waiting = ahead.Ahead(), Event(), []
    with maker.waits(), maker.waits():
        maker.add([lambda: waiting.append(maker._runs), lambda: 1 / 0, done.set])
    assert done.wait(60)  # one step that fails holds up no other
    assert waiting == [0]

"""Hostile text through the link, the fields and every column of a file is shown as text, on every page."""

import html
import re

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.domain.tables.record_sheet import RECORD_SHEET
from dashboard.intake.desk import open_desk
from tests.intake.conftest import BOSS, HEADER, LINE, csv_file, keep, ready, spoken  # noqa: F401 - fixtures
from tests.ui.test_app import APP, html_of
from tests.ui.test_data_page import database  # noqa: F401 - a fixture

HOSTILE = "<img src=x onerror=alert(1)>"
ALIVE = re.compile(r"<(?:img|script|iframe|svg)\b[^>]*(?:onerror|alert)", re.IGNORECASE)
IN_THE_LINK = (
    "lang", "country", "taxon", "type", "evidence", "from", "to", "province", "part", "record", "sheet", "sort",
    "version", "scene", "cell", "route", "count", "of", "step", "interval", "colour", "level",
)  # fmt: skip
PAGES = ("overview", "extent", "justice", "law", "detection", "data", "workshop", "about")


def opened(page: str, **parameters: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params.update(parameters)
    app.run()
    if page != "overview":
        app.switch_page(f"pages/{page}.py").run()
    return app


def alive(app: AppTest) -> list[str]:
    """Tags of ours would be in what is sent as HTML; Streamlit's own texts never are HTML."""
    return ALIVE.findall(html_of(app))


def test_the_search_for_living_tags_finds_one():
    assert ALIVE.search(HOSTILE)
    assert not ALIVE.search(html.escape(HOSTILE))


def test_a_hostile_link_shows_a_page_and_nothing_of_it_lives():
    app = opened("overview", **dict.fromkeys(IN_THE_LINK, HOSTILE))
    assert not app.exception
    assert alive(app) == []


@pytest.fixture
def hostile_records(database, loaded, keep):  # noqa: F811
    """A record whose free texts are all hostile, imported as an agency would."""
    values = dict(zip(HEADER.split(","), LINE.split(","), strict=True))
    free = {field.name for field in RECORD_SHEET.fields if not field.codes} & {
        "place",
        "agency",
        "evidence",
        "source_title",
    }
    values.update(dict.fromkeys(sorted(free | {"source_publisher", "place", "agency"}), HOSTILE))
    desk = open_desk(loaded)
    keep(desk, (",".join(values) + "\n" + ",".join(values.values()) + "\n").encode(), BOSS)
    desk.engine.dispose()
    return desk


@pytest.mark.parametrize("page", PAGES)
def test_hostile_cells_of_a_file_are_text_on_every_page(hostile_records, page):
    app = opened(page, lang="en", country="KGZ")
    assert not app.exception
    assert alive(app) == []


def test_the_record_itself_is_shown_as_it_was_written(hostile_records):
    app = opened("extent", lang="en", part="records", record="KGZ-0001")
    assert not app.exception
    assert alive(app) == []
    assert html.escape(HOSTILE, quote=False) in html_of(app).replace("&quot;", '"')

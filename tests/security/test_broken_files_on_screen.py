"""Files that are broken or hostile, brought through the page: a sentence in the reader's language, nothing stored."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.intake.desk import open_desk
from dashboard.ui import pin
from tests.ingest.test_fuzzed_files import ods, unzipped, with_sheet, zipped
from tests.ingest.test_fuzzed_files import workbooks as workbooks
from tests.intake.conftest import LINE, csv_file
from tests.ui.test_app import APP, html_of
from tests.ui.test_data_page import database as database

CYRILLIC = re.compile(r"[а-яё]{4}")
WIDE = b'<row r="1">' + b"".join(b"<c><v>1</v></c>" for _ in range(10_000)) + b"</row>"


def broken(books: dict[str, bytes]) -> dict[str, bytes]:
    """One file of each family, by its name."""
    book, sheet = books["xlsx"], "xl/worksheets/sheet1.xml"
    entity = unzipped(books["ods"])
    entity["content.xml"] = entity["content.xml"].replace(b"?>", b"?><!ENTITY x SYSTEM 'file:///etc/passwd'>", 1)
    return {
        "cut.xlsx": book[:-200],
        "bomb.xlsx": zipped({**unzipped(book), sheet: bytes(300 << 20)}, level=1),
        "wide.xlsx": with_sheet(book, WIDE),
        "wide.csv": b"a," * 100_000 + b"\n1",
        "macros.xlsm": zipped({**unzipped(book), "xl/vbaProject.bin": b"x"}),
        "links.xlsx": zipped({**unzipped(book), "xl/externalLinks/externalLink1.xml": b"<externalLink/>", sheet: b"<"}),
        "entity.ods": zipped(entity),
        "cp1251.csv": "дата,страна\n04.03.2025,Кыргызстан\n".encode("cp1251"),
        "marks.csv": csv_file(LINE.replace("skin", "\u202eniks")),
        "nul.csv": csv_file(LINE.replace("skin", "sk\x00in")),
        "huge.csv": b"date\n" + b"x" * 11_000_000,
        "empty.csv": b"",
        "page.xlsx": b"<html><script>alert(1)</script><table><tr><td>date</td></tr></table></html>",
        "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
        "rows.ods": ods([["a"]], '<table:table-row table:number-rows-repeated="9999999"><table:table-cell '
                        'office:value-type="string"><text:p>a</text:p></table:table-cell></table:table-row>'),
    }  # fmt: skip


@pytest.fixture
def page(database, monkeypatch) -> AppTest:
    monkeypatch.setattr(pin, "is_local", lambda: True)
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params.update({"lang": "ru", "part": "import"})
    return app.run().switch_page("pages/data.py").run()


def test_each_gets_a_sentence_in_the_language_of_the_reader_and_nothing_is_stored(page, workbooks, loaded):
    for name, content in broken(workbooks).items():
        page.file_uploader[0].set_value((name, content, "application/octet-stream")).run()
        assert not page.exception, name
        said = " ".join([one.value for one in page.error] + [html_of(page)])
        assert page.error, name
        assert CYRILLIC.search(page.error[0].value), name
        assert not re.search(r"Traceback|Error\b|Exception", said), name
        assert "<script" not in html_of(page), name
        assert "import-store" not in [one.key for one in page.button], name
    assert open_desk(loaded).state().version == 0

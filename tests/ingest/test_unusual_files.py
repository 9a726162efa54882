"""Files that people really bring: a sheet from a Russian Excel, a damaged data package."""

import shutil

import pytest

from dashboard.domain.issues import Code
from dashboard.domain.tables import INCIDENT_SHEET
from dashboard.ingest.package import DATA, load
from dashboard.ingest.read import read


def test_a_sheet_separated_by_semicolons_is_one_issue_that_says_so():
    content = ";".join(INCIDENT_SHEET.columns) + "\n" + ";" * (len(INCIDENT_SHEET.columns) - 1) + "\n"
    sheet = read(content.encode(), INCIDENT_SHEET, "mine.csv")
    assert [(i.code, i.rows, i.found, i.expected) for i in sheet.issues] == [(Code.NOT_READABLE, (1,), ";", ",")]


@pytest.mark.parametrize(("text", "code"), [("{", Code.NOT_READABLE), ("[]", Code.NOT_READABLE), ("{}", Code.REQUIRED)])
def test_a_damaged_data_package_is_an_issue_and_not_a_crash(tmp_path, text, code):
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    found = load(folder)
    assert [(i.code, i.file) for i in found.issues] == [(code, "datapackage.json")]
    assert found.tables == {}

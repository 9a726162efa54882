"""The shipped data describes itself by the rules that others check it with."""

import warnings
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def report():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # frictionless's own dependencies
        from frictionless import Package

        return Package(str(DATA / "datapackage.json")).validate()


def test_frictionless_finds_the_package_and_every_file_valid(report):
    assert report.flatten(["type", "title", "note"]) == []
    assert report.valid


def test_frictionless_read_every_row_of_the_incident_sheet(report):
    rows = {task.name: task.stats["rows"] for task in report.tasks}
    assert rows["incident-sheet"] == 424
    assert rows["provisions"] == 201
    assert rows["justice-statistics"] == 164

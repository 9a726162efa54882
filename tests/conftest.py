"""What many tests start from: the shipped data, read once."""

import csv
import io
import os
import tempfile
from pathlib import Path

import docx
import openpyxl
import pptx
import pypdf
import pytest
from hypothesis import HealthCheck, settings
from lxml import etree
from PIL import Image

from dashboard.analysis.extent import described
from dashboard.domain.selection import Selection
from dashboard.figures import catalogue
from dashboard.figures.context import Context
from dashboard.i18n.labels import TABLES, labels
from dashboard.i18n.translator import translator
from dashboard.ingest import package
from dashboard.store.records import records as wrap
from tests.databases import empty_address, postgresql  # noqa: F401 - fixtures

# A deadline measures how busy the machine is, not whether the code is right.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

# No test reads or writes the workshop that may be going on in this very folder.
os.environ["DASHBOARD_WORKSHOP"] = str(Path(tempfile.mkdtemp()) / "workshop.sqlite")
# What a page shows of other countries is made in a thread, and only where a test is about that.
os.environ["DASHBOARD_AHEAD"] = "no"


def pytest_collection_modifyitems(config, items):
    """Fast ones first: what needs a browser comes last, and Spark only where it is asked for."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    if "spark" not in (config.option.markexpr or ""):
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("spark")])
        items[:] = [item for item in items if not item.get_closest_marker("spark")]


@pytest.fixture(scope="session")
def loaded():
    """The shipped data, checked and tidy."""
    return package.load()


@pytest.fixture(scope="session")
def records(loaded):
    """The same as Records."""
    return wrap(loaded.tables, loaded.data_version)


@pytest.fixture(scope="session")
def material_for(loaded, records):
    """What figures and reports are made from, as a reader of a language with a selection sees it."""
    reference = {name: loaded.tables[name].to_dict("records") for name in TABLES}

    found = records.with_tables(incidents=described(records).collect().lazy())

    def make(lang: str = "en", **chosen):
        link, day = f"http://localhost/?lang={lang}", "2026-11-22"
        context = Context(translator(lang), labels(reference, lang), Selection(**chosen), "1+test", link, as_of=day)
        return catalogue.material(found, package.descriptor(), context)

    return make


@pytest.fixture(scope="session")
def text_of():
    """All text of an exported file, taken out by a reader that did not write it."""
    return exported_text


def exported_text(fmt: str, file: bytes) -> str:
    if fmt == "csv":
        return " ".join(cell for row in csv.reader(io.StringIO(file.decode("utf-8-sig"))) for cell in row)
    if fmt == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(file))
        return " ".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None)
    if fmt == "docx":
        return " ".join(t.text or "" for t in docx.Document(io.BytesIO(file)).element.iter("{*}t"))
    if fmt == "pptx":
        said = []
        for slide in pptx.Presentation(io.BytesIO(file)).slides:
            said += [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
            said += [c.text for s in slide.shapes if s.has_table for row in s.table.rows for c in row.cells]
            said.append(slide.notes_slide.notes_text_frame.text)
        return " ".join(said)
    if fmt == "pdf":
        return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file)).pages)
    if fmt == "svg":
        return " ".join(node.text or "" for node in etree.fromstring(file).iter())
    return " ".join(str(value) for value in Image.open(io.BytesIO(file)).info.values())

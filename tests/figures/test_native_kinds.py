"""Charts of Office with limits: the numbers of the screen, the hatch of the unknown, error bars from the workbook."""

import io
import re
import zipfile

import docx
import openpyxl
import pptx
import pytest
from lxml import etree

from dashboard.figures.export import export
from dashboard.figures.numbers import rows
from dashboard.figures.spec import PICTURES, Kind
from dashboard.figures.stacked import stack

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
OFFICE = ["pptx", "docx", "xlsx"]


def chart_of(file: bytes):
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        (chart,) = [parts.read(name) for name in parts.namelist() if re.search(r"charts/chart\w*\.xml$", name)]
    return etree.fromstring(chart)


def book_of(file: bytes, fmt: str):
    if fmt == "xlsx":
        return openpyxl.load_workbook(io.BytesIO(file))["Data"]
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        (name,) = [name for name in parts.namelist() if name.endswith(".xlsx")]
        return openpyxl.load_workbook(io.BytesIO(parts.read(name))).active


def cells(node, sheet) -> list[float | None]:
    """The cells that a formula of a chart names."""
    area = sheet[node.find(f".//{C}f").text.split("!")[1].replace("$", "")]
    return [cell.value for row in area for cell in (row if isinstance(row, tuple) else (row,))]


def close(one, other):
    assert [v is None for v in one] == [v is None for v in other]
    assert [v for v in one if v is not None] == pytest.approx([v for v in other if v is not None])


@pytest.mark.parametrize("fmt", OFFICE)
@pytest.mark.parametrize("kind", [Kind.INTERVAL, Kind.BANDS, Kind.PROVISIONAL])
def test_points_and_their_error_bars_come_from_the_workbook(of_kind, kind, fmt):
    spec = of_kind(kind)
    file = export(spec, fmt)
    chart, sheet, found = chart_of(file), book_of(file, fmt), stack(spec)
    (lines,) = chart.iter(f"{C}lineChart")
    series = lines.findall(f"{C}ser")
    assert len(series) == len(found.points)
    for node, point in zip(series, found.points, strict=True):
        close(cells(node.find(f"{C}val"), sheet), list(point.values))
        bars = node.find(f"{C}errBars")
        assert (bars is not None) == point.has_limits
        if bars is not None:
            close(cells(bars.find(f"{C}plus"), sheet), list(point.above))
            close(cells(bars.find(f"{C}minus"), sheet), list(point.below))


def test_the_limits_of_a_rate_are_those_of_the_estimate(of_kind):
    spec = of_kind(Kind.INTERVAL)
    (point,) = stack(spec).points
    for value, above, below, row in zip(
        point.values, point.above, point.below, spec.table.to_dict("records"), strict=True
    ):
        assert (value, value + above, value - below) == pytest.approx((row["value"], row["high"], row["low"]))


@pytest.mark.parametrize("fmt", OFFICE)
@pytest.mark.parametrize("kind", [Kind.INTERVAL, Kind.RANGES])
def test_what_is_possible_is_hatched_and_stands_on_a_part_that_is_not_seen(of_kind, kind, fmt):
    chart = chart_of(export(of_kind(kind), fmt))
    (bars,) = chart.iter(f"{C}barChart")
    base, *others = bars.findall(f"{C}ser")
    assert b"noFill" in etree.tostring(base.find(f"{C}spPr"))
    assert any(b'prst="wdUpDiag"' in etree.tostring(one) for one in others)
    entries = chart.findall(f".//{C}legendEntry")
    hidden = [entry for entry in entries if entry.find(f"{C}idx").get("val") == "0"]
    assert hidden or chart.find(f".//{C}legend") is None


@pytest.mark.parametrize("fmt", OFFICE)
def test_the_numbers_stand_in_the_steps(of_kind, fmt):
    chart = chart_of(export(of_kind(Kind.STEPS), fmt))
    labels = [node.find(f"{C}dLbls/{C}numFmt").get("formatCode") for node in chart.iter(f"{C}ser")]
    assert labels == ['[>=18.1]0;""'] * 3  # 5% of 362; shorter parts have no room for a number


@pytest.mark.parametrize("fmt", OFFICE)
def test_a_matrix_is_a_native_table_with_the_signs_of_the_screen(of_kind, fmt):
    spec = of_kind(Kind.MATRIX)
    file = export(spec, fmt)
    if fmt == "pptx":
        slides = pptx.Presentation(io.BytesIO(file)).slides  # its rows take two, so that all can be read
        tables = [s.table for slide in slides for s in slide.shapes if s.has_table]
        assert len(tables) == len(slides) == 2
        lines = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
    elif fmt == "docx":
        lines = [[cell.text for cell in row.cells] for row in docx.Document(io.BytesIO(file)).tables[1].rows]
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(file))["Figure"]
        lines = [[cell.value or "" for cell in row[:13]] for row in sheet.iter_rows()]
    found = {name: words for name, *words in lines if len(words) == 12}
    for topic, part in spec.table.groupby("provision_topic"):
        assert found[spec.label(topic)] == part["text"].to_list()
    heads = [[group.label] for group in spec.groups]
    assert all(any(line[0] == head for line in lines) for (head,) in heads)


@pytest.mark.parametrize("kind", [kind for kind in PICTURES if kind not in {Kind.ARCS, Kind.FLOW}])
def test_a_picture_has_its_numbers_beside_it(of_kind, text_of, kind):
    spec = of_kind(kind)
    wanted = {str(cell) for line in rows(spec).cells for cell in line if isinstance(cell, str) and cell}
    for fmt in OFFICE:
        found = " ".join(text_of(fmt, export(spec, fmt)).split())
        assert [words for words in wanted if " ".join(words.split()) not in found] == [], fmt

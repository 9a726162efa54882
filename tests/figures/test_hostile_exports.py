"""Text from records is text in every file; a figure of a kind nobody drew yet, or without rows, is still a file."""

import csv
import io
import zipfile

import docx
import openpyxl
import pandas as pd
import pptx
import pypdf
import pytest
from lxml import etree

from dashboard.figures.export import FORMATS, export
from dashboard.figures.numbers import harmless
from dashboard.figures.palette import Meaning
from dashboard.figures.spec import FigureSpec, Kind, Series, columns

HOSTILE = [
    '=HYPERLINK("http://evil.io","x")', "+1+cmd|'/c calc'!A0", "-2+3", "@SUM(1,2)", "\t=1+1", "\r=1+1", "\n=1+1",
    '<script>alert("x")</script>', "#let x = read(\"/etc/passwd\")", "$x^2$ & <w:t/>", "ң ө ү ұ қ ғ ӣ ӯ ҳ ҷ",
]  # fmt: skip
FORMULAS = tuple("=+-@\t\r\n")


def a_figure(context, kind=Kind.TABLE, **changes) -> FigureSpec:
    table = pd.DataFrame({"place": HOSTILE, "count": range(1, len(HOSTILE) + 1)})
    parts = {
        "id": "hostile", "kind": kind, "table": table, "columns": columns(("place", HOSTILE[0]), ("count", "Count")),
        "title": HOSTILE[0], "caption": HOSTILE[3], "n": 66, "unknown": HOSTILE[1], "alt": HOSTILE[2],
        "passport": context.passport("hostile", HOSTILE[0]),
    }  # fmt: skip
    return FigureSpec(**{**parts, **changes})


def as_bars(context, kind=Kind.BAR) -> FigureSpec:
    series = tuple(Series(str(n), text, Meaning.UNKNOWN) for n, text in enumerate(HOSTILE))
    table = pd.DataFrame({"place": HOSTILE, "part": [one.code for one in series], "count": 7})
    pairs = columns(("place", "Place"), ("part", "Part"), ("count", HOSTILE[0]))
    return a_figure(context, kind, table=table, columns=pairs, series=series, series_column="part")


@pytest.fixture(scope="module")
def figures(context_for):
    context = context_for("en")
    return {"table": a_figure(context), "bars": as_bars(context), "share": as_bars(context, Kind.SHARE)}


def sheets_of(file: bytes):
    """Every workbook in a file: the file itself, or what lies behind its charts."""
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        inside = [parts.read(name) for name in parts.namelist() if name.endswith(".xlsx")]
    return inside or [file]


@pytest.mark.parametrize(
    ("name", "fmt"),
    [("table", "xlsx"), *((name, fmt) for name in ("bars", "share") for fmt in ("xlsx", "pptx", "docx"))],
)
def test_no_formula_survives_in_a_workbook_or_behind_a_chart(figures, name, fmt):
    found = set()
    for file in sheets_of(export(figures[name], fmt)):
        book = openpyxl.load_workbook(io.BytesIO(file))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
        found |= {str(cell.value) for cell in cells}
    assert HOSTILE[0] in found or any(HOSTILE[0] in text for text in found)


def test_a_cell_that_looks_like_a_formula_keeps_its_quote_when_somebody_edits_it(figures):
    book = openpyxl.load_workbook(io.BytesIO(export(figures["table"], "xlsx")))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if str(c.value).startswith(("=", "+", "@"))]
    assert cells
    assert [cell.coordinate for cell in cells if not cell.quotePrefix] == []


@pytest.mark.parametrize("name", ["table", "bars", "share"])
def test_no_cell_of_a_csv_file_is_a_formula_and_every_text_is_there(figures, name):
    file = export(figures[name], "csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(file)))
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell.startswith(FORMULAS)] == []
    assert {harmless(text) for text in HOSTILE} <= set(cells)
    assert all(len(row) == 2 for row in rows if row[0].startswith("# "))  # each note is one cell


def test_another_program_reads_the_csv_file_without_the_notes(figures):
    table = pd.read_csv(io.BytesIO(export(figures["table"], "csv")), comment="#", encoding="utf-8-sig")
    assert len(table) in {len(HOSTILE), len(HOSTILE) - 1}  # a text with "#" in its quotes is pandas' own trouble
    assert list(table.columns)[1] == "Count"


@pytest.mark.parametrize("text", HOSTILE)
def test_numbers_stay_numbers_and_texts_are_disarmed_once(text):
    assert harmless(-5) == -5
    assert harmless(harmless(text)) == harmless(text)
    assert not str(harmless(text)).startswith(FORMULAS)


@pytest.mark.parametrize("name", ["table", "bars", "share"])
@pytest.mark.parametrize("fmt", FORMATS)
def test_hostile_text_breaks_no_format(figures, name, fmt):
    assert len(export(figures[name], fmt)) > 300


def test_markup_in_a_record_stays_text(figures):
    pdf = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(export(figures["table"], "pdf"))).pages)
    svg = etree.fromstring(export(figures["table"], "svg"))
    words = docx.Document(io.BytesIO(export(figures["table"], "docx"))).element.xpath("string()")
    assert "#let x = read(" in pdf.replace("\n", " ")
    assert "ң ө ү ұ қ ғ ӣ ӯ ҳ ҷ" in pdf
    assert svg.findall(".//{*}script") == []
    assert '<script>alert("x")</script>' in words


def test_what_breaks_lines_on_the_screen_is_no_text_in_a_file(context_for, text_of):
    table = pd.DataFrame({"row": ["Of decided<br><b>98%</b> (92–99%)"], "count": 1})
    spec = a_figure(context_for("en"), table=table, columns=columns(("row", "Row"), ("count", "Count")))
    for fmt in ("csv", "xlsx", "docx", "pptx", "svg"):
        assert "Of decided · 98% (92–99%)" in text_of(fmt, export(spec, fmt))


def test_a_script_the_printed_font_does_not_have_leaves_no_empty_boxes(context_for, text_of):
    table = pd.DataFrame({"title": ["海关查获 雪豹 (2019)", "قضية", "Шкура ирбиса ≥ 2"], "count": 1})
    spec = a_figure(context_for("en"), table=table, columns=columns(("title", "Title"), ("count", "Count")))
    found = text_of("pdf", export(spec, "pdf"))
    assert "[…] (2019)" in found
    assert "Шкура ирбиса ≥ 2" in found
    assert "海关查获 雪豹 (2019)" in text_of("docx", export(spec, "docx"))  # Office brings its own fonts


@pytest.mark.parametrize("kind", ["a-kind-nobody-draws-yet", *Kind])
@pytest.mark.parametrize("fmt", FORMATS)
def test_a_figure_without_a_row_is_still_a_file_with_its_passport(context_for, fmt, kind):
    table = pd.DataFrame({"year": pd.Series(dtype=int), "state": pd.Series(dtype=str), "n": pd.Series(dtype=int)})
    series = (Series("a", "Known", Meaning.RECORD),)
    pairs = columns(("year", "Year"), ("state", "State"), ("n", "Incidents"))
    spec = a_figure(context_for("ru"), kind, table=table, columns=pairs, series=series, series_column="state")
    assert len(export([spec, spec], fmt)) > 300


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "docx", "pptx", "pdf", "svg"])
def test_a_kind_nobody_draws_yet_leaves_as_the_table_of_its_numbers(context_for, text_of, fmt):
    table = pd.DataFrame({"country": ["KGZ", "TJK"], "low": [0.25, float("nan")], "value": [0.5, 3.0]})
    pairs = columns(("country", "Country"), ("low", "Low"), ("value", "Estimate"))
    spec = a_figure(
        context_for("en"),
        "points",
        title="Points",
        table=table,
        columns=pairs,
        labels={"KGZ": "Kyrgyzstan", "TJK": "Tajikistan"},
    )
    found = text_of(fmt, export(spec, fmt))
    for word in ("Points", "Estimate", "Kyrgyzstan", "Tajikistan", "0.25", "0.5", "n = 66" if fmt != "csv" else "66"):
        assert word in found
    assert "nan" not in found.lower()


def test_a_long_table_is_whole_in_documents_and_says_in_pictures_what_is_left_out(context_for):
    table = pd.DataFrame({"place": [f"Place {n}" for n in range(200)], "count": 1})
    spec = a_figure(context_for("en"), title="Long", table=table)
    deck = pptx.Presentation(io.BytesIO(export(spec, "pptx")))
    shown = [
        c.text for slide in deck.slides for s in slide.shapes if s.has_table for row in s.table.rows for c in row.cells
    ]
    assert "and 140 more rows; the Excel and CSV files hold all" in shown
    pages = pypdf.PdfReader(io.BytesIO(export(spec, "pdf"))).pages
    assert "Place 199" in pages[-1].extract_text()
    assert "Place 199" in docx.Document(io.BytesIO(export(spec, "docx"))).element.xpath("string()")

"""The whole catalogue in every format, opened with a reader that did not write it: numbers, words, alternatives."""

import csv
import io
import re
import zipfile
from dataclasses import dataclass

import docx
import openpyxl
import pandas as pd
import pptx
import pypdf
import pytest
from lxml import etree
from PIL import Image
from pptx.enum.shapes import MSO_SHAPE_TYPE

from dashboard.figures import catalogue, html, plotly
from dashboard.figures.exhibit import exhibits
from dashboard.figures.export import FORMATS, export
from dashboard.figures.printing.whole import drawing
from dashboard.figures.spec import FigureSpec, Kind
from dashboard.figures.style import Style

SVG = "{http://www.w3.org/2000/svg}"
COUNTRIES = ("KGZ", "TJK")
ELSEWHERE = {"seized-flows": ()}  # figures that these two countries leave empty
DAYS = {"en": "22 November 2026", "ru": "22 ноября 2026"}
AS_TEXT = (Kind.TABLE, Kind.CARDS)  # heard as they are read
WALKED = [(name, ("en", "ru")[number % 2]) for number, name in enumerate(catalogue.FIGURES)]


@dataclass
class Walked:
    """One figure, as it is on the screen, and its files."""

    spec: FigureSpec
    lang: str
    files: dict[str, bytes]


@pytest.fixture(scope="module", params=WALKED, ids="-".join)
def walked(request, material_for):
    """Each figure in turn: made once for all tests that look at it, then forgotten."""
    name, lang = request.param
    spec = catalogue.figure(name, material_for(lang, countries=ELSEWHERE.get(name, COUNTRIES)))
    return Walked(spec, lang, {fmt: export(spec, fmt) for fmt in FORMATS})


def test_a_hatch_lies_on_a_colour(walked):
    """Without a word about it Plotly leaves the colour out: what is not stated was two lines on the paper."""
    if walked.spec.kind not in plotly.DRAWERS or walked.spec.table.empty:
        return
    for trace in plotly.draw(walked.spec, Style()).data:
        pattern = getattr(getattr(trace, "marker", None), "pattern", None)
        if pattern is not None and pattern.shape:
            assert pattern.bgcolor or pattern.fillmode == "overlay"


def plain(text: str) -> str:
    """Words without regard to line breaks, which wrapping puts where it likes."""
    return re.sub(r"[\s\u2060]+", "", text)


def numbers_of(spec: FigureSpec) -> list[float]:
    """All numbers that a reader meets. A cell without a record shows none, and the years of a grid are its head."""
    table, columns = spec.stated(), [column.name for column in spec.columns]
    if spec.kind in {Kind.CROSS, Kind.GRID}:
        table, columns = table[table[columns[-1]] > 0], columns[-1:]
    return sorted(float(n) for name in columns if is_numeric(table[name]) for n in table[name].dropna())


def is_numeric(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def read_numbers(text: str, lang: str) -> set[float]:
    """The numbers that stand in a text, as its language writes them; what prints may turn a hard space into a soft."""
    point, found = {"en": ".", "ru": ","}[lang], set()
    for thousands in {"en": ",", "ru": "\u00a0 "}[lang]:
        pattern = rf"\d{{1,3}}(?:{thousands}\d{{3}})+(?:\{point}\d+)?|\d+(?:\{point}\d+)?"
        numbers = re.findall(pattern, text)
        found |= {float(number.replace(thousands, "").replace(point, ".")) for number in numbers}
    return found


def in_workbook(file: bytes, lang: str) -> set[float]:
    """The numbers in the cells, those that stand in words too, and what cells of a row give together.

    A limit is drawn as a value and a length beside it.
    """
    found: set[float] = set()
    for sheet in openpyxl.load_workbook(io.BytesIO(file)):
        for row in sheet.iter_rows(values_only=True):
            numbers = [float(cell) for cell in row if isinstance(cell, int | float)]
            words = [cell for cell in row if isinstance(cell, str)]
            found |= {*numbers, *(n for text in words for n in read_numbers(text, lang))}
            found |= {one + sign * other for one in numbers for other in numbers for sign in (1, -1)}
    return found


def behind_charts(fmt: str, file: bytes, lang: str) -> set[float]:
    """The numbers of the workbooks that open with "Edit data"."""
    if fmt == "pptx":
        slides = pptx.Presentation(io.BytesIO(file)).slides
        books = [s.chart.part.chart_workbook.xlsx_part.blob for slide in slides for s in slide.shapes if s.has_chart]
    else:
        parts = docx.Document(io.BytesIO(file)).part.package.iter_parts()
        charts = [part for part in parts if part.content_type.endswith("drawingml.chart+xml")]
        books = [r.target_part.blob for part in charts for r in part.rels.values() if r.reltype.endswith("/package")]
    return {number for book in books for number in in_workbook(book, lang)}


def missing(wanted, found) -> list[float]:
    """Numbers that are not there, to the third decimal, which is what languages write."""
    return [number for number in wanted if not any(abs(number - one) < 0.0006 for one in found)]


def test_all_formats_carry_title_caption_source_n_unknown_and_filters(walked, text_of):
    said = walked.spec.passport
    wanted = [walked.spec.title, walked.spec.caption, walked.spec.unknown, said.filters, said.source,
              said.data_version, said.boundary_note, said.link, DAYS[walked.lang]]  # fmt: skip
    for fmt, file in walked.files.items():
        text = text_of(fmt, file)
        found = plain(text)
        assert [words for words in wanted if plain(words) not in found] == [], fmt
        assert walked.spec.n in read_numbers(text, walked.lang), fmt
        assert not {"\ufffd", "□", "Ð"} & set(text), fmt


def test_sheets_hold_each_number_of_the_table_exactly(walked):
    spec = walked.spec
    lines = walked.files["csv"].decode("utf-8-sig").splitlines(keepends=True)
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert len(rows) == len(spec.table) or spec.kind is Kind.CROSS
    for column in spec.columns:
        if len(spec.table) and is_numeric(spec.table[column.name]):
            written = sorted(float(row[column.label]) for row in rows if row[column.label])
            found = spec.table[spec.table[column.name] > 0] if spec.kind is Kind.CROSS else spec.stated()
            assert written == pytest.approx(sorted(found[column.name].dropna())), column.label
    in_book = in_workbook(walked.files["xlsx"], walked.lang)
    assert [n for n in numbers_of(spec) if not any(one == pytest.approx(n) for one in in_book)] == []


@pytest.mark.parametrize("fmt", ["pptx", "docx"])
def test_slides_and_documents_hold_each_number_of_the_table(walked, text_of, fmt):
    file = walked.files[fmt]
    text = text_of(fmt, file)
    found = read_numbers(text, walked.lang) | behind_charts(fmt, file, walked.lang)
    shares = [float(n) for name in shares_of(walked.spec) for n in walked.spec.table[name].dropna()]
    wanted = numbers_of(walked.spec)
    for number in shares:
        wanted.remove(number)
    assert missing(wanted, found) == []
    told = plain(text)
    assert [n for n in shares if plain(on_screen(n, walked.lang)) not in told and missing([n], found)] == []


def shares_of(spec: FigureSpec) -> list[str]:
    return [column.name for column in spec.columns if column.is_share]


def on_screen(share: float, lang: str) -> str:
    """A share as the labels of the screen write it: by hand, so that no file can agree with itself."""
    sign = {"en": "%", "ru": "\u00a0%"}[lang]
    if 0.995 < share < 1 or 0 < share < 0.005:
        return f">99{sign}" if share > 0.5 else f"<1{sign}"
    return f"{round(share * 100)}{sign}"


@pytest.mark.parametrize("fmt", ["pptx", "docx", "pdf"])
def test_no_reader_meets_a_share_as_a_fraction(walked, text_of, fmt):
    assert not shares_of(walked.spec) or not re.findall(r"(?<![\d.,])0[.,]\d{2}", text_of(fmt, walked.files[fmt]))


def test_a_rate_says_in_every_file_what_its_label_says_on_the_screen(material_for, text_of):
    """54 of 55 is 98%, and its interval ends at 99.8%: nowhere is that rounded to all."""
    spec = catalogue.figure("justice-rates", material_for("en"))
    (high,) = spec.table["high"][spec.table["high"] > 0.995]
    assert 0.995 < high < 1
    for fmt in ("pptx", "docx", "pdf"):
        text = text_of(fmt, export(spec, fmt))
        assert ">99%" in text
        assert not re.search(r"\b0\.\d\d|(?<!>)\b99\.", text), fmt
    slide = pptx.Presentation(io.BytesIO(export(spec, "pptx"))).slides[0]
    (chart,) = (shape.chart for shape in slide.shapes if shape.has_chart)
    assert "98% (92% – >99%)" in chart.plots[0].categories[0]
    figure, data, _ = openpyxl.load_workbook(io.BytesIO(export(spec, "xlsx")))
    shown = {
        cell.value: cell.number_format for row in figure.iter_rows() for cell in row if isinstance(cell.value, float)
    }
    assert '">99%"' in shown[high]
    assert all("%" in form for form in shown.values())
    kept = [cell for row in data.iter_rows(min_row=2) for cell in row if isinstance(cell.value, float)]
    assert {cell.number_format for cell in kept} == {"General"}


SMALLEST = 9.0  # points: what is read from a screen at the end of a room
SLIDE = (13.333, 7.5)  # inches
POINT = 12700  # English Metric Units of a point


def test_nothing_on_a_slide_is_smaller_than_nine_points_or_leaves_its_place(walked):
    for slide in pptx.Presentation(io.BytesIO(walked.files["pptx"])).slides:
        for shape in slide.shapes:
            right, bottom = shape.left + shape.width, shape.top + shape.height
            assert (right, bottom) <= tuple(inch * 72 * POINT for inch in SLIDE), shape.name
            assert min(sizes(shape, walked.spec), default=SMALLEST) >= SMALLEST - 0.05, shape.name
        figure = [shape for shape in slide.shapes if shape.name == walked.spec.id]
        passport = next(s for s in slide.shapes if s.has_text_frame and s.text_frame.text.startswith("n = "))
        assert all(shape.top + height_of(shape) < passport.top for shape in figure)


def sizes(shape, spec: FigureSpec) -> list[float]:
    """The sizes of the letters of a shape, in points as they are shown."""
    if shape.shape_type == MSO_SHAPE_TYPE.PICTURE and shape.name == spec.id:
        (exhibit,) = exhibits([spec])
        letters = [
            float(a or b) for a, b in re.findall(rb"font-size: ([\d.]+)px|font: (?:\w+ )*([\d.]+)px", drawing(exhibit))
        ]
        drawn = Image.open(io.BytesIO(shape.image.blob)).width / 40 * 72  # the dots of a test
        return [min(letters) * shape.width / POINT / drawn]
    xml = shape.chart._chartSpace if shape.has_chart else shape._element
    return [int(node.get("sz")) / 100 for node in xml.iter("{*}rPr", "{*}defRPr") if node.get("sz")]


def height_of(shape) -> int:
    """The height of a shape; a table is as high as its rows."""
    return sum(row.height for row in shape.table.rows) if shape.has_table else shape.height


def words_on_screen(spec: FigureSpec) -> str:
    """What the chart of the screen says in letters and figures: in and beside its marks, and on its scales."""
    if spec.kind is Kind.ARCS:  # its lines are as wide as their numbers and say none
        return ""
    if spec.kind is Kind.SHARE:
        return re.sub(r"<[^>]+>", " ", html.share(spec, Style()))
    drawing = plotly.draw(spec, Style()).to_plotly_json()
    said = []
    for trace in drawing["data"]:
        shown = trace.get("text")
        said += [shown] if isinstance(shown, str) else [str(one) for one in (shown if shown is not None else ())]
    said += [one.get("text") or "" for one in drawing["layout"].get("annotations", ())]
    return re.sub(r"<[^>]+>", " ", "; ".join(said))


@pytest.mark.parametrize("fmt", ["svg", "pdf"])
def test_drawings_say_each_number_that_the_screen_says(walked, text_of, fmt):
    text = text_of(fmt, walked.files[fmt])
    if walked.spec.kind in AS_TEXT:
        wanted = numbers_of(walked.spec)
    else:
        wanted = read_numbers(words_on_screen(walked.spec), walked.lang)
    assert missing(wanted, read_numbers(text, walked.lang)) == []


def test_every_font_of_a_pdf_is_embedded(walked):
    reader = pypdf.PdfReader(io.BytesIO(walked.files["pdf"]))
    fonts = {}
    for page in reader.pages:
        resources = [page["/Resources"]]
        while resources:
            found = resources.pop()
            fonts.update(
                {font["/BaseFont"]: font for font in (f.get_object() for f in found.get("/Font", {}).values())}
            )
            forms = (form.get_object() for form in found.get("/XObject", {}).values())
            resources += [form["/Resources"] for form in forms if "/Resources" in form]
    assert fonts
    for name, font in fonts.items():
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert "NotoSans" in name
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_a_picture_is_drawn_and_knows_how_sharp_it_is(walked):
    picture = Image.open(io.BytesIO(walked.files["png"]))
    assert picture.width == 400  # ten inches, at the 40 dots of a test
    assert round(picture.info["dpi"][0]) == 40
    inks = picture.convert("L").histogram()
    assert sum(inks[:120]) > picture.width * picture.height / 1000
    assert picture.info["Title"] == walked.spec.title


def test_who_hears_a_figure_gets_its_words_from_every_file(walked):
    spec, files, alt = walked.spec, walked.files, walked.spec.alt or walked.spec.title
    shapes = pptx.Presentation(io.BytesIO(files["pptx"])).slides[0].shapes
    assert alt in [shape._element.xpath("./*/p:cNvPr")[0].get("descr") for shape in shapes]
    xml = etree.fromstring(zipfile.ZipFile(io.BytesIO(files["docx"])).read("word/document.xml"))
    described = {value for node in xml.iter() for key, value in node.items() if key == "descr"}
    told = {value for node in xml.iter("{*}tblDescription") for value in node.values()}
    assert alt in described | told
    root = etree.fromstring(files["svg"])
    assert (root.get("role"), root.find(f"{SVG}desc").text) == ("img", alt)
    assert Image.open(io.BytesIO(files["png"])).info["Description"] == alt
    catalog = pypdf.PdfReader(io.BytesIO(files["pdf"])).trailer["/Root"]
    assert catalog["/Lang"] == walked.lang
    assert catalog["/MarkInfo"]["/Marked"]
    if spec.kind not in AS_TEXT and len(spec.table):
        assert alt.replace("\u2060", "") in alternatives(catalog["/StructTreeRoot"])


def alternatives(node) -> list[str]:
    """The alternative texts in a PDF's structure, a cycle aside."""
    found, todo, seen = [], [node], set()
    while todo:
        item = todo.pop()
        reference = getattr(item, "indirect_reference", None)
        if (reference and reference.idnum in seen) or not hasattr(item, "get"):
            continue
        if reference:
            seen.add(reference.idnum)
        if "/Alt" in item:
            found.append(item["/Alt"])
        kids = item.get("/K", [])
        kids = kids.get_object() if hasattr(kids, "get_object") else kids
        todo += [kid.get_object() for kid in (kids if isinstance(kids, list) else [kids]) if hasattr(kid, "get_object")]
    return found

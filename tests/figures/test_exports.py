"""What is particular to a figure or a format; ``test_every_figure`` walks the whole catalogue."""

import io
import re
import zipfile
from html import unescape

import docx
import openpyxl
import pptx
import pypdf
import pytest
from lxml import etree
from PIL import Image
from pptx.enum.shapes import MSO_SHAPE_TYPE

from dashboard.figures import catalogue, html, plotly
from dashboard.figures.export import FORMATS, export
from dashboard.figures.printing import page as printed
from dashboard.figures.spec import Kind
from dashboard.figures.style import Style

CHARTS = [
    "incidents-by-year", "outcomes", "evidence", "when-year", "when-month", "date-precision", "crossing",
    "justice-funnel", "justice-persons", "justice-by-country", "justice-open",
]  # fmt: skip
BOTH = ["incidents-by-year", "map", "coverage", "latest", "justice-funnel", "justice-rates", "law-matrix", "law-cell"]
SHARP = ["map", "justice-terms"]
SHIPPED = 300  # dots an inch, as ``printing.page`` has them outside of tests
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def made(material_for):
    """Files and specs of the figures for one country, made once."""
    kept = {}

    def make(figure_id, fmt, langs):
        key = (figure_id, fmt, langs)
        if key not in kept:
            specs = [catalogue.figure(figure_id, material_for(lang, countries=("KGZ", "TJK"))) for lang in langs]
            kept[key] = (export(specs, fmt), specs)
        return kept[key]

    return make


def plain(text: str) -> str:
    """Words without regard to line breaks, which wrapping puts where it likes."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("figure_id", BOTH)
def test_a_file_in_two_languages_carries_the_words_of_both(made, text_of, figure_id, fmt):
    file, specs = made(figure_id, fmt, ("en", "ru"))
    found = plain(text_of(fmt, file))
    for spec in specs:
        said = spec.passport
        for words in (spec.title, spec.caption, spec.unknown, said.filters, said.source, said.data_version, said.link):
            assert plain(words) in found, words
        assert plain({"en": "22 November 2026", "ru": "22 ноября 2026"}[said.lang]) in found
        assert str(spec.n) in found


@pytest.mark.parametrize("fmt", ["pptx", "docx", "xlsx"])
def test_a_cross_table_leaves_a_pair_without_a_record_empty(made, text_of, fmt):
    file, (spec,) = made("species", fmt, ("ru",))
    assert spec.kind is Kind.CROSS
    if fmt == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(file))["Рисунок"]
        cells = [cell for row in sheet.iter_rows() for cell in row]
        numbers = [cell.value for cell in cells if isinstance(cell.value, int)]
    else:
        if fmt == "pptx":
            (table,) = [s.table for s in pptx.Presentation(io.BytesIO(file)).slides[0].shapes if s.has_table]
        else:
            table = docx.Document(io.BytesIO(file)).tables[0]
        lines = [[cell.text for cell in row.cells] for row in list(table.rows)[1:]]
        numbers = [int(text) for _, *cells in lines for text in cells if text]
    assert sorted(numbers) == sorted(int(n) for n in spec.table["incident_count"] if n)
    assert sum(numbers) == spec.n == 29


def test_a_map_on_a_slide_is_made_of_countries_and_rings_that_can_be_edited(material_for):
    spec = catalogue.figure("map", material_for("ru"))
    slide = pptx.Presentation(io.BytesIO(export(spec, "pptx"))).slides[0]
    (group,) = [shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.GROUP]
    texts = {shape.name: shape.text_frame.text for shape in group.shapes}
    assert {"Кыргызстан", "Казахстан", "Индия", "Китай"} <= set(texts)
    assert (texts["Кыргызстан: 21"], texts["Индия: 65"]) == ("21", "65")


def test_a_map_in_a_vector_file_is_vectors_with_its_counts_as_text(material_for):
    spec = catalogue.figure("map", material_for("ru"))
    root = etree.fromstring(export(spec, "svg"))
    texts = [node.text for node in root.iter(f"{SVG}text")]
    assert {"21", "65", "44", "60"} <= set(texts)
    assert not list(root.iter(f"{SVG}image"))
    pages = pypdf.PdfReader(io.BytesIO(export(spec, "pdf"))).pages
    assert not [image for page in pages for image in page.images]


def test_the_boundary_note_travels_with_the_map(material_for, text_of):
    spec = catalogue.figure("map", material_for("ru", countries=("KGZ",)))
    note = spec.passport.boundary_note
    assert "Организации Объединённых Наций" in note or "Организацией" in note or "ООН" in note
    for fmt in FORMATS:
        assert plain(note) in plain(text_of(fmt, export(spec, fmt))), fmt


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "docx", "pptx", "pdf", "svg"])
def test_a_table_has_every_cell_in_every_format(made, text_of, fmt):
    file, (spec,) = made("latest", fmt, ("ru",))
    found = plain(text_of(fmt, file))
    cells = [str(value) for column in spec.columns for value in spec.table[column.name]]
    assert [cell for cell in cells if plain(cell) not in found] == []


def drawn_on_screen(spec) -> dict[str, list[float]]:
    """What the screen draws: the values of each series that has any."""
    if spec.kind is Kind.SHARE:
        parts = re.findall(r'flex-grow:(\d+);[^"]*" title="([^"]+): \d+"', html.share(spec, Style()))
        return {f"{unescape(label)} · {count}": [float(count)] for count, label in parts}  # named as in its key
    drawing = plotly.draw(spec, Style())
    along = "y" if spec.kind is Kind.BAR else "x"
    return {trace.name: [v for v in trace[along] if v] for trace in drawing.data if any(trace[along])}


def native_charts(fmt: str, file: bytes):
    """Native charts as (series by name, workbook behind it)."""
    if fmt == "pptx":
        for slide in pptx.Presentation(io.BytesIO(file)).slides:
            for shape in (s for s in slide.shapes if s.has_chart):
                series = {s.name: [v for v in s.values if v] for s in shape.chart.plots[0].series}
                yield series, shape.chart.part.chart_workbook.xlsx_part.blob
    else:
        c = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
        for part in docx.Document(io.BytesIO(file)).part.package.iter_parts():
            if part.content_type.endswith("drawingml.chart+xml"):
                chart = etree.fromstring(part.blob)
                series = {
                    s.find(f"{c}tx//{c}v").text: [n for v in s.findall(f"{c}val//{c}v") if (n := float(v.text))]
                    for s in chart.iter(f"{c}ser")
                }
                (book,) = [r.target_part for r in part.rels.values() if r.reltype.endswith("/package")]
                yield series, book.blob


@pytest.mark.parametrize("fmt", ["pptx", "docx"])
@pytest.mark.parametrize("figure_id", CHARTS)
def test_a_native_chart_has_the_numbers_of_the_screen_and_its_workbook(made, figure_id, fmt):
    file, (spec,) = made(figure_id, fmt, ("ru",))
    ((series, workbook),) = native_charts(fmt, file)
    screen = drawn_on_screen(spec)
    assert {name: values for name, values in series.items() if values} == screen
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(workbook)).active.iter_rows() for cell in row]
    numbers = sorted(cell.value for cell in cells if isinstance(cell.value, int) and cell.value)
    assert numbers == sorted(value for values in screen.values() for value in values)


@pytest.mark.parametrize("figure_id", CHARTS)
def test_an_excel_chart_is_drawn_from_the_cells_of_its_workbook(made, figure_id):
    file, (spec,) = made(figure_id, "xlsx", ("ru",))
    book = openpyxl.load_workbook(io.BytesIO(file))
    assert book.sheetnames == ["Рисунок", "Данные", "Примечания"]
    (chart,) = book["Рисунок"]._charts
    shown = {}
    for series in chart.series:
        (name,) = (book["Данные"][cell] for cell in [series.tx.strRef.f.split("!")[1].replace("$", "")])
        area = book["Данные"][series.val.numRef.f.split("!")[1].replace("$", "")]
        cells = [cell for row in area for cell in row] if isinstance(area, tuple) else [area]
        shown[name.value] = [cell.value for cell in cells if cell.value]
    screen = {name.split(" · ")[0]: values for name, values in drawn_on_screen(spec).items()}
    assert {name: values for name, values in shown.items() if values} == screen


@pytest.mark.parametrize("fmt", ["pptx", "docx", "xlsx"])
def test_the_unknown_keeps_its_hatch_in_a_native_chart(made, fmt):
    file, _ = made("outcomes", fmt, ("en",))
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        (chart,) = [parts.read(name) for name in parts.namelist() if re.search(r"charts/chart\w*\.xml$", name)]
    assert b'prst="wdUpDiag"' in chart
    assert b"6A7985" in chart.upper()
    assert b"D98200" in chart.upper()  # the step to court, in the colour of the screen


@pytest.mark.parametrize("fmt", ["pptx", "docx"])
def test_a_grid_is_a_native_table_with_the_counts_of_the_screen(made, fmt):
    file, (spec,) = made("coverage", fmt, ("en",))
    if fmt == "pptx":
        (table,) = [s.table for s in pptx.Presentation(io.BytesIO(file)).slides[0].shapes if s.has_table]
    else:
        table = docx.Document(io.BytesIO(file)).tables[1]  # the first is the legend
    lines = [[cell.text for cell in row.cells] for row in list(table.rows)[1:]]
    rows = {name: cells for name, *cells in lines}
    screen = {
        (spec.label(country), str(count))
        for country, state, count in zip(spec.table.country, spec.table.state, spec.table.incident_count, strict=True)
        if state == "reported"
    }
    assert list(rows) == ["Kyrgyzstan", "Tajikistan"]
    assert {(country, text) for country, cells in rows.items() for text in cells if text} == screen
    assert sum(int(text) for cells in rows.values() for text in cells if text) == spec.n == 29


def test_the_bars_of_a_vector_drawing_have_the_heights_of_the_numbers(made):
    file, (spec,) = made("incidents-by-year", "svg", ("en",))
    axes = next(g for g in etree.fromstring(file).iter(f"{SVG}g") if g.get("id") == "axes_1")
    bars = [
        path.get("d") for path in axes.iter(f"{SVG}path") if path.get("clip-path") and path.get("d").count("L") == 3
    ]
    stacks = {}
    for bar in bars:
        corners = [(float(x), float(y)) for x, y in re.findall(r"[ML] ([\d.]+) ([\d.]+)", bar)]
        foot, top = max(y for _, y in corners), min(y for _, y in corners)
        if foot - top > 0.01:
            stacks.setdefault(min(x for x, _ in corners), []).append((foot, top))
    drawn = sorted(foot - top for stack in stacks.values() for foot, top in stack)
    ground = max(foot for stack in stacks.values() for foot, _ in stack)
    for stack in stacks.values():  # each part stands on the one below
        parts = sorted(stack, reverse=True)
        assert [foot for foot, _ in parts] == pytest.approx([ground, *(top for _, top in parts[:-1])], abs=0.01)
    counts = sorted(int(v) for v in spec.table["incident_count"])
    assert [round(height / drawn[0] * counts[0], 1) for height in drawn] == counts


@pytest.mark.parametrize("figure_id", SHARP)
def test_a_picture_is_sharp_enough_for_print(material_for, figure_id, monkeypatch):
    monkeypatch.setattr(printed, "DPI", SHIPPED)
    picture = Image.open(io.BytesIO(export(catalogue.figure(figure_id, material_for("ru")), "png")))
    assert picture.width == 3000
    assert round(picture.info["dpi"][0]) == 300
    assert len(picture.convert("RGB").getcolors(1 << 24)) > 20


def test_text_in_a_vector_drawing_stays_text(made):
    file, (spec,) = made("outcomes", "svg", ("ru",))
    lines = [node.text for node in etree.fromstring(file).iter(f"{SVG}text")]
    assert spec.title in lines


def test_the_code_leads_to_the_link_and_the_link_to_the_view(made):
    segno = pytest.importorskip("segno")
    from dashboard.figures import qr

    _, (spec,) = made("outcomes", "csv", ("ru",))
    assert qr.cells(spec.passport.link) == [
        list(map(bool, row)) for row in segno.make(spec.passport.link, error="m").matrix
    ]
    file, _ = made("outcomes", "pptx", ("ru",))
    slide = pptx.Presentation(io.BytesIO(file)).slides[0]
    links = [
        r.hyperlink.address for s in slide.shapes if s.has_text_frame for p in s.text_frame.paragraphs for r in p.runs
    ]
    assert spec.passport.link in links


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_same_figure_is_the_same_file_whatever_the_clock_says(material_for, text_of, fmt):
    spec = catalogue.figure("outcomes", material_for("en"))
    first, second = export(spec, fmt), export(spec, fmt)
    assert text_of(fmt, first) == text_of(fmt, second)
    assert b"2026-11-24" not in first


def test_a_format_that_does_not_exist_is_named_with_those_that_do(material_for):
    spec = catalogue.figure("outcomes", material_for("en"))
    with pytest.raises(ValueError, match="no format 'gif'; there are: pptx, docx"):
        export(spec, "gif")


def test_two_figures_are_never_taken_for_one_in_two_languages(material_for):
    made_from = material_for("en")
    with pytest.raises(ValueError, match="not outcomes, evidence"):
        export([catalogue.figure("outcomes", made_from), catalogue.figure("evidence", made_from)], "docx")

"""A native chart in a Word document: python-docx has none, so the part is made from python-pptx's chart."""

from typing import Final
from xml.sax.saxutils import quoteattr

from docx.document import Document as Text
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml as parse_word
from docx.shared import Cm, Pt
from lxml import etree
from pptx.chart.chart import Chart
from pptx.oxml import parse_xml

from dashboard.figures.exhibit import Exhibit
from dashboard.figures.office import native, word_tables
from dashboard.figures.spec import Kind

CHARTS: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CHART_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEIGHTS: Final = {Kind.SHARE: 4.2, Kind.ROWS: 10.0, Kind.INTERVAL: 10.0, Kind.ANSWERS: 12.0}  # cm; others 8
SIZE: Final = 9.0
POINTS_PER_CM: Final = 28.35
INLINE: Final = (
    '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="{relations}" xmlns:c="{charts}">'
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="{number}" name={name} descr={alt}/>'
    '<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{charts}"><c:chart r:id="{relation}"/>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing>"
)


def with_table(text: Text, exhibit: Exhibit, room: float) -> None:
    """The chart, and below it what its axis cannot say in numbers."""
    chart(text, exhibit, room)
    word_tables.rows_table(text, exhibit, room)


def chart(text: Text, exhibit: Exhibit, room: float) -> None:
    """Add the chart of a figure, *room* cm wide, with its workbook and its words for those who hear it."""
    package = text.part.package
    number = sum(1 for part in package.iter_parts() if part.partname.startswith("/word/charts/")) + 1
    kind, numbers = native.data(exhibit.spec)
    space = parse_xml(numbers.xml_bytes(kind))
    native.dress(Chart(space, None), exhibit.spec, SIZE, room * POINTS_PER_CM)
    book = Part(
        PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"), SHEET_TYPE, numbers.workbook(), package
    )
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CHART_TYPE, b"", package)
    data = etree.SubElement(space, f"{{{CHARTS}}}externalData")
    data.set(f"{{{RELATIONS}}}id", part.relate_to(book, f"{RELATIONS}/package"))
    etree.SubElement(data, f"{{{CHARTS}}}autoUpdate").set("val", "0")
    part._blob = etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True)  # noqa: SLF001
    drawing = INLINE.format(
        relations=RELATIONS,
        charts=CHARTS,
        width=Cm(room),
        height=Cm(HEIGHTS.get(exhibit.spec.kind, 8.0)),
        number=1000 + number,
        name=quoteattr(exhibit.spec.id),
        alt=quoteattr(exhibit.alt),
        relation=text.part.relate_to(part, f"{RELATIONS}/chart"),
    )
    paragraph = text.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.add_run()._element.append(parse_word(drawing))  # noqa: SLF001

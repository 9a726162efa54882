"""Figures that are native tables on slides: grids of cells, and rows for reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from lxml.etree import SubElement
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from dashboard.figures import ruler
from dashboard.figures.exhibit import Exhibit
from dashboard.figures.grid import Grid, grid, short
from dashboard.figures.numbers import rows
from dashboard.figures.office.native import colour, fill, outline
from dashboard.figures.office.slide import (
    INCH,
    LEAST_TEXT,
    LINE,
    MARGIN,
    QUIET,
    ROOM,
    TEXT,
    WIDE,
    describe,
    framed,
    lines,
    write,
)
from dashboard.figures.palette import LIGHT, Ink
from dashboard.figures.spec import Series
from dashboard.i18n.translator import translator

SMALL: Final = 11.0
HEAD: Final = 1.6  # inches, the most for names of columns that stand; a longer one is broken by Office
LEAST: Final = (LEAST_TEXT * LINE + 3.2) / INCH  # inches, a row at least
MOST_ROWS: Final = 60  # a longer table belongs into the Excel file
PLAIN: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # Office's own table style "No Style, No Grid"


def grid_slide(deck: Deck, exhibit: Exhibit, remark: str) -> None:
    """A grid as a native table: every cell filled as on the screen, its count in it. Many rows take several slides."""
    whole, number = grid(exhibit.spec), 0
    left = list(range(len(whole.down)))
    while left or number == 0:
        number += 1
        slide, top, bottom = framed(deck, exhibit, remark, f" ({number})" if number > 1 else "")
        top = legend(slide, exhibit.spec.series, top) if exhibit.spec.series else top + 0.05
        measures = _measures(whole)
        most = max(int((bottom - top - measures.head) / LEAST), 1)
        now = -(-len(left) // max(-(-len(left) // most), 1))  # as many on each slide
        _grid_table(slide, exhibit, whole.part(left[:now]), measures, (top, bottom))
        left = left[now:]


@dataclass(frozen=True, slots=True)
class _Measures:
    """Of a grid, in inches: the width of its names and of each other column, the height of its head."""

    first: float
    each: float
    head: float
    stands: bool


def _measures(whole: Grid) -> _Measures:
    first = max((ruler.width(name, 12) for name in whole.down), default=0) / INCH + 0.2
    least = max(0.6, ruler.width(whole.widest, 10) * ruler.OFFICE / INCH + 0.2)
    room = (ROOM - first) / max(len(whole.across), 1)
    lies = whole.word(9) / INCH + 0.1  # where there is room for it, names lie rather than stand
    each = min(room, max(least, lies if lies <= room else 0))
    stands = whole.must_stand(each * INCH, 9)
    head = min(max(ruler.width(name, 9) for name in whole.across) / INCH + 0.1, HEAD) if stands else 0.4
    return _Measures(first, each, head, stands)


def _grid_table(slide: Slide, exhibit: Exhibit, found: Grid, of: _Measures, free: tuple[float, float]) -> None:
    top, bottom = free
    height = max(min((bottom - top - of.head) / max(len(found.down), 1), 0.4), LEAST)
    size = (Inches(MARGIN), Inches(top), Inches(ROOM), Inches(height))
    frame = slide.shapes.add_table(len(found.down) + 1, len(found.across) + 1, *size)
    frame.name = exhibit.spec.id
    describe(frame, exhibit.alt)
    table = _plain(frame)
    for place, column in enumerate(table.columns):
        column.width = Inches(of.each if place else of.first)
    for place, row in enumerate(table.rows):
        row.height = Inches(height if place else of.head)
    _fill_grid(table, found, of.each, min(12.0, (height * INCH - 3) / LINE))
    for cell in list(table.rows[0].cells)[1:] if of.stands else ():
        cell._tc.get_or_add_tcPr().set("vert", "vert270")  # noqa: SLF001
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE


def _fill_grid(table: Any, found: Grid, each: float, size: float) -> None:
    is_short = each * INCH < ruler.width("2000", 9) * ruler.OFFICE + 2
    head, *body = [list(row.cells) for row in table.rows]
    _cell(head[0], found.corner, 11, bold=True)
    for cell, name in zip(head[1:], found.across, strict=True):
        _cell(cell, short(name) if is_short else name, 9, center=True)
    for place, (cells, name, line) in enumerate(zip(body, found.down, found.cells, strict=True)):
        _cell(cells[0], name, size, bold=place in found.headings)
        for cell, one in zip(cells[1:], line, strict=True):
            _cell(cell, one.words if one else "", min(size, 10), center=True, ink=one.ink if one else None)
    for cell in (cell for line in (head, *body) for cell in line):
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        _border(cell, "#ffffff", 1.5, "LRTB")


def table_slides(deck: Deck, exhibit: Exhibit, remark: str) -> None:
    """As many slides as the rows need; each repeats the header."""
    lang = exhibit.spec.passport.lang
    t = translator(lang)
    found = rows(exhibit.spec)
    cells = found.words(lang)[:MOST_ROWS]
    if more := len(found.cells) - len(cells):
        said = t.n(
            "and {n} more row; the Excel and CSV files hold all",
            "and {n} more rows; the Excel and CSV files hold all",
            more,
        )
        cells.append([said, *[""] * (len(found.header) - 1)])
    pad = 0.16 * INCH
    room = ROOM * INCH - pad * len(found.header)
    widths = [w * ruler.OFFICE for w in ruler.columns([list(found.header), *cells], room / ruler.OFFICE, SMALL)]
    heights = [_row_height(row, widths) for row in cells]
    left, number = list(zip(cells, heights, strict=True)), 0
    while left or number == 0:
        number += 1
        slide, top, bottom = framed(deck, exhibit, remark, f" ({number})" if number > 1 else "")
        free = bottom - 0.05 - top - _row_height(found.header, widths)
        now: list[tuple[list[str], float]] = []
        while left and (not now or left[0][1] <= free):
            free -= left[0][1]
            now.append(left.pop(0))
        shape = slide.shapes.add_table(
            len(now) + 1, len(found.header), Inches(MARGIN), Inches(top), Inches(ROOM), Inches(0.3)
        )
        shape.name = exhibit.spec.id
        describe(shape, exhibit.alt)
        table = _plain(shape)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Emu(int((width + pad) / INCH * 914400))
        for row, (texts, height) in zip(table.rows, [(found.header, 0.3), *now], strict=True):
            row.height = Inches(height)
            for cell, text in zip(row.cells, texts, strict=True):
                is_head = texts is found.header
                _cell(cell, text, SMALL, bold=is_head, side=0.08)
                _border(cell, QUIET if is_head else "#c9d1d8", 1.25 if is_head else 0.5, "B")


def _row_height(cells: Sequence[str], widths: Sequence[float]) -> float:
    needed = max(len(lines(cell, width / INCH, SMALL)) for cell, width in zip(cells, widths, strict=True))
    return (needed * SMALL * LINE + 8) / INCH


def _plain(frame: Any) -> Any:
    """A native table without the template's stripes."""
    table = frame.table
    table._tbl.tblPr.find("{http://schemas.openxmlformats.org/drawingml/2006/main}tableStyleId").text = PLAIN  # noqa: SLF001
    table.horz_banding = False
    return table


def _cell(
    cell: Any,
    text: str,
    size: float,
    *,
    bold: bool = False,
    center: bool = False,
    ink: Ink | None = None,
    side: float = 0.02,
) -> None:
    cell.margin_left = cell.margin_right = Inches(side)
    cell.margin_top = cell.margin_bottom = Inches(0.02)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE if center else MSO_ANCHOR.TOP
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.CENTER if center else PP_ALIGN.LEFT
    paragraph.font.size = Pt(size)
    if text:
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = colour(ink.text if ink else TEXT)
    if ink:
        fill(cell.fill, ink)
    else:
        cell.fill.background()


def _border(cell: Any, shade: str, width: float, sides: str) -> None:
    """Draw borders of a table cell; the library cannot. They stand before the fill, or Office repairs the file."""
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001
    for place, side in enumerate(sides):
        line = SubElement(properties, qn(f"a:ln{side}"), {"w": str(int(width * 12700))})
        SubElement(SubElement(line, qn("a:solidFill")), qn("a:srgbClr"), {"val": shade.lstrip("#")})
        properties.insert(place, line)


def legend(slide: Slide, series: Sequence[Series], top: float) -> float:
    """What each fill means, as shapes; returns the top of what is free below."""
    x, line = MARGIN, 0.32
    for one in series:
        needed = 0.35 + ruler.width(one.label, 12) / INCH
        if x > MARGIN and x + needed > WIDE[0] - MARGIN:
            x, top = MARGIN, top + line
        swatch = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Inches(x), Inches(top + 0.03), Inches(0.26), Inches(0.17))
        fill(swatch.fill, LIGHT.inks[one.meaning])
        outline(swatch.line, LIGHT.inks[one.meaning])
        swatch.shadow.inherit = False
        describe(swatch, one.label)
        write(slide, (x + 0.33, top, needed - 0.2, 0.25), one.label, 12, "en")
        x += needed + 0.3
    return top + line + 0.03

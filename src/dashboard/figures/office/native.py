"""The native chart of a figure, the same in Word and PowerPoint, with the workbook behind "Edit data"."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from lxml.etree import SubElement
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.dml.fill import FillFormat
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_PATTERN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt, lazyproperty
from xlsxwriter import Workbook

from dashboard.figures import ruler
from dashboard.figures.numbers import matrix, parts, printed
from dashboard.figures.office import limits
from dashboard.figures.palette import LIGHT, Ink, hatched
from dashboard.figures.spec import FigureSpec, Kind
from dashboard.figures.stacked import STACKED

PATTERNS: Final = {
    "/": MSO_PATTERN.WIDE_UPWARD_DIAGONAL,
    "\\": MSO_PATTERN.WIDE_DOWNWARD_DIAGONAL,
    ".": MSO_PATTERN.DOTTED_GRID,
    "x": MSO_PATTERN.DIAGONAL_CROSS,
    "|": MSO_PATTERN.LIGHT_VERTICAL,
}
LYING: Final = (Kind.ROWS, Kind.STEPS)
FONT: Final = "Calibri"
ROOM_FOR_A_NUMBER: Final = 0.05
PLOT_SHARE: Final = 0.92  # of a chart's width; the rest is for its axis


class _PlainWriter(CategoryWorkbookWriter):
    """Writes text as text; the library's own writer would take ``=…`` for a formula."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: io.BytesIO) -> Iterator[tuple[Workbook, Any]]:
        book = Workbook(xlsx_file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        yield book, book.add_worksheet()
        book.close()


class PlainChartData(CategoryChartData):
    """Chart data whose workbook holds no formula."""

    @lazyproperty
    def _workbook_writer(self) -> _PlainWriter:
        return _PlainWriter(self)

    def workbook(self) -> bytes:
        """The workbook behind the chart."""
        return bytes(self._workbook_writer.xlsx_blob)


def data(spec: FigureSpec) -> tuple[XL_CHART_TYPE, PlainChartData]:
    """The kind of native chart, and its numbers."""
    chosen = PlainChartData(number_format="General")
    if spec.kind is Kind.SHARE:
        chosen.categories = [spec.columns[-1].label]
        for series, count in parts(spec):
            chosen.add_series(f"{series.label} · {printed(count, spec.passport.lang)}", [count])
        return XL_CHART_TYPE.BAR_STACKED, chosen
    if spec.kind in STACKED:
        return limits.data(spec, chosen)
    found = matrix(spec)
    chosen.categories = list(found.categories)
    for series, values in found.rows:
        chosen.add_series(series.label, list(values))
    return XL_CHART_TYPE.BAR_STACKED if spec.kind in LYING else XL_CHART_TYPE.COLUMN_STACKED, chosen


def dress(chart: Chart, spec: FigureSpec, size: float, room: float) -> None:
    """Make a native chart look as on the screen: colours, patterns, fonts of *size* points, in *room* points."""
    chart.font.name, chart.font.size = FONT, Pt(size)
    chart.font.color.rgb = colour(LIGHT.text)
    chart.has_title = False
    _unframe(chart)
    if spec.kind is Kind.SHARE:
        _dress_share(chart, spec, size)
    elif spec.kind in STACKED:
        limits.dress(chart, spec, size)
    else:
        _dress_bars(chart, spec, size)
        if spec.kind in LYING:
            chart.category_axis.reverse_order = True  # else the first of the alphabet stands at the foot
            chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
        else:
            _thin_out(chart, matrix(spec).categories, size, room)


def _dress_bars(chart: Chart, spec: FigureSpec, size: float) -> None:
    found = matrix(spec)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 14, 100
    for native, (series, _) in zip(plot.series, found.rows, strict=True):
        fill(native.format.fill, LIGHT.inks[series.meaning])
        outline(native.format.line, LIGHT.inks[series.meaning])
        for place in (place for place, is_vague in enumerate(found.vague) if is_vague):
            fill(native.points[place].format.fill, hatched(LIGHT.inks[series.meaning]))
        if spec.kind is Kind.STEPS:
            number(native.data_labels, LIGHT.inks[series.meaning], found.peak * ROOM_FOR_A_NUMBER, size)
    legend(chart, is_shown=len(found.rows) > 1, size=size)
    category, value = chart.category_axis, chart.value_axis
    category.has_major_gridlines = False
    category.major_tick_mark = XL_TICK_MARK.NONE
    category.format.line.color.rgb = colour(LIGHT.text)
    value.has_major_gridlines = True
    value.major_gridlines.format.line.color.rgb = colour(LIGHT.grid)
    value.major_tick_mark = XL_TICK_MARK.NONE
    value.format.line.fill.background()
    value.minimum_scale = 0
    value.tick_labels.number_format, value.tick_labels.number_format_is_linked = "0", False
    value.has_title = True
    value.axis_title.text_frame.text = found.value_label
    words = value.axis_title.text_frame.paragraphs[0].runs[0].font
    words.size, words.bold = Pt(size), False


def number(labels: Any, ink: Ink, least: float, size: float) -> None:
    """Write the numbers of a series into its bars, from *least* on: shorter ones have no room."""
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = f'[>={least:g}]0;""', False
    labels.font.size, labels.font.bold = Pt(size), bool(ink.pattern)
    labels.font.color.rgb = colour(ink.text)


def _unframe(chart: Chart) -> None:
    """Take away the frame that Word draws around a chart."""
    space = chart._chartSpace  # noqa: SLF001
    properties = parse_xml(f"<c:spPr {nsdecls('c', 'a')}><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>")
    space.find(qn("c:chart")).addnext(properties)


def _thin_out(chart: Chart, categories: Sequence[str], size: float, room: float) -> None:
    """Name every second, fifth or tenth category where all have no room beside one another."""
    each = room * PLOT_SHARE / max(len(categories), 1)
    widest = max((ruler.width(name, size) for name in categories), default=0) * ruler.OFFICE + 6
    step = next((n for n in (1, 2, 5, 10, 20) if n * each >= widest), 50)
    axis = chart.category_axis._element  # noqa: SLF001
    for tag in ("tickLblSkip", "tickMarkSkip"):
        before = axis.find(qn("c:noMultiLvlLbl"))
        mark = SubElement(axis, qn(f"c:{tag}"), {"val": str(step)})
        if before is not None:
            before.addprevious(mark)


def _dress_share(chart: Chart, spec: FigureSpec, size: float) -> None:
    found = parts(spec)
    total = sum(count for _, count in found)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 10, 100
    for native, (series, count) in zip(plot.series, found, strict=True):
        ink = LIGHT.inks[series.meaning]
        fill(native.format.fill, ink)
        outline(native.format.line, ink)
        labels = native.data_labels
        labels.show_value = total > 0 and count / total > ROOM_FOR_A_NUMBER
        labels.font.size, labels.font.bold = Pt(size * 1.3), bool(ink.pattern)
        labels.font.color.rgb = colour(ink.text)
    legend(chart, is_shown=True, size=size)
    for axis in (chart.category_axis, chart.value_axis):
        axis.has_major_gridlines = False
        axis.major_tick_mark = XL_TICK_MARK.NONE
        axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        axis.format.line.fill.background()
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, total or 1


def legend(chart: Chart, *, is_shown: bool, size: float) -> None:
    """The legend above the chart, where there is anything to tell apart."""
    chart.has_legend = is_shown
    if is_shown:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(size)


def fill(target: FillFormat, ink: Ink) -> None:
    """Fill with a meaning, its pattern too."""
    if ink.pattern:
        target.patterned()
        target.pattern = PATTERNS[ink.pattern]
        target.fore_color.rgb = colour(ink.pattern_colour)
        target.back_color.rgb = colour(ink.fill)
    else:
        target.solid()
        target.fore_color.rgb = colour(ink.fill)


def outline(target: Any, ink: Ink) -> None:
    """Draw the outline of a meaning, where it has one."""
    if ink.line.startswith("#"):
        target.color.rgb = colour(ink.line)
        target.width = Pt(0.75)
    else:
        target.fill.background()


def colour(code: str) -> RGBColor:
    """A colour as the office libraries take it."""
    return RGBColor(*bytes.fromhex(code.lstrip("#")))

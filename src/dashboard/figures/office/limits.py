"""Native charts with limits: stacked bars of which one part is not seen, and points with error bars over them."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any, Final

from lxml.etree import SubElement
from pptx.chart.chart import Chart
from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboard.figures.palette import LIGHT, Meaning
from dashboard.figures.spec import FigureSpec, Kind
from dashboard.figures.stacked import BASE, LYING, SHARES, Points, Stack, stack, top

SYMBOLS: Final = ("circle", "diamond", "square")
EMU: Final = 12700  # per point
MARK: Final = 8
COUNTED: Final = (Kind.ANSWERS, Kind.DOTS)  # their numbers stand in the bars
ABOVE: Final = "+"
BELOW: Final = "−"


def data(spec: FigureSpec, chosen: Any) -> tuple[XL_CHART_TYPE, Any]:
    """Put the numbers into *chosen*: the bars, then each point with the columns of its limits."""
    found = stack(spec)
    chosen.categories = list(found.bars.categories)
    for series, values in found.bars.rows:
        chosen.add_series(series.label, list(values))
    for one in found.points:
        chosen.add_series(one.series.label, list(one.values))
        for sign, limits in ((ABOVE, one.above), (BELOW, one.below)):
            chosen.add_series(f"{one.series.label} {sign}", list(limits))
    if not found.bars.rows:
        return XL_CHART_TYPE.LINE_MARKERS, chosen
    return XL_CHART_TYPE.BAR_STACKED if spec.kind in LYING else XL_CHART_TYPE.COLUMN_STACKED, chosen


def dress(chart: Chart, spec: FigureSpec, size: float) -> None:
    """Colours, patterns, error bars, axes, as on the screen."""
    from dashboard.figures.office import native

    found = stack(spec)
    plot = chart.plots[0]
    space = chart._chartSpace  # noqa: SLF001
    _points(space, found, is_lined=not found.bars.rows)
    if found.bars.rows:
        plot.gap_width, plot.overlap = 40, 100
        for bar, (series, _) in zip(plot.series, found.bars.rows, strict=True):
            if series.code == BASE:
                bar.format.fill.background()
                bar.format.line.fill.background()
            else:
                native.fill(bar.format.fill, LIGHT.inks[series.meaning])
                native.outline(bar.format.line, LIGHT.inks[series.meaning])
            if spec.kind in COUNTED:
                native.number(bar.data_labels, LIGHT.inks[series.meaning], 1, size)
    native.legend(chart, is_shown=spec.kind is not Kind.RANGES, size=size)
    if found.bars.rows and found.bars.rows[0][0].code == BASE and chart.has_legend:
        hidden = parse_xml(f'<c:legendEntry {nsdecls("c")}><c:idx val="0"/><c:delete val="1"/></c:legendEntry>')
        chart.legend._element.find(qn("c:legendPos")).addnext(hidden)  # noqa: SLF001
    _axes(chart, spec, found, size)


def _axes(chart: Chart, spec: FigureSpec, found: Stack, size: float) -> None:
    from dashboard.figures.office import native

    category, value = chart.category_axis, chart.value_axis
    category.has_major_gridlines = False
    category.major_tick_mark = value.major_tick_mark = XL_TICK_MARK.NONE
    category.format.line.color.rgb = native.colour(LIGHT.text)
    value.major_gridlines.format.line.color.rgb = native.colour(LIGHT.grid)
    value.format.line.fill.background()
    value.minimum_scale = 0
    if spec.kind is Kind.INTERVAL:
        value.major_unit = 0.25
        category.tick_labels.font.size = Pt(size * 0.75)
        upright = category._element.find(qn("c:txPr")).find(qn("a:bodyPr"))  # noqa: SLF001
        upright.set("rot", "0")
        upright.set("vert", "horz")
    if (highest := top(spec, found)) is not None:
        value.maximum_scale = highest
    percent = "0\u00a0%" if spec.passport.lang == "ru" else "0%"
    value.tick_labels.number_format = percent if spec.kind in SHARES else "0"
    value.tick_labels.number_format_is_linked = False
    value.has_title = True
    value.axis_title.text_frame.text = found.bars.value_label
    words = value.axis_title.text_frame.paragraphs[0].runs[0].font
    words.size, words.bold = Pt(size), False
    if spec.kind in LYING:
        category.reverse_order = True  # else the first row stands at the foot
        value.tick_label_position = XL_TICK_LABEL_POSITION.HIGH


def _points(space: Any, found: Stack, *, is_lined: bool) -> None:
    """Move the points into a plot of lines that shares the axes, their limits into error bars."""
    bars = next(space.iter(qn("c:lineChart" if is_lined else "c:barChart")))
    sers = bars.findall(qn("c:ser"))[len(found.bars.rows) :]
    if not sers:
        return
    home = bars if is_lined else _lines(bars)
    for nth, one in enumerate(found.points):
        own, above, below = sers[3 * nth : 3 * nth + 3]
        bars.remove(above)
        bars.remove(below)
        for tag in ("c:invertIfNegative", "c:marker", "c:spPr", "c:dLbls"):
            for element in own.findall(qn(tag)):
                own.remove(element)
        if not is_lined:
            bars.remove(own)
            home.insert(len(home.findall(qn("c:ser"))) + 2, own)
        _look(own, one, nth, is_lined=is_lined)
        if one.has_limits:
            own.find(qn("c:cat")).addprevious(_error_bars(one, above, below))


def _lines(bars: Any) -> Any:
    """A plot of lines after the bars, on their axes."""
    home = parse_xml(
        f'<c:lineChart {nsdecls("c")}><c:grouping val="standard"/><c:varyColors val="0"/><c:marker val="1"/>'
        "</c:lineChart>"
    )
    for axis in bars.findall(qn("c:axId")):
        home.append(deepcopy(axis))
    bars.addnext(home)
    return home


def _look(own: Any, one: Points, nth: int, *, is_lined: bool) -> None:
    """The line and the mark of a series; the truth is a dotted line without marks."""
    code = LIGHT.inks[one.series.meaning].fill.lstrip("#")
    is_truth = one.series.meaning is Meaning.TRUTH
    dash = '<a:prstDash val="sysDot"/>' if is_truth else ""
    drawn = f'<a:solidFill><a:srgbClr val="{code}"/></a:solidFill>{dash}' if is_lined else "<a:noFill/>"
    line = f'<c:spPr {nsdecls("c", "a")}><a:ln w="{int(2.25 * EMU)}">{drawn}</a:ln></c:spPr>'
    symbol = "none" if is_truth and is_lined else "dash" if is_truth else SYMBOLS[nth % len(SYMBOLS)]
    mark = (
        f'<c:marker {nsdecls("c", "a")}><c:symbol val="{symbol}"/><c:size val="{MARK}"/><c:spPr><a:solidFill>'
        f'<a:srgbClr val="{code}"/></a:solidFill><a:ln w="{int(1.5 * EMU)}"><a:solidFill><a:srgbClr val="{code}"/>'
        "</a:solidFill></a:ln></c:spPr></c:marker>"
    )
    place = own.find(qn("c:tx"))
    for xml in (mark, line):
        place.addnext(parse_xml(xml))
    if own.find(qn("c:smooth")) is None:
        SubElement(own, qn("c:smooth"), {"val": "0"})


def _error_bars(one: Points, above: Any, below: Any) -> Any:
    """Error bars that take their lengths from the columns of the workbook."""
    code = LIGHT.inks[one.series.meaning].fill.lstrip("#")
    made = parse_xml(
        f'<c:errBars {nsdecls("c", "a")}><c:errDir val="y"/><c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="1"/><c:plus/><c:minus/><c:spPr><a:ln w="{3 * EMU}"><a:solidFill><a:srgbClr val="{code}"/>'
        "</a:solidFill></a:ln></c:spPr></c:errBars>"
    )
    for tag, column in (("c:plus", above), ("c:minus", below)):
        made.find(qn(tag)).extend(deepcopy(list(_numbers(column))))
    return made


def _numbers(column: Any) -> Sequence[Any]:
    found: Sequence[Any] = column.find(qn("c:val"))
    return found

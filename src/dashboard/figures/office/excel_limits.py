"""Figures with limits in Excel: stacked columns with points over them; what Excel cannot draw as a picture."""

import io
from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

from dashboard.figures.exhibit import Exhibit
from dashboard.figures.office import sheets
from dashboard.figures.palette import LIGHT, Meaning
from dashboard.figures.spec import Kind
from dashboard.figures.stacked import BASE, LYING, SHARES, Points, Stack, stack, top

SYMBOLS: Final = ("circle", "diamond", "square")
DPI: Final = 300
PIXELS: Final = 96  # an inch on the screen, as Excel counts them
NONE: Final = {"none": True}


def stacked(book: sheets.Book, figure: Worksheet, data: Worksheet, exhibit: Exhibit, top: int) -> int:
    """Bars, points and their error bars, all drawn from the cells of the sheet of data; below them the whole table."""
    spec = exhibit.spec
    found = stack(spec)
    columns: list[tuple[str, Any]] = [(one.label, values) for one, values in found.bars.rows]
    for point in found.points:
        label = point.series.label
        columns += [(label, point.values), (f"{label} +", point.above), (f"{label} −", point.below)]
    names = [" · ".join(name.split("\n")) for name in found.bars.categories]
    header = [found.bars.category_label, *(name for name, _ in columns)]
    sheets.table(book, data, 0, header, zip(names, *(values for _, values in columns), strict=True))
    is_lying, is_lined = spec.kind in LYING, not found.bars.rows
    kind = {"type": "line"} if is_lined else {"type": "bar" if is_lying else "column", "subtype": "stacked"}
    chart = book.file.add_chart(kind)
    for column, (series, _) in enumerate(found.bars.rows, start=1):
        look = {"fill": NONE, "border": NONE} if series.code == BASE else sheets.look(LIGHT.inks[series.meaning])
        chart.add_series({**_cells(data, column, found), "gap": 40, **look})
    points = chart if is_lined else book.file.add_chart({"type": "line"})
    for nth, point in enumerate(found.points):
        column = 1 + len(found.bars.rows) + 3 * nth
        points.add_series({**_cells(data, column, found), **_look(data, column, point, nth, found, is_lined=is_lined)})
    if found.points and not is_lined:
        chart.combine(points)
    _axes(chart, found, exhibit)
    below = sheets.place(chart, figure, exhibit, top, sheets.TALL, has_legend=spec.kind is not Kind.RANGES)
    if spec.kind is Kind.INTERVAL and found.bars.rows and found.bars.rows[0][0].code == BASE:
        chart.set_legend({"position": "top", "font": sheets.FONT, "delete_series": [0]})
    return sheets.read(book, figure, below, exhibit)


def _axes(chart: Any, found: Stack, exhibit: Exhibit) -> None:
    highest = top(exhibit.spec, found)
    kind, percent = exhibit.spec.kind, "0\u00a0%" if exhibit.spec.passport.lang == "ru" else "0%"
    names = {"num_font": sheets.FONT, "line": {"color": LIGHT.text}, "major_tick_mark": "none",
             "reverse": kind in LYING}  # fmt: skip
    values = {
        "name": found.bars.value_label, "name_font": {**sheets.FONT, "bold": False}, "num_font": sheets.FONT,
        "min": 0, "num_format": percent if kind in SHARES else "0", "line": NONE, "major_tick_mark": "none",
        "major_gridlines": {"visible": True, "line": {"color": LIGHT.grid}},
        **({"label_position": "high"} if kind in LYING else {}), **({"max": highest} if highest is not None else {}),
    }  # fmt: skip
    chart.set_x_axis(values if kind in LYING else names)
    chart.set_y_axis(names if kind in LYING else values)


def _cells(data: Worksheet, column: int, found: Stack) -> dict[str, Any]:
    name, last = data.get_name(), len(found.bars.categories)
    return {
        "name": [name, 0, column],
        "categories": [name, 1, 0, last, 0],
        "values": [name, 1, column, last, column],
    }


def _look(data: Worksheet, column: int, point: Points, nth: int, found: Stack, *, is_lined: bool) -> dict[str, Any]:
    colour = LIGHT.inks[point.series.meaning].fill
    is_truth = point.series.meaning is Meaning.TRUTH
    mark = {
        "type": "none" if is_truth and is_lined else SYMBOLS[nth % len(SYMBOLS)], "size": 8,
        "fill": {"color": colour}, "border": {"color": colour, "width": 1.5},
    }  # fmt: skip
    line = {"color": colour, "width": 2.25, **({"dash_type": "round_dot"} if is_truth else {})}
    look: dict[str, Any] = {
        "marker": mark,
        "line": line if is_lined else NONE,
    }
    if point.has_limits:
        name, last = data.get_name(), len(found.bars.categories)
        plus, minus = (f"='{name}'!{_column(column + more, last)}" for more in (1, 2))
        look["y_error_bars"] = {
            "type": "custom", "plus_values": plus, "minus_values": minus, "end_style": 0,
            "line": {"color": colour, "width": 3},
            "plus_data": list(point.above), "minus_data": list(point.below),
        }  # fmt: skip
    return look


def _column(column: int, last: int) -> str:
    from xlsxwriter.utility import xl_range_abs

    return str(xl_range_abs(1, column, last, column))


def picture(book: sheets.Book, figure: Worksheet, data: Worksheet, exhibit: Exhibit, top: int) -> int:
    """A sharp picture, and the table of its numbers below it."""
    from PIL import Image

    from dashboard.figures.printing.whole import drawing

    drawn = io.BytesIO(drawing(exhibit, "png"))
    wide, tall = Image.open(drawn).size
    scale = min(1.0, sheets.WIDE / (wide * PIXELS / DPI))
    how = {"image_data": drawn, "x_scale": scale, "y_scale": scale, "description": exhibit.alt}
    figure.insert_image(top, 0, f"{exhibit.spec.id}.png", how)
    below = top + int(tall * PIXELS / DPI * scale) // sheets.ROW + 2
    sheets.numbers(book, data, exhibit)
    return sheets.read(book, figure, below, exhibit)

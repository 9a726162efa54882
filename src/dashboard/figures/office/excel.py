"""Excel: the figure with a native chart, the numbers it is drawn from, and a sheet of notes. No cell is a formula."""

import io
import math
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.figures import qr, ruler
from dashboard.figures.exhibit import Exhibit
from dashboard.figures.grid import grid
from dashboard.figures.numbers import matrix, parts
from dashboard.figures.office import excel_limits, sheets
from dashboard.figures.palette import LIGHT, Ink, hatched
from dashboard.figures.spec import PICTURES, Kind
from dashboard.figures.stacked import STACKED
from dashboard.i18n.translator import translator

ROOM_FOR_A_NUMBER: Final = 0.05
OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(exhibits: Sequence[Exhibit]) -> bytes:
    """A workbook of these figures: for each a figure, a data and a notes sheet."""
    content = io.BytesIO()
    book = sheets.Book(Workbook(content, OPTIONS), {})
    spec = exhibits[0].spec
    as_of = spec.passport.as_of
    book.file.set_properties(
        {
            "title": exhibits[0].title,
            "author": translator(spec.passport.lang)("Illegal wildlife trade in High Asia"),
            **({"created": datetime.fromisoformat(as_of).replace(tzinfo=UTC)} if as_of else {}),
        }
    )
    for number, exhibit in enumerate(exhibits, start=1):
        _sheets(book, exhibit, f" {number}" if len(exhibits) > 1 else "")
    book.file.close()
    return content.getvalue()


def _sheets(book: sheets.Book, exhibit: Exhibit, suffix: str) -> None:
    t = translator(exhibit.words[0].lang)
    figure, data, notes = (book.file.add_worksheet(name + suffix) for name in (t("Figure"), t("Data"), t("Notes")))
    figure.hide_gridlines(2)
    top = 0
    for said in exhibit.words:
        sheets.write(book, figure, top, 0, said.title, bold=True, font_size=16)
        top = sheets.lines(book, figure, top + 1, said.caption, 11)
    below = KINDS.get(exhibit.spec.kind, _rows)(book, figure, data, exhibit, top + 1) + 1
    for said in exhibit.words:
        for text in (" · ".join(said.facts), f"{said.reopen} {said.link}"):
            below = sheets.lines(book, figure, below, text, 9)
    link = exhibit.words[0].link
    code = {"image_data": io.BytesIO(qr.png(link)), "x_scale": 0.3, "y_scale": 0.3, "description": link}
    figure.insert_image(below, 0, "qr.png", code)
    for sheet in (figure, data, notes):
        sheet.set_landscape()
        sheet.set_paper(sheets.A4)
        sheet.fit_to_pages(1, 0)
    notes.set_column(0, 0, 28)
    notes.set_column(1, 1, 100)
    for row, (name, value) in enumerate(note for said in exhibit.words for note in said.notes):
        notes.set_row(row, sheets.height([value], 100))
        sheets.write(book, notes, row, 0, name, bold=True, valign="top")
        sheets.write(book, notes, row, 1, value, text_wrap=True, valign="top")


def _bars(book: sheets.Book, figure: Worksheet, data: Worksheet, exhibit: Exhibit, top: int) -> int:
    found = matrix(exhibit.spec)
    sheets.table(
        book,
        data,
        0,
        [found.category_label, *(series.label for series, _ in found.rows)],
        zip(
            (int(name) if name.isdigit() else name for name in found.categories),
            *(v for _, v in found.rows),
            strict=True,
        ),
    )
    is_lying = exhibit.spec.kind in {Kind.ROWS, Kind.STEPS}
    chart = book.file.add_chart({"type": "bar" if is_lying else "column", "subtype": "stacked"})
    last, name = len(found.categories), data.get_name()
    for column, (series, _) in enumerate(found.rows, start=1):
        ink = LIGHT.inks[series.meaning]
        chart.add_series(
            {"name": [name, 0, column], "categories": [name, 1, 0, last, 0], "values": [name, 1, column, last, column],
             "gap": 14, "points": [sheets.look(hatched(ink)) if is_vague else None for is_vague in found.vague],
             **(_numbers(ink, found.peak) if exhibit.spec.kind is Kind.STEPS else {}), **sheets.look(ink)}
        )  # fmt: skip
    names = {"num_font": sheets.FONT, "line": {"color": LIGHT.text}, "major_tick_mark": "none", "reverse": is_lying}
    grid_lines = {"visible": True, "line": {"color": LIGHT.grid}}
    values = (
        {"name": found.value_label, "name_font": {**sheets.FONT, "bold": False}, "num_font": sheets.FONT, "min": 0,
         "num_format": "0", "line": {"none": True}, "major_gridlines": grid_lines, "major_tick_mark": "none",
         **({"label_position": "high"} if is_lying else {})}
    )  # fmt: skip
    chart.set_x_axis(values if is_lying else names)
    chart.set_y_axis(names if is_lying else values)
    return sheets.place(chart, figure, exhibit, top, sheets.TALL, has_legend=len(found.rows) > 1)


def _numbers(ink: Ink, peak: float) -> dict[str, Any]:
    """The numbers in the bars, from a length on that has room for them."""
    font = {**sheets.FONT, "color": ink.text, "bold": bool(ink.pattern)}
    return {"data_labels": {"value": True, "num_format": f'[>={peak * ROOM_FOR_A_NUMBER:g}]0;""', "font": font}}


def _share(book: sheets.Book, figure: Worksheet, data: Worksheet, exhibit: Exhibit, top: int) -> int:
    found = parts(exhibit.spec)
    header = [exhibit.spec.columns[0].label, exhibit.spec.columns[-1].label]
    sheets.table(book, data, 0, header, ((series.label, count) for series, count in found))
    chart = book.file.add_chart({"type": "bar", "subtype": "stacked"})
    name = data.get_name()
    for row, (series, _) in enumerate(found, start=1):
        ink = LIGHT.inks[series.meaning]
        label = {"value": True, "font": {**sheets.FONT, "color": ink.text, "size": 14, "bold": bool(ink.pattern)}}
        chart.add_series(
            {
                "name": [name, row, 0],
                "values": [name, row, 1, row, 1],
                "data_labels": label,
                "gap": 10,
                **sheets.look(ink),
            }
        )
    for axis in (chart.set_x_axis, chart.set_y_axis):
        axis(
            {"visible": False, "major_gridlines": {"visible": False}, "min": 0}
            | ({"max": sum(count for _, count in found) or 1} if axis == chart.set_x_axis else {})
        )
    return sheets.place(chart, figure, exhibit, top, sheets.LOW, has_legend=True)


def _grid(book: sheets.Book, figure: Worksheet, data: Worksheet, exhibit: Exhibit, top: int) -> int:
    found = grid(exhibit.spec)
    wide, place = max(4.5, ruler.width(found.widest, 11) / sheets.DIGIT + 1), 1
    for series in exhibit.spec.series if exhibit.spec.kind is not Kind.CROSS else ():
        figure.write_blank(top, place, None, sheets.filled(book, LIGHT.inks[series.meaning]))
        sheets.write(book, figure, top, place + 1, series.label)
        place += 2 + math.ceil(ruler.width(series.label, 11) / (wide * sheets.DIGIT))
    top += 2
    sheets.write(book, figure, top, 0, found.corner, bold=True)
    figure.set_column(0, 0, max((ruler.width(name, 11) for name in found.down), default=0) / 5.5 + 1)
    figure.set_column(1, len(found.across), wide)
    if found.must_stand(wide * sheets.DIGIT, 9):
        figure.set_row(top, max(ruler.width(name, 9) for name in found.across) + 8)
    for column, name in enumerate(found.across, start=1):
        stands = not name.isdigit() and found.must_stand(wide * sheets.DIGIT, 9)
        look = {"align": "center", "font_size": 9} | ({"rotation": 90} if stands else {"text_wrap": True})
        sheets.write(book, figure, top, column, int(name) if name.isdigit() else name, **look)
    for row, (name, line) in enumerate(zip(found.down, found.cells, strict=True), start=top + 1):
        sheets.write(book, figure, row, 0, name, **({"bold": True} if row - top - 1 in found.headings else {}))
        for column, cell in enumerate(line, start=1):
            if cell is None:
                continue
            if cell.count is None:
                figure.write_string(row, column, cell.text, sheets.filled(book, cell.ink))
            else:
                figure.write_number(row, column, cell.count, sheets.filled(book, cell.ink))
    sheets.numbers(book, data, exhibit)
    return top + len(found.down) + 1


def _rows(book: sheets.Book, figure: Worksheet, data: Worksheet, exhibit: Exhibit, top: int) -> int:
    sheets.numbers(book, data, exhibit)
    return sheets.read(book, figure, top, exhibit)


KINDS: Final[dict[Kind, Callable[[sheets.Book, Worksheet, Worksheet, Exhibit, int], int]]] = {
    Kind.BAR: _bars,
    Kind.ROWS: _bars,
    Kind.SHARE: _share,
    Kind.GRID: _grid,
    Kind.CROSS: _grid,
    Kind.MATRIX: _grid,
    Kind.STEPS: _bars,
    **dict.fromkeys(STACKED, excel_limits.stacked),
    Kind.MAP: excel_limits.picture,
    **dict.fromkeys(PICTURES, excel_limits.picture),
}

"""Excel: the figure with a native chart, the numbers it is drawn from, and a sheet of notes. No cell is a formula."""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.figures import qr, ruler
from dashboard.figures.exhibit import Exhibit
from dashboard.figures.grid import grid
from dashboard.figures.numbers import FORMULA, Cell, matrix, parts, rows
from dashboard.figures.palette import LIGHT, Ink, hatched
from dashboard.figures.spec import Kind
from dashboard.i18n.translator import translator

SHADES: Final = {"/": 14, "\\": 13, ".": 18, "x": 16, "|": 12}  # Excel's numbers for cell patterns
CHART_PATTERNS: Final = {
    "/": "wide_upward_diagonal",
    "\\": "wide_downward_diagonal",
    ".": "dotted_grid",
    "x": "diagonal_cross",
    "|": "light_vertical",
}
OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
WIDEST: Final = 60  # columns, in characters
NARROW: Final = 34  # columns of text that is wrapped
WIDE: Final = 1100  # charts and rows, in pixels
TALL: Final = 460
LOW: Final = 240
ROW: Final = 20
A4: Final = 9
POINTS_PER_PIXEL: Final = 0.75
LINE: Final = 15.0  # the height of a row, in points
DIGIT: Final = 5.4  # the width of a digit, the unit of column widths, in points
QUIET: Final = "#4a5a67"
FONT: Final = {"name": "Calibri", "size": 11, "color": LIGHT.text}


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook with the formats it was given."""

    file: Workbook
    formats: dict[tuple[tuple[str, Any], ...], Any]

    def format(self, **look: Any) -> Any:
        """A format, made once: Excel has a limit."""
        key = tuple(sorted(look.items()))
        if key not in self.formats:
            self.formats[key] = self.file.add_format({"font_name": "Calibri", "font_color": LIGHT.text, **look})
        return self.formats[key]


def workbook(exhibits: Sequence[Exhibit]) -> bytes:
    """A workbook of these figures: for each a figure, a data and a notes sheet."""
    content = io.BytesIO()
    book = Book(Workbook(content, OPTIONS), {})
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


def _sheets(book: Book, exhibit: Exhibit, suffix: str) -> None:
    t = translator(exhibit.words[0].lang)
    figure, data, notes = (book.file.add_worksheet(name + suffix) for name in (t("Figure"), t("Data"), t("Notes")))
    figure.hide_gridlines(2)
    top = 0
    for said in exhibit.words:
        _write(book, figure, top, 0, said.title, bold=True, font_size=16)
        top = _lines(book, figure, top + 1, said.caption, 11)
    below = KINDS.get(exhibit.spec.kind, _rows)(book, figure, data, exhibit, top + 1) + 1
    for said in exhibit.words:
        for text in (" · ".join(said.facts), f"{said.reopen} {said.link}"):
            below = _lines(book, figure, below, text, 9)
    link = exhibit.words[0].link
    code = {"image_data": io.BytesIO(qr.png(link)), "x_scale": 0.3, "y_scale": 0.3, "description": link}
    figure.insert_image(below, 0, "qr.png", code)
    for sheet in (figure, data, notes):
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
    notes.set_column(0, 0, 28)
    notes.set_column(1, 1, 100)
    for row, (name, value) in enumerate(note for said in exhibit.words for note in said.notes):
        notes.set_row(row, _height([value], 100))
        _write(book, notes, row, 0, name, bold=True, valign="top")
        _write(book, notes, row, 1, value, text_wrap=True, valign="top")


def _bars(book: Book, figure: Worksheet, data: Worksheet, exhibit: Exhibit, top: int) -> int:
    found = matrix(exhibit.spec)
    _table(
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
             "gap": 14, "points": [_look(hatched(ink)) if is_vague else None for is_vague in found.vague], **_look(ink)}
        )  # fmt: skip
    names = {"num_font": FONT, "line": {"color": LIGHT.text}, "major_tick_mark": "none", "reverse": is_lying}
    grid_lines = {"visible": True, "line": {"color": LIGHT.grid}}
    values = (
        {"name": found.value_label, "name_font": {**FONT, "bold": False}, "num_font": FONT, "min": 0, "num_format": "0",
         "line": {"none": True}, "major_gridlines": grid_lines, "major_tick_mark": "none",
         **({"label_position": "high"} if is_lying else {})}
    )  # fmt: skip
    chart.set_x_axis(values if is_lying else names)
    chart.set_y_axis(names if is_lying else values)
    return _place(chart, figure, exhibit, top, TALL, has_legend=len(found.rows) > 1)


def _share(book: Book, figure: Worksheet, data: Worksheet, exhibit: Exhibit, top: int) -> int:
    found = parts(exhibit.spec)
    header = [exhibit.spec.columns[0].label, exhibit.spec.columns[-1].label]
    _table(book, data, 0, header, ((series.label, count) for series, count in found))
    chart = book.file.add_chart({"type": "bar", "subtype": "stacked"})
    name = data.get_name()
    for row, (series, _) in enumerate(found, start=1):
        ink = LIGHT.inks[series.meaning]
        label = {"value": True, "font": {**FONT, "color": ink.text, "size": 14, "bold": bool(ink.pattern)}}
        chart.add_series(
            {"name": [name, row, 0], "values": [name, row, 1, row, 1], "data_labels": label, "gap": 10, **_look(ink)}
        )
    for axis in (chart.set_x_axis, chart.set_y_axis):
        axis(
            {"visible": False, "major_gridlines": {"visible": False}, "min": 0}
            | ({"max": sum(count for _, count in found) or 1} if axis == chart.set_x_axis else {})
        )
    return _place(chart, figure, exhibit, top, LOW, has_legend=True)


def _place(chart: Any, figure: Worksheet, exhibit: Exhibit, top: int, height: int, *, has_legend: bool) -> int:
    chart.set_legend({"position": "top", "font": FONT} if has_legend else {"none": True})
    chart.set_title({"none": True})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": WIDE, "height": height})
    figure.insert_chart(top, 0, chart, {"description": exhibit.alt, "object_position": 3})
    return top + height // ROW + 1


def _grid(book: Book, figure: Worksheet, data: Worksheet, exhibit: Exhibit, top: int) -> int:
    found = grid(exhibit.spec)
    for column, series in enumerate(exhibit.spec.series if exhibit.spec.kind is not Kind.CROSS else ()):
        figure.write_blank(top, 1 + column * 6, None, _filled(book, LIGHT.inks[series.meaning]))
        _write(book, figure, top, 2 + column * 6, series.label)
    top += 2
    _write(book, figure, top, 0, found.corner, bold=True)
    figure.set_column(0, 0, max((ruler.width(name, 11) for name in found.down), default=0) / 5.5 + 1)
    figure.set_column(1, len(found.across), max(4.5, ruler.width(found.widest, 11) / DIGIT + 1))
    for column, name in enumerate(found.across, start=1):
        stands = not name.isdigit() and found.must_stand(4.5 * DIGIT, 9) and len(found.widest) < len(name)
        look = {"align": "center", "font_size": 9} | ({"rotation": 90} if stands else {"text_wrap": True})
        _write(book, figure, top, column, int(name) if name.isdigit() else name, **look)
    for row, (name, line) in enumerate(zip(found.down, found.cells, strict=True), start=top + 1):
        _write(book, figure, row, 0, name, **({"bold": True} if row - top - 1 in found.headings else {}))
        for column, cell in enumerate(line, start=1):
            if cell is None:
                continue
            if cell.count is None:
                figure.write_string(row, column, cell.text, _filled(book, cell.ink))
            else:
                figure.write_number(row, column, cell.count, _filled(book, cell.ink))
    _data(book, data, exhibit)
    return top + len(found.down) + 1


def _rows(book: Book, figure: Worksheet, data: Worksheet, exhibit: Exhibit, top: int) -> int:
    found = rows(exhibit.spec)
    _table(book, figure, top, found.header, found.cells, is_wrapped=True)
    _data(book, data, exhibit)
    return top + len(found.cells) + 1


def _data(book: Book, data: Worksheet, exhibit: Exhibit) -> None:
    found = rows(exhibit.spec, with_codes=True, with_links=True)
    _table(book, data, 0, found.header, found.cells)


def _table(
    book: Book,
    sheet: Worksheet,
    top: int,
    header: Sequence[str],
    cells: Iterable[Sequence[Cell | None]],
    *,
    is_wrapped: bool = False,
) -> None:
    lines = list(cells)
    for column, name in enumerate(header):
        _write(book, sheet, top, column, name, bold=True, bottom=1, bottom_color=QUIET)
        longest = max([len(name) + 2, *(len(str(line[column])) for line in lines if line[column] is not None)])
        sheet.set_column(column, column, min(longest + 1, NARROW if is_wrapped else WIDEST))
    for row, line in enumerate(lines, start=top + 1):
        if is_wrapped:
            sheet.set_row(row, _height(line, NARROW))
        for column, cell in enumerate(line):
            _write(book, sheet, row, column, cell, **({"text_wrap": True, "valign": "top"} if is_wrapped else {}))
    if not top:
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(lines), 1), len(header) - 1)


def _lines(book: Book, sheet: Worksheet, row: int, text: str, size: float) -> int:
    """Write a long text over as many rows as a page is wide; returns the row below."""
    for line in ruler.wrap(text, WIDE * POINTS_PER_PIXEL / ruler.OFFICE, size, has_all_signs=True):
        _write(book, sheet, row, 0, line, font_size=size, font_color=QUIET)
        row += 1
    return row


def _height(cells: Sequence[Cell | None], width: int) -> float:
    """The height of a row of wrapped cells; Excel would find it itself, others do not."""
    room = width * DIGIT
    return LINE * max(len(ruler.wrap(str(cell), room / ruler.OFFICE, 11)) for cell in cells)


def _write(book: Book, sheet: Worksheet, row: int, column: int, cell: Cell | None, **look: Any) -> None:
    """Write a number as a number and text as text. Text that looks like a formula keeps its quote when it is edited."""
    if isinstance(cell, str):
        quoted = {"quote_prefix": True} if cell.startswith(FORMULA) else {}
        sheet.write_string(row, column, cell, book.format(**look, **quoted))
    elif cell is not None:
        sheet.write_number(row, column, cell, book.format(**look))


def _filled(book: Book, ink: Ink) -> Any:
    look: dict[str, Any] = {"align": "center", "font_color": ink.text, "border": 1, "border_color": "#ffffff"}
    if ink.line.startswith("#"):
        look["border_color"] = ink.line
    if ink.pattern:  # a pattern is drawn in the foreground colour
        look |= {"pattern": SHADES[ink.pattern], "fg_color": ink.pattern_colour, "bg_color": ink.fill}
    else:
        look |= {"pattern": 1, "fg_color": ink.fill}
    return book.format(**look)


def _look(ink: Ink) -> dict[str, Any]:
    border = {"border": {"color": ink.line, "width": 0.75} if ink.line.startswith("#") else {"none": True}}
    if ink.pattern:
        pattern = {"pattern": CHART_PATTERNS[ink.pattern], "fg_color": ink.pattern_colour, "bg_color": ink.fill}
        return {"pattern": pattern, **border}
    return {"fill": {"color": ink.fill}, **border}


KINDS: Final[dict[Kind, Callable[[Book, Worksheet, Worksheet, Exhibit, int], int]]] = {
    Kind.BAR: _bars,
    Kind.ROWS: _bars,
    Kind.SHARE: _share,
    Kind.GRID: _grid,
    Kind.CROSS: _grid,
    Kind.MATRIX: _grid,
    Kind.STEPS: _bars,
}

"""What sheets of an Excel workbook are written with: formats, tables, wrapped lines, fills, the place of a chart."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.figures import ruler
from dashboard.figures.exhibit import Exhibit
from dashboard.figures.numbers import FORMULA, Cell, rows
from dashboard.figures.palette import LIGHT, Ink
from dashboard.figures.spans import NEARLY

SHADES: Final = {"/": 14, "\\": 13, ".": 18, "x": 16, "|": 12}  # Excel's numbers for cell patterns
CHART_PATTERNS: Final = {
    "/": "wide_upward_diagonal",
    "\\": "wide_downward_diagonal",
    ".": "dotted_grid",
    "x": "diagonal_cross",
    "|": "light_vertical",
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


def place(chart: Any, figure: Worksheet, exhibit: Exhibit, top: int, height: int, *, has_legend: bool) -> int:
    """Put a chart on the figure's sheet; returns the row below it."""
    chart.set_legend({"position": "top", "font": FONT} if has_legend else {"none": True})
    chart.set_title({"none": True})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": WIDE, "height": height})
    figure.insert_chart(top, 0, chart, {"description": exhibit.alt, "object_position": 3})
    return top + height // ROW + 1


def table(
    book: Book,
    sheet: Worksheet,
    top: int,
    header: Sequence[str],
    cells: Iterable[Sequence[Cell | None]],
    *,
    is_wrapped: bool = False,
    shares: Collection[int] = (),
    lang: str = "en",
) -> None:
    """Names in bold, then the rows; a sheet of its own can be filtered and keeps its header, printed too.

    *shares* are the places of columns that show percent as *lang* writes it; what is in their cells stays whole.
    """
    found = list(cells)
    is_number = [_is_number([line[column] for line in found]) for column in range(len(header))]
    for column, name in enumerate(header):
        beside = _beside(is_number, column)
        write(book, sheet, top, column, name, bold=True, bottom=1, bottom_color=QUIET, **beside)
        longest = max([len(name) + 2, *(len(str(line[column])) for line in found if line[column] is not None)])
        sheet.set_column(column, column, min(longest + 1, NARROW if is_wrapped else WIDEST))
    for row, line in enumerate(found, start=top + 1):
        if is_wrapped:
            sheet.set_row(row, height(line, NARROW))
        for column, cell in enumerate(line):
            look: dict[str, Any] = {"text_wrap": True, "valign": "top"} if is_wrapped else {}
            if column in shares and isinstance(cell, int | float):
                look["num_format"] = percent(cell, lang)
            write(book, sheet, row, column, cell, **look, **_beside(is_number, column))
    if not top:
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(len(found), 1), len(header) - 1)


def _is_number(cells: Sequence[Cell | None]) -> bool:
    """Whether a column holds numbers and nothing else."""
    told = [cell for cell in cells if cell not in {None, ""}]
    return bool(told) and all(isinstance(cell, int | float) for cell in told)


def _beside(is_number: Sequence[bool], column: int) -> dict[str, Any]:
    """How a column is set: numbers to the right, and text away from the numbers before it."""
    if is_number[column]:
        return {"align": "right"}
    return {"align": "left", "indent": 1} if column and is_number[column - 1] else {}


def read(book: Book, figure: Worksheet, top: int, exhibit: Exhibit) -> int:
    """The rows of the figure for reading, from row *top* on; returns the row below them."""
    found, lang = rows(exhibit.spec), exhibit.spec.passport.lang
    table(book, figure, top, found.header, found.cells, is_wrapped=True, shares=found.shares, lang=lang)
    return top + len(found.cells) + 1


def percent(share: float, lang: str) -> str:
    """The format in which a cell shows a share as the screen says it: ">99%" for what is nearly all."""
    sign = "\u00a0%" if lang == "ru" else "%"
    if 0 < share < NEARLY:
        return f'[<{NEARLY}]"<1{sign}";0{sign}'
    if 1 - NEARLY < share < 1:
        return f'[>{1 - NEARLY}]">99{sign}";0{sign}'
    return f"0{sign}"


def numbers(book: Book, data: Worksheet, exhibit: Exhibit) -> None:
    """The whole table behind the figure, with codes and addresses, on the sheet of data."""
    found = rows(exhibit.spec, with_codes=True, with_links=True)
    table(book, data, 0, found.header, found.cells)


def lines(book: Book, sheet: Worksheet, row: int, text: str, size: float) -> int:
    """Write a long text over as many rows as a page is wide; returns the row below."""
    for line in ruler.wrap(text, WIDE * POINTS_PER_PIXEL / ruler.OFFICE, size, has_all_signs=True):
        write(book, sheet, row, 0, line, font_size=size, font_color=QUIET)
        row += 1
    return row


def height(cells: Sequence[Cell | None], width: int) -> float:
    """The height of a row of wrapped cells; Excel would find it itself, others do not."""
    room = width * DIGIT
    return LINE * max(len(ruler.wrap(str(cell), room / ruler.OFFICE, 11)) for cell in cells)


def write(book: Book, sheet: Worksheet, row: int, column: int, cell: Cell | None, **look: Any) -> None:
    """Write a number as a number and text as text. Text that looks like a formula keeps its quote when it is edited."""
    if isinstance(cell, str):
        quoted = {"quote_prefix": True} if cell.startswith(FORMULA) else {}
        sheet.write_string(row, column, cell, book.format(**look, **quoted))
    elif cell is not None:
        rounded = {"num_format": "0.###"} if "text_wrap" in look and not float(cell).is_integer() else {}
        sheet.write_number(row, column, cell, book.format(**{**rounded, **look}))


def filled(book: Book, ink: Ink) -> Any:
    """A cell filled with a meaning, its pattern too."""
    how: dict[str, Any] = {"align": "center", "font_color": ink.text, "border": 1, "border_color": "#ffffff"}
    if ink.line.startswith("#"):
        how["border_color"] = ink.line
    if ink.pattern:  # a pattern is drawn in the foreground colour
        how |= {"pattern": SHADES[ink.pattern], "fg_color": ink.pattern_colour, "bg_color": ink.fill}
    else:
        how |= {"pattern": 1, "fg_color": ink.fill}
    return book.format(**how)


def look(ink: Ink) -> dict[str, Any]:
    """How a part of a chart is filled: colour, outline and pattern as on the screen."""
    border = {"border": {"color": ink.line, "width": 0.75} if ink.line.startswith("#") else {"none": True}}
    if ink.pattern:
        pattern = {"pattern": CHART_PATTERNS[ink.pattern], "fg_color": ink.pattern_colour, "bg_color": ink.fill}
        return {"pattern": pattern, **border}
    return {"fill": {"color": ink.fill}, **border}

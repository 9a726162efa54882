"""A table on a printed page: columns as wide as their words need, every cell wrapped."""

from collections.abc import Sequence
from typing import Final

from dashboard.figures import ruler
from dashboard.figures.numbers import Cell, Rows
from dashboard.figures.printing.page import QUIET, Block, Page, paragraph
from dashboard.i18n.translator import translator

SIZE: Final = 9.0
GAP: Final = 12.0
PAD: Final = 4.0
MOST_ROWS: Final = 60  # a longer picture is of no use; documents and sheets hold all of them


def table(found: Rows, width: float, lang: str) -> list[Block]:
    """The rows, and how many more there are where a picture has no room for them."""
    t = translator(lang)
    shown = found.words(lang)[:MOST_ROWS]
    widths = ruler.columns([list(found.header), *shown], width - GAP * (len(found.header) - 1), SIZE)
    numeric = [_is_number([row[n] for row in found.cells]) for n in range(len(found.header))]
    blocks = [_row(list(found.header), widths, numeric, is_head=True)]
    blocks += [_row(row, widths, numeric) for row in shown]
    if more := len(found.cells) - len(shown):
        said = t.n(
            "and {n} more row; the Excel and CSV files hold all",
            "and {n} more rows; the Excel and CSV files hold all",
            more,
        )
        blocks.append(paragraph(said, SIZE, width, colour=QUIET))
    return [*blocks, Block(8, lambda *_: None)]


def _row(cells: Sequence[str], widths: list[float], numeric: list[bool], *, is_head: bool = False) -> Block:
    lines = [ruler.wrap(cell, room, SIZE, bold=is_head) for cell, room in zip(cells, widths, strict=True)]
    height = max(len(found) for found in lines) * SIZE * ruler.LINE + 2 * PAD

    def draw(page: Page, left: float, top: float, width: float) -> None:
        x = left
        for found, room, is_number in zip(lines, widths, numeric, strict=True):
            for number, line in enumerate(found):
                y = top + PAD + number * SIZE * ruler.LINE
                how = {"ha": "right"} if is_number else {}
                page.text(x + (room if is_number else 0), y, line, SIZE, weight="bold" if is_head else "normal", **how)
            x += room + GAP
        page.line(left, top + height - 0.8, width, QUIET if is_head else "#c9d1d8", 1.0 if is_head else 0.5)

    return Block(height, draw)


def _is_number(cells: Sequence[Cell]) -> bool:
    return bool(cells) and all(isinstance(cell, int | float) for cell in cells)

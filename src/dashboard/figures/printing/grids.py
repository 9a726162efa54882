"""Cells on a printed page: years by countries, pairs of names, the matrix of the law."""

from collections.abc import Sequence
from typing import Final

from dashboard.figures import ruler
from dashboard.figures.grid import Cell, grid
from dashboard.figures.palette import Ink
from dashboard.figures.printing.keys import SIZE, legend, shown
from dashboard.figures.printing.page import QUIET, Block, Page
from dashboard.figures.spec import FigureSpec, Kind

CELL: Final = 0.9
ROW: Final = 20.0
WIDEST: Final = 0.4  # of the width, for the names of the rows


def cells(spec: FigureSpec, width: float) -> list[Block]:
    """Cells of x by y: the fill says what is known, and the number how many."""
    found = grid(spec)
    small = SIZE * 0.85
    gutter = min(max(ruler.width(name, SIZE) for name in found.down) + 10, width * WIDEST)
    each = (width - gutter) / len(found.across)
    stands = found.must_stand(each - 4, small)
    is_named_above = spec.kind is Kind.CROSS
    names = [[name] if stands else ruler.wrap(name, each - 4, small) for name in found.across]
    head: float = (
        max(ruler.width(name, small) for name in found.across) if stands else max(map(len, names)) * small * 1.2
    )
    above = head + 6 if is_named_above else 0.0

    def draw(page: Page, left: float, top: float, room: float) -> None:
        del room
        if is_named_above:
            _heads(page, (left + gutter, top), names, each, head, stands=stands)
        for number, (name, line) in enumerate(zip(found.down, found.cells, strict=True)):
            y = top + above + number * ROW
            page.text(left + gutter - 8, y + ROW / 2, name, SIZE, ha="right", va="center")
            for place, cell in enumerate(line):
                if cell is None:
                    continue
                x = left + gutter + place * each
                page.box(x + each * 0.05, y + 1, each * CELL, ROW - 2, cell.ink)
                if cell.count is not None:
                    how = {"ha": "center", "va": "center", "color": cell.ink.text}
                    page.text(x + each / 2, y + ROW / 2, str(cell.count), small, **how)
        for place in () if is_named_above else shown(found.across, each):
            x = left + gutter + (place + 0.5) * each
            page.text(x, top + len(found.down) * ROW + 4, found.across[place], SIZE, ha="center", color=QUIET)

    foot = 8.0 if is_named_above else SIZE * ruler.LINE + 8
    meanings = [] if is_named_above else legend(spec.series, width)
    return [*meanings, Block(above + len(found.down) * ROW + foot, draw)]


def matrix(spec: FigureSpec, width: float) -> list[Block]:
    """Names across, names down in groups, each cell filled, patterned and worded as on the screen."""
    found = grid(spec)
    small = SIZE * 0.85
    names = [ruler.wrap(name, width * WIDEST - 10, small) for name in found.down]
    broad = (ruler.width(line, small) for lines in names for line in lines)
    gutter = max(broad, default=0.0) + 10
    each = min((width - gutter) / max(len(found.across), 1), 150.0)
    stands = any(ruler.width(word, small) > each - 4 for name in found.across for word in name.split())
    heads = [[name] if stands else ruler.wrap(name, each - 4, small) for name in found.across]
    head: float = max(ruler.width(n, small) for n in found.across) if stands else max(map(len, heads)) * small * 1.2
    heights = [max(len(lines) * small * 1.2 + 3, ROW - 2) for lines in names]

    def draw(page: Page, left: float, top: float, _: float) -> None:
        _heads(page, (left + gutter, top), heads, each, head, stands=stands)
        y = top + head + 6
        for place, (lines, height, line) in enumerate(zip(names, heights, found.cells, strict=True)):
            if place in found.headings:
                for number, words in enumerate(lines):
                    page.text(left, y + 4 + number * small * 1.2, words, small, weight="bold")
                y += height
                continue
            for number, words in enumerate(lines):
                middle = y + height / 2 + (number - (len(lines) - 1) / 2) * small * 1.2
                page.text(left + gutter - 8, middle, words, small, ha="right", va="center")
            _line(page, (left + gutter, y), line, each, height)
            y += height

    return [*legend(spec.series, width), Block(head + 6 + sum(heights) + 8, draw)]


def _heads(
    page: Page, at: tuple[float, float], heads: list[list[str]], each: float, head: float, *, stands: bool
) -> None:
    small = SIZE * 0.85
    how = {"ha": "center", "color": QUIET, "va": "bottom"}
    for place, words in enumerate(heads):
        x = at[0] + (place + 0.5) * each
        if stands:
            page.text(x, at[1] + head, words[0], small, rotation=90, **how)
        for number, word in enumerate(() if stands else reversed(words)):
            page.text(x, at[1] + head - number * small * 1.2, word, small, **how)


def _line(page: Page, at: tuple[float, float], line: Sequence[Cell | None], each: float, height: float) -> None:
    small = SIZE * 0.85
    for place, cell in enumerate(line):
        if cell is None:
            continue
        x = at[0] + place * each
        page.box(x + 1, at[1] + 1, each - 2, height - 2, cell.ink)
        if cell.text and ruler.width(cell.text, small) < each - 4:
            wide = ruler.width(cell.text, small) + 4
            if cell.ink.pattern:
                page.box(x + each / 2 - wide / 2, at[1] + 3, wide, height - 6, Ink(cell.ink.fill))
            how = {"ha": "center", "va": "center", "color": cell.ink.text}
            page.text(x + each / 2, at[1] + height / 2, cell.text, small, **how)

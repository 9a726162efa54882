"""Long texts on a printed page: each row of a table a card, its first column the heading."""

from typing import Final

from dashboard.figures import ruler
from dashboard.figures.numbers import Rows, rows, said
from dashboard.figures.printing.page import QUIET, Block, Page, paragraph
from dashboard.figures.spec import FigureSpec
from dashboard.i18n.translator import translator

SIZE: Final = 9.0
MOST: Final = 20  # cards; a longer picture is of no use
NAMES: Final = 0.22  # of the width, for the names of what is said


def cards(spec: FigureSpec, width: float) -> list[Block]:
    """Every card with what it says; what is empty is left out."""
    found, lang = rows(spec), spec.passport.lang
    blocks = [_card(found, number, width, lang) for number in range(min(len(found.cells), MOST))]
    if (more := len(found.cells) - MOST) > 0:
        t = translator(lang)
        rest = t.n(
            "and {n} more row; the Excel and CSV files hold all",
            "and {n} more rows; the Excel and CSV files hold all",
            more,
        )
        blocks.append(paragraph(rest, SIZE, width, colour=QUIET))
    return [*blocks, Block(6, lambda *_: None)]


def _card(found: Rows, number: int, width: float, lang: str) -> Block:
    (_, heading), *facts = said(found, number, lang) or [("", "")]
    aside = width * NAMES
    title = ruler.wrap(heading, width, SIZE * 1.2, bold=True)
    lines = [(ruler.wrap(n, aside - 8, SIZE), ruler.wrap(words, width - aside, SIZE)) for n, words in facts]
    line, head = SIZE * ruler.LINE, len(title) * SIZE * 1.2 * ruler.LINE + 2
    height = head + sum(max(len(a), len(b)) for a, b in lines) * line + 12

    def draw(page: Page, left: float, top: float, room: float) -> None:
        for nth, words in enumerate(title):
            page.text(left, top + nth * SIZE * 1.2 * ruler.LINE, words, SIZE * 1.2, weight="bold")
        y = top + head
        for names, texts in lines:
            for nth, words in enumerate(names):
                page.text(left, y + nth * line, words, SIZE, color=QUIET)
            for nth, words in enumerate(texts):
                page.text(left + aside, y + nth * line, words, SIZE)
            y += max(len(names), len(texts)) * line
        page.line(left, top + height - 7, room, "#c9d1d8")

    return Block(height, draw)

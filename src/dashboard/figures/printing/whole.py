"""A whole figure for print: title, caption, chart, passport, and the link with its QR code."""

from collections.abc import Sequence
from typing import Final, Literal
from xml.sax.saxutils import escape

from dashboard.figures import qr
from dashboard.figures.exhibit import Exhibit, Words
from dashboard.figures.palette import Ink
from dashboard.figures.printing.charts import chart
from dashboard.figures.printing.page import ANY, MARGIN, QUIET, WIDTH, Block, Page, Space, paragraph, save, side_by_side

GAP: Final = 24.0
COLUMN: Final = 560.0  # a page's column, a little enlarged so that its text is a little smaller than the page's
CODE: Final = 64.0  # points: 2.3 cm, which a phone reads from a page
Picture = Literal["png", "svg"]


def picture(exhibits: Sequence[Exhibit], kind: Picture) -> bytes:
    """One picture of the figure with all that travels with it."""
    room = WIDTH - 2 * MARGIN
    blocks: list[Block] = []
    for number, exhibit in enumerate(exhibits):
        blocks += [Block(30, lambda *_: None)] if number else []
        blocks += _whole(exhibit, room)
    notes = "\n".join(f"{name}: {value}" for exhibit in exhibits for w in exhibit.words for name, value in w.notes)
    drawn = save(blocks, kind, title=exhibits[0].title, alt=exhibits[0].alt, notes=notes)
    return _described(drawn, kind, exhibits[0])


def drawing(exhibit: Exhibit, kind: Picture = "svg", width: float = COLUMN, space: Space = ANY) -> bytes:
    """The chart alone, for a document that has its own words around it; *width* in points."""
    blocks = chart(exhibit.spec, width, space)
    return save(blocks, kind, title=exhibit.title, alt=exhibit.alt, margin=0, width=width)


def height(exhibit: Exhibit, width: float = COLUMN, space: Space = ANY) -> float:
    """How high the drawing is, in points."""
    return sum(block.height for block in chart(exhibit.spec, width, space))


def _whole(exhibit: Exhibit, room: float) -> list[Block]:
    words = exhibit.words
    each = (room - GAP * (len(words) - 1)) / len(words)
    heads = [
        [paragraph(w.title, 16, each, bold=True, after=3), paragraph(w.caption, 10, each, colour=QUIET, after=10)]
        for w in words
    ]
    below = (room - CODE - GAP - GAP * (len(words) - 1)) / len(words)
    feet = [[paragraph(_foot(w), 8, below, colour=QUIET, after=2)] for w in words]
    addresses = [[paragraph(f"{w.reopen} {w.link}", 7.5, below, colour=QUIET)] for w in words]
    said = side_by_side([a + b for a, b in zip(feet, addresses, strict=True)], GAP)
    return [
        side_by_side(heads, GAP),
        *chart(exhibit.spec, room),
        Block(max(said.height, CODE + 4), lambda page, x, y, w: _bottom(page, x, y, w, said, words[0])),
    ]


def _foot(words: Words) -> str:
    return " · ".join(words.facts)


def _bottom(page: Page, left: float, top: float, width: float, said: Block, words: Words) -> None:
    page.line(left, top, width, "#c9d1d8")
    said.draw(page, left, top + 6, width - CODE - GAP)
    cells = qr.cells(words.link)
    each = CODE / len(cells)
    x, y = left + width - CODE, top + 6
    for row, line in enumerate(cells):
        start = None
        for column, is_dark in enumerate([*line, False]):  # neighbours are drawn as one: no hair lines between them
            if is_dark and start is None:
                start = column
            elif not is_dark and start is not None:
                page.box(x + start * each, y + row * each, (column - start) * each, each, Ink("#000000"))
                start = None


def _described(file: bytes, kind: Picture, exhibit: Exhibit) -> bytes:
    """Put the words for those who hear the figure where a browser and a screen reader look for them in an SVG."""
    if kind == "png":
        return file
    start = file.index(b"<svg")
    end = file.index(b">", start)
    words = f"<title>{escape(exhibit.title)}</title><desc>{escape(exhibit.alt)}</desc>"
    lang = exhibit.words[0].lang
    return file[:end] + f' role="img" xml:lang="{lang}">'.encode() + words.encode() + file[end + 1 :]

"""Figures that are native tables in Word: grids of cells, and rows for reading."""

from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document as Text
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from dashboard.figures import ruler
from dashboard.figures.exhibit import Exhibit
from dashboard.figures.grid import grid, short
from dashboard.figures.numbers import rows, said
from dashboard.figures.palette import LIGHT, Ink

TWIPS: Final = 567.0  # per cm
POINTS: Final = 28.35  # per cm
SHADES: Final = {
    "/": "thinDiagStripe",
    "\\": "thinReverseDiagStripe",
    ".": "pct10",
    "x": "thinDiagCross",
    "|": "thinVertStripe",
}
WHITE: Final = "FFFFFF"
RULE: Final = "C9D1D8"
HEAD: Final = "4A5A67"
GAP: Final = (
    f'<w:p {nsdecls("w")}><w:pPr><w:keepNext/><w:spacing w:after="0" w:line="120" w:lineRule="exact"/></w:pPr></w:p>'
)
EDGES: Final = ("top", "left", "bottom", "right")
PAD: Final = 0.2  # cm on either side of a cell's text
SIZE: Final = 8.5
TOGETHER: Final = 24  # rows of a table that is not parted
TAIL: Final = 2  # rows of a longer one that stay with what is above and below it
NAMES: Final = 3.6  # cm, for the names of what a card says


def rows_table(text: Text, exhibit: Exhibit, room: float) -> None:
    """Rows for reading: the whole table, its header repeated on every page. Any kind that has no chart of its own."""
    lang = exhibit.spec.passport.lang
    found = rows(exhibit.spec)
    if found.is_one_of_many:
        cards(text, exhibit, room)
        return
    cells = found.words(lang)
    inner = (room - 2 * PAD * len(found.header)) * POINTS
    widths = ruler.columns([list(found.header), *cells], inner / ruler.OFFICE, SIZE)
    wide = [width * ruler.OFFICE / POINTS + 2 * PAD for width in widths]
    lines = [_row([_cell(v, w, bold=True, under=HEAD) for v, w in zip(found.header, wide, strict=True)], is_head=True)]
    lines += [_row([_cell(v, w, under=RULE) for v, w in zip(row, wide, strict=True)]) for row in cells]
    _add(text, exhibit, lines, wide, side=PAD)


def cards(text: Text, exhibit: Exhibit, room: float) -> None:
    """Each row a card: its heading, then what each column says, in two columns; what is empty is left out."""
    found, lang = rows(exhibit.spec), exhibit.spec.passport.lang
    wide = [NAMES, room - NAMES]
    lines = []
    for number in range(len(found.cells)):
        for place, (name, words) in enumerate(said(found, number, lang)):
            under = HEAD if place == 0 else RULE
            lines.append(_row([_cell(name, wide[0], under=under), _cell(words, wide[1], bold=place == 0, under=under)]))
    _add(text, exhibit, lines, wide, side=PAD)


def grid_table(text: Text, exhibit: Exhibit, room: float) -> None:
    """A grid, every cell filled as on the screen, its count in it, and above it what the fills mean."""
    found = grid(exhibit.spec)
    _legend(text, exhibit)
    first = min(max((ruler.width(name, 8) for name in found.down), default=0) * ruler.OFFICE / POINTS + 0.2, room / 3)
    least = max(1.0, ruler.width(found.widest, 7) * ruler.OFFICE / POINTS + 0.3)
    most = (room - first) / max(len(found.across), 1)
    lies = found.word(6) / POINTS + 0.2  # where there is room for it, names lie rather than stand
    each = min(most, max(least, lies if lies <= most else 0))
    wide = [first, *[each] * len(found.across)]
    is_short = each * POINTS < ruler.width("2000", 6) * ruler.OFFICE + 2
    names = [short(name) if is_short else name for name in found.across]
    head = [_cell(found.corner, first, size=7, bold=True), *(_cell(name, each, size=6, center=True) for name in names)]
    if found.must_stand(each * POINTS, 6):
        tall = max(ruler.width(name, 6) for name in found.across) / POINTS + 0.3
        turned = [cell.replace("<w:vAlign", '<w:textDirection w:val="btLr"/><w:vAlign') for cell in head[1:]]
        lines = [_row([head[0], *turned], is_head=True, height=tall)]
    else:
        lines = [_row(head, is_head=True)]
    for place, (name, line) in enumerate(zip(found.down, found.cells, strict=True)):
        cells = [_cell(name, first, size=8, bold=place in found.headings)]
        for one in line:
            words = one.words if one else ""
            cells.append(_cell(words, each, size=7, center=True, ink=one.ink if one else None))
        lines.append(_row(cells))
    _add(text, exhibit, lines, wide, side=0)


def _legend(text: Text, exhibit: Exhibit) -> None:
    """What each fill means: swatches with their names, in one table of two cells a meaning."""
    swatch, gap, size = 0.6, 0.25, 8.0
    cells: list[str] = []
    wide: list[float] = []
    for series in exhibit.spec.series:
        width = ruler.width(series.label, size) * ruler.OFFICE / POINTS + gap + 0.2
        cells.append(_cell("", swatch, ink=LIGHT.inks[series.meaning], framed=True))
        cells.append(_cell(" " + series.label, width, size=size))
        wide += [swatch, width]
    lines, room = [], 17.0
    while cells:
        taken, used = 0, 0.0
        while taken < len(cells) and (not taken or used + wide[taken] + wide[taken + 1] <= room):
            used += wide[taken] + wide[taken + 1]
            taken += 2
        lines.append((cells[:taken], wide[:taken]))
        cells, wide = cells[taken:], wide[taken:]
    for some, theirs in lines:
        _add(text, exhibit, [_row(some)], theirs, side=0, is_figure=False)


def _add(
    text: Text,
    exhibit: Exhibit,
    lines: Sequence[str],
    widths: Sequence[float],
    *,
    side: float,
    is_figure: bool = True,
) -> None:
    """Put a table before the end of the document, and a small gap after it: Word would join two tables."""
    said = f"<w:tblCaption w:val={quoteattr(exhibit.title)}/><w:tblDescription w:val={quoteattr(exhibit.alt)}/>"
    columns = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    margins = "".join(f'<w:{edge} w:w="{_twips(side)}" w:type="dxa"/>' for edge in ("left", "right"))
    table = (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{_twips(sum(widths))}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        f'<w:tblLook w:val="0020" w:firstRow="1"/>{said if is_figure else ""}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(_kept(lines))}</w:tbl>"
    )
    body = text.element.body
    body.insert(len(body) - 1, parse_xml(table))  # the last element holds the page's size and must stay last
    body.insert(len(body) - 1, parse_xml(GAP))


def _kept(lines: Sequence[str]) -> list[str]:
    """Rows that stay on one page: all of a short table, else its beginning, and its end with the passport below it."""
    is_short, last = len(lines) <= TOGETHER, len(lines) - TAIL
    return [
        line.replace("<w:pPr>", "<w:pPr><w:keepNext/>") if is_short or place < TAIL or place >= last else line
        for place, line in enumerate(lines)
    ]


def _row(cells: Sequence[str], *, is_head: bool = False, height: float = 0) -> str:
    head = "<w:tblHeader/>" if is_head else ""
    tall = f'<w:trHeight w:val="{_twips(height)}" w:hRule="atLeast"/>' if height else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{tall}{head}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(
    words: str, width: float, *, size: float = SIZE, bold: bool = False, center: bool = False,
    ink: Ink | None = None, under: str = "", framed: bool = False,
) -> str:  # fmt: skip
    edges = ""
    if ink:
        edge = ink.line.lstrip("#").upper() if framed and ink.line.startswith("#") else WHITE
        edges = "".join(
            f'<w:{s} w:val="single" w:sz="8" w:color="{edge}"/>' for s in ("top", "left", "bottom", "right")
        )
    elif under:
        edges = f'<w:bottom w:val="single" w:sz="4" w:color="{under}"/>'
    shade = ""
    if ink:
        pattern, front = SHADES.get(ink.pattern, "clear"), ink.pattern_colour.lstrip("#").upper() or "auto"
        shade = f'<w:shd w:val="{pattern}" w:color="{front}" w:fill="{ink.fill.lstrip("#").upper()}"/>'
    colour = (ink.text if ink else LIGHT.text).lstrip("#").upper()
    run = (
        f'<w:rPr>{"<w:b/>" if bold else ""}<w:color w:val="{colour}"/><w:sz w:val="{round(size * 2)}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(words)}</w:t>'
    )
    across, down = ("center", "center") if center else ("left", "top")
    room = '<w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/><w:tcBorders>{edges}</w:tcBorders>{shade}'
        f'<w:vAlign w:val="{down}"/></w:tcPr><w:p><w:pPr>{room}<w:jc w:val="{across}"/></w:pPr>'
        f"<w:r>{run}</w:r></w:p></w:tc>"
    )


def _twips(cm: float) -> int:
    return round(cm * TWIPS)

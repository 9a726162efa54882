"""Word: a figure with its caption, a native chart or table, its passport and its link."""

import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from docx import Document
from docx.document import Document as Text
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph

from dashboard.figures import qr
from dashboard.figures.exhibit import Exhibit, Words
from dashboard.figures.office import word_chart, word_tables
from dashboard.figures.spec import PICTURES, Kind
from dashboard.figures.stacked import STACKED
from dashboard.i18n.translator import translator

PAGE: Final = (21.0, 29.7)
MARGIN: Final = 2.0
ROOM: Final = PAGE[0] - 2 * MARGIN
CODE: Final = 1.9
TALLEST: Final = 20.0  # cm of a picture: its words stay on the same page
FONT: Final = "Calibri"
TEXT: Final = RGBColor(0x16, 0x23, 0x2E)
QUIET: Final = RGBColor(0x4A, 0x5A, 0x67)
LANGUAGES: Final = {"en": "en-GB", "ru": "ru-RU"}
SIZES: Final = {"Title": 24, "Heading 1": 16, "Heading 2": 13}


def new(title: str, lang: str, as_of: str) -> Text:
    """An empty A4 document in one language, which knows its title."""
    text = Document()
    section = text.sections[0]
    section.page_width, section.page_height = Cm(PAGE[0]), Cm(PAGE[1])
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN)
    for name, size in {"Normal": 10.5, **SIZES}.items():
        style = text.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), TEXT
        fonts = style.element.rPr.rFonts
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), FONT)
        for theme in [key for key in fonts.attrib if "heme" in key]:
            del fonts.attrib[theme]
    language = text.styles.element.find(".//" + qn("w:lang"))
    language.set(qn("w:val"), LANGUAGES[lang])
    said = text.core_properties
    said.title, said.language, said.comments = title, LANGUAGES[lang], ""
    said.author = said.last_modified_by = translator(lang)("Illegal wildlife trade in High Asia")
    if as_of:
        said.created = said.modified = datetime.fromisoformat(as_of).replace(tzinfo=UTC)
    return text


def document(exhibits: Sequence[Exhibit]) -> bytes:
    """A document of these figures alone."""
    passport = exhibits[0].spec.passport
    text = new(exhibits[0].title, passport.lang, passport.as_of)
    for exhibit in exhibits:
        add(text, exhibit)
    return saved(text)


def saved(text: Text) -> bytes:
    """The bytes of a document."""
    file = io.BytesIO()
    text.save(file)
    return file.getvalue()


def add(text: Text, exhibit: Exhibit, level: int = 1) -> None:
    """Add a figure: heading, caption, chart or table, passport."""
    if len(exhibit.words) == 1:
        heading = text.add_heading(exhibit.words[0].title, level)
        heading.paragraph_format.space_after, heading.paragraph_format.keep_with_next = Pt(2), True
        caption(text.add_paragraph(), exhibit.words[0])
    else:
        beside = bare_table(text, 1, len(exhibit.words), [ROOM / len(exhibit.words)] * len(exhibit.words))
        for cell, said in zip(beside.rows[0].cells, exhibit.words, strict=True):
            heading = cell.paragraphs[0]
            heading.style = text.styles[f"Heading {level}"]
            spoken(heading, said.title, said.lang)
            caption(cell.add_paragraph(), said)
    KINDS.get(exhibit.spec.kind, word_tables.rows_table)(text, exhibit, ROOM)
    foot(text, exhibit)


def caption(paragraph: Paragraph, words: Words) -> None:
    """The caption under a title; it stays with its figure."""
    paragraph.paragraph_format.keep_with_next = True
    spoken(paragraph, words.caption, words.lang).font.color.rgb = QUIET


def spoken(paragraph: Paragraph, words: str, lang: str) -> Any:
    """A run of text that says which language it is in."""
    run = paragraph.add_run(words)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGES[lang])
    run._element.get_or_add_rPr().append(language)  # noqa: SLF001
    return run


def foot(text: Text, exhibit: Exhibit) -> None:
    """The passport in words, the link and its QR code."""
    each = (ROOM - CODE - 0.3) / len(exhibit.words)
    table = bare_table(text, 1, len(exhibit.words) + 1, [each] * len(exhibit.words) + [CODE + 0.3])
    *cells, last = table.rows[0].cells
    for cell, said in zip(cells, exhibit.words, strict=True):
        _small(cell, said)
    picture = last.paragraphs[0].add_run().add_picture(io.BytesIO(qr.png(exhibit.words[0].link)), Cm(CODE))
    describe(picture, f"{exhibit.words[0].reopen} {exhibit.words[0].link}")
    gap = text.add_paragraph().paragraph_format
    gap.space_after, gap.line_spacing = Pt(0), Pt(6)


def _small(cell: Cell, words: Words) -> None:
    facts = cell.paragraphs[0]
    for paragraph, line in ((facts, " · ".join(words.facts)), (cell.add_paragraph(), words.reopen + " ")):
        paragraph.paragraph_format.space_after = Pt(2)
        run = spoken(paragraph, line, words.lang)
        run.font.size, run.font.color.rgb = Pt(8), QUIET
    linked(cell.paragraphs[-1], words.link)


def linked(paragraph: Paragraph, address: str) -> None:
    """Add the address as text that opens it; the library has no such call."""
    relation = paragraph.part.relate_to(
        address, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True
    )
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(address)
    run.font.size, run.font.underline = Pt(8), True
    link.append(run._element)  # noqa: SLF001
    paragraph._p.append(link)  # noqa: SLF001


def bare_table(text: Text, n_rows: int, n_columns: int, widths: Sequence[float]) -> Any:
    """A table that only puts things beside one another, columns of *widths* in cm."""
    table = text.add_table(n_rows, n_columns)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
    return table


def describe(picture: Any, words: str) -> None:
    """Give a picture its alternative text."""
    picture._inline.docPr.set("descr", words)  # noqa: SLF001


def _picture(text: Text, exhibit: Exhibit, room: float) -> None:
    """What Word has no chart for: a sharp picture, then its numbers as a table."""
    from dashboard.figures.printing.whole import drawing

    paragraph = text.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    picture = paragraph.add_run().add_picture(io.BytesIO(drawing(exhibit, "png")), Cm(room))
    if picture.height > Cm(TALLEST):
        picture.width, picture.height = Emu(int(picture.width * Cm(TALLEST) / picture.height)), Cm(TALLEST)
    describe(picture, exhibit.alt)
    word_tables.rows_table(text, exhibit, room)


KINDS: Final[dict[Kind, Callable[[Text, Exhibit, float], None]]] = {
    Kind.BAR: word_chart.chart,
    Kind.ROWS: word_chart.chart,
    Kind.SHARE: word_chart.chart,
    Kind.GRID: word_tables.grid_table,
    Kind.MAP: _picture,
    Kind.CROSS: word_tables.grid_table,
    Kind.MATRIX: word_tables.grid_table,
    Kind.STEPS: word_chart.chart,
    **dict.fromkeys(STACKED, word_chart.chart),
    Kind.INTERVAL: word_chart.with_table,
    Kind.ANSWERS: word_chart.with_table,
    Kind.CARDS: word_tables.cards,
    **dict.fromkeys(PICTURES, _picture),
}

"""What every slide of a figure has: title, caption, passport, link with QR code, speaker's notes, alternative texts."""

import io
from collections.abc import Sequence
from typing import Any, Final

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Inches, Pt

from dashboard.figures import qr, ruler
from dashboard.figures.exhibit import Exhibit, Words
from dashboard.figures.office.native import colour
from dashboard.figures.palette import LIGHT
from dashboard.i18n.translator import translator

WIDE: Final = (13.333, 7.5)
MARGIN: Final = 0.55
ROOM: Final = WIDE[0] - 2 * MARGIN
CODE: Final = 0.95
FOOT: Final = 6.3
LOWEST: Final = 7.2  # where a passport ends
AIR: Final = 0.15  # inches between a figure and the passport
SIZES: Final = (10.0, 9.0)  # of a passport; where even the smaller is too large, the passport begins higher
TITLE_ONLY: Final = 5  # the layout of the built-in template that has a title and nothing else
TEXT: Final = LIGHT.text
QUIET: Final = "#4a5a67"
BAND: Final = "#eef2f5"
SMALL: Final = 11.0
LEAST_TEXT: Final = 9.0  # points: smaller letters nobody reads from a screen
INCH: Final = 72.0
MOST_ROWS: Final = 60  # a longer table belongs into the Excel file
PLAIN: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # Office's own table style "No Style, No Grid"
LINE: Final = 1.2  # line height in the fonts of Office, of the size


def new() -> Deck:
    """An empty presentation, 16:9."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE[0]), Inches(WIDE[1])
    return deck


def saved(deck: Deck) -> bytes:
    """The bytes of a presentation."""
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def about(deck: Deck, title: str, lang: str) -> None:
    """What the file says of itself."""
    said = deck.core_properties
    said.title, said.language = title, lang
    said.author = said.last_modified_by = translator(lang)("Illegal wildlife trade in High Asia")


def framed(deck: Deck, exhibit: Exhibit, remark: str, heading: str = "") -> tuple[Slide, float, float]:
    """A slide with all but the figure itself; returns it with the top and the bottom of what is free, in inches."""
    slide = titled(deck)
    words = exhibit.words
    each = (ROOM - 0.4 * (len(words) - 1)) / len(words)
    size = 28.0 if len(words) == 1 else 22.0
    heads = [lines(f"{w.title}{heading}", each, size, bold=True) for w in words]
    height = max(map(len, heads)) * size * LINE / INCH
    below = MARGIN - 0.1 + height
    captions = [lines(w.caption, each, 14) for w in words]
    for number, said in enumerate(words):
        left = MARGIN + number * (each + 0.4)
        place = slide.shapes.title if number == 0 else None
        write(
            slide, (left, MARGIN - 0.1, each, height), f"{said.title}{heading}", size, said.lang, bold=True, place=place
        )
        caption_height = max(map(len, captions)) * 14 * LINE / INCH
        write(slide, (left, below + 0.03, each, caption_height), said.caption, 14, said.lang, shade=QUIET)
    bottom = _foot(slide, words) - AIR
    notes = [remark, *(f"{w.caption}\n{w.alt}\n" + "\n".join(w.facts) + f"\n{w.reopen} {w.link}" for w in words)]
    speak(slide, "\n\n".join(note for note in notes if note))
    return slide, below + max(map(len, captions)) * 14 * LINE / INCH + 0.15, bottom


def speak(slide: Slide, notes: str) -> None:
    """Write the speaker's notes."""
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:
        frame.text = notes


def lines(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """The lines a text takes in *room* inches."""
    return ruler.wrap(text, room * INCH / ruler.OFFICE, size, bold=bold)


def titled(deck: Deck) -> Slide:
    """A slide with a title and nothing else; the places of the layout are for 4:3 and are taken away."""
    slide: Slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    for shape in [shape for shape in slide.placeholders if shape.placeholder_format.idx]:
        shape.element.getparent().remove(shape.element)
    return slide


def write(
    slide: Slide,
    box: tuple[float, float, float, float],
    text: str,
    size: float,
    lang: str,
    *,
    bold: bool = False,
    shade: str = TEXT,
    place: Any = None,
    link: str = "",
) -> Any:
    """A text in a box of inches, one paragraph a line; *place* is a placeholder to fill instead of a new box."""
    left, top, width, height = (Inches(v) for v in box)
    shape = place if place is not None else slide.shapes.add_textbox(left, top, width, height)
    shape.left, shape.top, shape.width, shape.height = left, top, width, height
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = colour(shade)
        run.font._element.set("lang", {"en": "en-GB", "ru": "ru-RU"}[lang])  # noqa: SLF001
        if link:
            run.hyperlink.address = link
    return shape


def describe(shape: Any, words: str) -> None:
    """Give a shape its alternative text."""
    shape._element.xpath("./*/p:cNvPr")[0].set("descr", words)  # noqa: SLF001


def _foot(slide: Slide, words: Sequence[Words]) -> float:
    """The passport, the link and its code; returns where they begin, in inches."""
    room = (ROOM - CODE - 0.3 - 0.4 * (len(words) - 1)) / len(words)
    size = next((size for size in SIZES if max(_heights(words, room, size)) <= LOWEST - FOOT), SIZES[-1])
    top = min(FOOT, LOWEST - max(_heights(words, room, size)))
    for number, said in enumerate(words):
        left = MARGIN + number * (room + 0.4)
        facts, address = " · ".join(said.facts), f"{said.reopen} {said.link}"
        height, below = (len(lines(text, room, size)) * size * LINE / INCH for text in (facts, address))
        write(slide, (left, top, room, height), facts, size, said.lang, shade=QUIET)
        at = (left, top + height + 0.03, room, below)
        write(slide, at, address, size, said.lang, shade=QUIET, link=said.link)
    code = slide.shapes.add_picture(
        io.BytesIO(qr.png(words[0].link)), Inches(WIDE[0] - MARGIN - CODE), Inches(FOOT), Inches(CODE), Inches(CODE)
    )
    describe(code, f"{words[0].reopen} {words[0].link}")
    return top


def _heights(words: Sequence[Words], room: float, size: float) -> list[float]:
    """How high the passport is in each language, in inches."""
    texts = [(" · ".join(said.facts), f"{said.reopen} {said.link}") for said in words]
    return [sum(len(lines(text, room, size)) for text in both) * size * LINE / INCH + 0.03 for both in texts]

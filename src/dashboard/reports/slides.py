"""A report as slides for twenty minutes: a chapter is its first figure or, without one, its sentences.

What is said of a chapter is in the notes of its slide.
"""

import io
from pathlib import Path
from typing import Final

from pptx.presentation import Presentation as Deck
from pptx.util import Inches

from dashboard.figures import qr
from dashboard.figures.office import slide, slides
from dashboard.reports import templates
from dashboard.reports.report import Report, Section

SIZES: Final = (20.0, 18.0, 16.0, 14.0, 12.0)
GAP: Final = 0.14  # inches between sentences
CODE: Final = 1.3


def presentation(report: Report, template: Path | None = None) -> bytes:
    """The bytes of the presentation, on the masters of *template* where there is one."""
    deck = templates.deck(template) if template else slide.new()
    _title(deck, report, is_ours=template is None)
    for section in report.sections:
        if section.figures:
            for exhibit in section.exhibits(first=1):
                slides.add(deck, exhibit, "\n".join(filter(None, [section.heading, *section.sentences])))
        else:
            _sentences(deck, report, section)
    slide.about(deck, report.title, report.lang)
    return slide.saved(deck)


def _title(deck: Deck, report: Report, *, is_ours: bool) -> None:
    if is_ours:
        page = slide.titled(deck)
        place = page.shapes.title
        slide.write(page, (slide.MARGIN, 2.4, slide.ROOM, 1.6), report.title, 40, report.lang, bold=True, place=place)
        slide.write(page, (slide.MARGIN, 4.2, slide.ROOM, 0.5), report.subtitle, 18, report.lang, shade=slide.QUIET)
    else:
        page = templates.first(deck, report.title, report.subtitle)
    foot = (slide.MARGIN, 6.6, slide.ROOM - CODE - 0.3, 0.3)
    slide.write(page, foot, f"{report.author} · {report.link}", 11, report.lang, shade=slide.QUIET, link=report.link)
    at = (Inches(slide.WIDE[0] - slide.MARGIN - CODE), Inches(slide.WIDE[1] - 0.4 - CODE))
    code = page.shapes.add_picture(io.BytesIO(qr.png(report.link)), *at, Inches(CODE), Inches(CODE))
    slide.describe(code, report.link)
    slide.speak(page, "\n".join(section.heading or section.figures[0].title for section in report.sections))


def _sentences(deck: Deck, report: Report, section: Section) -> None:
    page = slide.titled(deck)
    place = page.shapes.title
    box = (slide.MARGIN, slide.MARGIN - 0.1, slide.ROOM, 0.6)
    slide.write(page, box, section.heading, 30, report.lang, bold=True, place=place)
    free = slide.FOOT + 0.3 - 1.3
    size = next((size for size in SIZES if _height(section, size) <= free), SIZES[-1])
    top = 1.3
    for sentence in section.sentences:
        height = len(slide.lines(sentence, slide.ROOM, size)) * size * slide.LINE / slide.INCH
        slide.write(page, (slide.MARGIN, top, slide.ROOM, height), sentence, size, report.lang)
        top += height + GAP
    foot = (slide.MARGIN, slide.WIDE[1] - 0.45, slide.ROOM, 0.25)
    slide.write(page, foot, report.footer, 10, report.lang, shade=slide.QUIET)
    slide.speak(page, "\n".join(section.sentences))


def _height(section: Section, size: float) -> float:
    lines = sum(len(slide.lines(sentence, slide.ROOM, size)) for sentence in section.sentences)
    return lines * size * slide.LINE / slide.INCH + GAP * len(section.sentences)

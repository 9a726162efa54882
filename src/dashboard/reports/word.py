"""A report as a Word document: headings, sentences, native charts, references, page numbers."""

from pathlib import Path
from typing import Any, Final

from docx.document import Document as Text
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from dashboard.figures.office import word
from dashboard.reports.report import Report, Section
from dashboard.reports.templates import dressed

SMALL: Final = 8


def document(report: Report, template: Path | None = None) -> bytes:
    """The bytes of the document, in the styles of *template* and under its letterhead where there is one."""
    new = word.new(report.title, report.lang, report.as_of)
    text = dressed(template, new) if template else new
    text.add_heading(report.title, 0)
    word.spoken(text.add_paragraph(), report.subtitle, report.lang).font.color.rgb = word.QUIET
    for section in report.sections:
        if section.heading:
            text.add_heading(section.heading, 1)
            _bullets(text, section)
        for exhibit in section.exhibits():
            word.add(text, exhibit, level=2 if section.heading else 1)
        if not section.heading:
            _bullets(text, section)
        for reference in section.references:
            paragraph = text.add_paragraph(style="List Number")
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.add_run(reference.text + (". " if reference.link else "")).font.size = Pt(SMALL)
            if reference.link:
                word.linked(paragraph, reference.link)
    _footer(text, report)
    return word.saved(text)


def _bullets(text: Text, section: Section) -> None:
    last_but_one = len(section.sentences) - 2
    for place, sentence in enumerate(section.sentences):
        paragraph = text.add_paragraph(sentence, style="List Bullet")
        paragraph.paragraph_format.space_after = Pt(3)
        paragraph.paragraph_format.keep_with_next = place == last_but_one or None  # no page begins with the last alone


def _footer(text: Text, report: Report) -> None:
    own = text.sections[0].footer
    is_free = len(own.paragraphs) == 1 and not own.paragraphs[0].text
    paragraph = own.paragraphs[0] if is_free else own.add_paragraph()  # a template may have a footer of its own
    for run in (paragraph.add_run(f"{report.footer} · "), _page_number(paragraph)):
        run.font.size, run.font.color.rgb = Pt(SMALL), word.QUIET


def _page_number(paragraph: Any) -> Any:
    run = paragraph.add_run()
    for kind in ("begin", "end"):
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        run._element.append(mark)  # noqa: SLF001
    code = OxmlElement("w:instrText")
    code.text = "PAGE"
    run._element.insert(1, code)  # noqa: SLF001
    return run

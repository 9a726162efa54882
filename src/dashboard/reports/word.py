"""A report as a Word document: headings, sentences, native charts, references, page numbers."""

from typing import Any, Final

from docx.document import Document as Text
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from dashboard.figures.exhibit import exhibits
from dashboard.figures.office import word
from dashboard.reports.report import Report

SMALL: Final = 8


def document(report: Report) -> bytes:
    """The bytes of the document."""
    text = word.new(report.title, report.lang, report.as_of)
    text.add_heading(report.title, 0)
    word.spoken(text.add_paragraph(), report.subtitle, report.lang).font.color.rgb = word.QUIET
    for section in report.sections:
        text.add_heading(section.heading, 1)
        for sentence in section.sentences:
            paragraph = text.add_paragraph(sentence, style="List Bullet")
            paragraph.paragraph_format.space_after = Pt(3)
        for (exhibit,) in (exhibits([spec]) for spec in section.figures):
            word.add(text, exhibit, level=2)
        for reference in section.references:
            paragraph = text.add_paragraph(style="List Number")
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.add_run(reference.text + (". " if reference.link else "")).font.size = Pt(SMALL)
            if reference.link:
                word.linked(paragraph, reference.link)
    _footer(text, report)
    return word.saved(text)


def _footer(text: Text, report: Report) -> None:
    paragraph = text.sections[0].footer.paragraphs[0]
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

"""A report as an accessible PDF, set by Typst."""

from dashboard.figures.paper import Paper
from dashboard.reports.report import Report


def pdf(report: Report) -> bytes:
    """The bytes of the PDF (PDF/UA-1: Typst refuses a document that a screen reader could not follow)."""
    paper = Paper(report.title, report.lang, report.author, report.as_of, footer=report.footer)
    paper.title(report.title, report.subtitle)
    for section in report.sections:
        if section.heading:
            paper.heading(section.heading)
            paper.bullets(section.sentences)
        for exhibit in section.exhibits():
            paper.figure(exhibit, level=2 if section.heading else 1)
        if not section.heading:
            paper.bullets(section.sentences)
        paper.references([(reference.text, reference.link) for reference in section.references])
    return paper.pdf()

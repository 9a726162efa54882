"""A report as a file: ``export(report, "docx")`` returns its bytes. Libraries are imported when they are needed."""

from collections.abc import Callable
from typing import Final

from dashboard.reports.report import Report


def _docx(report: Report) -> bytes:
    from dashboard.reports.word import document

    return document(report)


def _pptx(report: Report) -> bytes:
    from dashboard.reports.slides import presentation

    return presentation(report)


def _pdf(report: Report) -> bytes:
    from dashboard.reports.paper import pdf

    return pdf(report)


FORMATS: Final[dict[str, Callable[[Report], bytes]]] = {"docx": _docx, "pptx": _pptx, "pdf": _pdf}


def export(report: Report, fmt: str) -> bytes:
    """The file of a report."""
    if fmt not in FORMATS:
        raise ValueError(f"no format {fmt!r}; there are: {', '.join(FORMATS)}")
    return FORMATS[fmt](report)

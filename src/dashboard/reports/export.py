"""A report as a file: ``export(report, "docx")`` returns its bytes. Libraries are imported when they are needed."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from dashboard.reports import templates
from dashboard.reports.report import Report


def _docx(report: Report, template: Path | None) -> bytes:
    from dashboard.reports.word import document

    return document(report, template)


def _pptx(report: Report, template: Path | None) -> bytes:
    from dashboard.reports.slides import presentation

    return presentation(report, template)


def _pdf(report: Report, _: Path | None) -> bytes:
    from dashboard.reports.paper import pdf

    return pdf(report)


FORMATS: Final[dict[str, Callable[[Report, Path | None], bytes]]] = {"docx": _docx, "pptx": _pptx, "pdf": _pdf}


def export(report: Report, fmt: str, template: Path | None = None) -> bytes:
    """The file of a report; in the Secretariat's own template, the one given or the one in the folder of templates."""
    if fmt not in FORMATS:
        raise ValueError(f"no format {fmt!r}; there are: {', '.join(FORMATS)}")
    return FORMATS[fmt](report, templates.of(fmt, template))

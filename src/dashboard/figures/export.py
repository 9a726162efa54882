"""Any figure in any format: ``export(specs, "pptx")`` returns the bytes of the file.

The libraries are imported when a format is asked for: the start of the dashboard waits for none of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.domain.fields import N_
from dashboard.figures.exhibit import Exhibit, exhibits
from dashboard.figures.spec import FigureSpec


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: what it is called in a menu, its MIME type, and what makes it."""

    name: str  # marked with N_, to be translated
    mime: str
    make: Callable[[Sequence[Exhibit]], bytes]


def _png(shown: Sequence[Exhibit]) -> bytes:
    from dashboard.figures.printing.whole import picture

    return picture(shown, "png")


def _svg(shown: Sequence[Exhibit]) -> bytes:
    from dashboard.figures.printing.whole import picture

    return picture(shown, "svg")


def _pdf(shown: Sequence[Exhibit]) -> bytes:
    from dashboard.figures.paper import pdf

    return pdf(shown)


def _pptx(shown: Sequence[Exhibit]) -> bytes:
    from dashboard.figures.office.slides import presentation

    return presentation(shown)


def _docx(shown: Sequence[Exhibit]) -> bytes:
    from dashboard.figures.office.word import document

    return document(shown)


def _xlsx(shown: Sequence[Exhibit]) -> bytes:
    from dashboard.figures.office.excel import workbook

    return workbook(shown)


def _csv(shown: Sequence[Exhibit]) -> bytes:
    from dashboard.figures.sheet import csv_file

    return csv_file(shown)


OFFICE: Final = "application/vnd.openxmlformats-officedocument."
FORMATS: Final[dict[str, Format]] = {
    "pptx": Format(N_("PowerPoint slide, editable"), f"{OFFICE}presentationml.presentation", _pptx),
    "docx": Format(N_("Word document, editable"), f"{OFFICE}wordprocessingml.document", _docx),
    "xlsx": Format(N_("Excel workbook with the numbers"), f"{OFFICE}spreadsheetml.sheet", _xlsx),
    "pdf": Format(N_("PDF for printing"), "application/pdf", _pdf),
    "png": Format(N_("Picture (PNG, 300 dpi)"), "image/png", _png),
    "svg": Format(N_("Vector drawing (SVG)"), "image/svg+xml", _svg),
    "csv": Format(N_("Numbers for other programs (CSV)"), "text/csv", _csv),
}


def export(spec: FigureSpec | Sequence[FigureSpec], fmt: str) -> bytes:
    """The file of a figure, or of the same figure in several languages side by side."""
    if fmt not in FORMATS:
        raise ValueError(f"no format {fmt!r}; there are: {', '.join(FORMATS)}")
    return FORMATS[fmt].make(exhibits([spec] if isinstance(spec, FigureSpec) else spec))

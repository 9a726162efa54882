"""The minutes of a workshop, as Word and PDF: scenes shown, scores, priorities, the ledger."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from dashboard.domain.workshop import ANSWERS
from dashboard.figures.context import Context
from dashboard.figures.spec import FigureSpec, Kind

TEMPLATE: Final = Path(__file__).parent / "minutes.typ"
FONTS: Final = Path(__file__).parents[3] / "static" / "fonts"
DRAWN: Final = frozenset({Kind.ANSWERS, Kind.DOTS})
NOT_IN_TABLES: Final = frozenset({"theme", "range", *(f"answer_{a}" for a in ANSWERS)})  # the drawing has them
WIDTHS: Final = {
    "statement": 4,
    "text": 4,
    "action": 4,
    "spread": 3,
    "indicator": 3,
    "what": 4,
    "law": 2,
    "evidence": 2,
    "owner": 2,
}
PAGE_CM: Final = 16.0
PICTURE_DPI: Final = 150


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the minutes: a heading, paragraphs, figures."""

    heading: str
    lines: Sequence[str]
    figures: Sequence[FigureSpec] = ()


@dataclass(frozen=True, slots=True)
class Minutes:
    """What happened, in one language."""

    title: str
    opening: Sequence[str]
    parts: Sequence[Part]
    lang: str


def pdf(minutes: Minutes, context: Context) -> bytes:
    """The minutes as a tagged PDF."""
    (document,) = _typeset(_as_data(minutes, context), "pdf")
    return document


def word(minutes: Minutes, context: Context) -> bytes:
    """The minutes as a Word document; figures are pictures above the table of their numbers."""
    from docx import Document
    from docx.shared import Cm, Pt

    said = _as_data(minutes, context)
    pictures = iter(_typeset(said, "png") if any(figure["bars"] for figure in said["figures"]) else [])
    document = Document()
    document.core_properties.title = minutes.title
    document.core_properties.author = ""
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(10)
    document.add_heading(minutes.title, 0)
    for line in minutes.opening:
        document.add_paragraph(line)
    for part in said["parts"]:
        document.add_heading(part["heading"], 1)
        for line in part["lines"]:
            document.add_paragraph(line)
        for number in part["figures"]:
            figure = said["figures"][number]
            document.add_heading(figure["title"], 2)
            document.add_paragraph(figure["caption"])
            if figure["bars"]:
                shape = document.add_picture(io.BytesIO(next(pictures)), width=Cm(15.5))
                shape._inline.docPr.set("descr", figure["alt"])  # noqa: SLF001 - python-docx has no alt text of its own
            _table(document, figure)
            document.add_paragraph(figure["passport"]).runs[0].font.size = Pt(8)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _table(document: Any, figure: Mapping[str, Any]) -> None:
    from docx.shared import Cm, Pt

    if not figure["rows"]:
        return
    table = document.add_table(rows=1 + len(figure["rows"]), cols=len(figure["columns"]), style="Light Grid Accent 1")
    table.autofit = False
    widths = [Cm(PAGE_CM * width / sum(figure["widths"])) for width in figure["widths"]]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width  # LibreOffice looks at the columns, Word at the cells
    for row, values in zip(table.rows, [figure["columns"], *figure["rows"]], strict=True):
        for cell, value, width in zip(row.cells, values, widths, strict=True):
            cell.width = width
            cell.paragraphs[0].add_run(value).font.size = Pt(8)


def _as_data(minutes: Minutes, context: Context) -> dict[str, Any]:
    """Everything that is said, as plain data for the template."""
    figures: list[dict[str, Any]] = []
    parts = []
    for part in minutes.parts:
        numbers = range(len(figures), len(figures) + len(part.figures))
        figures += [_figure(spec, context) for spec in part.figures]
        parts.append({"heading": part.heading, "lines": list(part.lines), "figures": list(numbers)})
    return {
        "title": minutes.title,
        "lang": minutes.lang,
        "opening": list(minutes.opening),
        "parts": parts,
        "figures": figures,
    }


def _figure(spec: FigureSpec, context: Context) -> dict[str, Any]:
    t, passport = context.t, spec.passport
    shown = [c for c in spec.columns if c.name not in NOT_IN_TABLES and (spec.table[c.name].astype(str) != "").any()]
    source = t("Source: {source}", source=passport.source)
    facts = [
        t("n = {n}", n=t.number(spec.n)),
        t("Not known: {unknown}", unknown=spec.unknown),
        passport.filters,
        source,
    ]
    rows = spec.table.to_dict("records")
    return {
        "kind": str(spec.kind),
        "title": spec.title,
        "caption": spec.caption,
        "alt": spec.alt,
        "columns": [column.label for column in shown],
        "widths": [WIDTHS.get(column.name, 1) for column in shown],
        "rows": [[_cell(row, column.name) for column in shown] for row in rows],
        "bars": [_bar(row, spec.kind) for row in rows] if spec.kind in DRAWN else [],
        "key": [context.labels("assessment_answer", str(a)) for a in ANSWERS],
        "passport": " · ".join([*facts, t("Data {version}", version=passport.data_version), passport.link]),
    }


def _cell(row: Mapping[Any, Any], column: str) -> str:
    address = row.get(f"{column}_url", "")
    return str(address or row[column])


def _bar(row: Mapping[Any, Any], kind: Kind) -> dict[str, Any]:
    if kind is Kind.DOTS:
        return {"text": row["text"], "dots": row["dots"]}
    return {
        "text": row["statement"],
        "answers": [row[f"answer_{a}"] for a in ANSWERS],
        "none": "n < 3" if row["n"] else "n = 0",
    }


def _typeset(said: Mapping[str, Any], form: Literal["pdf", "png"]) -> list[bytes]:
    """The document as one PDF, or every drawing of it as a picture."""
    import typst

    made = typst.compile(
        TEMPLATE,
        format=form,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"minutes": json.dumps(said, ensure_ascii=False), "alone": "yes" if form == "png" else ""},
        ppi=PICTURE_DPI,
    )
    return made if isinstance(made, list) else [bytes(made)]

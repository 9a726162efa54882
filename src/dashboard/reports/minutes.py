"""The minutes of a workshop, as Word and PDF: scenes shown, scores, priorities, the ledger."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal

from dashboard.domain.workshop import ANSWERS
from dashboard.figures import ruler
from dashboard.figures.context import Context
from dashboard.figures.numbers import rows
from dashboard.figures.spec import FigureSpec, Kind

TEMPLATE: Final = Path(__file__).parent / "minutes.typ"
FONTS: Final = Path(__file__).parents[3] / "static" / "fonts"
DRAWN: Final = frozenset({Kind.ANSWERS, Kind.DOTS})
OF_THE_ROOM: Final = frozenset({"ledger", "changed"})
MOST_ROWS: Final = 15
EMPTY: Final = ("", "–")
TABLE_POINTS: Final = 470.0  # between the margins of the page
NOT_IN_TABLES: Final = frozenset({"theme", "range", *(f"answer_{a}" for a in ANSWERS)})  # the drawing has them
PAGE_CM: Final = 16.0
PICTURE_DPI: Final = 150


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the minutes: a heading, paragraphs, figures."""

    heading: str
    lines: Sequence[str]
    figures: Sequence[FigureSpec] = ()
    level: int = 1  # 2: a part of the part before


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
    """The minutes as a Word document.

    Figures of scenes are native charts; those of the room itself are pictures above the table of their numbers.
    """
    from docx.shared import Cm, Pt

    from dashboard.figures.exhibit import exhibits
    from dashboard.figures.office import word as office

    said = _as_data(minutes, context)
    specs = [spec for part in minutes.parts for spec in part.figures]
    pictures = iter(_typeset(said, "png") if any(figure["bars"] for figure in said["figures"]) else [])
    document = office.new(minutes.title, minutes.lang, context.as_of)
    document.add_heading(minutes.title, 0)
    for line in minutes.opening:
        document.add_paragraph(line)
    for part in said["parts"]:
        document.add_heading(part["heading"], part["level"])
        for line in part["lines"]:
            document.add_paragraph(line).paragraph_format.keep_with_next = bool(part["figures"])
        for number in part["figures"]:
            figure = said["figures"][number]
            if not is_of_the_room(specs[number]):
                office.add(document, exhibits([_short(specs[number], context)])[0], level=3)
                continue
            document.add_heading(figure["title"], 2)
            document.add_paragraph(figure["caption"]).paragraph_format.keep_with_next = True
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
    widths = [Cm(PAGE_CM * width / sum(figure["points"])) for width in figure["points"]]
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
        said = {"heading": part.heading, "level": part.level, "lines": list(part.lines), "figures": list(numbers)}
        parts.append(said)
    return {
        "title": minutes.title,
        "lang": minutes.lang,
        "opening": list(minutes.opening),
        "parts": parts,
        "figures": figures,
    }


def is_of_the_room(spec: FigureSpec) -> bool:
    """Whether the room itself made what the figure shows: scores, dots, joint actions."""
    return spec.kind in DRAWN or spec.id in OF_THE_ROOM


def _short(spec: FigureSpec, context: Context) -> FigureSpec:
    """A table with its first rows: minutes are no data file, and the link opens the rest."""
    more = len(spec.table) - MOST_ROWS
    if spec.kind is not Kind.TABLE or more <= 0:
        return spec
    rest = context.t.n("{n} more row", "{n} more rows", more)
    return replace(spec, table=spec.table.head(MOST_ROWS), caption=f"{spec.caption} {rest}.")


def _scene(spec: FigureSpec, context: Context) -> dict[str, Any]:
    """The figure of a scene: a drawing where there is one for print, or else its rows in words."""
    from dashboard.figures.exhibit import exhibits
    from dashboard.figures.printing.charts import CHARTS
    from dashboard.figures.printing.whole import drawing

    (exhibit,) = exhibits([_short(spec, context)])
    (words,) = exhibit.words
    is_drawn = exhibit.spec.kind in CHARTS and not spec.table.empty
    found = rows(exhibit.spec)
    cells = found.words(context.lang)
    return {
        "kind": str(exhibit.spec.kind),
        "title": words.title,
        "caption": words.caption,
        "alt": words.alt,
        "columns": list(found.header),
        "points": _widths([list(found.header), *cells]),
        "rows": [] if is_drawn else [[ruler.printable(cell) for cell in row] for row in cells],
        "drawing": drawing(exhibit).decode() if is_drawn else "",
        "bars": [],
        "key": [],
        "passport": " · ".join([*words.facts, words.link]),
    }


def _figure(spec: FigureSpec, context: Context) -> dict[str, Any]:
    if not is_of_the_room(spec):
        return _scene(spec, context)
    t, passport = context.t, spec.passport
    shown = [
        c for c in spec.columns if c.name not in NOT_IN_TABLES and (~spec.table[c.name].astype(str).isin(EMPTY)).any()
    ]
    source = t("Source: {source}", source=passport.source)
    facts = [
        t("n = {n}", n=t.number(spec.n)),
        t("Not known: {unknown}", unknown=spec.unknown),
        passport.filters,
        source,
    ]
    records = spec.table.to_dict("records")
    header, cells = [column.label for column in shown], [[_cell(row, c.name) for c in shown] for row in records]
    return {
        "kind": str(spec.kind),
        "title": spec.title,
        "caption": spec.caption,
        "alt": spec.alt,
        "columns": header,
        "rows": cells,
        "drawing": "",
        "points": _widths([header, *cells]) if shown else [],
        "bars": [_bar(row, spec.kind) for row in records] if spec.kind in DRAWN else [],
        "key": [context.labels("assessment_answer", str(a)) for a in ANSWERS],
        "passport": " · ".join([*facts, t("Data {version}", version=passport.data_version), passport.link]),
    }


def _widths(table: list[list[str]]) -> list[float]:
    """Widths of columns in points: room for the longest word, and of the rest a share by what there is to say."""
    return [width + 8 for width in ruler.columns(table, TABLE_POINTS - 8 * len(table[0]), 8)]


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

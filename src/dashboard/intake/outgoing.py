"""Records as they leave: CSV, XLSX, a Frictionless data package, and the CITES report."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
import xlsxwriter

from dashboard.domain.fields import Field, Kind
from dashboard.domain.tables.record_sheet import RECORD_SHEET
from dashboard.figures.office.excel import OPTIONS
from dashboard.figures.sheet import table_csv
from dashboard.i18n.labels import Labels
from dashboard.i18n.translator import Translator, translator
from dashboard.ingest.check import NUMERIC
from dashboard.ingest.harmonise import PUBLISHED
from dashboard.ingest.package import Loaded
from dashboard.intake import cites, combine
from dashboard.intake.layouts import CITES_LAYOUT
from dashboard.store import location
from dashboard.store.schema import CONTENT

EXACT: Final = "exact"  # a precision of place
SHEET_FILE: Final = "record-sheet.csv"
DESCRIPTOR: Final = "datapackage.json"
MOST_EXCEL_ROWS: Final = 1_048_575
TYPES: Final = {Kind.INTEGER: "integer", Kind.NUMBER: "number", Kind.YEAR: "integer"}
NUMBERS: Final = frozenset(field.name for field in RECORD_SHEET.fields if field.kind in NUMERIC)
EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # no clock in the file: the same records are the same bytes


def for_everybody(loaded: Loaded) -> pd.DataFrame:
    """The rows of the record sheet for a copy that nobody can call back: none taken back or merged, no exact place."""
    if location.exists(location.url()):
        from dashboard.intake.desk import open_desk

        desk = open_desk(loaded)
        sheet = combine.sheet(desk.ref, desk.own())
    else:
        sheet = combine.reference(loaded).shipped
    rows = sheet[sheet["record_status"] == PUBLISHED].copy()
    rows.loc[rows["coord_precision"] == EXACT, ["lat", "lon"]] = ""
    return rows


def csv(rows: pd.DataFrame) -> bytes:
    """Rows of the record sheet as CSV that spreadsheets read as UTF-8 and never run."""
    return table_csv(rows[list(CONTENT)], NUMBERS)


def xlsx(rows: pd.DataFrame, about: Sequence[tuple[str, str]], t: Translator) -> bytes:
    """Rows of the record sheet as a workbook; the second sheet says what they are."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {**OPTIONS, "constant_memory": True})
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet(t("Records"))
    sheet.freeze_panes(1, 1)
    sheet.write_row(
        0, 0, [t(RECORD_SHEET.by_name[name].label) if name in RECORD_SHEET.by_name else name for name in CONTENT], bold
    )
    for nth, row in enumerate(rows[list(CONTENT)].head(MOST_EXCEL_ROWS).itertuples(index=False, name=None), 1):
        for column, (name, cell) in enumerate(zip(CONTENT, row, strict=True)):
            if cell and name in NUMBERS:
                sheet.write_number(nth, column, float(cell))
            elif cell:
                sheet.write_string(nth, column, cell)
    _about(book, about, t, bold)
    book.close()
    return content.getvalue()


def _about(book: Any, about: Sequence[tuple[str, str]], t: Translator, bold: Any) -> None:
    sheet = book.add_worksheet(t("About these data"))
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 100)
    for row, (name, value) in enumerate(about):
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, value)


def package(rows: pd.DataFrame, shipped: Mapping[str, Any], version: str, filters: str, link: str) -> bytes:
    """A Frictionless data package of rows: the sheet, what its columns mean, licence, version and citation."""
    sheet = csv(rows)
    described = {
        "profile": "tabular-data-package",
        "name": "wildlife-trade-records",
        "title": shipped["title"],
        "version": version,
        "licenses": shipped["licenses"],
        "description": f"Filters: {filters}. {link}",
        "citation": citation(shipped, version, translator("en")),
        "resources": [
            {
                "name": "record-sheet",
                "path": SHEET_FILE,
                "title": RECORD_SHEET.label,
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8-sig",
                "schema": {
                    "fields": [
                        *map(_described, RECORD_SHEET.fields),
                        *({"name": n, "type": "string"} for n in CONTENT[-2:]),
                    ],
                    "primaryKey": ["incident_id"],
                    "missingValues": [""],
                },
            }
        ],
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        descriptor = json.dumps(described, ensure_ascii=False, indent=2).encode()
        for name, part in ((DESCRIPTOR, descriptor), (SHEET_FILE, sheet)):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), part, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _described(field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {"name": field.name, "type": TYPES.get(field.kind, "string"), "title": field.label}
    return described | ({"description": field.description} if field.description else {})


def citation(shipped: Mapping[str, Any], version: str, t: Translator) -> str:
    """How to cite a version, in the language of the reader."""
    return t(
        "Illegal wildlife trade in the snow leopard range countries: public records, data version {version}. "
        "Licence: {licence}.",
        version=version,
        licence=", ".join(one["name"] for one in shipped["licenses"]),
    )


def cites_report(
    rows: pd.DataFrame, t: Translator, labels: Labels, about: Sequence[tuple[str, str]]
) -> tuple[bytes, pd.DataFrame]:
    """The CITES layout filled from rows, as a workbook with the list of missing fields; and that list."""
    report = cites.fill(rows.reset_index(drop=True), t, labels)
    gaps = cites.missing(report)
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, OPTIONS)
    bold = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#E8EEF2"})
    empty = book.add_format({"bg_color": "#FFF4CC"})
    sheet = book.add_worksheet(t("Report"))
    sheet.freeze_panes(1, 1)
    headings = {column: CITES_LAYOUT.heading(column, t) for column in cites.COLUMNS}
    sheet.write_row(0, 0, list(headings.values()), bold)
    sheet.set_column(0, len(headings) - 1, 22)
    for nth, row in enumerate(report.to_dict("records"), 1):
        for column, name in enumerate(cites.COLUMNS):
            cell = str(row[name])
            if not cell and name in cites.ASKED:
                sheet.write_blank(nth, column, None, empty)
            elif cell and name == "quantity":
                sheet.write_number(nth, column, float(cell))
            elif cell:
                sheet.write_string(nth, column, cell)
    missing = book.add_worksheet(t("Missing fields"))
    missing.write_row(0, 0, [headings["record_id"], t("Field")], bold)
    missing.set_column(0, 1, 36)
    for nth, gap in enumerate(gaps.to_dict("records"), 1):
        missing.write_row(nth, 0, [str(gap["record_id"]), headings[str(gap["column"])]])
    _about(book, about, t, bold)
    book.close()
    return content.getvalue(), gaps

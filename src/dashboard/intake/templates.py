"""Workbooks to fill in and to mend: empty sheets with drop-downs, and a file with its problems marked."""

import io
from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd
import xlsxwriter

from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.domain.issues import Severity
from dashboard.domain.tables.record_sheet import RECORD_SHEET
from dashboard.figures.office.excel import OPTIONS
from dashboard.i18n import problems
from dashboard.i18n.labels import Labels
from dashboard.i18n.translator import Translator
from dashboard.intake.layouts import CITES, DROPPED, STATE_COLUMNS, Layout
from dashboard.intake.prepare import Prepared

ROWS: Final = 2000
MOST_MENDED: Final = 100_000
CITES_LISTS: Final = {
    "species": "taxon",
    "description": "commodity",
    "unit": "unit",
    "origin": "country",
    "destination": "country",
}


def lists(tables: Mapping[str, pd.DataFrame]) -> dict[str, list[str]]:
    """The codes that drop-downs offer, by list."""
    vocabulary = tables["vocabulary"]
    codes = {str(name): list(part["code"]) for name, part in vocabulary.groupby("list")}
    countries, taxa = tables["countries"], tables["taxa"]
    codes["country"] = list(countries.loc[countries["iso2"] != "", "country"])
    codes["range_country"] = list(RANGE_COUNTRIES)
    codes["taxon"] = list(taxa.loc[taxa["rank"] != "group", "taxon"])
    return codes


def workbook(layout: Layout, t: Translator, labels: Labels, codes: Mapping[str, Sequence[str]]) -> bytes:
    """An empty sheet of a layout: headings, drop-downs with names, and what each column means."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, OPTIONS)
    sheet, choices, meaning = (book.add_worksheet(name) for name in (t("Records"), t("Lists"), t("Meaning")))
    bold, text = (
        book.add_format({"bold": True, "text_wrap": True, "bg_color": "#E8EEF2", "border": 1}),
        book.add_format({"num_format": "@"}),
    )
    columns = [column for column in layout.headings if column not in STATE_COLUMNS]
    offered = 0
    for nth, column in enumerate(columns):
        heading = layout.heading(column, t)
        sheet.write_string(0, nth, heading, bold)
        sheet.set_column(nth, nth, max(14, min(28, len(heading) + 2)), text)
        meaning.write_row(nth + 1, 0, [heading, _meaning(layout, column, t)])
        if names := _names(layout, column, labels, codes):
            choices.write_string(0, offered, heading, bold)
            for row, name in enumerate(names, 1):
                choices.write_string(row, offered, name)
            cells = f"='{choices.get_name()}'!{_range(offered, len(names))}"
            rule = {
                "validate": "list",
                "source": cells,
                "error_title": heading[:32],
                "error_message": t("Choose from the list."),
            }
            sheet.data_validation(1, nth, ROWS, nth, rule)
            offered += 1
    meaning.write_row(0, 0, [t("Column"), t("Meaning")], bold)
    meaning.set_column(0, 1, 60)
    sheet.freeze_panes(1, 0)
    book.close()
    return content.getvalue()


def _range(column: int, count: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    letter = xl_col_to_name(column)
    return f"${letter}$2:${letter}${count + 1}"


def _names(layout: Layout, column: str, labels: Labels, codes: Mapping[str, Sequence[str]]) -> list[str]:
    listed = CITES_LISTS.get(column, "") if layout.name == CITES else RECORD_SHEET.by_name[column].codes
    named = "country" if listed == "range_country" else listed
    return sorted(labels(named, code) for code in codes.get(listed, ()))


def _meaning(layout: Layout, column: str, t: Translator) -> str:
    if column == DROPPED:
        return t("Not needed: it is dropped before anything is stored.")
    if column in {"record_id", "incident_id"}:
        return t("Leave it empty for a new record. Keep it where you complete a record that is here already.")
    if column == "date":
        return "2019 | 2019-05 | 2019-05-03 | 03.05.2019"
    is_required = column in layout.required
    return t("Must be filled in.") if is_required else t("Leave it empty where it is not known: empty is not zero.")


def to_mend(prepared: Prepared, t: Translator) -> bytes:
    """The file as a workbook with the cells at fault marked and, in the first column, what is wrong with each row."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {**OPTIONS, "constant_memory": True})
    sheet = book.add_worksheet(t("Records"))
    bold, wrong, text = (
        book.add_format({"bold": True}),
        book.add_format({"bg_color": "#F6C9C4", "num_format": "@"}),
        book.add_format({"num_format": "@"}),
    )
    header, cells = prepared.upload.header, prepared.upload.cells
    keep = [i for i, heading in enumerate(header) if heading not in prepared.dropped]
    said: dict[int, list[str]] = {}
    marked: set[tuple[int, str]] = set()
    for issue in prepared.issues:
        if issue.severity is Severity.ERROR:
            for row in issue.rows:
                said.setdefault(row, []).append(problems.short(issue, t))
                marked.add((row, issue.column))
    sheet.write_row(0, 0, [t("Problems"), *(header[i] for i in keep)], bold)
    sheet.set_column(0, 0, 60)
    for row in sorted({*said} - {*cells.index} - {1}):
        place = t("row {rows}", rows=row)
        said.setdefault(1, []).append(f"{place}: {'; '.join(said[row])}")
    for nth, (row, *values) in enumerate(cells[keep].head(MOST_MENDED).itertuples(name=None), 1):
        sheet.write_string(nth, 0, "; ".join(said.get(int(row), [])))
        for column, value in enumerate(values):
            sheet.write_string(
                nth, column + 1, value[:32_000], wrong if (int(row), header[keep[column]]) in marked else text
            )
    book.close()
    return content.getvalue()

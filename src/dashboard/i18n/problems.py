"""A sentence for every Issue: what was found, what was expected, and where."""

from typing import Final

from dashboard.domain.fields import N_
from dashboard.domain.issues import Code, Issue, Severity
from dashboard.i18n.translator import Translator

SENTENCES: Final = {
    Code.EMPTY_FILE: N_("the file is empty"),
    Code.NOT_READABLE: N_("the file cannot be read"),
    Code.BYTE_ORDER_MARK: N_("the file starts with a byte-order mark, which was skipped"),
    Code.MIXED_LINE_ENDS: N_("lines end in different ways from here on; was something pasted in?"),
    Code.NOT_UTF8: N_("the text is not UTF-8; it looks like Windows-1251"),
    Code.NUL_CHARACTER: N_("the text holds a NUL character"),
    Code.MISSING_COLUMN: N_("the column is missing"),
    Code.EXTRA_COLUMN: N_("the column is not known and was left out"),
    Code.REPEATED_COLUMN: N_("the column appears more than once"),
    Code.WRONG_CELL_COUNT: N_("the row has the wrong number of cells"),
    Code.REQUIRED: N_("the cell is empty"),
    Code.TOO_LONG: N_("the text is too long"),
    Code.FORMULA: N_("the cell starts like a formula"),
    Code.BAD_PATTERN: N_("the value has the wrong format"),
    Code.UNKNOWN_CODE: N_("the code is not known"),
    Code.NOT_A_NUMBER: N_("the value is not a number"),
    Code.NOT_AN_INTEGER: N_("the value is not a whole number"),
    Code.OUT_OF_RANGE: N_("the number is out of range"),
    Code.NOT_A_DATE: N_("the date cannot be read, or there is no such date; write 2019, 2019-05 or 2019-05-03"),
    Code.NOT_A_LINK: N_("the value is not a web address that starts with https://"),
    Code.DUPLICATE_KEY: N_("the identifier is used more than once"),
    Code.TWO_UNITS: N_("more than one unit is given for one quantity"),
    Code.UNIT_WITHOUT_QUANTITY: N_("quantity and unit must be given together"),
    Code.PRECISION_MISMATCH: N_("the date is written with another precision"),
    Code.DATE_IN_FUTURE: N_("the date is in the future"),
    Code.ORPHAN_SPECIMEN: N_("the row belongs to an incident whose first row is not in the file"),
    Code.DIFFERS_WITHIN_INCIDENT: N_("rows of one incident differ"),
    Code.FURTHER_ROW: N_("persons, terms and penalties stand in the first row of an incident only"),
    Code.HALF_A_POSITION: N_("latitude and longitude must be given together"),
    Code.UNKNOWN_NAME: N_("the name has no entry in the reference tables"),
    Code.FILE_MISSING: N_("the file is missing"),
    Code.STALE_CORRECTION: N_("the correction no longer fits the record; remove or mend it"),
    Code.TOO_LARGE: N_("the file holds more than can be read at once; split it, or save it as CSV"),
    Code.MACROS: N_("the workbook holds macros, which are not opened; save it without them"),
    Code.INVISIBLE_MARKS: N_("invisible marks were taken out of the text"),
    Code.PERSONAL_DATA: N_("the column is about persons; it was dropped and is not stored"),
    Code.UNKNOWN_SPECIES: N_("the species is not in the list; write its scientific name"),
    Code.NEW_NAME: N_("the name is new here; it is shown as written, in both languages"),
    Code.ALREADY_IMPORTED: N_("this file was imported before"),
    Code.UNKNOWN_RECORD: N_("no record has this identifier; leave the cell empty for a new one"),
}


def sentence(issue: Issue, t: Translator) -> str:
    """The Issue as a line of text: severity, place, problem, found, expected."""
    severity = t("error") if issue.severity is Severity.ERROR else t("warning")
    where = [issue.file]
    if issue.rows:
        rows = _rows(issue.rows)
        where.append(t("row {rows}", rows=rows) if len(issue.rows) == 1 else t("rows {rows}", rows=rows))
    if issue.column:
        column = (
            t(issue.column) if issue.code is Code.MISSING_COLUMN else issue.column
        )  # a heading that ought to be there
        where.append(t("column {column}", column=column))
    text = f"{severity}: {', '.join(where)}: {t(SENTENCES[issue.code])}"
    if issue.found:
        text += t("; found “{found}”", found=issue.found)
    if issue.expected:
        expected = t(issue.expected) if issue.code is Code.MISSING_COLUMN else issue.expected
        text += t("; expected: {expected}", expected=expected)
    return text


def short(issue: Issue, t: Translator) -> str:
    """The Issue without its place: column, problem, found, expected. For a line that is the place."""
    text = f"{issue.column}: {t(SENTENCES[issue.code])}" if issue.column else t(SENTENCES[issue.code])
    if issue.found:
        text += t("; found “{found}”", found=issue.found)
    return text + (t("; expected: {expected}", expected=issue.expected) if issue.expected else "")


def _rows(rows: tuple[int, ...], most: int = 10) -> str:
    shown = ", ".join(str(row) for row in rows[:most])
    return shown if len(rows) <= most else f"{shown} …"

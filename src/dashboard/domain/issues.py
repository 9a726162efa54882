"""Problems in a file are data: what was found, what was expected, and where."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error stops an import; a warning is read, shown and let through."""

    ERROR = "error"
    WARNING = "warning"


class Code(StrEnum):
    """What can be wrong with a file. ``i18n.problems`` has a sentence for each in every language."""

    EMPTY_FILE = "empty_file"
    NOT_READABLE = "not_readable"
    BYTE_ORDER_MARK = "byte_order_mark"
    MIXED_LINE_ENDS = "mixed_line_ends"
    NOT_UTF8 = "not_utf8"
    NUL_CHARACTER = "nul_character"
    MISSING_COLUMN = "missing_column"
    EXTRA_COLUMN = "extra_column"
    REPEATED_COLUMN = "repeated_column"
    WRONG_CELL_COUNT = "wrong_cell_count"
    REQUIRED = "required"
    TOO_LONG = "too_long"
    FORMULA = "formula"
    BAD_PATTERN = "bad_pattern"
    UNKNOWN_CODE = "unknown_code"
    NOT_A_NUMBER = "not_a_number"
    NOT_AN_INTEGER = "not_an_integer"
    OUT_OF_RANGE = "out_of_range"
    NOT_A_DATE = "not_a_date"
    NOT_A_LINK = "not_a_link"
    DUPLICATE_KEY = "duplicate_key"
    TWO_UNITS = "two_units"
    UNIT_WITHOUT_QUANTITY = "unit_without_quantity"
    PRECISION_MISMATCH = "precision_mismatch"
    DATE_IN_FUTURE = "date_in_future"
    ORPHAN_SPECIMEN = "orphan_specimen"
    DIFFERS_WITHIN_INCIDENT = "differs_within_incident"
    FURTHER_ROW = "further_row"
    HALF_A_POSITION = "half_a_position"
    UNKNOWN_NAME = "unknown_name"
    FILE_MISSING = "file_missing"
    STALE_CORRECTION = "stale_correction"
    TOO_LARGE = "too_large"
    MACROS = "macros"
    INVISIBLE_MARKS = "invisible_marks"
    PERSONAL_DATA = "personal_data"
    UNKNOWN_SPECIES = "unknown_species"
    NEW_NAME = "new_name"
    ALREADY_IMPORTED = "already_imported"
    UNKNOWN_RECORD = "unknown_record"


@dataclass(frozen=True, slots=True)
class Issue:
    """Something wrong with a file.

    *rows* are counted as the reader sees them in a spreadsheet: the header is row 1. They are empty when
    the problem is the whole file's or a column's. *found* is shortened. *expected* reads the same in every
    language: a limit, a list of codes, a pattern, a name. Words are in the sentence of the code.
    """

    code: Code
    file: str
    column: str = ""
    rows: tuple[int, ...] = ()
    found: str = ""
    expected: str = ""
    severity: Severity = Severity.ERROR

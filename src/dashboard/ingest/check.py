"""Checks the cells of a sheet: one vectorised rule per field, generated from the field dictionary."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.domain import dates
from dashboard.domain.fields import Field, Kind, Table
from dashboard.domain.issues import Code, Issue, Severity
from dashboard.ingest.read import Sheet, shorten

Codes = Mapping[str, frozenset[str]]

NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
INTEGER: Final = re.compile(r"[+-]?\d+", re.ASCII)
ONE_LINK = r"https?://[^\s|]+( \([^)|]*\))?"  # an address, perhaps with a remark in brackets
LINK: Final = re.compile(rf"{ONE_LINK}( \| {ONE_LINK})*")
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
NUMERIC: Final = frozenset({Kind.NUMBER, Kind.INTEGER, Kind.YEAR})
SAME_IN_ALL_ROWS: Final = ("date", "country", "outcome")
FIRST_ROW_ONLY: Final = (
    "persons_arrested", "persons_charged", "persons_convicted", "imprisonment_months", "fine_amount", "fine_currency",
)  # fmt: skip
MANY: Final = 1000  # distinct values from which on a column is looked at in one go
LONGEST_GLANCED: Final = 400
LONGEST_NUMBER: Final = 15  # longer ones are looked at one by one
SEPARATORS: Final = re.compile(r"\s*[;,/|]\s*")


def check(sheet: Sheet, table: Table, file: str, codes: Codes) -> tuple[Issue, ...]:
    """Check every cell of *sheet* by the fields of *table*, and the rows against each other.

    *codes* maps a list's name to the codes it holds. One Issue stands for all rows with the same wrong value.
    A cell is reported once, for the first thing wrong with it.
    """
    if not sheet.is_readable:
        return sheet.issues
    absent = {issue.column for issue in sheet.issues if issue.code is Code.MISSING_COLUMN}
    unreadable = {(issue.column, row) for issue in sheet.issues if issue.code is Code.NOT_UTF8 for row in issue.rows}
    issues = list(sheet.issues)
    for field in table.fields:
        if field.name not in absent:
            cells = sheet.cells[field.name]
            skipped = [row for column, row in unreadable if column == field.name]
            issues += _field(cells.drop(skipped) if skipped else cells, field, file, codes)
    if table.key and not absent.intersection(table.key):
        issues += _duplicates(sheet.cells, table, file)
    return tuple(sorted(issues, key=lambda issue: (issue.file, issue.rows[:1], issue.column)))


def value_problem(value: str, field: Field, codes: Codes) -> tuple[Code, str] | None:
    """What is wrong with one cell: its code and what was expected, or ``None``.

    This is the rule for forms; ``check`` applies the same rules to whole columns.
    """
    return _first_problem(value, field, tuple(_rules(field, codes)))


Rule = tuple[Code, Callable[[str], bool], str]


def _first_problem(value: str, field: Field, rules: tuple[Rule, ...]) -> tuple[Code, str] | None:
    if value == "":
        return (Code.REQUIRED, "") if field.is_required else None
    for code, is_wrong, expected in rules:
        if is_wrong(value):
            return code, expected
    return None


def _rules(field: Field, codes: Codes) -> Iterator[Rule]:
    """The rules of a field in the order in which they are tried."""
    yield Code.TOO_LONG, lambda v: len(v) > field.max_length, f"≤ {field.max_length}"
    yield Code.NUL_CHARACTER, lambda v: "\0" in v, ""
    if field.kind not in NUMERIC:
        yield Code.FORMULA, lambda v: v.startswith(FORMULA_STARTS), ""
    if field.kind in NUMERIC:
        yield Code.NOT_A_NUMBER, lambda v: not NUMBER.fullmatch(v), "12 | 12.5"
        if field.kind in {Kind.INTEGER, Kind.YEAR}:
            yield Code.NOT_AN_INTEGER, lambda v: not INTEGER.fullmatch(v), "12"
        low, high = field.low, field.high
        yield (
            Code.OUT_OF_RANGE,
            lambda v: (low is not None and float(v) < low) or (high is not None and float(v) > high),
            f"{_bound(low, '≥')} {_bound(high, '≤')}".strip(),
        )
    if field.kind is Kind.DATE:
        yield Code.NOT_A_DATE, lambda v: dates.precision(v) is None, "2019 | 2019-05 | 2019-05-03"
    if field.kind is Kind.URL:
        yield Code.NOT_A_LINK, lambda v: not LINK.fullmatch(v), "https://…"
    if field.codes == "unit":
        yield Code.TWO_UNITS, lambda v: len(SEPARATORS.split(v)) > 1, "items | individuals | kg"
    if field.pattern:
        yield Code.BAD_PATTERN, lambda v: not re.fullmatch(field.pattern, v, re.ASCII), field.pattern
    if field.codes:
        known = codes[field.codes]
        yield Code.UNKNOWN_CODE, lambda v: v not in known, shorten(", ".join(sorted(known)), 200)


def _bound(limit: float | None, sign: str) -> str:
    return "" if limit is None else f"{sign} {limit:,.0f}"


def _field(cells: pd.Series, field: Field, file: str, codes: Codes) -> Iterator[Issue]:
    """Check a column: each distinct value once, so a column of a million cells costs as much as its variety."""
    rules = tuple(_rules(field, codes))
    problems = {v: p for v in _doubtful(distinct(cells), field) if (p := _first_problem(v, field, rules))}
    if not problems:
        return
    faulty = cells[cells.isin(list(problems))]
    for value, rows in faulty.groupby(faulty).groups.items():
        code, expected = problems[str(value)]
        yield Issue(code, file, field.name, tuple(int(row) for row in rows), shorten(str(value)), expected)


def _doubtful(values: list[str], field: Field) -> list[str]:
    """The values that may be at fault: a column of many is looked at in one go, and most pass at that glance."""
    if len(values) < MANY or field.kind in {Kind.DATE, Kind.URL} or field.codes:
        return values
    try:
        texts = pa.array(values, pa.large_string())
    except UnicodeEncodeError:  # a file that is not UTF-8: the rules look at each
        return values
    longest = LONGEST_NUMBER if field.kind in NUMERIC else LONGEST_GLANCED
    within = pc.less_equal(pc.utf8_length(texts), min(field.max_length, longest))
    is_fine = pc.and_(within, pc.match_substring_regex(texts, f"\\A(?:{_glanced(field)})\\z"))
    if field.kind in NUMERIC:
        numbers = pc.cast(pc.if_else(is_fine, texts, "nan"), pa.float64())
        for limit, holds in ((field.low, pc.greater_equal), (field.high, pc.less_equal)):
            if limit is not None:
                is_fine = pc.and_(is_fine, holds(numbers, limit))
    return [value for value, fine in zip(values, is_fine.to_pylist(), strict=True) if not fine]


def _glanced(field: Field) -> str:
    """A pattern of sound values, in the syntax that Arrow shares with ``re``."""
    if field.kind in NUMERIC:
        return r"[+-]?[0-9]+" + (r"(\.[0-9]+)?" if field.kind is Kind.NUMBER else "")
    return field.pattern or r"[^=+\-@\t\r\x00][^\x00]*"


def distinct(cells: pd.Series) -> list[str]:
    """The values of a column, each once."""
    values: list[str] = np.asarray(cells.unique(), dtype=object).tolist()
    return values


def _duplicates(cells: pd.DataFrame, table: Table, file: str) -> Iterator[Issue]:
    key = list(table.key)
    named = cells[(cells[key] != "").any(axis=1)]  # an empty key is reported as such
    repeated = named[named.duplicated(key, keep=False)]
    for value, rows in repeated.groupby(key if len(key) > 1 else key[0], sort=False).groups.items():
        _first, *others = (int(row) for row in rows)
        found = ", ".join(value if isinstance(value, tuple) else (str(value),))
        yield Issue(Code.DUPLICATE_KEY, file, ", ".join(key), tuple(others), found, "")


def check_incident_sheet(
    cells: pd.DataFrame, file: str, today: date, reported: Collection[tuple[str, int]]
) -> Iterator[Issue]:
    """Check what no single cell of an incident sheet can tell: cells against each other and rows of one incident.

    *reported* holds the (column, row) of cells with a fault of their own: one fault is one Issue.
    """
    sound = pd.DataFrame(data=True, index=cells.index, columns=cells.columns)
    for column, rows in pd.DataFrame(list(reported), columns=["column", "row"]).groupby("column")["row"]:
        sound.loc[cells.index.intersection(list(rows)), [c for c in cells if c == column]] = False
    named = cells[sound["incident_id"]]
    incident = incident_of(named["incident_id"])
    is_further = named["incident_id"] != incident
    is_orphan = is_further.copy()
    if is_further.any():
        is_orphan[is_further] = ~incident[is_further].isin(set(named["incident_id"]))
    stated = cells["date"].map({value: dates.precision(str(value)) for value in distinct(cells["date"])})
    dated = stated.notna() & sound["date"]
    faults = [
        (Code.UNIT_WITHOUT_QUANTITY, "unit", (cells["quantity"] == "") != (cells["unit"] == ""), ""),
        (Code.PRECISION_MISMATCH, "date_precision", dated & (stated != cells["date_precision"]), ""),
        (Code.DATE_IN_FUTURE, "date", dated & (cells["date"] > today.isoformat()), f"≤ {today.isoformat()}"),
        (Code.HALF_A_POSITION, "lat", (cells["lat"] == "") != (cells["lon"] == ""), ""),
        (Code.ORPHAN_SPECIMEN, "incident_id", is_orphan, ""),
        *((Code.FURTHER_ROW, column, is_further & (named[column] != ""), "") for column in FIRST_ROW_ONLY),
    ]
    number = pd.factorize(incident)[0]  # grouping by numbers is several times faster than by texts
    for column in SAME_IN_ALL_ROWS:
        known = named[column].where(sound.loc[named.index, column])
        first = known.groupby(number, sort=False).transform("first")
        faults.append((Code.DIFFERS_WITHIN_INCIDENT, column, known.notna() & (known != first), ""))
    for code, column, is_wrong, expected in faults:
        for row in is_wrong.index[is_wrong & sound.loc[is_wrong.index, column]]:
            yield Issue(code, file, column, (int(row),), shorten(str(cells.at[row, column])), expected)


def incident_of(record_ids: pd.Series) -> pd.Series:
    """The incident that a row belongs to: ``PUB-0045-2`` is a second specimen of ``PUB-0045``."""
    return record_ids.str.extract(r"^([A-Z]+-\d+)", expand=False).fillna(record_ids)


def has_errors(issues: tuple[Issue, ...]) -> bool:
    """Whether any Issue stops an import."""
    return any(issue.severity is Severity.ERROR for issue in issues)

"""The shipped data: reads all files under ``data/``, checks them, and returns tables and Issues."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import pandas as pd

from dashboard.domain.fields import RANGE_COUNTRIES, Table
from dashboard.domain.issues import Code, Issue
from dashboard.domain.tables import CORRECTIONS, FILE_TABLES, INCIDENT_SHEET, REFERENCE_TABLES
from dashboard.ingest import coverage
from dashboard.ingest.check import Codes, check, check_incident_sheet, has_errors
from dashboard.ingest.correct import correct, stale
from dashboard.ingest.harmonise import harmonise, split
from dashboard.ingest.read import Sheet, read

DATA: Final = Path(__file__).parents[3] / "data"
DESCRIPTOR: Final = "datapackage.json"


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """What the road returns: tables (empty when there are errors), all Issues, and the version of the files."""

    tables: Mapping[str, pd.DataFrame]
    issues: tuple[Issue, ...]
    data_version: str


def load(folder: Path = DATA, *, today: date | None = None) -> Loaded:
    """Take all files under *folder* along the road.

    Nothing is lost silently: a file with errors gives Issues and no tables at all.
    """
    contents = {t.name: (folder / t.source_file).read_bytes() for t in FILE_TABLES if (folder / t.source_file).exists()}
    missing = [Issue(Code.FILE_MISSING, t.source_file, expected=t.name) for t in FILE_TABLES if t.name not in contents]
    if not (folder / DESCRIPTOR).exists():
        missing.append(Issue(Code.FILE_MISSING, DESCRIPTOR, expected="datapackage"))
    if missing:
        return Loaded({}, tuple(missing), "")
    sheets = {t.name: read(contents[t.name], t, t.source_file) for t in FILE_TABLES}
    codes = code_lists({t.name: sheets[t.name].cells for t in REFERENCE_TABLES})
    reference_issues = tuple(i for t in REFERENCE_TABLES for i in check(sheets[t.name], t, t.source_file, codes))
    issues = reference_issues + tuple(
        issue
        for table in FILE_TABLES
        if table not in REFERENCE_TABLES
        for issue in check_table(sheets[table.name], table, table.source_file, codes, sheets, today or date.today())
    )
    version = _version(folder, contents)
    cells = {name: sheet.cells for name, sheet in sheets.items()}
    incident_rows, corrections = cells[INCIDENT_SHEET.name], cells[CORRECTIONS.name]
    if not has_errors(issues):
        issues += tuple(stale(incident_rows, corrections, CORRECTIONS.source_file))
    if has_errors(issues):
        return Loaded({}, issues, version)
    corrected = correct(incident_rows, corrections)
    tables = {**cells, **harmonise(corrected, cells)}
    tables["coverage"] = coverage.from_incidents(tables["incidents"], RANGE_COUNTRIES)
    return Loaded(tables, issues, version)


def check_table(
    sheet: Sheet, table: Table, file: str, codes: Codes, reference: Mapping[str, Sheet], today: date
) -> tuple[Issue, ...]:
    """All Issues of one raw file; rules across cells skip the cells that are already reported."""
    issues = check(sheet, table, file, codes)
    if table is not INCIDENT_SHEET or not sheet.is_readable:
        return issues
    reported = {(issue.column, row) for issue in issues for row in issue.rows}
    across = [
        *check_incident_sheet(sheet.cells, file, today),
        *_unknown_names(sheet.cells, reference, file),
    ]
    fresh = (issue for issue in across if not any((issue.column, row) in reported for row in issue.rows))
    return tuple(sorted((*issues, *fresh), key=lambda issue: (issue.rows[:1], issue.column)))


def _unknown_names(cells: pd.DataFrame, reference: Mapping[str, Sheet], file: str) -> list[Issue]:
    """Names in the records that no reference table knows: they could not be shown in both languages."""
    publishers = frozenset(reference["publishers"].cells["publisher"])
    issues = []
    for column, table, key in (
        ("species_common", "taxa_match", ["species_scientific", "species_common"]),
        ("admin1", "admin1", ["country", "admin1"]),
        ("place", "places", ["country", "admin1", "place"]),
        ("agency", "agencies", ["agency"]),
    ):
        known = set(reference[table].cells[key].itertuples(index=False, name=None))
        named = cells[cells[column] != ""]
        for row, name in zip(named.index, named[key].itertuples(index=False, name=None), strict=True):
            if name not in known:
                issues.append(Issue(Code.UNKNOWN_NAME, file, column, (int(row),), ", ".join(name), f"{table}.csv"))
    issues += [
        Issue(Code.UNKNOWN_NAME, file, "source_publisher", (int(str(row)),), name, "publishers.csv")
        for row, cell in cells["source_publisher"].items()
        for name in split(cell)
        if name not in publishers
    ]
    return issues


def code_lists(reference: Mapping[str, pd.DataFrame]) -> Codes:
    """The codes of every list that a field may name."""
    vocabulary = reference["vocabulary"]
    lists = {str(name): frozenset(rows["code"]) for name, rows in vocabulary.groupby("list")}
    lists["country"] = frozenset(reference["countries"]["country"])
    lists["range_country"] = frozenset(RANGE_COUNTRIES)
    lists["taxon"] = frozenset(reference["taxa"]["taxon"])
    return lists


def descriptor(folder: Path = DATA) -> dict[str, Any]:
    """The Frictionless Data Package that describes *folder*."""
    package: dict[str, Any] = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    return package


def _version(folder: Path, contents: Mapping[str, bytes]) -> str:
    """The edition and a digest of every byte it was made from: the same data always has the same version."""
    digest = hashlib.sha256()
    for name in sorted(contents):
        digest.update(name.encode() + b"\0" + hashlib.sha256(contents[name]).digest())
    return f"{descriptor(folder)['version']}+{digest.hexdigest()[:8]}"

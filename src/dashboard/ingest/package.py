"""The shipped data: reads all files under ``data/``, checks them, and returns tables and Issues."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import pandas as pd

from dashboard.domain.fields import RANGE_COUNTRIES, Table
from dashboard.domain.issues import Code, Issue
from dashboard.domain.tables import ANNOTATIONS, CORRECTIONS, FILE_TABLES, INCIDENT_SHEET, RAW_TABLES, REFERENCE_TABLES
from dashboard.ingest import coverage
from dashboard.ingest.check import Codes, check, check_incident_sheet, distinct, has_errors, incident_of
from dashboard.ingest.correct import correct, stale
from dashboard.ingest.harmonise import harmonise, split, typed
from dashboard.ingest.read import Sheet, read, shorten

DATA: Final = Path(os.environ.get("DASHBOARD_DATA") or Path(__file__).parents[3] / "data")
DESCRIPTOR: Final = "datapackage.json"
NAMES: Final = (
    ("species_common", "taxa_match", ["species_scientific", "species_common"]),
    ("admin1", "admin1", ["country", "admin1"]),
    ("place", "places", ["country", "admin1", "place"]),
    ("agency", "agencies", ["agency"]),
)


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """What the road returns: tables (empty when there are errors), all Issues, and the version of the files.

    The sheet of incidents is none of the tables: they are made of it, and it is several times as large. ``sheet``
    reads it again from *folder*, for the few who need it.
    """

    tables: Mapping[str, pd.DataFrame]
    issues: tuple[Issue, ...]
    data_version: str
    folder: Path = DATA
    digest_of_sheet: str = ""


class ChangedError(RuntimeError):
    """A file of the shipped data is not the one that was read."""


def sheet(loaded: Loaded) -> pd.DataFrame:
    """The cells of the incident sheet as they were when *loaded* was read, without the corrections."""
    content = (loaded.folder / INCIDENT_SHEET.source_file).read_bytes()
    if (found := hashlib.sha256(content).hexdigest()) != loaded.digest_of_sheet:
        raise ChangedError(
            f"{INCIDENT_SHEET.source_file} has the checksum {found[:8]}, expected {loaded.digest_of_sheet[:8]}: it was "
            "changed after it was read. Start the dashboard again"
        )
    return read(content, INCIDENT_SHEET, INCIDENT_SHEET.source_file).cells


def load(folder: Path = DATA, *, today: date | None = None) -> Loaded:
    """Take all files under *folder* along the road.

    Nothing is lost silently: a file with errors gives Issues and no tables at all.
    """
    contents = {t.name: (folder / t.source_file).read_bytes() for t in FILE_TABLES if (folder / t.source_file).exists()}
    missing = [Issue(Code.FILE_MISSING, t.source_file, expected=t.name) for t in FILE_TABLES if t.name not in contents]
    missing += _descriptor_problems(folder)
    if missing:
        return Loaded({}, tuple(missing), "")
    version = _version(folder, contents)
    digest = hashlib.sha256(contents[INCIDENT_SHEET.name]).hexdigest()
    sheets = {t.name: read(contents.pop(t.name), t, t.source_file) for t in FILE_TABLES}
    today = today or date.today()
    issues = tuple(issue for t in REFERENCE_TABLES for issue in sheets[t.name].issues)
    if has_errors(issues):  # nothing can be checked against a list that cannot be read
        return Loaded({}, issues, version)
    codes = code_lists({t.name: sheets[t.name].cells for t in REFERENCE_TABLES})
    issues = tuple(issue for t in REFERENCE_TABLES for issue in check(sheets[t.name], t, t.source_file, codes))
    if has_errors(issues):
        return Loaded({}, issues, version)
    for table in RAW_TABLES:
        issues += check_table(sheets[table.name], table, table.source_file, codes, sheets, today)
    cells = {name: sheet.cells for name, sheet in sheets.items()}
    incident_rows, corrections = cells[INCIDENT_SHEET.name], cells[CORRECTIONS.name]
    if not has_errors(issues):
        issues += tuple(stale(incident_rows, corrections, CORRECTIONS.source_file))
        issues += tuple(_stray_annotations(incident_rows, cells[ANNOTATIONS.name]))
    if has_errors(issues):
        return Loaded({}, issues, version)
    corrected = correct(incident_rows, corrections)
    touched = _of_corrected(incident_rows, corrected, corrections)
    after = check_table(Sheet(touched, ()), INCIDENT_SHEET, INCIDENT_SHEET.source_file, codes, sheets, today)
    if has_errors(after):  # a correction brought them in
        return Loaded({}, (*issues, *after), version)
    del sheets, cells[INCIDENT_SHEET.name], incident_rows, touched  # as large as all tables together
    published = {t.name: typed(cells[t.name], t.name) for t in RAW_TABLES if t is not INCIDENT_SHEET}
    tables = {**cells, **published, **harmonise(corrected, cells)}
    tables["coverage"] = coverage.from_incidents(tables["incidents"], RANGE_COUNTRIES)
    return Loaded(tables, issues, version, folder, digest)


def _descriptor_problems(folder: Path) -> Iterator[Issue]:
    """The data package names the edition: without it there is no data version."""
    if not (folder / DESCRIPTOR).exists():
        yield Issue(Code.FILE_MISSING, DESCRIPTOR, expected="datapackage")
        return
    try:
        if not isinstance(descriptor(folder).get("version"), str):
            yield Issue(Code.REQUIRED, DESCRIPTOR, "version")
    except (ValueError, AttributeError) as problem:
        yield Issue(Code.NOT_READABLE, DESCRIPTOR, found=shorten(str(problem)), expected="JSON")


def check_table(
    sheet: Sheet, table: Table, file: str, codes: Codes, reference: Mapping[str, Sheet], today: date
) -> tuple[Issue, ...]:
    """All Issues of one raw file; rules across cells skip the cells that are already reported."""
    issues = check(sheet, table, file, codes)
    if table is not INCIDENT_SHEET or not sheet.is_readable:
        return issues
    if any(issue.code is Code.MISSING_COLUMN for issue in issues):
        return issues  # without a column, rows cannot be held against each other
    reported = {(issue.column, row) for issue in issues for row in issue.rows}
    across = list(check_incident_sheet(sheet.cells, file, today, reported))
    reported |= {(issue.column, row) for issue in across for row in issue.rows}
    across += _unknown_names(sheet.cells, reference, file, reported)
    return tuple(sorted((*issues, *across), key=lambda issue: (issue.file, issue.rows[:1], issue.column)))


def _stray_annotations(cells: pd.DataFrame, annotations: pd.DataFrame) -> Iterator[Issue]:
    """Annotations of incidents that are not in the file would be lost without a word."""
    known = set(incident_of(cells["incident_id"]))
    for row, incident in annotations["incident_id"].items():
        if incident not in known:
            yield Issue(Code.UNKNOWN_CODE, ANNOTATIONS.source_file, "incident_id", (int(str(row)),), incident)


def _of_corrected(before: pd.DataFrame, after: pd.DataFrame, corrections: pd.DataFrame) -> pd.DataFrame:
    """All rows of the incidents that a correction touches; the others were checked as they are."""
    incident = incident_of(before["incident_id"])
    is_touched = incident.isin(incident[before["incident_id"].isin(corrections["record_id"])])
    incident = incident_of(after["incident_id"])
    return after[is_touched | incident.isin(incident[is_touched])]


def _unknown_names(
    cells: pd.DataFrame, reference: Mapping[str, Sheet], file: str, reported: set[tuple[str, int]]
) -> Iterator[Issue]:
    """Names in the records that no reference table knows: they could not be shown in both languages.

    A name is looked up together with its country and province; where one of those is at fault, only that is said.
    """
    at_fault = set(reported)
    for column, table, key in NAMES:
        known = set(reference[table].cells[key].itertuples(index=False, name=None))
        keys = cells[key].drop_duplicates()
        unknown = {name for name in keys.itertuples(index=False, name=None) if name not in known}
        doubtful = cells.loc[cells[column].isin({name[key.index(column)] for name in unknown} - {""}), key]
        for row, name in zip(doubtful.index, doubtful.itertuples(index=False, name=None), strict=True):
            if name in unknown and not any((part, row) in at_fault for part in key):
                at_fault.add((column, row))
                yield Issue(Code.UNKNOWN_NAME, file, column, (int(row),), shorten(", ".join(name)), f"{table}.csv")
    yield from _unknown_publishers(cells["source_publisher"], reference["publishers"].cells, file, reported)


def _unknown_publishers(
    named: pd.Series, known: pd.DataFrame, file: str, reported: set[tuple[str, int]]
) -> Iterator[Issue]:
    publishers = frozenset(known["publisher"])
    parts = {cell: split(cell) for cell in distinct(named) if cell}
    wrong = {cell: names for cell, names in parts.items() if not names or not publishers.issuperset(names)}
    for row, cell in named[named.isin(wrong)].items():
        names = wrong[cell]
        if not names:
            yield Issue(Code.REQUIRED, file, "source_publisher", (int(str(row)),), shorten(cell))
        for publisher in names:
            if publisher not in publishers and ("source_publisher", row) not in reported:
                found = shorten(publisher)
                yield Issue(Code.UNKNOWN_NAME, file, "source_publisher", (int(str(row)),), found, "publishers.csv")


def code_lists(reference: Mapping[str, pd.DataFrame]) -> Codes:
    """The codes of every list that a field may name."""
    vocabulary = reference["vocabulary"]
    lists = {str(name): frozenset(rows["code"]) for name, rows in vocabulary.groupby("list")}
    lists["country"] = frozenset(reference["countries"]["country"])
    lists["range_country"] = frozenset(RANGE_COUNTRIES)
    lists["province"] = frozenset(reference["provinces"]["province"])
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

"""Takes a file along the road up to the store: mapped, normalised, checked. Nothing is written here."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

import pandas as pd

from dashboard.domain.issues import Code, Issue, Severity
from dashboard.domain.tables.record_sheet import RECORD_SHEET
from dashboard.i18n.labels import Labels
from dashboard.i18n.translator import Translator
from dashboard.ingest.check import check, check_incident_sheet, has_errors, incident_of
from dashboard.ingest.harmonise import PUBLISHED, split
from dashboard.ingest.normalise import normalise
from dashboard.ingest.read import Sheet, shorten
from dashboard.ingest.upload import Upload
from dashboard.intake import cites, layouts
from dashboard.intake.combine import Reference, taxon
from dashboard.intake.layouts import CITES, STATE_COLUMNS, Layout
from dashboard.store.schema import CONTENT

NEW: Final = "NEW-"  # stands for an identifier that the store gives out when it writes
CITES_OF: Final = {
    "incident_id": "record_id", "species_scientific": "species", "species_common": "species",
    "commodity": "description",
    "specimen_description": "description", "admin1": "location", "place": "location", "transit_origin": "origin",
    "transit_destination": "destination", "transit_countries": "transit", "additional_information": "additional",
}  # fmt: skip
Languages = Sequence[tuple[Translator, Labels]]


@dataclass(frozen=True, slots=True)
class Source:
    """Who reports what a CITES report holds; its layout has no column for it."""

    country: str = ""
    publisher: str = ""
    publisher_kind: str = ""
    title: str = ""
    language: str = "en"

    def cells(self) -> dict[str, str]:
        """The cells of the record sheet that say so."""
        return {
            "source_title": self.title,
            "source_publisher": self.publisher,
            "publisher_kind": self.publisher_kind,
            "language": self.language,
        }


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A file that is ready to be stored, or what stands in the way."""

    upload: Upload
    layout: Layout
    mapping: Mapping[int, str]
    cells: pd.DataFrame  # columns of ``store.schema.CONTENT``, by spreadsheet row
    issues: tuple[Issue, ...]
    dropped: tuple[str, ...] = field(default=())  # headings of columns about persons
    since: int = 0  # the version of the records that it was held against

    @property
    def is_sound(self) -> bool:
        """Whether it may be stored."""
        return not has_errors(self.issues) and not self.cells.empty


def prepare(
    upload: Upload, layout: Layout, mapping: Mapping[int, str], ref: Reference, *,
    there: Callable[[list[str]], pd.DataFrame], languages: Languages, source: Source | None = None,
    since: int = 0, today: date | None = None,
) -> Prepared:  # fmt: skip
    """Map, normalise and check a file. *there* gives the rows that stand for some records.

    *since* is the version of the records asked for before anything is read: what is changed later is not overwritten.
    """
    file, header = upload.file, upload.header
    dropped = tuple(
        h
        for i, h in enumerate(header)
        if mapping.get(i) == layouts.DROPPED or (i not in mapping and layouts.is_about_persons(h))
    )
    issues = [*upload.issues, *_header(upload, layout, mapping, dropped)]
    empty = pd.DataFrame(columns=list(CONTENT), dtype="str")
    if upload.cells.empty or any(issue.code is Code.MISSING_COLUMN for issue in issues):
        return Prepared(upload, layout, mapping, empty, tuple(issues), dropped, since)
    taken = {c: upload.cells[i] for i, c in mapping.items() if c != layouts.DROPPED}
    present = [column for column in layout.headings if column in taken]
    blank = pd.Series("", index=upload.cells.index, dtype="str")
    if layout.name == CITES:
        report = pd.DataFrame({column: taken.get(column, blank) for column in layout.headings})
        report["record_id"] = _numbered(report["record_id"])
        report["transit"] = report["transit"].str.replace(", ", "; ", regex=False)
        old = there(report["record_id"].tolist())
        written = [cites.fill(old, t, labels) for t, labels in languages]
        source = source or Source()
        cells = cites.take(report, present, old, ref.words, written, source.country, source.cells())
    else:
        cells = pd.DataFrame({column: taken.get(column, blank) for column in CONTENT})
        cells["incident_id"] = _numbered(cells["incident_id"])
        cells = _without_corrected_text(cells, ref)
        cells["record_status"] = cells["record_status"].where(cells["record_status"] != "", PUBLISHED)
    state = {name: cells[name] for name in STATE_COLUMNS}
    cells = normalise(
        cells[list(RECORD_SHEET.columns)], RECORD_SHEET, ref.words, has_decimal_comma=upload.has_decimal_comma
    )
    cells = _with_common_names(cells, ref).assign(**state)
    heading_of = {column: header[i] for i, column in mapping.items()}
    found = _checked(cells, file, ref, there, today or date.today())
    issues += [replace(issue, column=_heading(issue.column, layout, heading_of)) for issue in found]
    return Prepared(upload, layout, mapping, cells[list(CONTENT)], tuple(issues), dropped, since)


def _header(upload: Upload, layout: Layout, mapping: Mapping[int, str], dropped: Sequence[str]) -> Iterator[Issue]:
    file, header = upload.file, upload.header
    if not header:
        return
    available = shorten(", ".join(header), 300)
    for column in layout.required:
        is_named_otherwise = column == "species_common" and "species_scientific" in mapping.values()
        if column not in mapping.values() and not is_named_otherwise:
            yield Issue(Code.MISSING_COLUMN, file, layout.headings[column], (1,), available, layout.headings[column])
    for i, heading in enumerate(header):
        if heading in dropped:
            yield Issue(Code.PERSONAL_DATA, file, shorten(heading), (1,), severity=Severity.WARNING)
        elif i not in mapping and heading:
            yield Issue(Code.EXTRA_COLUMN, file, shorten(heading), (1,), severity=Severity.WARNING)


def _numbered(ids: pd.Series) -> pd.Series:
    """A stand-in for each empty identifier; the store gives the real one."""
    empty = ids == ""
    if not empty.any():
        return ids
    return ids.where(~empty, pd.Series([f"{NEW}{int(row):07d}" for row in ids.index], index=ids.index, dtype="str"))


def _without_corrected_text(cells: pd.DataFrame, ref: Reference) -> pd.DataFrame:
    """Apply the shipped corrections to shipped records that come back: what they took out named persons."""
    corrections = ref.tables["corrections"]
    row_of = dict(zip(cells["incident_id"], cells.index, strict=True))
    for c in corrections[corrections["record_id"].isin(row_of)].to_dict("records"):
        row = row_of[c["record_id"]]
        if cells.at[row, c["column"]] == c["was"]:
            cells.at[row, c["column"]] = c["becomes"]
    return cells


def _with_common_names(cells: pd.DataFrame, ref: Reference) -> pd.DataFrame:
    """The English name of a species that is given by its scientific name alone."""
    bare = (cells["species_common"] == "") & (cells["species_scientific"] != "")
    if not bare.any():
        return cells
    pairs = {name: cites.species(name, ref.words) for name in cells.loc[bare, "species_scientific"].unique()}
    common = cells["species_scientific"].map({name: pair[1] for name, pair in pairs.items() if pair[0]}).fillna("")
    return cells.assign(species_common=cells["species_common"].where(~bare, common).astype("str"))


def _checked(
    cells: pd.DataFrame, file: str, ref: Reference, there: Callable[[list[str]], pd.DataFrame], today: date
) -> list[Issue]:
    """All Issues of the cells: the rules of every file, and those of names."""
    issues = [i for i in check(Sheet(cells, ()), RECORD_SHEET, file, ref.codes) if not _follows(i)]
    reported = {(issue.column, row) for issue in issues for row in issue.rows}
    across = list(check_incident_sheet(cells, file, today, reported))
    orphans = [issue for issue in across if issue.code is Code.ORPHAN_SPECIMEN]
    if orphans:  # the first row of the incident may be with us already
        named = incident_of(cells.loc[[row for issue in orphans for row in issue.rows], "incident_id"])
        known = set(there(named.unique().tolist())["incident_id"])
        across = [i for i in across if i.code is not Code.ORPHAN_SPECIMEN or named[i.rows[0]] not in known]
    return [*issues, *across, *_names(cells, file, ref)]


def _follows(issue: Issue) -> bool:
    """Whether an Issue only repeats another: the precision is taken from the date, and missing with it."""
    return issue.code is Code.REQUIRED and issue.column == "date_precision"


def _names(cells: pd.DataFrame, file: str, ref: Reference) -> Iterator[Issue]:
    """Species must be in the list; other names may be new."""
    pair_columns = ["species_scientific", "species_common"]
    unknown = [
        pair
        for pair in cells[pair_columns].drop_duplicates().itertuples(index=False, name=None)
        if any(pair) and pair not in ref.words.pairs and not taxon(pair, ref)
    ]
    for scientific, common in unknown:
        rows = cells.index[(cells["species_scientific"] == scientific) & (cells["species_common"] == common)]
        found = shorten(" / ".join(part for part in (scientific, common) if part))
        yield Issue(Code.UNKNOWN_SPECIES, file, "species_common", tuple(map(int, rows)), found, "taxa.csv")
    for column, table, key in (
        ("agency", "agencies", ["agency"]),
        ("admin1", "admin1", ["country", "admin1"]),
        ("place", "places", ["country", "admin1", "place"]),
    ):
        known = set(ref.tables[table][key].itertuples(index=False, name=None))
        distinct = cells[key].drop_duplicates()
        new = [k for k in distinct[distinct[column] != ""].itertuples(index=False, name=None) if k not in known]
        yield from _new(cells, column, [k[-1] for k in new], file)
    publishers = set(ref.tables["publishers"]["publisher"])
    cells_ = [
        cell for cell in cells["source_publisher"].unique() if any(name not in publishers for name in split(cell))
    ]
    yield from _new(cells, "source_publisher", cells_, file)


def _new(cells: pd.DataFrame, column: str, names: Sequence[str], file: str) -> Iterator[Issue]:
    if not names:
        return
    found = cells[column][cells[column].isin(names)]
    for name, rows in found.groupby(found).groups.items():
        yield Issue(Code.NEW_NAME, file, column, tuple(map(int, rows)), shorten(str(name)), "", Severity.WARNING)


def _heading(column: str, layout: Layout, heading_of: Mapping[str, str]) -> str:
    """The heading in the reader's own file of a column of the record sheet."""
    asked = CITES_OF.get(column, column) if layout.name == CITES else column
    return heading_of.get(asked, layout.headings.get(asked, column))

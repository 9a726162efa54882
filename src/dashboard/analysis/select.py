"""Narrows the records to what a reader chose."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

import narwhals as nw

from dashboard.analysis import Frame, lock
from dashboard.analysis.extent import SEVERAL
from dashboard.analysis.keys import BELONGING, LOOKED_AT, TAXON, is_described, is_keyed, narrowed, of, whole
from dashboard.domain.records import Records
from dashboard.domain.selection import Selection


@dataclass(frozen=True, slots=True)
class Involved:
    """The chosen taxa with their members, and the incidents of which a specimen is one of them."""

    taxa: list[str]
    all: Frame
    mixed: Frame  # those of several taxa, where the specimens say which these are


def select(records: Records, selection: Selection) -> Records:
    """Keep the incidents that match every filter in force, and what belongs to them.

    An incident matches a taxon when any of its specimens does; all its specimens are kept, so a mixed seizure
    stays whole. Coverage is narrowed by country and year only: what was looked for does not depend on the species.
    """
    coverage = _narrowed(records["coverage"], _there_and_then(selection))
    known, is_locked = records.with_tables(coverage=coverage), lock.is_locked(records)
    if selection == Selection():
        return known.with_tables(incidents=lock.withhold_small(records["incidents"])) if is_locked else known
    # most figures need a few columns of one or two tables, and narrowing all would cost more than counting
    involved = cache(partial(_involved, records, selection))
    chosen = cache(partial(_chosen, records, selection, involved))
    tables: dict[str, Callable[..., Frame]] = {}
    for name in BELONGING:
        if not is_keyed(records[name]):
            tables[name] = whole(partial(_belonging, records[name], chosen))
        elif selection.taxa:
            tables[name] = whole(partial(_rows, records[name], selection, involved))
        else:
            tables[name] = narrowed(records[name], _conditions(selection, of))
    if is_locked:  # what is told of a province depends on how many are selected
        tables["incidents"] = whole(lambda: lock.withhold_small(chosen()))
    else:
        conditions = _conditions(selection)
        tables["incidents"] = whole(chosen) if selection.taxa else narrowed(records["incidents"], conditions)
    return known.with_tables(**tables)


def _chosen(records: Records, selection: Selection, involved: Callable[[], Involved]) -> Frame:
    """The incidents that match every filter."""
    incidents = _narrowed(records["incidents"], selection)
    return _with_taxa(incidents, TAXON, involved()) if selection.taxa else incidents


def _rows(table: Frame, selection: Selection, involved: Callable[[], Involved]) -> Frame:
    """The rows of the incidents that match every filter, of rows that say themselves what it looks at."""
    found = _narrowed(table, selection, of)
    return _with_taxa(found, of(TAXON), involved()).drop(*LOOKED_AT, strict=False)


def _involved(records: Records, selection: Selection) -> Involved:
    taxa = with_members(records["taxa"], selection.taxa)
    lines = records["specimens"].filter(nw.col(TAXON).is_in(taxa))
    mixed = lines.filter(nw.col(of(TAXON)) == SEVERAL) if is_described(lines, of(TAXON)) else lines
    return Involved(taxa, lines.select("incident_id"), mixed.select("incident_id"))


def _with_taxa(table: Frame, column: str, involved: Involved) -> Frame:
    """The rows of incidents with these taxa: most incidents have one and say which, and only the others are joined."""
    if not is_described(table, column):
        return table.join(involved.all, on="incident_id", how="semi")
    several = table.filter(nw.col(column) == SEVERAL).join(involved.mixed, on="incident_id", how="semi")
    return nw.concat([table.filter(nw.col(column).is_in(involved.taxa)), several])


def _belonging(table: Frame, chosen: Callable[[], Frame]) -> Frame:
    return table.join(chosen().select("incident_id"), on="incident_id", how="semi")


def searched(records: Records, selection: Selection) -> tuple[Frame, Frame]:
    """What was looked for in the chosen countries and years.

    Returns ``country``, ``province`` and ``year`` of all incidents there and then, and their coverage.
    """
    incidents = records.part("incidents", "country", "province", "year")
    wide = _there_and_then(selection)
    return _narrowed(incidents, wide), _narrowed(records["coverage"], wide)


def _there_and_then(selection: Selection) -> Selection:
    return Selection(selection.countries, selection.year_from, selection.year_to)


def _narrowed(table: Frame, selection: Selection, called: Callable[[str], str] = str) -> Frame:
    conditions = _conditions(selection, called)
    return table.filter(*conditions.values()) if conditions else table


def _conditions(selection: Selection, called: Callable[[str], str] = str) -> dict[str, nw.Expr]:
    """The filters on columns of the incident itself, each by the column that it looks at, as a table calls it."""
    conditions = {
        called(column): nw.col(called(column)).is_in(values)
        for column, values in (
            ("country", selection.countries),
            ("province", selection.provinces),
            ("incident_type", selection.incident_types),
            ("evidence_grade", selection.evidence_grades),
        )
        if values
    }
    year, first, last = called("year"), selection.year_from, selection.year_to
    if first is not None:
        conditions[year] = nw.col(year) >= first
    if last is not None:
        conditions[year] = conditions[year] & (nw.col(year) <= last) if first is not None else nw.col(year) <= last
    return conditions


def with_members(taxa: Frame, chosen: tuple[str, ...]) -> list[str]:
    """The chosen taxa, and the members of those that are groups."""
    members = taxa.filter(nw.col("parent").is_in(chosen)).collect()["taxon"].to_list()
    return [*chosen, *members]

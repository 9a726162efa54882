"""Narrows the records to what a reader chose."""

from functools import cache, partial

import narwhals as nw

from dashboard.analysis import Frame, lock
from dashboard.domain.records import Records
from dashboard.domain.selection import Selection

OF_AN_INCIDENT = ("specimens", "legs", "proceedings", "citations")


def select(records: Records, selection: Selection) -> Records:
    """Keep the incidents that match every filter in force, and what belongs to them.

    An incident matches a taxon when any of its specimens does; all its specimens are kept, so a mixed seizure
    stays whole. Coverage is narrowed by country and year only: what was looked for does not depend on the species.
    """
    incidents = _narrowed(records["incidents"], selection)
    if selection.taxa:
        taxa = with_members(records["taxa"], selection.taxa)
        involved = records["specimens"].filter(nw.col("taxon").is_in(taxa)).select("incident_id")
        incidents = incidents.join(involved, on="incident_id", how="semi")
    if selection != Selection():
        chosen = incidents.select("incident_id")
        # most figures need one or two of these tables, and narrowing them costs more than narrowing the incidents
        narrowed = {name: cache(partial(_belonging, records[name], chosen)) for name in OF_AN_INCIDENT}
    else:
        narrowed = {}
    _, coverage = searched(records, selection)
    if lock.is_locked(records):
        incidents = lock.withhold_small(incidents)
    return records.with_tables(incidents=incidents, coverage=coverage, **narrowed)


def _belonging(table: Frame, chosen: Frame) -> Frame:
    return table.join(chosen, on="incident_id", how="semi")


def searched(records: Records, selection: Selection) -> tuple[Frame, Frame]:
    """All incidents, and the coverage, of the chosen countries and years: what was looked for there and then."""
    there_and_then = Selection(selection.countries, selection.year_from, selection.year_to)
    return _narrowed(records["incidents"], there_and_then), _narrowed(records["coverage"], there_and_then)


def _narrowed(table: Frame, selection: Selection) -> Frame:
    conditions = _conditions(selection)
    return table.filter(*conditions) if conditions else table


def _conditions(selection: Selection) -> list[nw.Expr]:
    """The filters on columns of the incident itself."""
    conditions = [
        nw.col(column).is_in(values)
        for column, values in (
            ("country", selection.countries),
            ("province", selection.provinces),
            ("incident_type", selection.incident_types),
            ("evidence_grade", selection.evidence_grades),
        )
        if values
    ]
    if selection.year_from is not None:
        conditions.append(nw.col("year") >= selection.year_from)
    if selection.year_to is not None:
        conditions.append(nw.col("year") <= selection.year_to)
    return conditions


def with_members(taxa: Frame, chosen: tuple[str, ...]) -> list[str]:
    """The chosen taxa, and the members of those that are groups."""
    members = taxa.filter(nw.col("parent").is_in(chosen)).collect()["taxon"].to_list()
    return [*chosen, *members]

"""What is known, how well, and of when."""

from dataclasses import dataclass
from typing import Final

import narwhals as nw

from dashboard.analysis import Frame
from dashboard.domain.records import Records

FINAL_OUTCOMES: Final = ("convicted", "acquitted", "dismissed")
PUBLIC: Final = "public_sources"  # any other kind of coverage is an agency's own word


@dataclass(frozen=True, slots=True)
class Headline:
    """The numbers of the first line. Counts, not estimates; each says of how many."""

    incident_count: int
    country_count: int
    group_count: int
    first_year: int | None
    last_year: int | None
    final_outcome_count: int
    conviction_count: int

    @property
    def without_outcome_count(self) -> int:
        """Incidents of which no final outcome is known."""
        return self.incident_count - self.final_outcome_count


def headline(records: Records) -> Headline:
    """Count incidents, countries, species groups and known outcomes of a selection.

    A final outcome is a conviction, an acquittal or a dismissal. A charge is a step: its outcome is unknown.
    The span of years is ``None`` when nothing is selected.
    """
    # counted where the records are: only a row for each country and outcome leaves the engine
    counts = (
        records.part("incidents", "country", "outcome", "year")
        .group_by("country", "outcome")
        .agg(count=nw.len(), first=nw.col("year").min(), last=nw.col("year").max())
        .collect()
    )
    groups = (
        records.part("specimens", "taxon")
        .group_by("taxon")  # grouped, not ``unique``: that numbers the rows of each value on engines of SQL
        .agg(line_count=nw.len())
        .join(records["taxa"].select("taxon", "parent"), on="taxon", how="inner")
        .group_by("parent")
        .agg(taxon_count=nw.len())
        .collect()
    )
    is_any = len(counts) > 0
    is_final, is_conviction = counts["outcome"].is_in(FINAL_OUTCOMES), counts["outcome"] == "convicted"
    return Headline(
        incident_count=int(counts["count"].sum()) if is_any else 0,
        country_count=counts["country"].n_unique(),
        group_count=len(groups),
        first_year=int(counts["first"].min()) if is_any else None,
        last_year=int(counts["last"].max()) if is_any else None,
        final_outcome_count=int(counts.filter(is_final)["count"].sum()) if is_any else 0,
        conviction_count=int(counts.filter(is_conviction)["count"].sum()) if is_any else 0,
    )


def count_by(incidents: Frame, column: str) -> Frame:
    """Count incidents per value of *column*. Returns *column* and ``incident_count``; absent values are absent."""
    return incidents.group_by(column).agg(incident_count=nw.len()).sort(column)


def count_by_year(incidents: Frame, split: str) -> Frame:
    """Count incidents per calendar year and value of *split*.

    Returns ``year``, *split* and ``incident_count``. Years without a record are absent: nothing is known of them.
    """
    return incidents.group_by("year", split).agg(incident_count=nw.len()).sort("year", split)


def coverage_grid(coverage: Frame, incidents: Frame) -> Frame:
    """What is known of each country and year, with the number of incidents selected.

    Returns ``country``, ``year``, ``state`` and ``incident_count``. A reported year with no selected incident
    (they were filtered out) keeps its state and counts 0.
    """
    counts = incidents.group_by("country", "year").agg(incident_count=nw.len())
    return (
        coverage.select("country", "year", "state")
        .join(counts, on=["country", "year"], how="left")
        .with_columns(nw.col("incident_count").fill_null(0).cast(nw.Int64))
        .sort("country", "year")
    )

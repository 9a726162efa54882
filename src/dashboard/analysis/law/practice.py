"""What courts were seen to do, beside what the law allows. Never one index: the two are not of the same kind."""

from typing import Final

import narwhals as nw

from dashboard.analysis import Frame
from dashboard.analysis.overview import FINAL_OUTCOMES
from dashboard.domain.records import Records

COUNTS: Final = (
    "incident_count",
    "without_outcome_count",
    "conviction_count",
    "term_count",
    "suspended_count",
    "fine_count",
)


def seen_in_court(records: Records, countries: Frame) -> Frame:
    """Count what became of the incidents of each country.

    All species: cases about the snow leopard alone are too few. Returns ``country``, ``incident_count``,
    ``without_outcome_count`` (no final outcome is known), ``conviction_count``, ``term_count``, ``suspended_count``,
    ``shortest_months``, ``longest_months`` (missing where no term is recorded) and ``fine_count``.
    """
    is_open = (~nw.col("outcome").is_in(FINAL_OUTCOMES)).cast(nw.Int64)
    is_conviction = (nw.col("outcome") == "convicted").cast(nw.Int64)
    incidents = (
        records["incidents"]
        .with_columns(is_open=is_open, is_conviction=is_conviction)
        .group_by("country")
        .agg(
            incident_count=nw.len(),
            without_outcome_count=nw.col("is_open").sum(),
            conviction_count=nw.col("is_conviction").sum(),
        )
    )
    placed = records["proceedings"].join(
        records["incidents"].select("incident_id", "country"), on="incident_id", how="inner"
    )
    term = nw.col("imprisonment_months")
    court = (
        placed.with_columns(is_suspended_term=nw.col("is_suspended").cast(nw.Int64).fill_null(0))
        .group_by("country")
        .agg(
            term_count=term.count(),
            suspended_count=nw.col("is_suspended_term").sum(),
            shortest_months=term.min(),
            longest_months=term.max(),
            fine_count=nw.col("fine_amount").count(),
        )
    )
    return (
        countries.select("country")
        .join(incidents, on="country", how="left")
        .join(court, on="country", how="left")
        .with_columns(nw.col(*COUNTS).fill_null(0).cast(nw.Int64))
        .sort("country")
    )


def terms(records: Records) -> Frame:
    """The prison terms that courts gave. Returns ``country``, ``incident_id``, ``months`` and ``is_suspended``."""
    return (
        records["proceedings"]
        .filter(~nw.col("imprisonment_months").is_null())
        .join(records["incidents"].select("incident_id", "country"), on="incident_id", how="inner")
        .select("country", "incident_id", "is_suspended", months="imprisonment_months")
        .sort("country", "months")
    )

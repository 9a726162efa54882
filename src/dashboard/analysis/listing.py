"""Records one by one: a page of them in an order, and all that is stated of one."""

from collections.abc import Mapping
from typing import Final

import narwhals as nw

from dashboard.analysis import Frame
from dashboard.domain.records import Records

BY_DATE: Final = "occurred_on"
OF_ONE: Final = ("incidents", "specimens", "legs", "proceedings", "citations")


def page(
    records: Records, limit: int, start: int = 0, by: str = BY_DATE, ranks: Mapping[str, int] | None = None
) -> Frame:
    """*limit* incidents from *start* on, one row each, with the taxon and commodity of the first specimen and a source.

    The latest come first; with *by*, a column of the result, those of the lowest of *ranks* do, and among equals the
    latest. Partial dates sort as text: ``2025`` comes after no day of 2025. Returns the columns of ``incidents`` with
    ``taxon``, ``commodity``, ``specimen_count``, ``title``, ``publisher``, ``url`` and ``language``.
    """
    specimens = records["specimens"]
    incidents = records["incidents"].drop("taxon", "commodity", strict=False)  # said of all specimens where described
    first = specimens.filter(nw.col("line") == 1).select("incident_id", "taxon", "commodity")
    if by == "taxon":
        incidents = incidents.join(first.select("incident_id", "taxon"), on="incident_id", how="left")
    keys = _ordered(
        _latest(incidents, start + limit) if ranks is None else incidents.select("incident_id", "occurred_on", by),
        by,
        ranks,
    )
    ids = keys.collect()["incident_id"].to_list()[start : start + limit]
    shown = nw.col("incident_id").is_in(ids or [""])  # Arrow does not compare text with a list of nothing
    lines = specimens.filter(shown).group_by("incident_id").agg(specimen_count=nw.len())
    cited = (
        records["citations"]
        .filter(shown)
        .join(records["sources"], on="source_id", how="inner")
        .with_columns(is_unlinked=nw.col("url").is_null())
        .unique(["incident_id"], keep="first", order_by=["is_unlinked", "source_id"])
        .select("incident_id", "title", "publisher", "url", "language")
    )
    rows = incidents.filter(shown).drop("taxon", strict=False)
    for beside in (first.filter(shown), lines, cited):
        rows = rows.join(beside, on="incident_id", how="left")
    return _ordered(rows, by, ranks)


def _latest(incidents: Frame, count: int) -> Frame:
    """The incidents among which the latest *count* are: sorting one text is cheap where sorting rows is not."""
    dates = incidents.select("occurred_on").sort("occurred_on", descending=True).head(count).collect()["occurred_on"]
    oldest = dates.to_list()[-1] if len(dates) else ""
    return incidents.select("incident_id", "occurred_on").filter(nw.col("occurred_on") >= oldest)


def _ordered(rows: Frame, by: str, ranks: Mapping[str, int] | None) -> Frame:
    """Rows by the rank of a column, the lowest first, and then the latest first; joins do not keep an order."""
    if ranks is None:
        return rows.sort("occurred_on", "incident_id", descending=[True, False])
    rank = nw.col(by).replace_strict(list(ranks), list(ranks.values()), default=None, return_dtype=nw.Int64)
    return (
        rows.with_columns(rank=rank)
        .sort("rank", "occurred_on", "incident_id", descending=[False, True, False])
        .drop("rank")
    )


def one(records: Records, incident_id: str) -> Records:
    """The records narrowed to one incident; its tables are empty when there is none."""
    return records.with_tables(**{name: records[name].filter(nw.col("incident_id") == incident_id) for name in OF_ONE})


def sources(records: Records) -> Frame:
    """The publications behind the incidents of *records*, each once, those with an address first."""
    cited = records["citations"].select("source_id").unique()
    return (
        records["sources"]
        .join(cited, on="source_id", how="semi")
        .with_columns(is_unlinked=nw.col("url").is_null())
        .sort("is_unlinked", "publisher", "source_id")
        .drop("is_unlinked")
    )


def values(records: Records, column: str) -> list[str]:
    """The values that a column of the incidents, or ``taxon`` of their first specimens, takes."""
    of_specimens = records["specimens"].filter(nw.col("line") == 1)
    table = of_specimens if column == "taxon" else records["incidents"]
    found: list[str] = table.select(column).unique().collect()[column].to_list()
    return found

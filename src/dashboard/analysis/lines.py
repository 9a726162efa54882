"""How many incidents the lines of specimens stand for: an incident counts once under each value of its lines."""

from typing import Final

import narwhals as nw

from dashboard.analysis import Frame
from dashboard.analysis.keys import has
from dashboard.domain.records import Records

GROUP: Final = "group"
TOLD_APART: Final = ("taxon", "commodity", GROUP)


def groups(taxa: Frame) -> Frame:
    """The ``group`` of each ``taxon``: what it belongs to, or else itself."""
    parent = nw.col("parent")
    group = nw.when(parent.is_null() | (parent == "")).then(nw.col("taxon")).otherwise(parent)
    return taxa.select("taxon", group.alias(GROUP))


def new(column: str) -> str:
    """The column that says whether a line is the first of its incident with a value of *column*."""
    return f"new_{column}"


def told_apart(records: Records) -> Frame:
    """The specimens with ``new_taxon``, ``new_commodity`` and ``new_group``.

    Each is 1 for the first line of an incident with a value and 0 for those that repeat it. A line whose taxon is
    in no group is counted in none, and its ``new_group`` says nothing.
    """
    specimens = records["specimens"]
    for column in TOLD_APART:
        names = groups(records["taxa"]) if column == GROUP else None
        values = _called(_of_several(specimens, "taxon" if column == GROUP else column), names)
        firsts = values.group_by("incident_id", column).agg(first=nw.col("line").min())
        repeated = values.join(firsts, on=["incident_id", column], how="inner").filter(nw.col("line") > nw.col("first"))
        marked = repeated.select("incident_id", "line", again=nw.lit(1))
        is_new = nw.when(nw.col("again").is_null()).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int8)
        joined = specimens.join(marked, on=["incident_id", "line"], how="left")
        specimens = joined.with_columns(is_new.alias(new(column))).drop("again")
    return specimens


def incidents_per(records: Records, column: str, names: Frame | None = None) -> Frame:
    """Count incidents per value of *column*, a column of the specimens, or of *names* by taxon.

    An incident counts once under each of its values: its first lines with a value are added up where they were
    ``told_apart``. Else all lines are counted, and of the incidents with further lines those that repeat a value are
    taken off. Returns *column* and ``incident_count``.
    """
    key = column if names is None else "taxon"
    count = nw.col("incident_count").cast(nw.Int64)
    if has(records, "specimens", new(column)):
        lines = records.part("specimens", key, new(column))
        counts = _called(lines.group_by(key).agg(nw.col(new(column)).sum().alias("incident_count")), names)
        return counts.group_by(column).agg(nw.col("incident_count").sum()).select(column, count)
    specimens = records.part("specimens", "incident_id", "line", key)
    lines = _called(specimens.group_by(key).agg(line_count=nw.len()), names)
    lines = lines.group_by(column).agg(nw.col("line_count").sum())
    repeated = (
        _called(_of_several(specimens, key), names)
        .group_by("incident_id", column)
        .agg(times=nw.len())
        .filter(nw.col("times") > 1)
        .group_by(column)
        .agg(nw.col("times").sum(), pair_count=nw.len())
    )
    again = (nw.col("times") - nw.col("pair_count")).fill_null(0)
    counted = lines.join(repeated, on=column, how="left")
    return counted.select(column, incident_count=(nw.col("line_count") - again).cast(nw.Int64))


def _of_several(specimens: Frame, key: str) -> Frame:
    """The lines of incidents that have several; most have one, and nothing to tell apart."""
    further = specimens.filter(nw.col("line") > 1).select("incident_id")
    return specimens.select("incident_id", "line", key).join(further, on="incident_id", how="semi")


def _called(rows: Frame, names: Frame | None) -> Frame:
    return rows if names is None else rows.join(names, on="taxon", how="inner")

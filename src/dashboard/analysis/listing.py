"""Records one by one: a page of them in an order, and all that is stated of one."""

from collections.abc import Mapping
from typing import Final

import narwhals as nw

from dashboard.analysis import Frame
from dashboard.domain.records import Records

BY_DATE: Final = "occurred_on"
TAXON: Final = "taxon"
OF_ONE: Final = ("incidents", "specimens", "legs", "proceedings", "citations")


def page(
    records: Records, limit: int, start: int = 0, by: str = BY_DATE, ranks: Mapping[str, int] | None = None
) -> Frame:
    """*limit* incidents from *start* on, one row each, with the taxon and commodity of the first specimen and a source.

    The latest come first; with *by*, a column of the result, those of the lowest of *ranks* do, and among equals the
    latest. Partial dates sort as text: ``2025`` comes after no day of 2025. Returns the columns of ``incidents`` with
    ``taxon``, ``commodity``, ``specimen_count``, ``title``, ``publisher``, ``url`` and ``language``.
    """
    wanted = start + limit
    keys = records.part("incidents", "incident_id", *{"occurred_on", *(() if by == TAXON else (by,))})
    if by == TAXON:
        first = records.part("specimens", "incident_id", TAXON, "line").filter(nw.col("line") == 1).drop("line")
        keys = keys.join(first, on="incident_id", how="left")
    near = _latest(keys, wanted) if ranks is None else _lowest(keys, wanted, by, ranks)
    ids = _ordered(near, by, ranks).head(wanted).collect()["incident_id"].to_list()[start:]
    shown = nw.col("incident_id").is_in(ids or [""])  # Arrow does not compare text with a list of nothing
    # what is shown is looked up once, and then put together where it is: it is a handful of rows
    incidents, lines, citations = (
        records.part(name, where=shown).collect().lazy() for name in ("incidents", "specimens", "citations")
    )
    told = citations.join(_of(records["sources"], citations), on="source_id", how="inner")
    cited = (
        told.with_columns(is_unlinked=nw.col("url").is_null())
        .unique(["incident_id"], keep="first", order_by=["is_unlinked", "source_id"])
        .select("incident_id", "title", "publisher", "url", "language")
    )
    rows = incidents.drop(TAXON, "commodity", strict=False)  # said of all specimens where described
    for beside in (
        lines.filter(nw.col("line") == 1).select("incident_id", TAXON, "commodity"),
        lines.group_by("incident_id").agg(specimen_count=nw.len()),
        cited,
    ):
        rows = rows.join(beside, on="incident_id", how="left")
    return _ordered(rows, by, ranks)


def _of(sources: Frame, citations: Frame) -> Frame:
    named = citations.select("source_id").collect()["source_id"].to_list()
    return sources.filter(nw.col("source_id").is_in(named or [""])).collect().lazy()


def _latest(keys: Frame, count: int) -> Frame:
    """The incidents among which the latest *count* are: sorting one text is cheap where sorting rows is not."""
    dates = keys.group_by("occurred_on").agg(alike=nw.len()).sort("occurred_on", descending=True).collect()
    is_needed = dates["alike"].cum_sum() - dates["alike"] < count
    return keys.filter(nw.col("occurred_on").is_in(dates.filter(is_needed)["occurred_on"].to_list() or [""]))


def _lowest(keys: Frame, count: int, by: str, ranks: Mapping[str, int]) -> Frame:
    """The incidents among which the *count* of lowest rank are, and of the last rank among them the latest."""
    counts = keys.group_by(by).agg(alike=nw.len()).collect()
    alike: dict[int, int] = {}
    for value, number in zip(counts[by].to_list(), counts["alike"].to_list(), strict=True):
        rank = ranks.get(value, -1)  # what has none comes first, as in ``_ordered``
        alike[rank] = alike.get(rank, 0) + int(number)
    whole: set[int] = set()
    for rank in sorted(alike):
        if sum(alike[one] for one in whole) + alike[rank] >= count:
            break
        whole.add(rank)
    else:
        return keys
    rest = count - sum(alike[one] for one in whole)
    last = _latest(keys.filter(_has_rank({rank}, by, ranks)), rest)
    return nw.concat([keys.filter(_has_rank(whole, by, ranks)), last]) if whole else last


def _has_rank(wanted: set[int], by: str, ranks: Mapping[str, int]) -> nw.Expr:
    found = nw.col(by).is_in([value for value, rank in ranks.items() if rank in wanted] or [""])
    if -1 not in wanted:
        return found
    return found | nw.col(by).is_null() | ~nw.col(by).is_in(list(ranks))


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
    cited = records.part("citations", "source_id")
    return (
        records["sources"]
        .join(cited, on="source_id", how="semi")
        .with_columns(is_unlinked=nw.col("url").is_null())
        .sort("is_unlinked", "publisher", "source_id")
        .drop("is_unlinked")
    )


def values(records: Records, column: str) -> list[str]:
    """The values that a column of the incidents, or ``taxon`` of their first specimens, takes."""
    if column == TAXON:
        table = records.part("specimens", TAXON, "line").filter(nw.col("line") == 1)
    else:
        table = records.part("incidents", column)
    found: list[str] = table.group_by(column).agg(count=nw.len()).collect()[column].to_list()
    return found

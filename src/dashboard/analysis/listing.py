"""Records one by one: a page of them in an order, and all that is stated of one."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial, reduce
from operator import or_
from typing import Final, TypeVar

import narwhals as nw

from dashboard.analysis import Frame
from dashboard.analysis.keys import has, whole
from dashboard.domain.records import Records

BY_DATE: Final = "occurred_on"
TAXON: Final = "taxon"
FIRST_TAXON: Final = "first_taxon"
Value = TypeVar("Value")
OF_ONE: Final = ("incidents", "specimens", "legs", "proceedings", "citations")


def page(
    records: Records, limit: int, start: int = 0, by: str = BY_DATE, ranks: Mapping[str, int] | None = None
) -> Frame:
    """*limit* incidents from *start* on, one row each, with the taxon and commodity of the first specimen and a source.

    The latest come first; with *by*, a column of the result, those of the lowest of *ranks* do, and among equals the
    latest. Partial dates sort as text: ``2025`` comes after no day of 2025. Returns the columns of ``incidents`` with
    ``taxon``, ``commodity``, ``specimen_count``, ``title``, ``publisher``, ``url`` and ``language``.
    """
    by = BY_DATE if ranks is None else by
    if by == TAXON:
        by = FIRST_TAXON
        if not has(records, "incidents", FIRST_TAXON):
            records = records.with_tables(incidents=whole(partial(first_named, records)))
    is_near, before = _near(records.part("incidents", *{by, BY_DATE}), start, start + limit, by, ranks)
    near = _ordered(records.part("incidents", where=is_near), by, ranks)
    # what is shown is read once, and then put together where it is: it is a handful of rows
    incidents = near.head(start + limit - before).collect()[start - before :]
    ids = incidents["incident_id"].to_list()
    shown = nw.col("incident_id").is_in(ids or [""])  # Arrow does not compare text with a list of nothing
    lines, citations = (records.part(name, where=shown).collect().lazy() for name in ("specimens", "citations"))
    told = citations.join(_of(records["sources"], citations), on="source_id", how="inner")
    cited = (
        told.with_columns(is_unlinked=nw.col("url").is_null())
        .unique(["incident_id"], keep="first", order_by=["is_unlinked", "source_id"])
        .select("incident_id", "title", "publisher", "url", "language")
    )
    first = lines.with_columns(specimen_count=nw.len().over("incident_id")).filter(nw.col("line") == 1)
    rows = incidents.lazy().drop(TAXON, "commodity", strict=False)  # said of all specimens where described
    for beside in (first.select("incident_id", TAXON, "commodity", "specimen_count"), cited):
        rows = rows.join(beside, on="incident_id", how="left")
    return _ordered(rows, by, ranks).drop(FIRST_TAXON, strict=False)


def first_named(records: Records) -> Frame:
    """The incidents with ``first_taxon``, that of the first specimen; missing where there is none."""
    lines = records.part("specimens", "incident_id", TAXON, "line").filter(nw.col("line") == 1)
    first = lines.select("incident_id", nw.col(TAXON).alias(FIRST_TAXON))
    return records["incidents"].drop(FIRST_TAXON, strict=False).join(first, on="incident_id", how="left")


def _of(sources: Frame, citations: Frame) -> Frame:
    named = citations.select("source_id").collect()["source_id"].to_list()
    return sources.filter(nw.col("source_id").is_in(named or [""])).collect().lazy()


def _near(keys: Frame, start: int, stop: int, by: str, ranks: Mapping[str, int] | None) -> tuple[nw.Expr, int]:
    """What holds of the incidents from *start* to *stop* and of few others, and how many come before all of these.

    The values of one column are few and cheap to count and sort, where rows are not.
    """
    counted = keys.group_by(by).agg(alike=nw.len()).sort(by, descending=True).collect()
    counts = zip(counted[by].to_list(), counted["alike"].to_list(), strict=True)
    if ranks is None:
        dates, before = _within(counts, start, stop)
        return nw.col(by).is_in(dates or [""]), before
    alike: Counter[int] = Counter()
    for value, count in counts:
        alike[ranks.get(value, -1)] += count  # what has none comes first, as in ``_ordered``
    wanted, before = _within(sorted(alike.items()), start, stop)
    passed, found = before, []
    for rank in wanted:
        is_it = _has_rank(rank, by, ranks)
        if alike[rank] > stop - start:  # the first or the last of them: of those between all are wanted
            is_late, earlier = _near(keys.filter(is_it), max(start - passed, 0), stop - passed, BY_DATE, None)
            is_it, before = is_it & is_late, before + earlier
        passed += alike[rank]
        found.append(is_it)
    return reduce(or_, found or [nw.col(by).is_in([""])]), before


def _within(counts: Iterable[tuple[Value, int]], start: int, stop: int) -> tuple[list[Value], int]:
    """The values that the rows from *start* to *stop* have, of all values and their counts, and the rows before."""
    found, before, passed = [], 0, 0
    for value, count in counts:
        if passed >= stop:
            break
        if passed + count <= start:
            before += count
        else:
            found.append(value)
        passed += count
    return found, before


def _has_rank(wanted: int, by: str, ranks: Mapping[str, int]) -> nw.Expr:
    if wanted == -1:
        return nw.col(by).is_null() | ~nw.col(by).is_in(list(ranks))
    return nw.col(by).is_in([value for value, rank in ranks.items() if rank == wanted])


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
    if column != TAXON:
        table = records.part("incidents", column)
    elif has(records, "incidents", FIRST_TAXON):
        column = FIRST_TAXON
        table = records.part("incidents", column).filter(~nw.col(column).is_null())  # without a specimen
    else:
        table = records.part("specimens", TAXON, "line").filter(nw.col("line") == 1)
    found: list[str] = table.group_by(column).agg(count=nw.len()).collect()[column].to_list()
    return found

"""The projector-safe lock: records in, records out that lead nobody to a place."""

import random
from typing import Final

import narwhals as nw

from dashboard.analysis import Frame
from dashboard.analysis.keys import BELONGING, is_keyed, keyed
from dashboard.domain.records import Records
from dashboard.domain.workshop import SMALLEST_CELL

WITHHELD: Final = "(withheld)"  # a row of data/reference/publishers.csv
WIDE: Final = ("national", "multi_country")  # a single case, or figures of one valley, would name the place
OF_AN_INCIDENT: Final = ("incidents", "specimens", "legs", "proceedings", "citations")


def generalise(records: Records) -> Records:
    """The same records as they may be projected; the tables keep their columns, and no row is lost.

    A position becomes the one point of its province, or nothing where the province is not known; place, agency and
    the words of the source are gone; a date is a year. A province with fewer than three incidents is not told.
    Identifiers of incidents and sources are replaced by numbers in an order that says nothing, and a source keeps
    the kind of its publisher and nothing else: a county's own page names the county. Published statistics of a
    region or a single case are left out, and lists of names that spell out places are emptied.
    """
    renamed = _numbered(records["incidents"], "incident_id", "L")
    sources = _numbered(records["sources"], "source_id", "S")
    tables = {name: _renamed(records[name], renamed, "incident_id") for name in OF_AN_INCIDENT}
    tables["citations"] = _renamed(tables["citations"], sources, "source_id")
    nothing = nw.lit(None, dtype=nw.String)
    tables["sources"] = _renamed(records["sources"], sources, "source_id").with_columns(
        title=nothing, url=nothing, published_on=nothing, publisher=nw.lit(WITHHELD)
    )
    tables["incidents"] = (
        withhold_small(_positions(tables["incidents"], records["provinces"]))
        .with_columns(
            admin1=nothing,
            place=nothing,
            agency=nothing,
            evidence=nothing,
            occurred_on=nw.col("year").cast(nw.String),
            occurred_on_precision=nw.lit("year"),
        )
        .sort("incident_id")
    )
    for name in BELONGING:
        if is_keyed(tables[name]):  # else a province that is withheld could be asked for by its lines
            tables[name] = keyed(tables[name], tables["incidents"])
    if "justice_statistics" in records.tables:
        tables["justice_statistics"] = records["justice_statistics"].filter(nw.col("geo_level").is_in(WIDE))
    for raw in ("annotations", "corrections", "places", "texts"):
        if raw in records.tables:
            tables[raw] = records[raw].head(0)
    return records.with_tables(**tables, **{LOCKED: records["incidents"].select("incident_id").head(0)})


LOCKED: Final = "locked"  # a table without rows: its presence says that the lock is on


def is_locked(records: Records) -> bool:
    """Whether these records went through ``generalise``."""
    return LOCKED in records.tables


def withhold_small(incidents: Frame) -> Frame:
    """Take the province and the position from incidents whose province has fewer than three of them here."""
    is_told = ~((nw.len().over("country", "province") < SMALLEST_CELL) | nw.col("province").is_null())
    return incidents.with_columns(
        coord_precision=nw.when(is_told).then(nw.col("coord_precision")).otherwise(nw.lit("country")),
        **{
            name: nw.when(is_told).then(nw.col(name)).otherwise(nw.lit(None, dtype=kind))
            for name, kind in (("province", nw.String), ("lat", nw.Float64), ("lon", nw.Float64))
        },
    )


def _positions(incidents: Frame, provinces: Frame) -> Frame:
    """Nothing finer than the point of the province."""
    columns = incidents.collect_schema().names()
    points = provinces.select("province", lat=nw.col("lat").cast(nw.Float64), lon=nw.col("lon").cast(nw.Float64))
    return (
        incidents.drop("lat", "lon")
        .with_columns(coord_precision=nw.lit("admin1"))
        .join(points, on="province", how="left")
        .select(*columns)
    )


def _numbered(table: Frame, column: str, letter: str) -> dict[str, str]:
    """A new name for every identifier, in an order that cannot be guessed from the old ones."""
    names = sorted(table.select(column).collect()[column].to_list())
    numbers = list(range(1, len(names) + 1))
    random.SystemRandom().shuffle(numbers)
    return {name: f"{letter}-{number:04d}" for name, number in zip(names, numbers, strict=True)}


def _renamed(table: Frame, names: dict[str, str], column: str) -> Frame:
    new = nw.col(column).replace_strict(list(names), list(names.values()), default=None, return_dtype=nw.String)
    return table.with_columns(new)  # an identifier without a number becomes nothing: never the old one

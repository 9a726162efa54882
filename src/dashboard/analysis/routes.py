"""Where specimens came from and where they were going, as the sources state it."""

from typing import Final

import narwhals as nw

from dashboard.analysis import Frame
from dashboard.analysis.extent import NOT_STATED

ENDS: Final = ("origin", "country", "destination")
UNKNOWN: Final = "XX"  # in the CITES trade database


def corridors(incidents: Frame) -> Frame:
    """Count incidents per origin, country of record and destination, with their evidence. Takes ``extent.described``.

    Returns ``origin``, ``country``, ``destination``, ``incident_count``, and of them ``official``, ``corroborated``
    and ``single``; the most recorded first, then by name.
    """
    grades = {
        grade: (nw.col("evidence_grade") == grade).cast(nw.Int64) for grade in ("official", "corroborated", "single")
    }
    return (
        incidents.select(*ENDS, **grades)
        .group_by(*ENDS)
        .agg(nw.col(*grades).sum(), incident_count=nw.len())
        .select(*ENDS, "incident_count", *grades)
        .sort("incident_count", *ENDS, descending=[True, False, False, False])
    )


def count_by_crossing(incidents: Frame) -> Frame:
    """Count incidents per country and ``crossing``. Takes ``extent.described``.

    ``crosses``: an origin or destination in another country is stated. ``not_stated``: no other country is named,
    which does not mean that the goods stayed. Returns ``country``, ``crossing`` and ``incident_count``.
    """
    is_stated = (nw.col("origin") != NOT_STATED) | (nw.col("destination") != NOT_STATED)
    is_foreign = ((nw.col("origin") != NOT_STATED) & (nw.col("origin") != nw.col("country"))) | (
        (nw.col("destination") != NOT_STATED) & (nw.col("destination") != nw.col("country"))
    )
    crossing = (
        nw.when(is_foreign)
        .then(nw.lit("crosses"))
        .otherwise(nw.when(is_stated).then(nw.lit("stays")).otherwise(nw.lit(NOT_STATED)))
    )
    return (
        incidents.group_by(*ENDS)
        .agg(incident_count=nw.len())
        .with_columns(nw.col("origin", "country", "destination").cast(nw.String))  # categories are not compared
        .with_columns(crossing=crossing)
        .group_by("country", "crossing")
        .agg(nw.col("incident_count").sum())
        .sort("country", "crossing")
    )


def seized_flows(flows: Frame, countries: Frame) -> Frame:
    """Seized shipments in the CITES trade database that touch a range country, by route.

    Codes of two letters become those of three where the reference table knows them; ``XX`` is ``not_stated``.
    Returns ``group`` (of species), ``origin``, ``exporter``, ``importer`` and ``shipment_count``, the most shipments
    first. Shipment records are not incidents: the two are never added.
    """
    known = countries.filter(~nw.col("iso2").is_null(), nw.col("iso2") != "").select("iso2", "country")
    for end in ("origin", "exporter", "importer"):
        flows = flows.join(known.rename({"iso2": f"{end}_iso2", "country": end}), on=f"{end}_iso2", how="left")
        code = nw.when(nw.col(end).is_null()).then(nw.col(f"{end}_iso2")).otherwise(nw.col(end))
        is_stated = nw.col(f"{end}_iso2") != UNKNOWN
        flows = flows.with_columns(nw.when(is_stated).then(code).otherwise(nw.lit(NOT_STATED)).alias(end))
    return (
        flows.rename({"source_I_shipment_records": "shipment_count"})
        .select("group", "origin", "exporter", "importer", "shipment_count")
        .sort(
            "shipment_count", "exporter", "importer", "origin", "group", descending=[True, False, False, False, False]
        )
    )

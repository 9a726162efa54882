"""What is counted for the report of one country; every function takes a selection and works for any other."""

import narwhals as nw

from dashboard.analysis import Frame
from dashboard.domain.records import Records


def incidents_by_group(records: Records) -> Frame:
    """Count incidents per species group.

    An incident with several groups is counted in each. Returns ``group`` and ``incident_count``, largest first.
    """
    parent = nw.col("parent")
    group = nw.when(parent.is_null() | (parent == "")).then(nw.col("taxon")).otherwise(parent).alias("group")
    named = records["specimens"].join(records["taxa"].select("taxon", "parent"), on="taxon", how="inner")
    return _incidents_per(named.with_columns(group), "group")


def incidents_by_commodity(records: Records) -> Frame:
    """Count incidents per commodity; an incident with several is counted in each. Columns as above."""
    return _incidents_per(records["specimens"], "commodity")


def incidents_by_province(incidents: Frame) -> Frame:
    """Count incidents per province as the sources name it; those without one are absent. Columns as above."""
    return _incidents_per(incidents.filter(~nw.col("admin1").is_null(), nw.col("admin1") != ""), "admin1")


def incidents_by_leg(records: Records) -> Frame:
    """Count incidents per role and country on the route. Returns ``role``, ``country``, ``incident_count``."""
    legs = records["legs"].select("incident_id", "role", "country").unique()
    return legs.group_by("role", "country").agg(incident_count=nw.len()).sort("role", "country")


def _incidents_per(rows: Frame, column: str) -> Frame:
    distinct = rows.select("incident_id", column).unique()
    counted = distinct.group_by(column).agg(incident_count=nw.len())
    return counted.sort("incident_count", column, descending=[True, False])

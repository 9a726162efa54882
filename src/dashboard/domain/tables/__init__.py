"""Every table of the project, by name: as submitted, as reference, and as the tidy tables pages are drawn from."""

from typing import Final

from dashboard.domain.fields import Table
from dashboard.domain.tables.incident_sheet import INCIDENT_SHEET
from dashboard.domain.tables.law import JUSTICE_STATISTICS, PROVISIONS, TREATIES
from dashboard.domain.tables.law_notes import LAW_NOTES
from dashboard.domain.tables.reference import ANNOTATIONS, CORRECTIONS, REFERENCE_TABLES
from dashboard.domain.tables.region import AGGREGATES, COUNTRY_REFERENCE, SEIZED_FLOWS
from dashboard.domain.tables.tidy import TIDY_TABLES

RAW_TABLES: Final = (
    INCIDENT_SHEET,
    PROVISIONS,
    TREATIES,
    JUSTICE_STATISTICS,
    COUNTRY_REFERENCE,
    AGGREGATES,
    SEIZED_FLOWS,
    *LAW_NOTES,
)
FILE_TABLES: Final = (*RAW_TABLES, *REFERENCE_TABLES)
TABLES: Final[dict[str, Table]] = {table.name: table for table in (*FILE_TABLES, *TIDY_TABLES)}

__all__ = [
    "ANNOTATIONS",
    "CORRECTIONS",
    "FILE_TABLES",
    "INCIDENT_SHEET",
    "RAW_TABLES",
    "REFERENCE_TABLES",
    "TABLES",
    "TIDY_TABLES",
]

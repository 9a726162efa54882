"""Records, their versions, imports and the audit trail.

The columns stand here as they were: a later change of the field dictionary is a migration of its own.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "r0001"
down_revision = None
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CELLS = (
    "incident_id", "date", "date_precision", "country", "admin1", "place", "lat", "lon", "coord_precision",
    "incident_type", "species_scientific", "species_common", "commodity", "quantity", "unit", "agency",
    "transit_origin", "transit_destination", "persons_arrested", "persons_charged", "persons_convicted",
    "outcome", "imprisonment_months", "fine_amount", "fine_currency", "source_title", "source_publisher",
    "source_date", "source_url", "evidence", "language", "specimen_description", "transit_countries",
    "seizure_reason", "transport", "concealment", "law_charged", "sanction", "disposal", "additional_information",
    "publisher_kind", "record_status", "merged_into",
)  # fmt: skip


def _text(name: str, **more: Any) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, **more)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "versions",
        sa.Column("version", KEY, primary_key=True, autoincrement=False),
        *(_text(name) for name in ("made_at", "made_by", "kind", "note")),
        sa.Column("row_count", KEY, nullable=False),
        _text("content_sum"),
    )
    op.create_table(
        "record_rows",
        sa.Column("row_id", KEY, primary_key=True),
        sa.Column("added_in", KEY, sa.ForeignKey("versions.version"), nullable=False),
        sa.Column("closed_in", KEY, sa.ForeignKey("versions.version"), nullable=True),
        _text("digest"),
        *(_text(name, server_default="") for name in CELLS),
    )
    op.create_index("ix_record_rows_added_in", "record_rows", ["added_in"])
    op.create_index("ix_record_rows_closed_in", "record_rows", ["closed_in"])
    live = sa.text("closed_in IS NULL")
    op.create_index(
        "uq_record_rows_live", "record_rows", ["incident_id"], unique=True, sqlite_where=live, postgresql_where=live
    )
    op.create_table(
        "imports",
        sa.Column("import_id", KEY, primary_key=True),
        sa.Column("version", KEY, sa.ForeignKey("versions.version"), nullable=False, unique=True),
        sa.Column("undone_in", KEY, sa.ForeignKey("versions.version"), nullable=True, unique=True),
        *(_text(name) for name in ("file_name", "layout", "digest")),
        sa.Column("is_redacted", sa.Boolean, nullable=False),
        *(sa.Column(name, KEY, nullable=False) for name in ("size", "added", "changed", "unchanged")),
    )
    op.create_index("ix_imports_digest", "imports", ["digest"])
    op.create_table(
        "originals",
        sa.Column("import_id", KEY, sa.ForeignKey("imports.import_id"), primary_key=True),
        sa.Column("nth", KEY, primary_key=True, autoincrement=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("seq", KEY, primary_key=True, autoincrement=False),
        *(_text(name) for name in ("at", "who", "what", "subject", "before", "after", "why", "previous")),
        sa.Column("hash", sa.Text, nullable=False, unique=True),
    )

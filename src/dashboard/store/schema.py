"""The tables of the database. The columns of records come from the field dictionary."""

from typing import Final

import sqlalchemy as sa

from dashboard.domain.tables.record_sheet import RECORD_SHEET

METADATA: Final = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
KEY: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CELLS: Final = RECORD_SHEET.columns
STATE: Final = ("record_status", "merged_into")  # beside the cells, and part of what a version is
CONTENT: Final = (*CELLS, *STATE)

VERSIONS = sa.Table(
    "versions",
    METADATA,
    sa.Column("version", KEY, primary_key=True, autoincrement=False),
    sa.Column("made_at", sa.Text, nullable=False),
    sa.Column("made_by", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("row_count", KEY, nullable=False),
    sa.Column("content_sum", sa.Text, nullable=False),  # see rows.content_sum
)

RECORD_ROWS = sa.Table(
    "record_rows",
    METADATA,
    sa.Column("row_id", KEY, primary_key=True),
    sa.Column("added_in", KEY, sa.ForeignKey("versions.version"), nullable=False, index=True),
    sa.Column("closed_in", KEY, sa.ForeignKey("versions.version"), nullable=True, index=True),
    sa.Column("digest", sa.Text, nullable=False),
    *(sa.Column(name, sa.Text, nullable=False, server_default="") for name in CONTENT),
)
sa.Index(
    "uq_record_rows_live",
    RECORD_ROWS.c.incident_id,
    unique=True,
    sqlite_where=RECORD_ROWS.c.closed_in.is_(None),
    postgresql_where=RECORD_ROWS.c.closed_in.is_(None),
)

IMPORTS = sa.Table(
    "imports",
    METADATA,
    sa.Column("import_id", KEY, primary_key=True),
    sa.Column("version", KEY, sa.ForeignKey("versions.version"), nullable=False, unique=True),
    sa.Column("undone_in", KEY, sa.ForeignKey("versions.version"), nullable=True, unique=True),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("layout", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False, index=True),  # of the file as it came
    sa.Column("is_redacted", sa.Boolean, nullable=False),  # columns about persons were taken out of what is kept
    sa.Column("size", KEY, nullable=False),
    sa.Column("added", KEY, nullable=False),
    sa.Column("changed", KEY, nullable=False),
    sa.Column("unchanged", KEY, nullable=False),
)

ORIGINALS = sa.Table(
    "originals",
    METADATA,
    sa.Column("import_id", KEY, sa.ForeignKey("imports.import_id"), primary_key=True),
    sa.Column("nth", KEY, primary_key=True, autoincrement=False),
    sa.Column("content", sa.LargeBinary, nullable=False),  # compressed
)

AUDIT = sa.Table(
    "audit",
    METADATA,
    sa.Column("seq", KEY, primary_key=True, autoincrement=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("before", sa.Text, nullable=False),
    sa.Column("after", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("previous", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False, unique=True),
)

QUEUE = sa.Table(
    "queue",
    METADATA,
    sa.Column("item_id", KEY, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),  # submission, correction
    sa.Column("receipt", sa.Text, nullable=False, unique=True),
    sa.Column("country", sa.Text, nullable=False, index=True),
    sa.Column("subject", sa.Text, nullable=False),  # the record a correction is about
    sa.Column("content", sa.Text, nullable=False),  # JSON: cells, or column, was and becomes
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False, index=True),
    sa.Column("sent_at", sa.Text, nullable=False),
    sa.Column("sent_by", sa.Text, nullable=False),
    sa.Column("decided_at", sa.Text, nullable=False, server_default=""),
    sa.Column("decided_by", sa.Text, nullable=False, server_default=""),
    sa.Column("decision", sa.Text, nullable=False, server_default=""),
    sa.Column("version", KEY, sa.ForeignKey("versions.version"), nullable=True),
)

DIFFERENT = sa.Table(  # pairs that a person looked at and found to be two incidents
    "different_incidents",
    METADATA,
    sa.Column("first", sa.Text, primary_key=True),
    sa.Column("second", sa.Text, primary_key=True),
    sa.Column("decided_by", sa.Text, nullable=False),
)

MAPPINGS = sa.Table(  # how a header was understood the last time
    "mappings",
    METADATA,
    sa.Column("header", sa.Text, primary_key=True),
    sa.Column("mapping", sa.Text, nullable=False),
)

PEOPLE = sa.Table(
    "people",
    METADATA,
    sa.Column("email", sa.Text, primary_key=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("countries", sa.Text, nullable=False),
)

SETTINGS = sa.Table(
    "settings",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

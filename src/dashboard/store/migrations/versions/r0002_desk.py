"""What waits for a decision, who may decide, and what was decided; country scope by row-level security."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "r0002"
down_revision = "r0001"
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SCOPED = ("queue", "record_rows")
MINE = (
    "((SELECT current_setting('app.countries', true)) = '*' "
    "OR country = ANY (string_to_array((SELECT current_setting('app.countries', true)), ',')))"
)


def _text(name: str, **more: Any) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, **more)


def upgrade() -> None:
    """Make the tables, and on PostgreSQL the policies."""
    op.create_table(
        "queue",
        sa.Column("item_id", KEY, primary_key=True),
        _text("kind"),
        _text("receipt", unique=True),
        *(_text(name) for name in ("country", "subject", "content", "reason", "state", "sent_at", "sent_by")),
        *(_text(name, server_default="") for name in ("decided_at", "decided_by", "decision")),
        sa.Column("version", KEY, sa.ForeignKey("versions.version"), nullable=True),
    )
    op.create_index("ix_queue_country", "queue", ["country"])
    op.create_index("ix_queue_state", "queue", ["state"])
    op.create_table(
        "different_incidents", _text("first", primary_key=True), _text("second", primary_key=True), _text("decided_by")
    )
    op.create_table("mappings", _text("header", primary_key=True), _text("mapping"))
    op.create_table("people", _text("email", primary_key=True), _text("role"), _text("countries"))
    op.create_table("settings", _text("name", primary_key=True), _text("value"))
    if op.get_bind().dialect.name == "postgresql":
        _row_level_security()


def _row_level_security() -> None:
    """Everybody reads published records; unpublished items and all changes are limited to the actor's countries."""
    run = op.execute
    run(
        "DO $$ BEGIN CREATE ROLE dashboard_app NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; "
        "END $$"
    )
    run("GRANT USAGE ON SCHEMA public TO dashboard_app")
    run("GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO dashboard_app")
    run("GRANT DELETE ON mappings, settings, people, different_incidents TO dashboard_app")
    run("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO dashboard_app")
    run("GRANT dashboard_app TO CURRENT_USER")
    for table in SCOPED:
        run(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    run(f"CREATE POLICY mine ON queue FOR SELECT TO dashboard_app USING {MINE}")
    run(f"CREATE POLICY decide ON queue FOR UPDATE TO dashboard_app USING {MINE} WITH CHECK {MINE}")
    run(
        "CREATE POLICY anybody_may_send ON queue FOR INSERT TO dashboard_app WITH CHECK (state IN ('received', 'draft'))"
    )
    run("CREATE POLICY published ON record_rows FOR SELECT TO dashboard_app USING (true)")
    run(f"CREATE POLICY add ON record_rows FOR INSERT TO dashboard_app WITH CHECK {MINE}")
    run(f"CREATE POLICY close ON record_rows FOR UPDATE TO dashboard_app USING {MINE} WITH CHECK {MINE}")

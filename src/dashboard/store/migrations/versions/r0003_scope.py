"""Row-level security also for the files that came in and for who may give roles."""

from alembic import op

revision = "r0003"
down_revision = "r0002"
ALL = "(SELECT current_setting('app.countries', true)) = '*'"
FOREIGN = (
    "EXISTS (SELECT 1 FROM imports i JOIN record_rows r ON r.added_in = i.version OR r.closed_in = i.version "
    "WHERE i.import_id = originals.import_id "
    "AND r.country <> ALL (string_to_array((SELECT current_setting('app.countries', true)), ',')))"
)
GIVES_ROLES = "(SELECT current_setting('app.role', true)) = 'administrator'"


def upgrade() -> None:
    """Make the policies; SQLite has none: whoever owns the file sees it all."""
    if op.get_bind().dialect.name != "postgresql":
        return
    run = op.execute
    for table in ("originals", "people"):
        run(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    run(f"CREATE POLICY mine ON originals FOR SELECT TO dashboard_app USING ({ALL} OR NOT {FOREIGN})")
    run("CREATE POLICY add ON originals FOR INSERT TO dashboard_app WITH CHECK (true)")
    run("CREATE POLICY known ON people FOR SELECT TO dashboard_app USING (true)")
    run(f"CREATE POLICY give ON people FOR INSERT TO dashboard_app WITH CHECK ({GIVES_ROLES})")
    run(f"CREATE POLICY change ON people FOR UPDATE TO dashboard_app USING ({GIVES_ROLES})")
    run(f"CREATE POLICY take ON people FOR DELETE TO dashboard_app USING ({GIVES_ROLES})")
    run("REVOKE INSERT, UPDATE, DELETE ON settings FROM dashboard_app")

"""What Alembic runs: the connection and its transaction come from ``store.migrate``."""

from alembic import context

from dashboard.store.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=False,  # the caller's transaction is the only one
)
context.run_migrations()

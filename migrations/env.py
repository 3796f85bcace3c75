"""Runs the changes to the database inside the transaction that eventlog.schema has begun."""

from alembic import context

from eventlog.database import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    transactional_ddl=True,
    compare_type=True,
    # SQLite changes a table by copying it. The events table never goes that way: it would lose
    # its triggers. A guard test watches the migrations for it.
    render_as_batch=True,
)
context.run_migrations()

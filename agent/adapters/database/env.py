"""Alembic runs this file when it migrates; the connection and its transaction are the caller's."""

from alembic import context

from agent.adapters.database.tables import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    transactional_ddl=True,  # we begin SQLite's transactions, so its schema changes roll back too
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()

"""Alembic's entry. The caller passes a connection inside a transaction, and commits it: all steps or none."""

from alembic import context

from dondoc.register.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()

"""Alembic's entry: the connection is handed in by `register/migrate.py`, with its transaction open."""

from alembic import context

import register.outbox_tables
import register.page_tables  # noqa: F401 - their tables belong to it
from register.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()

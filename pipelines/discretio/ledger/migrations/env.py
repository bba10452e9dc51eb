"""Alembic's entry: runs the revisions on the connection that `open_ledger` hands over."""

from __future__ import annotations

from alembic import context

from discretio.ledger.columns import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()

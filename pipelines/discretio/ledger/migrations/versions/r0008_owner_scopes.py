"""Whose drafts and own dossiers a registered store is read for, encrypted as its place is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision: str | None = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what was registered before has no owner's scope."""
    op.add_column("stores", sa.Column("owner", sa.LargeBinary(), nullable=True))

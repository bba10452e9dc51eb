"""A declaration may be about a person, whose id is longer than those of dossiers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision: str | None = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for it."""
    with op.batch_alter_table("declarations") as table:
        table.alter_column("subject", type_=sa.String(64), existing_type=sa.String(24), existing_nullable=False)

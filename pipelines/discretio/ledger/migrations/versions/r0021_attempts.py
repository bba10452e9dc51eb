"""How often a plan was run, so that of two runs at once only the later one goes on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision: str | None = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; plans of before count from their next run."""
    op.add_column("plans", sa.Column("attempt", sa.Integer(), nullable=False, server_default="0"))

"""What is said of an item of triage may carry its giver's signature."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision: str | None = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what was said before carries none."""
    op.add_column("triage_events", sa.Column("signature", sa.String(length=128), nullable=True))

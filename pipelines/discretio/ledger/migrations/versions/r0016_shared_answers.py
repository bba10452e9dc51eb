"""Whether an answer or a term stands in several rows, one per controller: what stands alone is counted without comparing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision: str | None = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what was recorded before doesn't tell, and is compared until it is recorded again."""
    for table in ("outcomes", "dues"):
        op.add_column(table, sa.Column("shared", sa.Boolean(create_constraint=False), nullable=True))

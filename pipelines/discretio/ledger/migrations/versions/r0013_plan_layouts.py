"""Under which mapping of its store a plan was made, so that it is refused once the mapping changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision: str | None = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; plans that were made before are bound to no mapping."""
    op.add_column("plans", sa.Column("layout_sha256", sa.String(length=64), nullable=True))

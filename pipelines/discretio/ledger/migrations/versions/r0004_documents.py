"""Where in a document a finding lies, and which parts of it could not be read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; what was scanned before has neither."""
    op.add_column("findings", sa.Column("part", sa.String(length=100), nullable=True))
    op.add_column("examined", sa.Column("gaps", sa.JSON(), nullable=True))

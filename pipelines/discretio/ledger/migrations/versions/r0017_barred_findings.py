"""The findings that bar a document have an index of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision: str | None = "0016"
branch_labels = None
depends_on = None

# Classified, youth report, lawyer's confidence: the flags 9, 10 and 11.
_BARS = sa.text("flags & 3584 != 0")


def upgrade() -> None:
    """Add the index; on MariaDB, which has none of part of a table, it holds all findings."""
    op.create_index("ix_findings_barred", "findings", ["store_id"], sqlite_where=_BARS, postgresql_where=_BARS)

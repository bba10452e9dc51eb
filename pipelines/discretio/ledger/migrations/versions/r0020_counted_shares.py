"""What of one controller was examined, and how many items of triage stand since which day, are counted in indexes alone."""

from __future__ import annotations

from alembic import op

revision = "0020"
down_revision: str | None = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them."""
    op.create_index("ix_examined_share", "examined", ["controller_id", "store_id", "entry_id", "not_examined"])
    op.create_index("ix_triage_items_days", "triage_items", ["first_seen", "gone_on", "store_id"])

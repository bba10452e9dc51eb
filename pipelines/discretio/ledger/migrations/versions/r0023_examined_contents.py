"""What entries declare lies in the order of the entries, as the findings of each do: a report reads both side by side."""

from __future__ import annotations

from alembic import op

revision = "0023"
down_revision: str | None = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Put the wider index in the place of the one that began alike."""
    counted = ["entry_id", "controller_id", "declared_categories", "declared_flags", "not_examined"]
    op.create_index("ix_examined_contents", "examined", counted)
    op.drop_index("ix_examined_entry_id", "examined")

"""Records of the audit chain are found by kind and subject: whoever asks for a plan's approvals reads none of its batches."""

from __future__ import annotations

from alembic import op

revision = "0022"
down_revision: str | None = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_chain_records_kind_subject", "chain_records", ["kind", "subject"])

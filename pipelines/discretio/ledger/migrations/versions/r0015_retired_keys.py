"""Master keys that were rotated, each encrypted under the one after it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from discretio.ledger.columns import UtcMoment

revision = "0015"
down_revision: str | None = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; no key was rotated before."""
    op.create_table(
        "retired_keys",
        sa.Column("generation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("retired_at", UtcMoment(), nullable=False),
        sa.PrimaryKeyConstraint("generation", name=op.f("pk_retired_keys")),
    )

"""Personal keys, each locked with its owner's passphrase, for those who sign on the Compliance page."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from discretio.ledger.columns import UtcMoment

revision = "0012"
down_revision: str | None = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "locked_keys",
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("locked", sa.String(length=128), nullable=False),
        sa.Column("locked_at", UtcMoment(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at", UtcMoment(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.person_id"], name=op.f("fk_locked_keys_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_locked_keys")),
    )

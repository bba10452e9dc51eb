"""Who destroyed which dossier on paper, when, under which plan; signed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from discretio.ledger.columns import UtcMoment

revision = "0009"
down_revision: str | None = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "destruction_notes",
        sa.Column("plan_id", sa.String(length=24), nullable=False),
        sa.Column("dossier_id", sa.String(length=24), nullable=False),
        sa.Column("root_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("destroyed_on", sa.Date(), nullable=False),
        sa.Column("noted_at", UtcMoment(), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=op.f("fk_destruction_notes_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "dossier_id", name=op.f("pk_destruction_notes")),
    )

"""What enrolled persons declare: archive clearances, standing mandates, requests of interested persons."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from discretio.ledger.columns import LONG_TEXT, ROW_NUMBER, UtcMoment

revision = "0010"
down_revision: str | None = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "declarations",
        sa.Column("declaration_id", ROW_NUMBER, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=24), nullable=False),
        sa.Column("body", LONG_TEXT, nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("at", UtcMoment(), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        sa.Column("recorded_at", UtcMoment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.person_id"], name=op.f("fk_declarations_person_id")),
        sa.PrimaryKeyConstraint("declaration_id", name=op.f("pk_declarations")),
        sa.UniqueConstraint("signature", name=op.f("uq_declarations_signature")),
    )
    op.create_index(op.f("ix_declarations_subject"), "declarations", ["subject"], unique=False)

"""Holds that are recorded here, and what was done about each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from discretio.ledger.columns import ROW_NUMBER, UtcMoment

revision = "0006"
down_revision: str | None = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _holds()
    _acts()


def _holds() -> None:
    op.create_table(
        "holds",
        sa.Column("hold_id", sa.String(length=24), nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("controller_ids", sa.JSON(), nullable=False),
        sa.Column("ground", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["store_id"], ["stores.store_id"], name=op.f("fk_holds_store_id")),
        sa.PrimaryKeyConstraint("hold_id", name=op.f("pk_holds")),
    )
    op.create_index(op.f("ix_holds_store_id"), "holds", ["store_id"], unique=False)
    op.create_index(op.f("ix_holds_dossier_id"), "holds", ["dossier_id"], unique=False)


def _acts() -> None:
    op.create_table(
        "hold_acts",
        sa.Column("act_id", ROW_NUMBER, nullable=False),
        sa.Column("hold_id", sa.String(length=24), nullable=False),
        sa.Column("verb", sa.String(length=64), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("review", sa.Date(), nullable=True),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("at", UtcMoment(), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        sa.Column("recorded_at", UtcMoment(), nullable=False),
        sa.ForeignKeyConstraint(["hold_id"], ["holds.hold_id"], name=op.f("fk_hold_acts_hold_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.person_id"], name=op.f("fk_hold_acts_person_id")),
        sa.PrimaryKeyConstraint("act_id", name=op.f("pk_hold_acts")),
        sa.UniqueConstraint("signature", name=op.f("uq_hold_acts_signature")),
    )
    op.create_index(op.f("ix_hold_acts_hold_id"), "hold_acts", ["hold_id"], unique=False)

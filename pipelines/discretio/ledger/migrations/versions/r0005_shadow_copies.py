"""What was looked for outside the stores: mandates, searches under them, copies that were found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from discretio.ledger.columns import ROW_NUMBER, UtcMoment

revision = "0005"
down_revision: str | None = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _mandates()
    _searches()
    _copies()


def _mandates() -> None:
    op.create_table(
        "mandates",
        sa.Column("mandate_id", sa.String(length=24), nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.String(length=24), nullable=False),
        sa.Column("controller_id", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("given_at", UtcMoment(), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        sa.Column("ended_at", UtcMoment(), nullable=True),
        sa.ForeignKeyConstraint(["store_id"], ["stores.store_id"], name=op.f("fk_mandates_store_id")),
        sa.PrimaryKeyConstraint("mandate_id", name=op.f("pk_mandates")),
    )
    op.create_index(op.f("ix_mandates_store_id"), "mandates", ["store_id"])


def _searches() -> None:
    op.create_table(
        "shadow_searches",
        sa.Column("run_id", sa.String(length=24), nullable=False),
        sa.Column("mandate_id", sa.String(length=24), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("gaps", sa.JSON(), nullable=False),
        sa.Column("searched_at", UtcMoment(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.run_id"], name=op.f("fk_shadow_searches_run_id")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandates.mandate_id"], name=op.f("fk_shadow_searches_mandate_id")),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_shadow_searches")),
    )
    op.create_index(op.f("ix_shadow_searches_mandate_id"), "shadow_searches", ["mandate_id"])


def _copies() -> None:
    op.create_table(
        "shadow_copies",
        sa.Column("copy_id", ROW_NUMBER, nullable=False),
        sa.Column("run_id", sa.String(length=24), nullable=False),
        sa.Column("file_id", sa.String(length=24), nullable=False),
        sa.Column("unit_id", sa.String(length=24), nullable=False),
        sa.Column("dossier_id", sa.String(length=24), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("marks", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["shadow_searches.run_id"], name=op.f("fk_shadow_copies_run_id")),
        sa.PrimaryKeyConstraint("copy_id", name=op.f("pk_shadow_copies")),
    )
    for column in ("run_id", "file_id", "dossier_id"):
        op.create_index(op.f(f"ix_shadow_copies_{column}"), "shadow_copies", [column])

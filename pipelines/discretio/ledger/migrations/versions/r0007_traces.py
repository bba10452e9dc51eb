"""What a purge keeps until its second verification: the key of a plan, traces under it, and what other dossiers mention."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

from discretio.ledger.columns import UtcMoment

revision = "0007"
down_revision: str | None = "0006"
branch_labels = None
depends_on = None

_MANY_BYTES = sa.LargeBinary().with_variant(mysql.LONGBLOB(), "mysql", "mariadb")


def upgrade() -> None:
    """Make the tables; plans that are there keep no traces, and their certificates say so."""
    op.create_table(
        "trace_keys",
        _plan("trace_keys"),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("destroyed_at", UtcMoment(), nullable=True),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_trace_keys")),
    )
    op.create_table(
        "traces",
        _plan("traces"),
        sa.Column("item_id", sa.String(length=24), nullable=False),
        sa.Column("words", _MANY_BYTES, nullable=False),
        sa.Column("mentions", _MANY_BYTES, nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "item_id", name=op.f("pk_traces")),
    )
    op.create_table(
        "residual_mentions",
        _plan("residual_mentions"),
        sa.Column("unit_id", sa.String(length=24), nullable=False),
        sa.Column("dossier_id", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "unit_id", name=op.f("pk_residual_mentions")),
    )
    op.create_index(op.f("ix_residual_mentions_dossier_id"), "residual_mentions", ["dossier_id"])


def _plan(table: str) -> sa.Column[str]:
    key = sa.ForeignKey("plans.plan_id", name=op.f(f"fk_{table}_plan_id"))
    return sa.Column("plan_id", sa.String(length=24), key, nullable=False)

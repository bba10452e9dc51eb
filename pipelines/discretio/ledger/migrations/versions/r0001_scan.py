"""The first ledger: what was seen, and the audit chain."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from discretio.ledger.columns import LONG_TEXT, ROW_NUMBER, UtcMoment

revision = "0001"
down_revision: str | None = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _chain_head()
    _chain_records()
    _chain_segments()
    _identity()
    _stores()
    _locator()
    _runs()
    _dues()
    _examined()
    _findings()
    _outcomes()


def _chain_head() -> None:
    op.create_table(
        "chain_head",
        sa.Column("head_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("segment", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.String(length=32), nullable=False),
        sa.Column("first_sequence", ROW_NUMBER, nullable=False),
        sa.Column("first_previous_hash", sa.String(length=64), nullable=False),
        sa.Column("last_sequence", ROW_NUMBER, nullable=False),
        sa.Column("last_hash", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("head_id", name=op.f("pk_chain_head")),
    )


def _chain_records() -> None:
    op.create_table(
        "chain_records",
        sa.Column("sequence", ROW_NUMBER, autoincrement=False, nullable=False),
        sa.Column("segment", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("recorded_at", sa.String(length=32), nullable=False),
        sa.Column("payload", LONG_TEXT, nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("record_hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_chain_records")),
    )
    op.create_index(op.f("ix_chain_records_segment"), "chain_records", ["segment"], unique=False)
    op.create_index(op.f("ix_chain_records_subject"), "chain_records", ["subject"], unique=False)


def _chain_segments() -> None:
    op.create_table(
        "chain_segments",
        sa.Column("segment", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opened_at", sa.String(length=32), nullable=False),
        sa.Column("first_sequence", ROW_NUMBER, nullable=False),
        sa.Column("first_previous_hash", sa.String(length=64), nullable=False),
        sa.Column("last_sequence", ROW_NUMBER, nullable=False),
        sa.Column("last_hash", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("segment", name=op.f("pk_chain_segments")),
    )


def _identity() -> None:
    op.create_table(
        "identity",
        sa.Column("identity_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ledger_id", sa.String(length=24), nullable=False),
        sa.Column("key_check", sa.String(length=64), nullable=False),
        sa.Column("checkpoint_public_key", sa.String(length=64), nullable=False),
        sa.Column("created_at", UtcMoment(), nullable=False),
        sa.PrimaryKeyConstraint("identity_id", name=op.f("pk_identity")),
    )


def _stores() -> None:
    op.create_table(
        "stores",
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("locator", sa.LargeBinary(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("store_id", name=op.f("pk_stores")),
        sa.UniqueConstraint("name", name=op.f("uq_stores_name")),
    )


def _locator() -> None:
    op.create_table(
        "locator",
        sa.Column("surrogate", sa.String(length=24), nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("lookup", sa.String(length=64), nullable=False),
        sa.Column("dossier_id", sa.String(length=24), nullable=True),
        sa.Column("natural_key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["store_id"], ["stores.store_id"], name=op.f("fk_locator_store_id")),
        sa.PrimaryKeyConstraint("surrogate", name=op.f("pk_locator")),
        sa.UniqueConstraint("store_id", "kind", "lookup", name=op.f("uq_locator_store_id_kind_lookup")),
    )
    op.create_index(op.f("ix_locator_dossier_id"), "locator", ["dossier_id"], unique=False)


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("run_id", sa.String(length=24), nullable=False),
        sa.Column("verb", sa.String(length=64), nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("policy_set_id", sa.String(length=100), nullable=False),
        sa.Column("policy_version", sa.String(length=100), nullable=False),
        sa.Column("policy_sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("started_at", UtcMoment(), nullable=False),
        sa.Column("finished_at", UtcMoment(), nullable=True),
        sa.ForeignKeyConstraint(["store_id"], ["stores.store_id"], name=op.f("fk_runs_store_id")),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_runs")),
    )
    op.create_index(op.f("ix_runs_store_id"), "runs", ["store_id"], unique=False)


def _dues() -> None:
    op.create_table(
        "dues",
        sa.Column("due_id", ROW_NUMBER, nullable=False),
        sa.Column("run_id", sa.String(length=24), nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.String(length=64), nullable=False),
        sa.Column("scope_kind", sa.String(length=64), nullable=False),
        sa.Column("scope_id", sa.String(length=24), nullable=False),
        sa.Column("dossier_id", sa.String(length=24), nullable=True),
        sa.Column("controller_id", sa.String(length=24), nullable=True),
        sa.Column("status", sa.String(length=64), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.run_id"], name=op.f("fk_dues_run_id")),
        sa.ForeignKeyConstraint(["store_id"], ["stores.store_id"], name=op.f("fk_dues_store_id")),
        sa.PrimaryKeyConstraint("due_id", name=op.f("pk_dues")),
    )
    op.create_index(op.f("ix_dues_dossier_id"), "dues", ["dossier_id"], unique=False)
    op.create_index(op.f("ix_dues_scope_id"), "dues", ["scope_id"], unique=False)
    op.create_index(op.f("ix_dues_store_id"), "dues", ["store_id"], unique=False)


def _examined() -> None:
    op.create_table(
        "examined",
        sa.Column("unit_id", sa.String(length=24), nullable=False),
        sa.Column("run_id", sa.String(length=24), nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.String(length=24), nullable=False),
        sa.Column("entry_id", sa.String(length=24), nullable=True),
        sa.Column("controller_id", sa.String(length=24), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=True),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("declared_categories", sa.Integer(), nullable=True),
        sa.Column("declared_flags", sa.Integer(), nullable=True),
        sa.Column("not_examined", sa.String(length=64), nullable=True),
        sa.Column("examined_at", UtcMoment(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.run_id"], name=op.f("fk_examined_run_id")),
        sa.ForeignKeyConstraint(["store_id"], ["stores.store_id"], name=op.f("fk_examined_store_id")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_examined")),
    )
    op.create_index(op.f("ix_examined_dossier_id"), "examined", ["dossier_id"], unique=False)
    op.create_index(op.f("ix_examined_entry_id"), "examined", ["entry_id"], unique=False)
    op.create_index(op.f("ix_examined_store_id"), "examined", ["store_id"], unique=False)


def _findings() -> None:
    op.create_table(
        "findings",
        sa.Column("finding_id", ROW_NUMBER, nullable=False),
        sa.Column("run_id", sa.String(length=24), nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.String(length=24), nullable=False),
        sa.Column("dossier_id", sa.String(length=24), nullable=False),
        sa.Column("entry_id", sa.String(length=24), nullable=True),
        sa.Column("attachment_id", sa.String(length=24), nullable=True),
        sa.Column("controller_id", sa.String(length=24), nullable=True),
        sa.Column("category", sa.SmallInteger(), nullable=True),
        sa.Column("flags", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=64), nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("negated", sa.Boolean(), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=False),
        sa.Column("evidence", sa.String(length=64), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.run_id"], name=op.f("fk_findings_run_id")),
        sa.ForeignKeyConstraint(["store_id"], ["stores.store_id"], name=op.f("fk_findings_store_id")),
        sa.PrimaryKeyConstraint("finding_id", name=op.f("pk_findings")),
    )
    op.create_index(op.f("ix_findings_dossier_id"), "findings", ["dossier_id"], unique=False)
    op.create_index(op.f("ix_findings_store_id_entry_id"), "findings", ["store_id", "entry_id"], unique=False)
    op.create_index(op.f("ix_findings_unit_id"), "findings", ["unit_id"], unique=False)


def _outcomes() -> None:
    op.create_table(
        "outcomes",
        sa.Column("outcome_id", ROW_NUMBER, nullable=False),
        sa.Column("run_id", sa.String(length=24), nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.String(length=64), nullable=False),
        sa.Column("scope_kind", sa.String(length=64), nullable=False),
        sa.Column("scope_id", sa.String(length=24), nullable=False),
        sa.Column("dossier_id", sa.String(length=24), nullable=True),
        sa.Column("controller_id", sa.String(length=24), nullable=True),
        sa.Column("outcome", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.run_id"], name=op.f("fk_outcomes_run_id")),
        sa.ForeignKeyConstraint(["store_id"], ["stores.store_id"], name=op.f("fk_outcomes_store_id")),
        sa.PrimaryKeyConstraint("outcome_id", name=op.f("pk_outcomes")),
    )
    op.create_index(op.f("ix_outcomes_dossier_id"), "outcomes", ["dossier_id"], unique=False)
    op.create_index(op.f("ix_outcomes_scope_id"), "outcomes", ["scope_id"], unique=False)
    op.create_index(op.f("ix_outcomes_store_id_rule_id"), "outcomes", ["store_id", "rule_id"], unique=False)

"""What was decided and erased: plans, people, approvals, intents, certificates, tombstones, frozen reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from discretio.ledger.columns import LONG_TEXT, ROW_NUMBER, UtcMoment

revision = "0002"
down_revision: str | None = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _frozen_reports()
    _people()
    _plans()
    _approvals()
    _certificates()
    _plan_item_controllers()
    _plan_items()
    _purge_intents()
    _tombstones()


def _frozen_reports() -> None:
    op.create_table(
        "frozen_reports",
        sa.Column("report_id", sa.String(length=64), nullable=False),
        sa.Column("authority", sa.String(length=64), nullable=False),
        sa.Column("controller", sa.String(length=64), nullable=False),
        sa.Column("period", sa.String(length=64), nullable=False),
        sa.Column("figures_json", LONG_TEXT, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("policy_set_id", sa.String(length=100), nullable=False),
        sa.Column("policy_version", sa.String(length=100), nullable=False),
        sa.Column("policy_sha256", sa.String(length=64), nullable=False),
        sa.Column("issued_at", UtcMoment(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_frozen_reports")),
    )


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("controller_ids", sa.JSON(), nullable=False),
        sa.Column("public_key", sa.String(length=64), nullable=False),
        sa.Column("enrolled_at", UtcMoment(), nullable=False),
        sa.Column("revoked_at", UtcMoment(), nullable=True),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_people")),
    )


def _plans() -> None:
    op.create_table(
        "plans",
        sa.Column("plan_id", sa.String(length=24), nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.String(length=24), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("requester", sa.String(length=64), nullable=False),
        sa.Column("root_hash", sa.String(length=64), nullable=False),
        sa.Column("policy_set_id", sa.String(length=100), nullable=False),
        sa.Column("policy_version", sa.String(length=100), nullable=False),
        sa.Column("policy_sha256", sa.String(length=64), nullable=False),
        sa.Column("dry_run_only", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcMoment(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("items_sha256", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.run_id"], name=op.f("fk_plans_run_id")),
        sa.ForeignKeyConstraint(["store_id"], ["stores.store_id"], name=op.f("fk_plans_store_id")),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_plans")),
    )
    op.create_index(op.f("ix_plans_store_id"), "plans", ["store_id"], unique=False)


def _approvals() -> None:
    op.create_table(
        "approvals",
        sa.Column("approval_id", ROW_NUMBER, nullable=False),
        sa.Column("plan_id", sa.String(length=24), nullable=False),
        sa.Column("root_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("controller_id", sa.String(length=24), nullable=True),
        sa.Column("decision", sa.String(length=64), nullable=False),
        sa.Column("at", UtcMoment(), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        sa.Column("recorded_at", UtcMoment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.person_id"], name=op.f("fk_approvals_person_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=op.f("fk_approvals_plan_id")),
        sa.PrimaryKeyConstraint("approval_id", name=op.f("pk_approvals")),
        sa.UniqueConstraint("signature", name=op.f("uq_approvals_signature")),
    )
    op.create_index(op.f("ix_approvals_plan_id"), "approvals", ["plan_id"], unique=False)


def _certificates() -> None:
    op.create_table(
        "certificates",
        sa.Column("certificate_id", sa.String(length=24), nullable=False),
        sa.Column("plan_id", sa.String(length=24), nullable=False),
        sa.Column("body", LONG_TEXT, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        sa.Column("issued_at", UtcMoment(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=op.f("fk_certificates_plan_id")),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_certificates")),
    )
    op.create_index(op.f("ix_certificates_plan_id"), "certificates", ["plan_id"], unique=False)


def _plan_item_controllers() -> None:
    op.create_table(
        "plan_item_controllers",
        sa.Column("plan_id", sa.String(length=24), nullable=False),
        sa.Column("item_id", sa.String(length=24), nullable=False),
        sa.Column("controller_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=op.f("fk_plan_item_controllers_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "item_id", "controller_id", name=op.f("pk_plan_item_controllers")),
    )


def _plan_items() -> None:
    op.create_table(
        "plan_items",
        sa.Column("plan_id", sa.String(length=24), nullable=False),
        sa.Column("item_id", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("dossier_hash", sa.String(length=64), nullable=False),
        sa.Column("rule_id", sa.String(length=64), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=op.f("fk_plan_items_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "item_id", name=op.f("pk_plan_items")),
    )
    op.create_index(op.f("ix_plan_items_item_id"), "plan_items", ["item_id"], unique=False)


def _purge_intents() -> None:
    op.create_table(
        "purge_intents",
        sa.Column("plan_id", sa.String(length=24), nullable=False),
        sa.Column("item_id", sa.String(length=24), nullable=False),
        sa.Column("written_at", UtcMoment(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("done_at", UtcMoment(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=op.f("fk_purge_intents_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "item_id", name=op.f("pk_purge_intents")),
    )
    op.create_index(op.f("ix_purge_intents_item_id"), "purge_intents", ["item_id"], unique=False)


def _tombstones() -> None:
    op.create_table(
        "tombstones",
        sa.Column("tombstone_id", ROW_NUMBER, nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("lookup", sa.String(length=64), nullable=False),
        sa.Column("plan_id", sa.String(length=24), nullable=False),
        sa.Column("rule_id", sa.String(length=64), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("erased_at", UtcMoment(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=op.f("fk_tombstones_plan_id")),
        sa.ForeignKeyConstraint(["store_id"], ["stores.store_id"], name=op.f("fk_tombstones_store_id")),
        sa.PrimaryKeyConstraint("tombstone_id", name=op.f("pk_tombstones")),
    )
    op.create_index(op.f("ix_tombstones_plan_id"), "tombstones", ["plan_id"], unique=False)
    op.create_index(op.f("ix_tombstones_store_id_kind_lookup"), "tombstones", ["store_id", "kind", "lookup"], unique=False)

"""What becomes of findings: items of triage, what was said of them, samples; the record behind a unit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from discretio.ledger.columns import ROW_NUMBER, UtcMoment

revision = "0011"
down_revision: str | None = "0010"
branch_labels = None
depends_on = None

_SURROGATE, _WORD, _HASH, _REASON = (sa.String(length=size) for size in (24, 64, 64, 200))
_BINDING = ("record_hash", "policy_hash", "evidence_hash")


def upgrade() -> None:
    """Make the tables; what was scanned before has no hash of its record alone until it is read again."""
    op.add_column("examined", sa.Column("record_hash", _HASH, nullable=True))
    _items()
    _events()
    _samples()
    _sample_strata()
    _sample_entries()


def _items() -> None:
    words = ("target", "outcome", "severity", "langs")
    op.create_table(
        "triage_items",
        sa.Column("item_id", _SURROGATE, nullable=False),
        sa.Column("fingerprint", _HASH, nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column("rule_id", _WORD, nullable=False),
        sa.Column("scope_kind", _WORD, nullable=False),
        sa.Column("scope_id", _SURROGATE, nullable=False),
        sa.Column("dossier_id", _SURROGATE, nullable=True),
        sa.Column("controller_id", _SURROGATE, nullable=True),
        *(sa.Column(name, _WORD, nullable=False) for name in words),
        *(sa.Column(name, _REASON, nullable=False) for name in ("reason", "evidence", "types")),
        sa.Column("minor", sa.Boolean(), nullable=True),
        *(sa.Column(name, _HASH, nullable=False) for name in _BINDING),
        sa.Column("first_seen", sa.Date(), nullable=False),
        sa.Column("gone_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["store_id"], ["stores.store_id"], name=op.f("fk_triage_items_store_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_triage_items")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_triage_items_fingerprint")),
    )
    for column in ("scope_id", "dossier_id", "controller_id"):
        op.create_index(op.f(f"ix_triage_items_{column}"), "triage_items", [column])
    op.create_index(op.f("ix_triage_items_store_id_rule_id"), "triage_items", ["store_id", "rule_id"])


def _events() -> None:
    op.create_table(
        "triage_events",
        sa.Column("event_id", ROW_NUMBER, nullable=False),
        sa.Column("item_id", _SURROGATE, nullable=False),
        *(sa.Column(name, _WORD, nullable=False) for name in ("kind", "word", "person_id")),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", _WORD, nullable=True),
        sa.Column("assignee", _SURROGATE, nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("until_day", sa.Date(), nullable=True),
        *(sa.Column(name, _HASH, nullable=False) for name in _BINDING),
        sa.Column("at", UtcMoment(), nullable=False),
        sa.Column("seal", _HASH, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["triage_items.item_id"], name=op.f("fk_triage_events_item_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.person_id"], name=op.f("fk_triage_events_person_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_triage_events")),
    )
    op.create_index(op.f("ix_triage_events_item_id"), "triage_events", ["item_id"])


def _samples() -> None:
    op.create_table(
        "samples",
        sa.Column("sample_id", _SURROGATE, nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("drawn_at", UtcMoment(), nullable=False),
        sa.Column("seal", _HASH, nullable=False),
        sa.ForeignKeyConstraint(["store_id"], ["stores.store_id"], name=op.f("fk_samples_store_id")),
        sa.PrimaryKeyConstraint("sample_id", name=op.f("pk_samples")),
    )
    op.create_index(op.f("ix_samples_store_id"), "samples", ["store_id"])


def _sample_strata() -> None:
    op.create_table(
        "sample_strata",
        sa.Column("sample_id", _SURROGATE, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("controller_id", _SURROGATE, nullable=True),
        sa.Column("lang", _WORD, nullable=False),
        sa.Column("declared", _WORD, nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False),
        sa.Column("undetected", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["sample_id"], ["samples.sample_id"], name=op.f("fk_sample_strata_sample_id")),
        sa.PrimaryKeyConstraint("sample_id", "number", name=op.f("pk_sample_strata")),
    )


def _sample_entries() -> None:
    op.create_table(
        "sample_entries",
        sa.Column("sample_id", _SURROGATE, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stratum", sa.Integer(), nullable=False),
        sa.Column("entry_id", _SURROGATE, nullable=True),
        sa.Column("dossier_id", _SURROGATE, nullable=True),
        sa.Column("detected", sa.Integer(), nullable=False),
        sa.Column("categories", sa.Integer(), nullable=True),
        sa.Column("answered_by", _WORD, nullable=True),
        sa.Column("answered_at", UtcMoment(), nullable=True),
        sa.Column("seal", _HASH, nullable=True),
        sa.ForeignKeyConstraint(["sample_id"], ["samples.sample_id"], name=op.f("fk_sample_entries_sample_id")),
        sa.ForeignKeyConstraint(["answered_by"], ["people.person_id"], name=op.f("fk_sample_entries_answered_by")),
        sa.PrimaryKeyConstraint("sample_id", "number", name=op.f("pk_sample_entries")),
    )
    for column in ("entry_id", "dossier_id"):
        op.create_index(op.f(f"ix_sample_entries_{column}"), "sample_entries", [column])

"""Tables of what was decided and erased: plans, people, approvals, intents, certificates, tombstones, frozen reports."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table

from discretio.ledger.columns import HASH, LONG_TEXT, METADATA, REASON, ROW_NUMBER, SIGNATURE, SURROGATE, WORD, UtcMoment

_PERSON = String(64)

plans = Table(
    "plans",
    METADATA,
    Column("plan_id", SURROGATE, primary_key=True),
    Column("store_id", ForeignKey("stores.store_id"), nullable=False, index=True),
    Column("run_id", ForeignKey("runs.run_id"), nullable=False),
    Column("as_of", Date, nullable=False),
    Column("requester", _PERSON, nullable=False),
    Column("root_hash", HASH, nullable=False),
    Column("policy_set_id", String(100), nullable=False),
    Column("policy_version", String(100), nullable=False),
    Column("policy_sha256", HASH, nullable=False),
    Column("dry_run_only", Boolean(create_constraint=False), nullable=False),
    Column("created_at", UtcMoment, nullable=False),
    Column("state", WORD, nullable=False),
    Column("layout_sha256", HASH),
    Column("items_sha256", HASH, nullable=False),
    Column("attempt", Integer, nullable=False, server_default="0"),
    Column("seal", HASH, nullable=False),
)

plan_items = Table(
    "plan_items",
    METADATA,
    Column("plan_id", ForeignKey("plans.plan_id"), primary_key=True),
    Column("item_id", SURROGATE, primary_key=True),
    Column("kind", WORD, nullable=False),
    Column("dossier_hash", HASH, nullable=False),
    Column("rule_id", WORD, nullable=False),
    Column("due", Date),
    Column("state", WORD, nullable=False),
    Column("reason", REASON),
    Index(None, "item_id"),
)

plan_item_controllers = Table(
    "plan_item_controllers",
    METADATA,
    Column("plan_id", ForeignKey("plans.plan_id"), primary_key=True),
    Column("item_id", SURROGATE, primary_key=True),
    Column("controller_id", SURROGATE, primary_key=True),
)

people = Table(
    "people",
    METADATA,
    Column("person_id", _PERSON, primary_key=True),
    Column("roles", JSON, nullable=False),
    Column("controller_ids", JSON, nullable=False),
    Column("public_key", HASH, nullable=False),
    Column("enrolled_at", UtcMoment, nullable=False),
    Column("revoked_at", UtcMoment),
    Column("seal", HASH, nullable=False),
)

locked_keys = Table(
    "locked_keys",
    METADATA,
    Column("person_id", ForeignKey("people.person_id"), primary_key=True),
    Column("salt", HASH, nullable=False),
    Column("locked", SIGNATURE, nullable=False),
    Column("locked_at", UtcMoment, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("failed_at", UtcMoment),
)

approvals = Table(
    "approvals",
    METADATA,
    Column("approval_id", ROW_NUMBER, primary_key=True),
    Column("plan_id", ForeignKey("plans.plan_id"), nullable=False, index=True),
    Column("root_hash", HASH, nullable=False),
    Column("person_id", ForeignKey("people.person_id"), nullable=False),
    Column("role", WORD, nullable=False),
    Column("controller_id", SURROGATE),
    Column("decision", WORD, nullable=False),
    Column("at", UtcMoment, nullable=False),
    Column("signature", SIGNATURE, nullable=False, unique=True),
    Column("recorded_at", UtcMoment, nullable=False),
)

purge_intents = Table(
    "purge_intents",
    METADATA,
    Column("plan_id", ForeignKey("plans.plan_id"), primary_key=True),
    Column("item_id", SURROGATE, primary_key=True),
    Column("written_at", UtcMoment, nullable=False),
    Column("state", WORD, nullable=False),
    Column("reason", REASON),
    Column("done_at", UtcMoment),
    Index(None, "item_id"),
)

certificates = Table(
    "certificates",
    METADATA,
    Column("certificate_id", SURROGATE, primary_key=True),
    Column("plan_id", ForeignKey("plans.plan_id"), nullable=False, index=True),
    Column("body", LONG_TEXT, nullable=False),
    Column("sha256", HASH, nullable=False),
    Column("signature", SIGNATURE, nullable=False),
    Column("issued_at", UtcMoment, nullable=False),
)

tombstones = Table(
    "tombstones",
    METADATA,
    Column("tombstone_id", ROW_NUMBER, primary_key=True),
    Column("store_id", ForeignKey("stores.store_id"), nullable=False),
    Column("kind", WORD, nullable=False),
    Column("lookup", HASH, nullable=False),
    Column("plan_id", ForeignKey("plans.plan_id"), nullable=False, index=True),
    Column("rule_id", WORD, nullable=False),
    Column("counts", JSON, nullable=False),
    Column("erased_at", UtcMoment, nullable=False),
    Index(None, "store_id", "kind", "lookup"),
)

frozen_reports = Table(
    "frozen_reports",
    METADATA,
    Column("report_id", String(64), primary_key=True),
    Column("authority", WORD, nullable=False),
    Column("controller", WORD, nullable=False),
    Column("period", WORD, nullable=False),
    Column("figures_json", LONG_TEXT, nullable=False),
    Column("sha256", HASH, nullable=False),
    Column("policy_set_id", String(100), nullable=False),
    Column("policy_version", String(100), nullable=False),
    Column("policy_sha256", HASH, nullable=False),
    Column("issued_at", UtcMoment, nullable=False),
    Column("seal", HASH, nullable=False),
)

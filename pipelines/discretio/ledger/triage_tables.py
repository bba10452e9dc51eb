"""Tables of what becomes of findings: the items of triage, what was said of them, and the samples of what the scan missed.

Ids, codes and hashes. They go, or lose their ids, with the dossier that they are about.
"""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table

from discretio.ledger.columns import HASH, METADATA, REASON, ROW_NUMBER, SURROGATE, WORD, UtcMoment

_PERSON = String(64)

triage_items = Table(
    "triage_items",
    METADATA,
    Column("item_id", SURROGATE, primary_key=True),
    Column("fingerprint", HASH, nullable=False, unique=True),
    Column("store_id", ForeignKey("stores.store_id"), nullable=False),
    Column("rule_id", WORD, nullable=False),
    Column("scope_kind", WORD, nullable=False),
    Column("scope_id", SURROGATE, nullable=False, index=True),
    Column("dossier_id", SURROGATE, index=True),
    Column("controller_id", SURROGATE, index=True),
    Column("target", WORD, nullable=False),
    Column("outcome", WORD, nullable=False),
    Column("reason", REASON, nullable=False),
    Column("severity", WORD, nullable=False),
    Column("minor", Boolean(create_constraint=False)),
    Column("evidence", REASON, nullable=False),
    Column("types", REASON, nullable=False),
    Column("langs", WORD, nullable=False),
    Column("record_hash", HASH, nullable=False),
    Column("policy_hash", HASH, nullable=False),
    Column("evidence_hash", HASH, nullable=False),
    Column("first_seen", Date, nullable=False),
    Column("gone_on", Date),
    Index(None, "store_id", "rule_id"),
    # The queue's counts by the day read this index alone.
    Index("ix_triage_items_days", "first_seen", "gone_on", "store_id"),
)

triage_events = Table(
    "triage_events",
    METADATA,
    Column("event_id", ROW_NUMBER, primary_key=True),
    Column("item_id", ForeignKey("triage_items.item_id"), nullable=False, index=True),
    Column("kind", WORD, nullable=False),
    Column("word", WORD, nullable=False),
    Column("person_id", ForeignKey("people.person_id"), nullable=False),
    Column("day", Date, nullable=False),
    Column("reason", WORD),
    Column("assignee", SURROGATE),
    Column("due", Date),
    Column("until_day", Date),
    Column("record_hash", HASH, nullable=False),
    Column("policy_hash", HASH, nullable=False),
    Column("evidence_hash", HASH, nullable=False),
    Column("at", UtcMoment, nullable=False),
    Column("signature", String(128)),
    Column("seal", HASH, nullable=False),
)

samples = Table(
    "samples",
    METADATA,
    Column("sample_id", SURROGATE, primary_key=True),
    Column("store_id", ForeignKey("stores.store_id"), nullable=False, index=True),
    Column("as_of", Date, nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("drawn_at", UtcMoment, nullable=False),
    Column("seal", HASH, nullable=False),
)

sample_strata = Table(
    "sample_strata",
    METADATA,
    Column("sample_id", ForeignKey("samples.sample_id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("controller_id", SURROGATE),
    Column("lang", WORD, nullable=False),
    Column("declared", WORD, nullable=False),
    Column("population", Integer, nullable=False),
    Column("drawn", Integer, nullable=False),
    Column("undetected", JSON, nullable=False),
)

sample_entries = Table(
    "sample_entries",
    METADATA,
    Column("sample_id", ForeignKey("samples.sample_id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("stratum", Integer, nullable=False),
    Column("entry_id", SURROGATE, index=True),
    Column("dossier_id", SURROGATE, index=True),
    Column("detected", Integer, nullable=False),
    Column("categories", Integer),
    Column("answered_by", ForeignKey("people.person_id")),
    Column("answered_at", UtcMoment),
    Column("seal", HASH),
)

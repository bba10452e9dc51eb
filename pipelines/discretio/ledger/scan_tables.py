"""Tables of what was seen: identity, stores, locator, runs, examined units, findings, outcomes, dues.

No text, no name, no matched term: ids are random surrogates, and what the store itself calls its records is in `locator`,
encrypted, beside a keyed hash to look it up by.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    text,
)

from discretio.law.special_classes import BARRED_DOCUMENTS, flags_mask
from discretio.ledger.columns import HASH, METADATA, PART, REASON, ROW_NUMBER, SURROGATE, WORD, UtcMoment

BARRED = flags_mask(BARRED_DOCUMENTS)
"""The bits of the marks that bar a document."""

# As words, since a database uses the index for a condition that is spelled like its own alone.
BARS = text(f"findings.flags & {BARRED} != 0")
"""The condition that a finding is such a mark."""

_TELLING = "about <> 'nobody' AND entry_id IS NOT NULL AND (category IS NOT NULL OR flags <> 0)"
TELLING = text(_TELLING)
"""The condition that a finding counts in an entry: somebody's datum, of a category or a class. Most only name somebody."""

identity = Table(
    "identity",
    METADATA,
    Column("identity_id", Integer, primary_key=True, autoincrement=False),
    Column("ledger_id", SURROGATE, nullable=False),
    Column("key_check", HASH, nullable=False),
    Column("checkpoint_public_key", HASH, nullable=False),
    Column("created_at", UtcMoment, nullable=False),
)

retired_keys = Table(
    "retired_keys",
    METADATA,
    Column("generation", Integer, primary_key=True, autoincrement=False),
    Column("wrapped", LargeBinary, nullable=False),  # the master key, under the one after it
    Column("retired_at", UtcMoment, nullable=False),
)

stores = Table(
    "stores",
    METADATA,
    Column("store_id", Integer, primary_key=True),
    Column("name", String(100), nullable=False, unique=True),
    Column("kind", WORD, nullable=False),
    Column("locator", LargeBinary, nullable=False),
    Column("demo", Boolean(create_constraint=False), nullable=False),
    Column("owner", LargeBinary),
)

locator = Table(
    "locator",
    METADATA,
    Column("surrogate", SURROGATE, primary_key=True),
    Column("store_id", ForeignKey("stores.store_id"), nullable=False),
    Column("kind", WORD, nullable=False),
    Column("lookup", HASH, nullable=False),
    Column("dossier_id", SURROGATE, index=True),
    Column("natural_key", LargeBinary, nullable=False),
    UniqueConstraint("store_id", "kind", "lookup"),
)

runs = Table(
    "runs",
    METADATA,
    Column("run_id", SURROGATE, primary_key=True),
    Column("verb", WORD, nullable=False),
    Column("store_id", ForeignKey("stores.store_id"), index=True),
    Column("as_of", Date, nullable=False),
    Column("policy_set_id", String(100), nullable=False),
    Column("policy_version", String(100), nullable=False),
    Column("policy_sha256", HASH, nullable=False),
    Column("state", WORD, nullable=False),
    Column("counts", JSON, nullable=False),
    Column("started_at", UtcMoment, nullable=False),
    Column("finished_at", UtcMoment),
)

scan_partitions = Table(
    "scan_partitions",
    METADATA,
    Column("run_id", ForeignKey("runs.run_id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("first_id", SURROGATE),
    Column("dossiers", Integer, nullable=False),
)

examined = Table(
    "examined",
    METADATA,
    Column("unit_id", SURROGATE, primary_key=True),
    Column("run_id", ForeignKey("runs.run_id"), nullable=False),
    Column("store_id", ForeignKey("stores.store_id"), nullable=False, index=True),
    Column("dossier_id", SURROGATE, nullable=False, index=True),
    Column("entry_id", SURROGATE),
    Column("controller_id", SURROGATE),
    Column("content_hash", HASH),
    Column("characters", Integer, nullable=False),
    Column("declared_categories", Integer),
    Column("declared_flags", Integer),
    Column("not_examined", WORD),
    Column("gaps", JSON(none_as_null=True)),
    Column("record_hash", HASH),
    Column("examined_at", UtcMoment, nullable=False),
    # The figures of a report read this beside the telling findings, entry by entry in the same order.
    Index("ix_examined_contents", "entry_id", "controller_id", "declared_categories", "declared_flags", "not_examined"),
    # Like outcomes: what of one controller was read is counted whenever somebody who acts for it opens a page.
    Index("ix_examined_share", "controller_id", "store_id", "entry_id", "not_examined"),
)

findings = Table(
    "findings",
    METADATA,
    Column("finding_id", ROW_NUMBER, primary_key=True),
    Column("run_id", ForeignKey("runs.run_id"), nullable=False),
    Column("store_id", ForeignKey("stores.store_id"), nullable=False),
    Column("unit_id", SURROGATE, nullable=False, index=True),
    Column("dossier_id", SURROGATE, nullable=False, index=True),
    Column("entry_id", SURROGATE),
    Column("attachment_id", SURROGATE),
    Column("controller_id", SURROGATE),
    Column("category", SmallInteger),
    Column("flags", Integer, nullable=False),
    Column("type", WORD, nullable=False),
    Column("lang", String(8), nullable=False),
    Column("score", Float, nullable=False),
    Column("negated", Boolean(create_constraint=False), nullable=False),
    Column("about", WORD, nullable=False),
    Column("evidence", WORD, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("part", PART),
    Index(None, "store_id", "entry_id"),
    # Quarantine is asked about at every scan: of a million findings a few are marks.
    Index(
        "ix_findings_barred",
        "store_id",
        sqlite_where=text(f"flags & {BARRED} != 0"),
        postgresql_where=text(f"flags & {BARRED} != 0"),
    ),
    # The figures of a report read this index alone, a tenth of the table.
    Index(
        "ix_findings_telling",
        "entry_id",
        "score",
        "category",
        "flags",
        "about",
        sqlite_where=text(_TELLING),
        postgresql_where=text(_TELLING),
    ),
)

outcomes = Table(
    "outcomes",
    METADATA,
    Column("outcome_id", ROW_NUMBER, primary_key=True),
    Column("run_id", ForeignKey("runs.run_id"), nullable=False),
    Column("store_id", ForeignKey("stores.store_id"), nullable=False),
    Column("rule_id", WORD, nullable=False),
    Column("scope_kind", WORD, nullable=False),
    Column("scope_id", SURROGATE, nullable=False, index=True),
    Column("dossier_id", SURROGATE, index=True),
    Column("controller_id", SURROGATE),
    Column("outcome", WORD, nullable=False),
    Column("reason", REASON, nullable=False),
    Column("shared", Boolean(create_constraint=False)),
    Index(None, "store_id", "rule_id"),
    # What concerns one controller is counted whenever somebody who acts for it opens a page.
    Index("ix_outcomes_share", "controller_id", "store_id", "rule_id", "outcome", "scope_id"),
)

dues = Table(
    "dues",
    METADATA,
    Column("due_id", ROW_NUMBER, primary_key=True),
    Column("run_id", ForeignKey("runs.run_id"), nullable=False),
    Column("store_id", ForeignKey("stores.store_id"), nullable=False, index=True),
    Column("rule_id", WORD, nullable=False),
    Column("scope_kind", WORD, nullable=False),
    Column("scope_id", SURROGATE, nullable=False, index=True),
    Column("dossier_id", SURROGATE, index=True),
    Column("controller_id", SURROGATE),
    Column("status", WORD, nullable=False),
    Column("due", Date),
    Column("reason", REASON, nullable=False),
    Column("shared", Boolean(create_constraint=False)),
)

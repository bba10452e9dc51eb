"""Tables of the audit chain: its records, its closed segments, and its signed head."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table

from discretio.ledger.columns import HASH, LONG_TEXT, METADATA, ROW_NUMBER, SIGNATURE, WORD

# Moments are text here: the hash covers exactly the bytes that are stored, whatever the database makes of a date.
_MOMENT_TEXT = String(32)

chain_records = Table(
    "chain_records",
    METADATA,
    Column("sequence", ROW_NUMBER, primary_key=True, autoincrement=False),
    Column("segment", Integer, nullable=False, index=True),
    Column("kind", WORD, nullable=False),
    Column("subject", WORD, nullable=False, index=True),
    Column("recorded_at", _MOMENT_TEXT, nullable=False),
    Column("payload", LONG_TEXT, nullable=False),
    Column("previous_hash", HASH, nullable=False),
    Column("record_hash", HASH, nullable=False),
    Index(None, "kind", "subject"),
)

chain_segments = Table(
    "chain_segments",
    METADATA,
    Column("segment", Integer, primary_key=True, autoincrement=False),
    Column("opened_at", _MOMENT_TEXT, nullable=False),
    Column("first_sequence", ROW_NUMBER, nullable=False),
    Column("first_previous_hash", HASH, nullable=False),
    Column("last_sequence", ROW_NUMBER, nullable=False),
    Column("last_hash", HASH, nullable=False),
    Column("signature", SIGNATURE, nullable=False),
)

chain_head = Table(
    "chain_head",
    METADATA,
    Column("head_id", Integer, primary_key=True, autoincrement=False),
    Column("segment", Integer, nullable=False),
    Column("opened_at", _MOMENT_TEXT, nullable=False),
    Column("first_sequence", ROW_NUMBER, nullable=False),
    Column("first_previous_hash", HASH, nullable=False),
    Column("last_sequence", ROW_NUMBER, nullable=False),
    Column("last_hash", HASH, nullable=False),
    Column("signature", SIGNATURE, nullable=False),
)

"""The table of what enrolled persons declare: archive clearances, mandates, requests, confirmations."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, LargeBinary, Table

from discretio.ledger.columns import LONG_TEXT, METADATA, ROW_NUMBER, SIGNATURE, WORD, UtcMoment

declarations = Table(
    "declarations",
    METADATA,
    Column("declaration_id", ROW_NUMBER, primary_key=True),
    Column("kind", WORD, nullable=False),
    Column("subject", WORD, nullable=False, index=True),
    Column("body", LONG_TEXT, nullable=False),
    Column("note", LargeBinary),
    Column("person_id", ForeignKey("people.person_id"), nullable=False),
    Column("at", UtcMoment, nullable=False),
    Column("signature", SIGNATURE, nullable=False, unique=True),
    Column("recorded_at", UtcMoment, nullable=False),
)

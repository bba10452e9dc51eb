"""The table of notes that dossiers on paper were destroyed."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, String, Table

from discretio.ledger.columns import HASH, METADATA, SIGNATURE, SURROGATE, UtcMoment

destruction_notes = Table(
    "destruction_notes",
    METADATA,
    Column("plan_id", ForeignKey("plans.plan_id"), primary_key=True),
    Column("dossier_id", SURROGATE, primary_key=True),
    Column("root_hash", HASH, nullable=False),
    Column("person_id", String(64), nullable=False),
    Column("destroyed_on", Date, nullable=False),
    Column("noted_at", UtcMoment, nullable=False),
    Column("signature", SIGNATURE, nullable=False),
)

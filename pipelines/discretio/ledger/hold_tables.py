"""Tables of the holds that are recorded here, and of what was done about each."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, ForeignKey, LargeBinary, Table

from discretio.ledger.columns import METADATA, ROW_NUMBER, SIGNATURE, SURROGATE, WORD, UtcMoment

holds = Table(
    "holds",
    METADATA,
    Column("hold_id", SURROGATE, primary_key=True),
    Column("store_id", ForeignKey("stores.store_id"), nullable=False, index=True),
    Column("dossier_id", SURROGATE, nullable=False, index=True),
    Column("kind", WORD, nullable=False),
    Column("controller_ids", JSON, nullable=False),
    Column("ground", LargeBinary, nullable=False),
)

hold_acts = Table(
    "hold_acts",
    METADATA,
    Column("act_id", ROW_NUMBER, primary_key=True),
    Column("hold_id", ForeignKey("holds.hold_id"), nullable=False, index=True),
    Column("verb", WORD, nullable=False),
    Column("until", Date),
    Column("review", Date),
    Column("person_id", ForeignKey("people.person_id"), nullable=False),
    Column("at", UtcMoment, nullable=False),
    Column("signature", SIGNATURE, nullable=False, unique=True),
    Column("recorded_at", UtcMoment, nullable=False),
)

"""Tables of what was looked for outside the stores: mandates, searches under them, copies that were found."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Integer, String, Table

from discretio.ledger.columns import METADATA, ROW_NUMBER, SIGNATURE, SURROGATE, WORD, UtcMoment

mandates = Table(
    "mandates",
    METADATA,
    Column("mandate_id", SURROGATE, primary_key=True),
    Column("store_id", ForeignKey("stores.store_id"), nullable=False, index=True),
    Column("location_id", SURROGATE, nullable=False),
    Column("controller_id", SURROGATE, nullable=False),
    Column("person_id", String(64), nullable=False),
    Column("role", WORD, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("given_at", UtcMoment, nullable=False),
    Column("signature", SIGNATURE, nullable=False),
    Column("ended_at", UtcMoment),
)

shadow_searches = Table(
    "shadow_searches",
    METADATA,
    Column("run_id", ForeignKey("runs.run_id"), primary_key=True),
    Column("mandate_id", ForeignKey("mandates.mandate_id"), nullable=False, index=True),
    Column("complete", Boolean(create_constraint=False), nullable=False),
    Column("gaps", JSON, nullable=False),
    Column("searched_at", UtcMoment, nullable=False),
)

shadow_copies = Table(
    "shadow_copies",
    METADATA,
    Column("copy_id", ROW_NUMBER, primary_key=True),
    Column("run_id", ForeignKey("shadow_searches.run_id"), nullable=False, index=True),
    Column("file_id", SURROGATE, nullable=False, index=True),
    Column("unit_id", SURROGATE, nullable=False),
    Column("dossier_id", SURROGATE, nullable=False, index=True),
    Column("whole", Boolean(create_constraint=False), nullable=False),
    Column("marks", Integer, nullable=False),
)

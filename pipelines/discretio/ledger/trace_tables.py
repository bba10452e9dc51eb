"""Tables of what a purge keeps until its second verification: a key of the plan, traces under it, and what others mention."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Table
from sqlalchemy.dialects import mysql

from discretio.ledger.columns import HASH, METADATA, SURROGATE, UtcMoment

_MANY_BYTES = LargeBinary().with_variant(mysql.LONGBLOB(), "mysql", "mariadb")

trace_keys = Table(
    "trace_keys",
    METADATA,
    Column("plan_id", ForeignKey("plans.plan_id"), primary_key=True),
    Column("sealed_key", LargeBinary),  # null once it is destroyed
    Column("sha256", HASH, nullable=False),
    Column("destroyed_at", UtcMoment),
)

traces = Table(
    "traces",
    METADATA,
    Column("plan_id", ForeignKey("plans.plan_id"), primary_key=True),
    Column("item_id", SURROGATE, primary_key=True),
    Column("words", _MANY_BYTES, nullable=False),
    Column("mentions", _MANY_BYTES, nullable=False),
)

residual_mentions = Table(
    "residual_mentions",
    METADATA,
    Column("plan_id", ForeignKey("plans.plan_id"), primary_key=True),
    Column("unit_id", SURROGATE, primary_key=True),
    Column("dossier_id", SURROGATE, nullable=False, index=True),
    Column("number", Integer, nullable=False),
)

"""What the ledger's tables are made of: one metadata, and the column types that every database keeps exactly."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, MetaData, String, Text, TypeDecorator
from sqlalchemy.dialects import mysql
from sqlalchemy.types import TypeEngine

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

SURROGATE = String(24)
"""A random id: it says nothing about what it stands for."""

WORD = String(64)
"""A code of ours: a kind, a state, a rule."""

REASON = String(200)
"""A reason code, with its particulars."""

PART = String(100)
"""Where in a document: kinds and numbers of ours, such as 2/page 3; never a name that stands in it."""

HASH = String(64)
"""32 bytes in hexadecimal."""

SIGNATURE = String(128)
"""An Ed25519 signature in hexadecimal."""

ROW_NUMBER = BigInteger().with_variant(Integer(), "sqlite")
"""A number that the database counts up itself."""


LONG_TEXT = Text().with_variant(mysql.LONGTEXT(), "mysql", "mariadb")
"""JSON of ours, of any length."""


class UtcMoment(TypeDecorator[datetime]):
    """A moment in UTC to the microsecond; refuses a moment without a zone, since nobody could say what it means."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """MariaDB drops the microseconds unless told."""
        if dialect.name in ("mysql", "mariadb"):
            return dialect.type_descriptor(mysql.DATETIME(fsp=6))
        return dialect.type_descriptor(DateTime())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """To UTC, then without its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment in the ledger needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """With its zone again."""
        return None if value is None else value.replace(tzinfo=UTC)

"""The tables of the reference store: one per frame, built from the frames themselves."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects import mysql
from sqlalchemy.types import TypeEngine

from discretio.domain import frames
from discretio.domain.frames import Frame

SCHEMA_VERSION = 1

# Keys are compared byte by byte on every dialect, so that ranges of keys mean the same everywhere.
_KEY = (
    String(190, collation="BINARY")
    .with_variant(String(190, collation="C"), "postgresql")
    .with_variant(mysql.VARCHAR(190, charset="utf8mb4", collation="utf8mb4_bin"), "mysql", "mariadb")
)
_WORDS = Text().with_variant(mysql.LONGTEXT(charset="utf8mb4", collation="utf8mb4_bin"), "mysql", "mariadb")
_TYPES: dict[str, TypeEngine[Any]] = {
    frames.MOMENT: DateTime().with_variant(mysql.DATETIME(fsp=6), "mysql", "mariadb"),
    frames.NUMBER: BigInteger(),
    frames.TRUTH: Boolean(),
}
_CONTROLLERS = {
    "owner", "controller_key", "introduced_by", "holder", "giver", "receiver", "addressed_to",
}  # fmt: skip
# Keys that point at nothing enforced: a copy outlives the entry it was made from (art. 4 al. 5), a person the one it is
# linked to, and an identity and a user have no table.
_LOOSE = {"linked_to", "identity_key", "user_key"}

METADATA = MetaData()


def _type_of(column: frames.Column) -> TypeEngine[Any]:
    if column.name in _CONTROLLERS | _LOOSE or column.name.endswith("_key"):
        return _KEY
    return _TYPES.get(column.dtype, _WORDS)


def _references(frame: Frame, column: frames.Column) -> list[ForeignKey]:
    if column.name == frame.key:
        return []
    if column.name in _CONTROLLERS:
        return [ForeignKey("controllers.controller_key")]
    if column.name == "dossier_key":
        return [ForeignKey("dossiers.dossier_key")]
    if column.name == "entry_key" and frame in (frames.ENTRY_INTRODUCERS, frames.AGREEMENTS):
        return [ForeignKey("entries.entry_key")]
    return []


def _column(frame: Frame, column: frames.Column) -> Column[Any]:
    required = column.name == frame.key or column.name in ("dossier_key", "entry_key") or column.dtype == frames.NUMBER
    return Column(
        column.name,
        _type_of(column),
        *_references(frame, column),
        primary_key=column.name == frame.key,
        nullable=not required,
    )


def _table(frame: Frame) -> Table:
    table = Table(
        frame.name,
        METADATA,
        *(_column(frame, column) for column in frame.columns),
        mysql_engine="InnoDB",
        mysql_charset="utf8mb4",
        mariadb_engine="InnoDB",
        mariadb_charset="utf8mb4",
    )
    for name in ("dossier_key", "entry_key"):
        indexed_anyway = name == frame.key or (frame is frames.ENTRIES and name == "dossier_key")
        if name in table.c and not indexed_anyway:
            Index(f"ix_{frame.name}_{name}", table.c[name])
    return table


TABLES: dict[str, Table] = {name: _table(frame) for name, frame in frames.STORE_FRAMES.items()}

# An attachment lies in the dossier of its entry: the database itself sees to it, so that erasing by dossier is complete.
# The index behind the constraint also gives the order in which content is streamed.
TABLES["entries"].append_constraint(UniqueConstraint("dossier_key", "entry_key", name="uq_entries_dossier_entry"))
TABLES["attachments"].append_constraint(
    ForeignKeyConstraint(
        ["dossier_key", "entry_key"], ["entries.dossier_key", "entries.entry_key"], name="fk_attachments_dossier_entry"
    )
)

STORE_META = Table("store_meta", METADATA, Column("name", _KEY, primary_key=True), Column("value", _KEY, nullable=False))

INSERT_ORDER: tuple[str, ...] = tuple(table.name for table in METADATA.sorted_tables if table.name in TABLES)
"""The frames with what they refer to before them; erasing takes them the other way round."""

"""The tables of the reference store: one per frame, built from the frames themselves.

A store has the tables of `STORE_FRAMES`, or, once it keeps registers (registers.py), those of all frames that a store can hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
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
from discretio.stores.layout import FILE

SCHEMA_VERSION, WITH_REGISTERS = 2, 3
"""The version of a store without registers, and of one that keeps some: an older Discretio would leave them half erased."""

LOGS = ("accesses", "access_log")
"""Logs have a term of their own: they stay when a dossier is erased, and lose its keys (law of 30 July 2018, art. 56)."""

TOLD_BY_US = frozenset({"number_findings", "recorded_findings", "purges", "purge_approvals"})
"""What our own ledger tells where a store doesn't: nobody keeps it for us, and nobody has to map it."""
_OF_A_DOSSIER = ("dossier_key", "entry_key", "session_key", "secret_sharing_key")

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


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of one kind of reference store.

    Attributes:
        frames: what each holds.
        by_name: the tables, by the name of their frame.
        metadata: what creates them.
        insert_order: their names, what they refer to before them; erasing takes them the other way round.
        of_dossiers: those whose rows are erased with a dossier.
        logs: those whose rows stay, without its keys.
    """

    frames: Mapping[str, Frame]
    by_name: Mapping[str, Table]
    metadata: MetaData
    insert_order: tuple[str, ...]
    of_dossiers: tuple[str, ...]
    logs: tuple[str, ...]


def _type_of(frame: Frame, column: frames.Column) -> TypeEngine[Any]:
    named = column.kind and not _is_own(frame, column)
    if named or column.name == frame.key or column.name in _CONTROLLERS | _LOOSE or column.name.endswith("_key"):
        return _KEY
    return _TYPES.get(column.dtype, _WORDS)


def _is_own(frame: Frame, column: frames.Column) -> bool:
    """Whether every reference store has this column."""
    known = frames.STORE_FRAMES.get(frame.name)
    return known is not None and column.name in known.column_names


def _references(frame: Frame, column: frames.Column) -> list[ForeignKey]:
    own = _is_own(frame, column)
    if column.name == frame.key or frame.name in LOGS or (frame.name in frames.STORE_FRAMES and not own):
        return []
    if column.name in _CONTROLLERS:
        return [ForeignKey("controllers.controller_key")]
    if column.name in ("dossier_key", "session_key", "secret_sharing_key"):
        table = f"{column.name.removesuffix('_key')}s"
        return [ForeignKey(f"{table}.{column.name}")]
    if column.name == "entry_key" and (not own or frame.name in ("entry_introducers", "agreements")):
        return [ForeignKey("entries.entry_key")]
    return []


def _column(frame: Frame, column: frames.Column) -> Column[Any]:
    own = _is_own(frame, column)
    required = own and (column.name in ("dossier_key", "entry_key") or column.dtype == frames.NUMBER)
    return Column(
        column.name,
        _type_of(frame, column),
        *_references(frame, column),
        primary_key=column.name == frame.key,
        nullable=not (required or column.name == frame.key),
    )


def _table(frame: Frame, metadata: MetaData) -> Table:
    table = Table(
        frame.name,
        metadata,
        *(_column(frame, column) for column in frame.columns),
        mysql_engine="InnoDB",
        mysql_charset="utf8mb4",
        mariadb_engine="InnoDB",
        mariadb_charset="utf8mb4",
    )
    for name in _OF_A_DOSSIER:
        indexed_anyway = name == frame.key or (frame.name == "entries" and name == "dossier_key")
        if name in table.c and not indexed_anyway:
            Index(f"ix_{frame.name}_{name}", table.c[name])
    if frame.name not in frames.STORE_FRAMES and frame.name not in LOGS and {"dossier_key", "entry_key"} <= {*table.c.keys()}:
        # What names an entry names its dossier, so that erasing by dossier is complete.
        rule = "entry_key IS NULL OR dossier_key IS NOT NULL"
        table.append_constraint(CheckConstraint(rule, name=f"ck_{frame.name}_dossier"))
    return table


def _tables(held: Mapping[str, Frame]) -> Tables:
    metadata = MetaData()
    tables = {name: _table(frame, metadata) for name, frame in held.items()}
    # An attachment lies in the dossier of its entry: the database itself sees to it, so that erasing by dossier is complete.
    # The index behind the constraint also gives the order in which content is streamed.
    tables["entries"].append_constraint(UniqueConstraint("dossier_key", "entry_key", name="uq_entries_dossier_entry"))
    tables["attachments"].append_constraint(
        ForeignKeyConstraint(
            ["dossier_key", "entry_key"], ["entries.dossier_key", "entries.entry_key"], name="fk_attachments_dossier_entry"
        )
    )
    # The document itself, erased with its row: a file that lay elsewhere would outlive its dossier.
    tables["attachments"].append_column(Column(FILE, LargeBinary().with_variant(mysql.LONGBLOB(), "mysql", "mariadb")))
    Table("store_meta", metadata, Column("name", _KEY, primary_key=True), Column("value", _KEY, nullable=False))
    order = tuple(table.name for table in metadata.sorted_tables if table.name in tables)
    logs = tuple(name for name in LOGS if name in tables)
    of_dossiers = tuple(name for name, table in tables.items() if name not in logs and {*_OF_A_DOSSIER} & {*table.c.keys()})
    return Tables(held, tables, metadata, order, of_dossiers, logs)


BASE: Tables = _tables(frames.STORE_FRAMES)
WHOLE: Tables = _tables({name: frame for name, frame in frames.KNOWN_FRAMES.items() if name not in TOLD_BY_US})

REGISTERS = Table("registers", WHOLE.metadata, Column("name", _KEY, primary_key=True))
"""What a store keeps beyond the base: names of frames, and of columns as `entries.legal_ground`."""
STORE_META: Table = BASE.metadata.tables["store_meta"]

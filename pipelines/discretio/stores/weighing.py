"""What the dossiers of a database weigh: bytes of content by dossier, added up by the database itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Integer, LargeBinary, Select, Text, cast, func, literal, select, union_all

from discretio.stores.cutting import BYTES_TO_ONE_OF_TEXT, EACH_CONTENT, EACH_FILE
from discretio.stores.layout import Source
from discretio.stores.port import CONTENT


@dataclass(frozen=True, slots=True)
class Weighed:
    """Rows that belong to dossiers: the table, the dossier's key, and what one row weighs."""

    table: FromClause
    dossier: ColumnElement[Any]
    weight: ColumnElement[int]


def listed(source: Source) -> Weighed:
    """The dossiers themselves, which weigh nothing."""
    return Weighed(source.table, source.columns["dossier_key"], literal(0))


def of_text(source: Source, tables: FromClause, dossier: ColumnElement[Any], dialect: str) -> Weighed:
    """Rows whose content is a text."""
    return Weighed(tables, dossier, EACH_CONTENT + func.coalesce(_octets(source, dialect), 0))


def of_files(
    source: Source, tables: FromClause, dossier: ColumnElement[Any], dialect: str, column_name: str = CONTENT
) -> Weighed:
    """Rows whose content is a file as bytes, in the column of that name."""
    column: Any = func.octet_length if dialect != "sqlite" else func.length
    octets = func.coalesce(column(source.columns[column_name], type_=Integer), 0)
    return Weighed(tables, dossier, EACH_CONTENT + octets // BYTES_TO_ONE_OF_TEXT)


def of_paths(tables: FromClause, dossier: ColumnElement[Any]) -> Weighed:
    """Rows that name a file elsewhere."""
    return Weighed(tables, dossier, literal(EACH_FILE))


def weights(some: Iterable[Weighed]) -> Select[Any]:
    """The query for the keys of all dossiers, in the database's order, and what each weighs."""
    # A foreign database may hold entries of dossiers that it doesn't list; they lie in a partition like the rest.
    parts = [
        select(one.dossier.label("key"), func.sum(one.weight, type_=Integer).label("weight"))
        .select_from(one.table)
        .where(one.dossier.is_not(None))
        .group_by(one.dossier)
        for one in some
    ]
    rows = union_all(*parts).subquery()
    return select(rows.c.key, func.sum(rows.c.weight, type_=Integer)).group_by(rows.c.key).order_by(rows.c.key)


def _octets(source: Source, dialect: str) -> ColumnElement[int]:
    content = source.column(CONTENT)
    if dialect == "sqlite":
        return func.length(cast(content, LargeBinary), type_=Integer)
    if dialect in ("mysql", "mariadb"):
        return func.octet_length(content, type_=Integer)
    if dialect == "postgresql":
        return func.octet_length(cast(content, Text), type_=Integer)
    return func.length(cast(content, Text), type_=Integer)

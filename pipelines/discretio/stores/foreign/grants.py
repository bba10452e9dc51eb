"""What a scan of somebody else's database has to be allowed: to read the columns that the mapping names, and no other."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Alias, ColumnClause, TableClause
from sqlalchemy.sql.visitors import iterate

from discretio.domain.grants import TableGrant
from discretio.stores.foreign.parts import Parts

_SHOWN = {"mysql": "SHOW VIEW", "mariadb": "SHOW VIEW"}
"""What lets a role see how a table or view is made, where rights on columns don't; it shows no row."""


def mapped_grants(parts: Parts, dialect: str) -> tuple[TableGrant, ...]:
    """The rights of the role that scans, taken from the queries themselves: what these don't name is not granted."""
    columns: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for query in (part.source.table for some in parts.values() for part in some):
        for found in iterate(query):
            owner = getattr(found, "table", None)
            if isinstance(found, ColumnClause) and isinstance(owner, Alias) and isinstance(owner.element, TableClause):
                columns[owner.element.schema or "", owner.element.name].add(found.name)
    read = [TableGrant(table, ("SELECT",), tuple(sorted(names)), schema=schema) for (schema, table), names in columns.items()]
    seen = [TableGrant(one.table, (_SHOWN[dialect],), schema=one.schema) for one in read if dialect in _SHOWN]
    return (*read, *seen)

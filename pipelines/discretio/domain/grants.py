"""Rights on tables, for a role that a database keeps, as the statements that give them: no more than a verb needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_QUOTES = {"postgresql": '"', "mysql": "`", "mariadb": "`"}
DIALECTS = frozenset(_QUOTES)
"""The databases that know roles."""


@dataclass(frozen=True, slots=True)
class TableGrant:
    """What a role may do with a table.

    Attributes:
        table: its name.
        privileges: SELECT, INSERT, UPDATE, DELETE, SHOW VIEW.
        columns: to which the privileges are confined; empty for all of them.
        sequence: the sequence that numbers its rows, for a role that inserts any; empty if there is none.
        schema: where the table is; empty where all the others are.
    """

    table: str
    privileges: tuple[str, ...]
    columns: tuple[str, ...] = ()
    sequence: str = ""
    schema: str = ""


def statements(dialect: str, role: str, grants: Iterable[TableGrant], schema: str) -> Iterator[str]:
    """The statements that make a role and give it its rights, for the owner of the tables to run.

    Args:
        dialect: one of DIALECTS.
        role: a name; the statements make it, and logins are given it afterwards.
        grants: its rights.
        schema: where the tables are that name none, by the name that the database has for it.
    """
    grants = list(grants)
    quote = _QUOTES[dialect]

    def quoted(*names: str) -> str:
        return ".".join(quote + name.replace(quote, 2 * quote) + quote for name in names)

    yield f"CREATE ROLE {quoted(role)};"
    if dialect == "postgresql":
        for used in sorted({grant.schema or schema for grant in grants}):
            yield f"GRANT USAGE ON SCHEMA {quoted(used)} TO {quoted(role)};"
    for grant in grants:
        columns = f" ({', '.join(map(quoted, grant.columns))})" if grant.columns else ""
        privileges = ", ".join(privilege + columns for privilege in grant.privileges)
        yield f"GRANT {privileges} ON {quoted(grant.schema or schema, grant.table)} TO {quoted(role)};"
        if grant.sequence and dialect == "postgresql":
            yield f"GRANT USAGE ON SEQUENCE {quoted(grant.schema or schema, grant.sequence)} TO {quoted(role)};"

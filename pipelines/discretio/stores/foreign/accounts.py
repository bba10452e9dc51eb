"""Whether the account of a store may write in it; what the database says of its grants is never shown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import Connection, text

from discretio.errors import StoreUnavailableError
from discretio.stores.engines import unavailable
from discretio.stores.foreign.database import ForeignDatabase
from discretio.stores.foreign.manners import Manners
from discretio.stores.foreign.remarks import Gravity, Remark

_GRANT = re.compile(r"GRANT (?P<rights>.+?) ON (?P<what>\S+) TO", re.IGNORECASE)
_WRITING = re.compile(r"\b(ALL PRIVILEGES|INSERT|UPDATE|DELETE|DROP|ALTER|CREATE|TRIGGER|SUPER)\b", re.IGNORECASE)


def account_remarks(database: ForeignDatabase, tables: Iterable[str], manners: Manners) -> list[Remark]:
    """A remark if the account may write these tables, or if that can't be seen.

    Raises:
        StoreUnavailableError: the database can't be reached.
    """
    writes = may_write(database, sorted(set(tables)))
    if writes is None:
        what = "this database can't say whether its account may write; every statement sent is a SELECT"
        return [Remark(Gravity.NOTE, what, database.dialect, "see to it that the account has the right to read only")]
    if not writes:
        return []
    gravity = Gravity.ERROR if manners.read_only_account else Gravity.WARNING
    what = "the account may write in this store; Discretio opens read-only transactions, but needs no such right"
    return [Remark(gravity, what, database.dialect, "use an account that is granted SELECT on these tables, and nothing else")]


def refuse_writer(database: ForeignDatabase, tables: Iterable[str], manners: Manners) -> None:
    """Refuse an account that may write, if the mapping demands one that may not.

    Raises:
        StoreUnavailableError: it may.
    """
    if manners.read_only_account and may_write(database, sorted(set(tables))):
        raise StoreUnavailableError(
            "the account may write in this store, and the mapping demands one that may not; nothing was read",
            where=database.dialect,
            remedy="use an account that is granted SELECT only, or take read_only_account out of the mapping",
        )


def may_write(database: ForeignDatabase, tables: list[str]) -> bool | None:
    """Whether the account may write one of these tables; null if the dialect can't say."""
    if database.dialect == "sqlite":
        return False  # the file is opened in SQLite's own read-only mode
    with database.reading("the rights of the account") as connection:
        if database.dialect == "postgresql":
            return any(_postgresql_writes(connection, table) for table in tables)
        if database.dialect in ("mysql", "mariadb"):
            with unavailable(database.dialect):
                grants = connection.execute(text("SHOW GRANTS")).scalars().all()
            return any(_grant_writes(str(grant), str(database.url.database or "")) for grant in grants)
    return None


def _postgresql_writes(connection: Connection, table: str) -> bool:
    quote = connection.dialect.identifier_preparer.quote_identifier
    name = ".".join(quote(part) for part in table.split("."))
    question = text("SELECT has_table_privilege(CAST(:name AS text), 'INSERT, UPDATE, DELETE, TRUNCATE')")
    return bool(connection.execute(question, {"name": name}).scalar())


def _grant_writes(grant: str, database: str) -> bool:
    match = _GRANT.match(grant)
    if match is None or not _WRITING.search(match["rights"]):
        return False
    schema = match["what"].partition(".")[0].strip("`'\"").replace("\\", "")
    return schema in ("*", database, "%") or "%" in schema

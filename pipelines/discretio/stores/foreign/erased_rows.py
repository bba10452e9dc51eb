"""The rows of dossiers in somebody else's tables: found, hashed and erased, set by set."""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, select, tuple_, update

from discretio.errors import StoreUnavailableError
from discretio.stores.foreign.erased_tables import ErasedTable
from discretio.stores.layout import as_key
from discretio.stores.reference.rows import batches, whole_digest

RawRow = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class OwnedRow:
    """A row: the key of what it belongs to, by what it is told apart in its table, and all that it holds."""

    owner: str
    identity: RawRow
    values: RawRow


def rows_in(connection: Connection, table: ErasedTable, owners: Iterable[str]) -> Iterator[OwnedRow]:
    """The rows of a table that belong to these dossiers (or are these rows of the list), each once for each of them."""
    names = table.own_columns
    places = [names.index(name) for name in table.key]
    for keys in batches(owners):
        wanted = [key for one in keys if (key := _key(table, one)) is not None]
        query = select(table.written, *(table.rows.c[name] for name in names)).where(table.owner.in_(wanted))
        seen: set[RawRow] = set()
        for owner, *values in connection.execute(query):
            row = OwnedRow(str(owner), tuple(values[place] for place in places), tuple(values))
            if not table.key or (owner, row.identity) not in seen:
                seen.add((owner, row.identity))
                yield row


def _key(table: ErasedTable, owner: str) -> object | None:
    """A key as the table holds it; None if no row of its type can have it."""
    try:
        return as_key(table.owner, owner)
    except (ValueError, ArithmeticError):
        return None


def hashes_of(rows: Iterable[tuple[ErasedTable, OwnedRow]], key: bytes) -> dict[str, str]:
    """HMAC-SHA256 of each dossier over all its rows, in whatever order they come.

    Args:
        rows: each row with its table.
        key: of the hash.
    """
    digests: dict[str, list[bytes]] = defaultdict(list)
    for table, row in rows:
        plain = [bytes(one) if isinstance(one, memoryview | bytearray) else one for one in row.values]
        said = repr((table.name, plain)).encode("utf-8", "surrogateescape")
        digests[row.owner].append(hmac.digest(key, said, "sha256"))
    return {owner: whole_digest(some, key) for owner, some in digests.items()}


def owners_of(connection: Connection, table: ErasedTable, identities: Collection[RawRow]) -> Iterator[tuple[str, RawRow]]:
    """To whom rows belong along the path by which a mapping finds them: the owner, and what tells the row apart."""
    columns = [table.rows.c[name] for name in table.key]
    for some in _pieces(identities):
        for owner, *identity in connection.execute(select(table.written, *columns).where(_among(columns, some))):
            yield str(owner), tuple(identity)


def erase_rows(connection: Connection, table: ErasedTable, identities: Collection[RawRow]) -> int:
    """Do to rows what the mapping says; how many went, or lost what they held.

    Raises:
        StoreUnavailableError: the database did it to fewer of them.
    """
    if not table.way.constants:
        return _changed(connection, delete(table.table), table, identities)
    values = {place.name: value for place, value in table.way.constants}
    return _changed(connection, update(table.table).values(values), table, identities)


def unlink_rows(connection: Connection, table: ErasedTable, identities: Collection[RawRow]) -> None:
    """Set to null what rows that go point to each other by."""
    if table.way.unlinked:
        values = {place.name: None for place in table.way.unlinked}
        _changed(connection, update(table.table).values(values), table, identities)


def _changed(connection: Connection, statement: Any, table: ErasedTable, identities: Collection[RawRow]) -> int:  # noqa: ANN401 - an update or a delete
    columns = [table.table.c[name] for name in table.key]
    pieces = _pieces(identities)
    count = sum(connection.execute(statement.where(_among(columns, piece))).rowcount for piece in pieces)
    if count != len(identities):
        raise StoreUnavailableError(
            f"the database erased {count} of {len(identities)} rows, so that nothing was committed",
            where=table.name,
            remedy="see whether a policy, a trigger or a rule of the database keeps the account from erasing them",
        )
    return count


def _among(columns: Sequence[ColumnElement[Any]], identities: Sequence[RawRow]) -> ColumnElement[bool]:
    return columns[0].in_([one for (one,) in identities]) if len(columns) == 1 else tuple_(*columns).in_(identities)


def _pieces(identities: Collection[RawRow], size: int = 500) -> Iterator[list[RawRow]]:
    ordered = list(identities)
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]


def lock_tables(connection: Connection, tables: Collection[str]) -> None:
    """Keep everybody else from writing into these tables until the transaction ends, holds included.

    SQLite locks its whole file when the transaction begins; MariaDB, at the level SERIALIZABLE, locks all that is read, and the
    gaps between. On PostgreSQL row locks would keep nobody from adding a row where there is no foreign key.
    """
    if connection.dialect.name == "postgresql":
        quote = connection.dialect.identifier_preparer.quote
        names = sorted(".".join(quote(one) for one in name.rpartition(".")[::2] if one) for name in tables)
        connection.exec_driver_sql(f"LOCK TABLE {', '.join(names)} IN SHARE ROW EXCLUSIVE MODE")

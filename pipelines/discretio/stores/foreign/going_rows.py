"""Which rows go when dossiers are erased: those that no other dossier has, along none of the paths that lead to their table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection

from discretio.stores.foreign.erased_rows import OwnedRow, RawRow, owners_of
from discretio.stores.foreign.erased_tables import ErasedTable


def going_rows(
    connection: Connection, tables: Sequence[ErasedTable], chosen: Mapping[ErasedTable, Iterable[OwnedRow]]
) -> list[tuple[ErasedTable, set[RawRow]]]:
    """What tells the rows apart that go, each once, in the order of the tables.

    A table may hang on several frames. Its rows stay as long as a dossier that isn't erased has them, by whichever of these,
    those included of which the mapping says `keep`; and a row that is deleted isn't filled with constants before.

    Args:
        connection: the transaction.
        tables: every table of the mapping.
        chosen: the rows of what is erased, by table.
    """
    free = _unshared(connection, tables, chosen)
    going: dict[ErasedTable, set[RawRow]] = {}
    taken: dict[str, set[RawRow]] = defaultdict(set)
    for table in sorted(chosen, key=lambda one: not one.way.deletes):
        going[table] = {row.identity for row in chosen[table]} & free[table.place] - taken[table.place]
        taken[table.place] |= going[table]
    return [(table, going[table]) for table in tables if table in going]


def _unshared(
    connection: Connection, tables: Sequence[ErasedTable], chosen: Mapping[ErasedTable, Iterable[OwnedRow]]
) -> dict[str, set[RawRow]]:
    found: dict[str, set[RawRow]] = defaultdict(set)
    going: set[tuple[bool, str]] = set()
    for table, rows in chosen.items():
        for row in rows:
            found[table.place].add(row.identity)
            going.add((table.listed, row.owner))
    for table in tables:
        if identities := found.get(table.place):
            identities -= _of_others(connection, table, identities, going)
    return found


def _of_others(
    connection: Connection, table: ErasedTable, identities: Collection[RawRow], going: Collection[tuple[bool, str]]
) -> set[RawRow]:
    owners = owners_of(connection, table, identities)
    return {identity for owner, identity in owners if (table.listed, owner) not in going}

"""What the roles of a store's database may do: a scan reads, a purge deletes what it read, a report sees no text."""

from __future__ import annotations

from collections.abc import Mapping

from discretio.domain.frames import STORE_FRAMES, Frame
from discretio.domain.grants import TableGrant
from discretio.stores.reference.schema import Tables

_REPORTED = {
    # Says which registers the store keeps, and so which tables there are.
    "store_meta": ("name", "value"),
    "controllers": ("controller_key", "kind", "regime"),
    "dossiers": STORE_FRAMES["dossiers"].column_names,
    # With its reason, of which only counts whether there is one.
    "holds": STORE_FRAMES["holds"].column_names,
}


def reference_grants(tables: Tables) -> Mapping[str, tuple[TableGrant, ...]]:
    """The rights of each role on the tables of a reference store.

    A purge locks the rows that it deletes, for which PostgreSQL asks the right to change a column: that of the key. Lines of
    logs stay, and lose the keys of the dossier.

    Args:
        tables: those that the store has.
    """
    erased = (*tables.of_dossiers, "art8_rows")
    read = tuple(TableGrant(table.name, ("SELECT",)) for table in tables.metadata.sorted_tables)
    deleted = tuple(TableGrant(name, ("DELETE",)) for name in erased)
    locked = tuple(TableGrant(name, ("UPDATE",), (tables.frames[name].key,)) for name in erased)
    forgotten = tuple(TableGrant(name, ("UPDATE",), _names_of_dossiers(tables.frames[name])) for name in tables.logs)
    counted = tuple(TableGrant(name, ("SELECT",), tuple(columns)) for name, columns in _REPORTED.items())
    return {"scan": read, "purge": (*read, *deleted, *locked, *forgotten), "report": counted}


def _names_of_dossiers(log: Frame) -> tuple[str, ...]:
    return tuple(name for name in ("dossier_key", "entry_key") if name in log.column_names)

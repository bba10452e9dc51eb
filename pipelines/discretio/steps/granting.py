"""The rights that the databases of a store and of the ledger have to give, role by role, as SQL for their owner to run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from discretio.domain.grants import DIALECTS, TableGrant, statements
from discretio.errors import UsageError
from discretio.ledger.grants import ledger_grants
from discretio.steps.workplace import Workplace
from discretio.stores.foreign.grants import mapped_grants
from discretio.stores.grants import reference_grants
from discretio.stores.mapped import MappedReader
from discretio.stores.owner_scope import OwnerScopedStore
from discretio.stores.reference import ReferenceStore

_OTHERS_TABLES = "-- a purge locks, and changes, every table of the mapping: its role is for the system's owner to make"
_NO_ROLES = "-- the ledger is a file: whoever may write the file may write all of it; on a server its roles can be told apart"


def store_statements(place: Workplace, name: str, prefix: str) -> Iterator[str]:
    """The statements for a registered store's own database.

    Args:
        place: the collaborators.
        name: the store.
        prefix: what the names of roles begin with.

    Raises:
        UsageError: the store is no database on a server.
        StoreUnavailableError: the database can't be asked about its tables.
    """
    store = place.open_store(name)
    store = store.store if isinstance(store, OwnerScopedStore) else store
    if not isinstance(store, ReferenceStore | MappedReader) or store.database.dialect not in DIALECTS:
        raise UsageError(
            "rights are printed for a database on a server only",
            where=store.kind,
            remedy="give Discretio's account the right to read that file or folder, and no other",
        )
    for role, grants in _roles_on(store).items():
        yield from statements(store.database.dialect, f"{prefix}_store_{role}", grants, store.database.default_schema())
    if isinstance(store, MappedReader):
        yield _OTHERS_TABLES


def _roles_on(store: ReferenceStore | MappedReader) -> Mapping[str, tuple[TableGrant, ...]]:
    if isinstance(store, MappedReader):
        return {"scan": mapped_grants(store.parts, store.database.dialect)}
    return reference_grants(store.tables)


def ledger_statements(place: Workplace, prefix: str) -> Iterator[str]:
    """The statements for the ledger's database; a remark where it is a file."""
    dialect = place.ledger.engine.dialect.name
    if dialect not in DIALECTS:
        yield _NO_ROLES
        return
    schema, roles = ledger_grants(place.ledger)
    for role, grants in roles.items():
        yield from statements(dialect, f"{prefix}_ledger_{role}", grants, schema)

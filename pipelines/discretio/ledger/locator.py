"""The locator: the only table that knows what a store calls its records, encrypted; everywhere else stand surrogates.

A surrogate is random, so that it says nothing once its row here is forgotten. A store key is found again by a keyed hash.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection, delete, select

from discretio.ledger.audit_chain import Payload, append, canonical, lock_chain
from discretio.ledger.bulk import insert_rows
from discretio.ledger.connection import Ledger
from discretio.ledger.keys import decrypt, encrypt, hash_in_turn
from discretio.ledger.rows import among, pieces
from discretio.ledger.scan_tables import locator as table
from discretio.ledger.surrogate_ids import new_ids


def surrogates(
    ledger: Ledger, store_id: int, kind: str, keys: Sequence[str], *, dossier_of: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The surrogate of every key of one kind in one store; those not known yet are made.

    Args:
        ledger: the ledger.
        store_id: the store.
        kind: dossier, entry, attachment, controller, person, own_copy, hold, request, art8_row, ...
        keys: the store's own keys, as text.
        dossier_of: surrogate of the dossier by key, for records of a dossier: they are forgotten with it.

    Returns:
        Surrogate by key, as D, E, A, C, ... and 12 characters of base32.
    """
    lookups = {lookup_of(ledger, store_id, kind, key): key for key in keys}
    with ledger.reading() as connection:
        known = _known(connection, store_id, kind, lookups)
    if len(known) < len(lookups):
        unknown = {lookup: key for lookup, key in lookups.items() if lookup not in known}
        known |= _completed(ledger, (store_id, kind), unknown, dossier_of or {})
    return {key: known[lookup] for lookup, key in lookups.items()}


def natural_keys(ledger: Ledger, ids: Collection[str]) -> dict[str, str]:
    """The store's own key by surrogate; one that was forgotten, or never was, is absent.

    Raises:
        LedgerError: a row was changed behind the ledger's back.
    """
    found: dict[str, str] = {}
    with ledger.reading() as connection:
        for piece in pieces(ids):
            query = select(table.c.surrogate, table.c.natural_key).where(table.c.surrogate.in_(piece))
            found |= {row.surrogate: decrypt(ledger.keys, row.natural_key, row.surrogate) for row in connection.execute(query)}
    return found


def disclosed_keys(ledger: Ledger, person_id: str, ids: Collection[str]) -> dict[str, str]:
    """The store's own keys for somebody who is entitled to them; that they were told, and to whom, goes to the audit chain.

    Raises:
        LedgerError: a row was changed behind the ledger's back.
    """
    found = natural_keys(ledger, ids)
    with ledger.writing() as connection:
        payload: Payload = {"count": len(found), "ids": canonical(sorted(found))}
        append(ledger, connection, "locator.disclosed", payload, subject=person_id)
    return {one: found[one] for one in ids if one in found}


def stores_that_know(ledger: Ledger, controllers: Collection[str]) -> set[int]:
    """The stores in which any of these controllers (surrogate ids) is named."""
    with ledger.reading() as connection:
        return {
            store_id
            for piece in pieces(sorted(controllers))
            for store_id in connection.execute(
                select(table.c.store_id).where(table.c.surrogate.in_(piece), table.c.kind == "controller").distinct()
            ).scalars()
        }


def forget(connection: Connection, ids: Iterable[str]) -> int:
    """Forget what the store calls these records, inside the transaction that records why; returns how many were known.

    Controllers are organisations, not persons, and outlive their dossiers: they are kept.
    """
    removed = 0
    for piece in pieces(list(ids)):
        gone = delete(table).where(table.c.surrogate.in_(piece), table.c.kind != "controller")
        removed += connection.execute(gone).rowcount
    return removed


def lookup_of(ledger: Ledger, store_id: int, kind: str, key: str) -> str:
    """The keyed hash under which a key is looked up, here and among the tombstones."""
    return hash_in_turn(ledger.keys.lookups, str(store_id), kind, key)


def _known(connection: Connection, store_id: int, kind: str, lookups: Collection[str]) -> dict[str, str]:
    known: dict[str, str] = {}
    ours = select(table.c.lookup, table.c.surrogate).where(table.c.store_id == store_id, table.c.kind == kind)
    for piece in pieces(lookups):
        known.update(map(tuple, connection.execute(ours.where(among(connection, table.c.lookup, piece)))))
    return known


def _completed(
    ledger: Ledger, scope: tuple[int, str], lookups: Mapping[str, str], dossier_of: Mapping[str, str]
) -> dict[str, str]:
    """The surrogates of these lookups; those that nobody named yet are made."""
    store_id, kind = scope
    with ledger.writing() as connection:
        lock_chain(connection)  # two workers that meet the same new key must not both name it
        known = _known(connection, store_id, kind, lookups)
        missing = [lookup for lookup in lookups if lookup not in known]
        made = dict(zip(missing, new_ids(kind, len(missing)), strict=True))
        rows = [
            (surrogate, store_id, kind, lookup, dossier_of.get(key := lookups[lookup]), encrypt(ledger.keys, key, surrogate))
            for lookup, surrogate in made.items()
        ]
        if rows:
            insert_rows(connection, table, table.columns.keys(), rows)
            append(ledger, connection, "locator.extended", {"store_id": store_id, "of_kind": kind, "count": len(rows)})
    return known | made

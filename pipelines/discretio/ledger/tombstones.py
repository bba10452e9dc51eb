"""What stays of an erased dossier: a keyed hash of its key, under which a restored backup is recognised, rule, counts, date.

Everything else that the ledger knows of it goes in the same transaction: locator, findings, examined units, outcomes, dues,
ended holds, where copies of it were found outside, and what triage and samples know of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, or_, select, union

from discretio.domain.purge_states import ItemState
from discretio.errors import PurgeRefusedError
from discretio.ledger.audit_chain import Payload, append, canonical, moment_text
from discretio.ledger.connection import Ledger, truncate_log
from discretio.ledger.hold_tables import hold_acts, holds
from discretio.ledger.locator import forget, lookup_of
from discretio.ledger.purge_tables import plan_items, purge_intents
from discretio.ledger.purge_tables import tombstones as table
from discretio.ledger.rows import Row, pieces
from discretio.ledger.scan_tables import dues, examined, findings, locator, outcomes
from discretio.ledger.shadow_tables import shadow_copies
from discretio.ledger.trace_tables import residual_mentions
from discretio.ledger.triage_forgetting import forget_triage

FORGOTTEN, TOLD_AGAIN = "dossiers.forgotten", "tombstones.told_again"
_DIGEST_CHARACTERS = 32
_ERASED = (ItemState.DELETED.value, ItemState.VERIFIED.value)


@dataclass(frozen=True, slots=True)
class Tombstone:
    """An erasure that stands: under which plan and rule, how many units and findings it took, when."""

    plan_id: str
    rule_id: str
    counts: Mapping[str, int]
    erased_at: datetime


def forget_dossiers(ledger: Ledger, dossier_ids: Collection[str]) -> int:
    """Leave a tombstone for each erased dossier (or row of the art. 8 list) and forget the rest of it.

    Args:
        ledger: the ledger.
        dossier_ids: items that a purge deleted; one that is forgotten already is passed over, so a retry changes nothing.

    Returns:
        How many were forgotten now.

    Raises:
        PurgeRefusedError: one is not known as deleted by any plan; nothing is forgotten.
    """
    forgotten = said = 0
    digests: list[str] = []
    with ledger.writing() as connection:
        for piece in pieces(dossier_ids):
            stones = _stones(connection, piece)
            digests += map(stone_digest, stones)
            related = _related(connection, [stone["surrogate"] for stone in stones])
            _leave(connection, stones, related)
            said += forget_triage(connection, [stone["surrogate"] for stone in stones])
            forgotten += len(stones)
        if forgotten:
            ids, stones_laid = canonical(sorted(set(dossier_ids))), canonical(sorted(digests))
            payload: Payload = {"count": forgotten, "said": said, "ids": ids, "stones": stones_laid}
            append(ledger, connection, FORGOTTEN, payload)
    truncate_log(ledger)
    return forgotten


def erased_before(ledger: Ledger, store_id: int, kind: str, keys: Sequence[str]) -> dict[str, Tombstone]:
    """Which of a store's own keys were erased before: what a restored backup brought back.

    Args:
        ledger: the ledger.
        store_id: the store in which they were erased.
        kind: dossier or art8_row.
        keys: the keys as they stand in the restored store.

    Returns:
        The last erasure by key; those that were never erased are absent.
    """
    found: dict[str, Tombstone] = {}
    lookups = {lookup_of(ledger, store_id, kind, key): key for key in keys}
    columns = [table.c[name] for name in Tombstone.__slots__]
    with ledger.reading() as connection:
        for piece in pieces(lookups):
            here = (table.c.store_id == store_id, table.c.kind == kind, table.c.lookup.in_(piece))
            for lookup, *rest in connection.execute(
                select(table.c.lookup, *columns).where(*here).order_by(table.c.tombstone_id)
            ):
                found[lookups[lookup]] = Tombstone(*rest)
    return found


def stone_digest(stone: Mapping[str, Any]) -> str:
    """What the audit chain keeps of a tombstone, so that none can be changed or take another's place."""
    fields = {name: stone[name] for name in ("store_id", "kind", "lookup", "plan_id", "rule_id")}
    fields |= {"counts": dict(stone["counts"]), "erased_at": moment_text(stone["erased_at"])}
    return hashlib.sha256(canonical(fields).encode()).hexdigest()[:_DIGEST_CHARACTERS]


def tell_stones_again(ledger: Ledger, connection: Connection) -> None:
    """Tell the audit chain of all tombstones as they are now, in the transaction that keyed them anew."""
    digests = sorted(stone_digest(dict(stone)) for stone in connection.execute(select(table)).mappings())
    append(ledger, connection, TOLD_AGAIN, {"stones": canonical(digests)})


def _stones(connection: Connection, ids: list[str]) -> list[Row]:
    """One tombstone per item that is still known; refuses those that no plan deleted."""
    known = connection.execute(
        select(locator.c.surrogate, locator.c.store_id, locator.c.kind, locator.c.lookup).where(locator.c.surrogate.in_(ids))
    )
    same = (purge_intents.c.plan_id == plan_items.c.plan_id) & (purge_intents.c.item_id == plan_items.c.item_id)
    query = select(purge_intents.c.item_id, purge_intents.c.plan_id, plan_items.c.rule_id, purge_intents.c.done_at)
    query = query.join_from(purge_intents, plan_items, same)
    query = query.where(purge_intents.c.item_id.in_(ids), purge_intents.c.state.in_(_ERASED))
    erased = {row.item_id: row for row in connection.execute(query)}
    rows = [dict(row) for row in known.mappings()]
    if any(row["surrogate"] not in erased for row in rows):
        raise PurgeRefusedError(
            "a dossier that no plan deleted can't be forgotten", remedy="delete it first, through an approved plan"
        )
    counts = _counts(connection, ids)
    return [row | _story(erased[row["surrogate"]], counts.get(row["surrogate"], {})) for row in rows]


def _story(erased: Any, counts: Mapping[str, int]) -> Row:  # noqa: ANN401 - a row of a join
    return {"plan_id": erased.plan_id, "rule_id": erased.rule_id, "erased_at": erased.done_at, "counts": dict(counts)}


def _counts(connection: Connection, ids: list[str]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for name, source in (("units", examined), ("findings", findings), ("shadow_copies", shadow_copies)):
        query = select(source.c.dossier_id, func.count()).where(source.c.dossier_id.in_(ids)).group_by(source.c.dossier_id)
        for dossier_id, number in connection.execute(query):
            counts.setdefault(dossier_id, {})[name] = number
    return counts


def _related(connection: Connection, ids: list[str]) -> set[str]:
    """Every surrogate that belongs to these dossiers: units, entries, persons, requests, ..."""
    parts = [
        select(source.c[name].label("related")).where(source.c.dossier_id.in_(ids))
        for source, name in (
            (locator, "surrogate"),
            (examined, "unit_id"),
            (examined, "entry_id"),
            (outcomes, "scope_id"),
            (dues, "scope_id"),
            (shadow_copies, "file_id"),
        )
    ]
    return {related for related in connection.execute(union(*parts)).scalars() if related}


def _leave(connection: Connection, stones: list[Row], related: set[str]) -> None:
    ids = [stone["surrogate"] for stone in stones]
    if not ids:
        return
    names = [column.name for column in table.c if column.name != "tombstone_id"]
    connection.execute(insert(table), [{name: stone[name] for name in names} for stone in stones])
    for source in (findings, examined, shadow_copies, residual_mentions):
        connection.execute(delete(source).where(source.c.dossier_id.in_(ids)))
    ended = select(holds.c.hold_id).where(holds.c.dossier_id.in_(ids))
    connection.execute(delete(hold_acts).where(hold_acts.c.hold_id.in_(ended)))
    connection.execute(delete(holds).where(holds.c.dossier_id.in_(ids)))
    for source in (outcomes, dues):
        connection.execute(delete(source).where(or_(source.c.dossier_id.in_(ids), source.c.scope_id.in_(ids))))
    forget(connection, related | set(ids))

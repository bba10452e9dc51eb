"""Units: the texts of a store that the ledger has a record of, how each was when it was examined, and which are gone.

A unit is what has a text of its own: an entry or an attachment.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, and_, delete, func, literal_column, select, update

from discretio.ledger.audit_chain import append
from discretio.ledger.connection import Ledger
from discretio.ledger.keys import keyed_hash, keyed_hashes
from discretio.ledger.locator import forget
from discretio.ledger.rows import among, pieces
from discretio.ledger.scan_tables import examined, findings

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Compared(Generic[Key]):
    """Units of a store beside what was examined of them.

    Attributes:
        hashes: the keyed content hash of every unit that there is now, by the caller's own key.
        changed: the keys of those that were never examined as they are, or not wholly for a reason that may have ended.
        unmatched: the ids of the units on record that nothing there is equal to: changed, moved or gone.
    """

    hashes: Mapping[Key, str]
    changed: frozenset[Key]
    unmatched: frozenset[str]


def compared(
    ledger: Ledger, store_id: int, dossier_ids: Collection[str], digests: Mapping[Key, str], settled: Collection[str] = ()
) -> Compared[Key]:
    """Compare what a store holds in some dossiers with what was examined of them.

    Args:
        ledger: the ledger.
        store_id: the store.
        dossier_ids: the dossiers in which the units lie.
        digests: a digest of each unit, which no two units share; the ledger keeps a keyed hash of it only. One that covers the
            detector's version too makes a new detector examine everything again.
        settled: reasons that stay for as long as the digest does (a password, a damage): to try again would give the same.
    """
    hashes = dict(zip(digests, keyed_hashes(ledger.keys.content_hash, digests.values()), strict=True))
    # By sets, since nearly all are the same; no two units there share a hash.
    there = {hashed: key for key, hashed in hashes.items()}
    same: set[str] = set()
    unlike = set(dossier_ids)
    with ledger.reading() as connection:
        for dossier_id, joined in _whole_dossiers(connection, store_id, dossier_ids):
            held = joined.split(",")
            if there.keys() >= set(held):
                same.update(held)
                unlike.remove(dossier_id)
        before = dict(_examined_before(connection, store_id, unlike, settled))
    gone = set(before.values()).difference(there)
    unmatched = frozenset(unit_id for unit_id, hashed in before.items() if hashed in gone) if gone else frozenset()
    changed = there.keys() - same.union(filter(None, before.values()))
    return Compared(hashes, frozenset(map(there.__getitem__, changed)), unmatched)


def _whole_dossiers(connection: Connection, store_id: int, dossier_ids: Collection[str]) -> Iterator[tuple[str, str]]:
    """Each dossier all of whose units on record were wholly examined, and the hashes of their contents in one word.

    A database that joins them makes a row of a dossier, not of each unit. One that cut them off would give a hash that nothing
    is equal to.
    """
    for piece in pieces(dossier_ids):
        query = select(examined.c.dossier_id, func.aggregate_strings(examined.c.content_hash, ","))
        query = query.where(*_in_dossiers(connection, store_id, piece)).group_by(examined.c.dossier_id)
        whole = (func.count(examined.c.not_examined) == 0, func.count(examined.c.content_hash) == func.count())
        yield from map(tuple, connection.execute(query.having(and_(*whole))).all())


def _in_dossiers(connection: Connection, store_id: int, dossier_ids: list[str]) -> tuple[ColumnElement[bool], ...]:
    # The sum keeps a database from reading all of the store for each partition, instead of the index of dossiers.
    return (among(connection, examined.c.dossier_id, dossier_ids), examined.c.store_id + literal_column("0") == store_id)


def _examined_before(
    connection: Connection, store_id: int, dossier_ids: Collection[str], settled: Collection[str]
) -> Iterator[tuple[str, str | None]]:
    """Each unit on record, and its content's hash; null for one that is due whatever its content."""
    columns = (examined.c.unit_id, examined.c.content_hash, examined.c.not_examined, examined.c.gaps)
    for piece in pieces(dossier_ids):
        query = select(*columns).where(*_in_dossiers(connection, store_id, piece))
        for unit_id, content_hash, not_examined, gaps in connection.execute(query):
            tried = not_examined is None or (gaps and all(gap["reason"] in settled for gap in gaps))
            yield unit_id, content_hash if tried else None


def record_hash(ledger: Ledger, digest: str) -> str:
    """The keyed hash of a unit's digest without the detector's version."""
    return keyed_hash(ledger.keys.content_hash, digest)


def known_dossiers(ledger: Ledger, store_id: int) -> set[str]:
    """Every dossier of the store in which the ledger has a record of a unit."""
    with ledger.reading() as connection:
        query = select(examined.c.dossier_id).where(examined.c.store_id == store_id).distinct()
        return set(connection.execute(query).scalars())


def miss_units(ledger: Ledger, run_id: str, unit_ids: Collection[str]) -> None:
    """Note that a scan did not meet these units where they were; one that it meets elsewhere loses the note again.

    They are dropped by `drop_missed` when all of the store was read, since a unit may have moved to another partition.
    """
    if not unit_ids:
        return
    with ledger.writing() as connection:
        for piece in pieces(unit_ids):
            missed = update(examined).where(among(connection, examined.c.unit_id, piece))
            connection.execute(missed.values(content_hash=_missed_in(run_id)))
        append(ledger, connection, "findings.missed", {"units": len(unit_ids)}, subject=run_id)


def drop_missed(ledger: Ledger, run_id: str, dossier_ids: Collection[str] = ()) -> None:
    """Drop the units that a scan did not meet, and those of dossiers that the store no longer has, with their findings."""
    gone = [examined.c.content_hash == _missed_in(run_id)]
    gone += [examined.c.dossier_id.in_(piece) for piece in pieces(dossier_ids)]
    for condition in gone:
        with ledger.reading() as connection:
            unit_ids = list(connection.execute(select(examined.c.unit_id).where(condition)).scalars())
        drop_units(ledger, run_id, unit_ids)


def drop_units(ledger: Ledger, run_id: str, unit_ids: Collection[str]) -> None:
    """Drop units that the store no longer has, with their findings and what the store called them."""
    if not unit_ids:
        return
    with ledger.writing() as connection:
        drop(connection, unit_ids)
        forget(connection, unit_ids)
        append(ledger, connection, "findings.dropped", {"units": len(unit_ids)}, subject=run_id)


def drop(connection: Connection, unit_ids: Collection[str]) -> None:
    """Take units and their findings out of the tables, inside the transaction that records why."""
    for piece in pieces(unit_ids):
        # The unit's row first: whoever is writing findings into it holds that, and is waited for.
        connection.execute(delete(examined).where(among(connection, examined.c.unit_id, piece)))
        connection.execute(delete(findings).where(among(connection, findings.c.unit_id, piece)))


def _missed_in(run_id: str) -> str:
    # It stands where the content's hash stood, and no hash equals it: whatever becomes of the scan, the unit is due.
    return f"missed in {run_id}"

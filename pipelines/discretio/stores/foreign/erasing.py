"""Erasing in a database that somebody else designed: one transaction, as the mapping says, complete or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from discretio.domain.frames import STORE_FRAMES
from discretio.errors import MappingError, PurgeRefusedError, StoreUnavailableError
from discretio.stores.casting import records, to_frame
from discretio.stores.engines import unavailable
from discretio.stores.erasing import WithoutLinks
from discretio.stores.foreign.erase_forms import ErasingMapping
from discretio.stores.foreign.erased_rows import OwnedRow, erase_rows, hashes_of, lock_tables, rows_in, unlink_rows
from discretio.stores.foreign.erased_tables import ART8, ErasedTable
from discretio.stores.foreign.going_rows import going_rows
from discretio.stores.foreign.parts import Parts, part_frame, part_query
from discretio.stores.layout import as_key
from discretio.stores.reference.rows import batches

HOLDS = "holds"
LOCKING = frozenset({"sqlite", "postgresql", "mysql", "mariadb"})
"""The dialects of which we know how to keep everybody else from writing."""


@dataclass(frozen=True, slots=True)
class ErasurePlan:
    """How a store is erased in.

    Attributes:
        parts: its frames.
        tables: what becomes of which rows; what points to others comes before them.
        locked: every table that is read or written meanwhile.
    """

    parts: Parts
    tables: Sequence[ErasedTable]
    locked: Collection[str]

    def rows(
        self, connection: Connection, keys: Collection[str], *, listed: bool = False
    ) -> Iterator[tuple[ErasedTable, OwnedRow]]:
        """Every row of these dossiers, or these rows of the prosecutor's list, that an erasure doesn't leave as it is."""
        for table in self.tables:
            if table.listed == listed and not table.way.kept:
                yield from ((table, row) for row in rows_in(connection, table, keys))

    def read(self, connection: Connection, frame: str, keys: Collection[str]) -> pd.DataFrame:
        """The rows of a frame in these dossiers (or with these keys, for the list)."""
        if frame == HOLDS and frame not in self.parts:
            return no_holds()
        frames = []
        for part in self.parts[frame]:
            asked = part_query(self.parts, part)
            owner = part.source.columns["row_key"] if frame == ART8 else asked.dossier
            rows: list[Sequence[object]] = []
            if owner is None:
                raise MappingError(f"rows of {frame} belong to no dossier", where=part.mapping.table.where)
            for batch in batches(keys):
                rows += connection.execute(asked.query.where(owner.in_([as_key(owner, key) for key in batch]))).all()
            frames.append(part_frame(part, asked.names, rows))
        return frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)


def refuse_unclear_holds(dialect: str, erasing: ErasingMapping, *, mapped: bool) -> None:
    """Make sure that holds can be read under a lock: a hold always wins.

    Raises:
        PurgeRefusedError: this kind of database isn't known to keep others from adding one.
        MappingError: the mapping says two things of where they stand.
    """
    if dialect not in LOCKING:
        raise PurgeRefusedError(
            "nothing can be erased in this kind of database: its holds can't be read under a lock",
            where=dialect,
            remedy="erase there by its own means",
        )
    if mapped == erasing.holds_in_ledger:
        raise MappingError(
            "holds stand in the frame `holds` or in the ledger, not in both and not in neither",
            where=erasing.where,
            remedy="write holds: ledger and take the frame out" if mapped else "map the frame holds, or write holds: ledger",
        )


def no_holds() -> pd.DataFrame:
    """The holds of a system that has none: those that the ledger knows come beside them."""
    frame = STORE_FRAMES[HOLDS]
    return to_frame(frame, frame.column_names, [])


class _LockedRows:
    """The rows of what is locked, as they were read under the lock.

    Args:
        connection: the transaction.
        plan: how the store is erased in.
    """

    def __init__(self, connection: Connection, plan: ErasurePlan) -> None:
        self._connection = connection
        self._plan = plan
        self._found: dict[ErasedTable, list[OwnedRow]] = {table: [] for table in plan.tables}
        self._held = False

    def hold(self) -> None:
        """Keep everybody else from writing into the tables of the mapping."""
        if not self._held:
            lock_tables(self._connection, self._plan.locked)
            self._held = True

    def find(self, keys: Collection[str], *, listed: bool) -> None:
        """Read all rows of these dossiers, or these rows of the list."""
        for table, row in self._plan.rows(self._connection, keys, listed=listed):
            self._found[table].append(row)

    def hashes(self, keys: Collection[str], key: bytes, *, listed: bool) -> dict[str, str]:
        """The hash of each dossier, or row of the list, that was found."""
        return hashes_of(self._of(keys, listed=listed), key)

    def erase(self, keys: Collection[str], *, listed: bool) -> dict[str, int]:
        """Erase what was found of these; how many rows of each table."""
        chosen: dict[ErasedTable, list[OwnedRow]] = {}
        for table, row in self._of(keys, listed=listed):
            chosen.setdefault(table, []).append(row)
        if unlocked := set(keys) - {row.owner for rows in chosen.values() for row in rows}:
            raise PurgeRefusedError(
                f"{len(unlocked)} rows were to be erased without being locked first", where=ART8 if listed else "dossiers"
            )
        going = going_rows(self._connection, self._plan.tables, chosen)
        for table, identities in going:
            unlink_rows(self._connection, table, identities)
        counts: Counter[str] = Counter()
        # What stays lets go of what it points to before that goes.
        for table, identities in sorted(going, key=lambda one: one[0].way.deletes):
            counts[table.name] += erase_rows(self._connection, table, identities)
            self._found[table] = [row for row in self._found[table] if row.identity not in identities]
        return {name: count for name, count in counts.items() if count}

    def _of(self, keys: Collection[str], *, listed: bool) -> Iterator[tuple[ErasedTable, OwnedRow]]:
        found = ((table, row) for table, rows in self._found.items() for row in rows)
        return ((table, row) for table, row in found if table.listed == listed and row.owner in keys)


class MappedEraser(WithoutLinks):
    """One erasing transaction of a mapped store (the port's Eraser)."""

    def __init__(self, connection: Connection, plan: ErasurePlan) -> None:
        self._connection = connection
        self._plan = plan
        self._rows = _LockedRows(connection, plan)

    def lock(self, dossier_keys: Iterable[str]) -> frozenset[str]:
        """Lock every table of the mapping, and find all rows of these dossiers; those that exist."""
        with unavailable("dossiers"):
            self._rows.hold()
            wanted = set(dossier_keys)
            # A dossier whose key is only compared like one of these is another one.
            there = wanted & set(self._plan.read(self._connection, "dossiers", wanted)["dossier_key"])
            self._rows.find(there, listed=False)
        return frozenset(there)

    def read(self, frame: str, keys: Iterable[str]) -> pd.DataFrame:
        """The rows of a frame in these dossiers (or with these keys, for art8_rows), without content."""
        with unavailable(frame):
            return self._plan.read(self._connection, frame, list(keys))

    def records(self, frame: str, dossier_keys: Iterable[str]) -> list[dict[str, Any]]:
        """The rows of a frame in locked dossiers, without content."""
        return records(self.read(frame, dossier_keys))

    def dossier_hashes(self, dossier_keys: Iterable[str], key: bytes) -> dict[str, str]:
        """HMAC-SHA256 of each dossier with every column of all its rows that an erasure touches."""
        return self._rows.hashes(set(dossier_keys), key, listed=False)

    def delete(self, dossier_keys: Iterable[str]) -> dict[str, int]:
        """Erase dossiers with everything in them; how many rows of each table went or lost what they held."""
        with unavailable("dossiers"):
            return self._rows.erase(set(dossier_keys), listed=False)

    def art8_hashes(self, row_keys: Iterable[str], key: bytes) -> dict[str, str]:
        """Lock rows of the prosecutor's list, and hash each."""
        keys = set(row_keys)
        with unavailable(ART8):
            self._rows.hold()
            self._rows.find(keys, listed=True)
        return self._rows.hashes(keys, key, listed=True)

    def delete_art8(self, row_keys: Iterable[str]) -> int:
        """Erase rows of the prosecutor's list; how many."""
        with unavailable(ART8):
            return sum(self._rows.erase(set(row_keys), listed=True).values())

    def commit(self) -> None:
        """Make it so."""
        try:
            with unavailable("commit"):
                self._connection.commit()
        except StoreUnavailableError:
            raise StoreUnavailableError(
                "the store died while the erasure was being committed: it is done completely or not at all",
                remedy="run `discretio purge run` again: it reads the store and goes on from what it finds",
            ) from None
        self._rows = _LockedRows(self._connection, self._plan)

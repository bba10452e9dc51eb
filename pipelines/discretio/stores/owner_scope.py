"""A store as one owner may see it: its drafts and own dossiers, and nothing that is another's (bill art. 2 §3, 1°; art. 4).

The database keeps owners apart, by the account that the scope has of its own; what is here proves that it does, and reads
nothing beyond, even where the account also sees shared dossiers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager

import pandas as pd

from discretio.domain.frames import KNOWN_FRAMES
from discretio.errors import StoreContentError, StoreUnavailableError
from discretio.stores.cutting import cut
from discretio.stores.erasing import Eraser
from discretio.stores.port import Disk, DossierStore, ErasableStore, Held, Partition, TextUnit, UnitKey

OWN, DRAFT = "OWN", "PRESIGNAL"
_WHOSE = ("owner", "controller_key", "holder")
_NEEDED = {"kind", "owner"}
_KEPT_WHOLE = frozenset({"controllers"})


class _OwnedRows:
    """What of a store is one owner's."""

    def __init__(self, store: DossierStore, owner: str) -> None:
        self._store = store
        self._owner = owner

    def rows(self, frame: str, partition: Partition | None) -> pd.DataFrame:
        """The rows of a frame that belong to the owner's dossiers, or to the owner; controllers are all there."""
        if frame == "dossiers":
            return self.dossiers(partition)
        rows = self._store.read(frame, partition)
        if "dossier_key" in rows:
            return rows[rows["dossier_key"].isin(self.dossiers(partition)["dossier_key"])]
        if "entry_key" in rows:
            return rows[rows["entry_key"].isin(self.rows("entries", partition)["entry_key"])]
        whose = next((name for name in _WHOSE if name in rows), None)
        return rows if whose is None or frame in _KEPT_WHOLE else rows[rows[whose] == self._owner]

    def dossiers(self, partition: Partition | None) -> pd.DataFrame:
        """The owner's drafts and own dossiers."""
        found = self._store.read("dossiers", partition)
        return found[_partitioned(found) & (found["owner"] == self._owner).fillna(value=False)].reset_index(drop=True)

    def units(self, partition: Partition | None) -> set[UnitKey]:
        """The contents of the owner's dossiers, by their keys."""
        units: set[UnitKey] = {(entry, None) for entry in self.rows("entries", partition)["entry_key"]}
        if "attachments" in self._store.frames():
            attached = self.rows("attachments", partition)
            units.update(zip(attached["entry_key"], attached["attachment_key"], strict=True))
        return units


class OwnerScopedStore:
    """The drafts before signalling and the own dossiers of one owner.

    Args:
        store: the store, opened with the scope's own account.
        owner: the owner's controller_key in that store.
    """

    def __init__(self, store: DossierStore, owner: str) -> None:
        self.store = store
        self.kind = store.kind
        self.locator = store.locator
        self._owner = owner
        self._owned = _OwnedRows(store, owner)

    def frames(self) -> frozenset[str]:
        """The frames that the store can deliver."""
        return self.store.frames()

    def partitions(self, size: int, octets: int | None = None) -> list[Partition]:
        """The owner's dossiers, in the ranges that the store is cut into, or in ranges of `size` if no bytes are given."""
        if octets is None:
            return cut(((key, 0) for key in self._owned.dossiers(None)["dossier_key"]), size)
        ranges = (self._owned.dossiers(part)["dossier_key"].tolist() for part in self.store.partitions(size, octets))
        return [Partition(number, keys[0], keys[-1], len(keys)) for number, keys in enumerate(filter(None, ranges))]

    def read(self, frame: str, partition: Partition | None = None, columns: Collection[str] | None = None) -> pd.DataFrame:
        """The rows that belong to the owner's dossiers, or to the owner; controllers are all there, to be named."""
        rows = self._owned.rows(frame, partition)
        kept = [name for name in rows if columns is None or name in columns or name == KNOWN_FRAMES[frame].key]
        return rows[kept].reset_index(drop=True)

    def texts(self, partition: Partition | None = None, wanted: Collection[UnitKey] | None = None) -> Iterator[TextUnit]:
        """The content of the owner's dossiers; what is another's is not asked for."""
        ours = self._owned.units(partition)
        yield from self.store.texts(partition, ours if wanted is None else ours.intersection(wanted))

    def digests(self, partition: Partition | None = None) -> Iterator[tuple[str, str | None, str]]:
        """The digests of the owner's contents."""
        ours = self._owned.units(partition)
        return (found for found in self.store.digests(partition) if found[:2] in ours)

    def versions(self, partition: Partition | None = None) -> Iterator[tuple[str, str | None, str]]:
        """What the store says of the versions of the owner's contents."""
        ours = self._owned.units(partition)
        return (found for found in self.store.versions(partition) if found[:2] in ours)

    def erasing(self) -> AbstractContextManager[Eraser]:
        """The store's own transaction; a plan never names what `read` doesn't show."""
        return self.store.erasing()

    def check(self) -> None:
        """See whether the store can be read, tells whose its dossiers are, and shows no other owner's.

        Raises:
            StoreContentError: it doesn't say whose a dossier is.
            StoreUnavailableError: the account sees what is another's; nothing is read.
        """
        self.store.check()
        dossiers = self.store.read("dossiers")
        if not set(dossiers) >= _NEEDED:
            raise StoreContentError(
                "an owner's scope needs to know whose a dossier is",
                where="dossiers.kind, dossiers.owner",
                remedy="map these columns, or register the store as a whole",
            )
        others = int((_partitioned(dossiers) & (dossiers["owner"] != self._owner).fillna(value=True)).sum())
        if others:
            raise StoreUnavailableError(
                f"the account of this scope sees {others} drafts or own dossiers that are not its owner's; nothing was read",
                where="dossiers",
                remedy="give it an account that sees its owner's rows only (row-level security, a view, a file of its own)",
            )


class ErasableOwnerScopedStore(OwnerScopedStore):
    """The same of a store in which dossiers can be erased."""

    store: ErasableStore

    @property
    def layout_sha256(self) -> str:
        """The store's own."""
        return self.store.layout_sha256

    def is_demo(self) -> bool:
        """Whether the store was created as the demo's own."""
        return self.store.is_demo()

    def dossier_hashes(self, dossier_keys: Iterable[str], key: bytes) -> dict[str, str]:
        """As the store says them, for the owner's dossiers."""
        return self.store.dossier_hashes(self._ours(dossier_keys), key)

    def art8_hashes(self, row_keys: Iterable[str], key: bytes) -> dict[str, str]:
        """As the store says them, for the owner's rows of the prosecutor's list."""
        ours = set(self.read("art8_rows")["row_key"])
        return self.store.art8_hashes([one for one in row_keys if one in ours], key)

    def remaining(self, dossier_keys: Iterable[str], row_keys: Iterable[str] = ()) -> dict[str, int]:
        """How many rows are left, in the whole store: what is gone is gone from every view of it."""
        return self.store.remaining(dossier_keys, row_keys)

    def values(self, dossier_keys: Iterable[str]) -> Iterator[Held]:
        """As the store says them, for the owner's dossiers."""
        return self.store.values(self._ours(dossier_keys))

    def disk(self) -> Disk:
        """Where bytes of what was erased may still lie, in the whole store."""
        return self.store.disk()

    def _ours(self, dossier_keys: Iterable[str]) -> list[str]:
        ours = set(self._owned.dossiers(None)["dossier_key"])
        return [one for one in dossier_keys if one in ours]


def scoped(store: DossierStore, owner: str) -> DossierStore:
    """A store as one owner may see it."""
    return ErasableOwnerScopedStore(store, owner) if isinstance(store, ErasableStore) else OwnerScopedStore(store, owner)


def _partitioned(dossiers: pd.DataFrame) -> pd.Series[bool]:
    """Own dossiers, and drafts until they are signalled; one whose kind nobody tells is taken for one."""
    drafts = dossiers["kind"] == DRAFT
    if "signalled_at" in dossiers:
        drafts &= dossiers["signalled_at"].isna()
    return (drafts | (dossiers["kind"] == OWN)).fillna(value=False) | dossiers["kind"].isna()

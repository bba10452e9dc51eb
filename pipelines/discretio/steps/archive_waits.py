"""Dossiers of public bodies that wait for the archives: no public record is erased without their word (BG-ARCHIVES)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from discretio.domain.archives import Clearance, Series, cleared_series, needs_clearance, uncleared
from discretio.law.policy import ResolvedPolicy
from discretio.ledger import locator, stores
from discretio.ledger.connection import Ledger
from discretio.ledger.declarations import declared
from discretio.steps.freezing import introducers
from discretio.steps.recorded_holds import Frames, archive_holds, frames_under, with_recorded_holds
from discretio.steps.workplace import Workplace
from discretio.stores.port import DossierStore

CLEARANCE = "archives.clearance"

Waits = Callable[[Mapping[str, str | None]], dict[str, frozenset[Series]]]
"""From the kind of each dossier to those that wait, each with the series that it waits for."""


@dataclass(frozen=True)
class ArchiveGate:
    """Which dossiers of a store wait for the archives.

    Attributes:
        ledger: where clearances are recorded.
        private: the controllers (surrogate ids) that are known to need no permission; every other one does.
    """

    ledger: Ledger
    private: frozenset[str]

    @classmethod
    def of(cls, ledger: Ledger, store_id: int, store: DossierStore, policy: ResolvedPolicy) -> ArchiveGate:
        """The gate of a store as it stands.

        Raises:
            StoreUnavailableError: the store can't be read.
        """
        controllers = store.read("controllers") if "controllers" in store.frames() else pd.DataFrame()
        bodies = _pairs(controllers, "controller_key", "kind")
        free = sorted(key for key, kind in bodies.items() if not needs_clearance(kind, policy))
        return cls(ledger, frozenset(locator.surrogates(ledger, store_id, "controller", free).values()))

    def waiting(self, store_id: int, frames: Mapping[str, pd.DataFrame]) -> dict[str, frozenset[Series]]:
        """Those of the dossiers in these frames that wait, and for which series, as the ledger knows now."""
        kinds = _pairs(frames["dossiers"], "dossier_key", "kind")
        return self.waiting_among(concerned_by(self.ledger, store_id, frames), cleared_series(clearances(self.ledger)))(kinds)

    def waiting_among(self, concerned: Mapping[str, Collection[str]], cleared: Collection[Series]) -> Waits:
        """The same of some dossiers whose kinds are still to be read.

        Args:
            concerned: the controllers of each dossier (surrogate ids), by the store's own key.
            cleared: what the archives have cleared by now.
        """
        public = {key: set(controllers) - self.private for key, controllers in concerned.items()}
        return lambda kinds: uncleared(kinds, public, cleared)


def clearances(ledger: Ledger) -> list[Clearance]:
    """Every word of the archives that was recorded, the first one first.

    Raises:
        ApprovalError: one is forged.
        LedgerError: one is gone.
    """
    found = declared(ledger, [CLEARANCE])
    return [Clearance(one.subject, one.body["series"], one.at.date(), one.body["withdrawn"]) for one in found]


def concerned_by(ledger: Ledger, store_id: int, frames: Mapping[str, pd.DataFrame]) -> dict[str, set[str]]:
    """The controllers (surrogate ids) that introduced something into each dossier, by the store's own key."""
    named = introducers(frames)
    ids = locator.surrogates(ledger, store_id, "controller", sorted({key for keys in named.values() for key in keys}))
    return {dossier: {ids[key] for key in keys} for dossier, keys in named.items()}


def with_archive_waits(frames: Mapping[str, pd.DataFrame], waiting: Collection[str]) -> Frames:
    """The frames of a store with the dossiers that wait for the archives as held ones."""
    return frames_under(frames, archive_holds(waiting))


def _pairs(frame: pd.DataFrame, key: str, value: str) -> dict[str, str | None]:
    pairs = frame.reindex(columns=[key, value]).astype(object)
    return dict(pairs.where(pairs.notna(), None).itertuples(index=False, name=None))


def under_all(place: Workplace, store_name: str, read: Mapping[str, pd.DataFrame], policy: ResolvedPolicy) -> Frames:
    """What was read of a store, under the holds recorded here and what the archives have not cleared yet."""
    store_id = stores.store_named(place.ledger, store_name).store_id
    gate = ArchiveGate.of(place.ledger, store_id, place.open_store(store_name), policy)
    waiting = gate.waiting(store_id, read)
    return with_archive_waits(with_recorded_holds(place.ledger, store_id, read), waiting)

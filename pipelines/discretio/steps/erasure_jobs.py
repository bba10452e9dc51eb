"""What the execution of one plan works with, and its items cut into batches that are erased whole."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from discretio.domain.archives import Series
from discretio.domain.purge_states import ItemState
from discretio.errors import StoreUnavailableError
from discretio.law.policy import ResolvedPolicy
from discretio.ledger import locator
from discretio.ledger.plans import PlanRecord
from discretio.steps.archive_waits import ArchiveGate, Waits
from discretio.steps.plan_facts import ApprovalFacts
from discretio.steps.remembered import Remembered
from discretio.steps.workplace import Workplace
from discretio.stores.port import ErasableStore

ITEMS_PER_BATCH = 50
ART8_ROW = "art8_row"
REPLAY = "replay"


@dataclass(frozen=True)
class ErasureJob:
    """A plan on its way: the store, the rules and the day to judge by, and its items as they stood when the run began.

    `facts`: what the plan asks of its approvals; `remembered`: what the ledger says to it. `verb`: of the run that planned it.
    `policy_today`: what applies on the day of the run, if that is other than on the plan's. `attempt`: the number of the run.
    """

    place: Workplace
    plan: PlanRecord
    store: ErasableStore
    policy: ResolvedPolicy
    as_of: date
    items: pd.DataFrame
    facts: ApprovalFacts
    remembered: Remembered
    store_name: str
    verb: str = ""
    policy_today: ResolvedPolicy | None = None
    attempt: int = 0

    @property
    def replays(self) -> bool:
        """Whether it erases again what a restored backup brought back."""
        return self.verb == REPLAY

    def batches(self, item_ids: Collection[str]) -> Iterator[tuple[str, list[str]]]:
        """(kind, item ids) of these items; the rows of one identity on the list are never parted."""
        waiting = self.items[self.items["item_id"].isin(list(item_ids))]
        for kind, of_kind in waiting.groupby("kind"):
            ids = of_kind["item_id"].tolist()
            for batch in _filled(self._by_identity(ids) if kind == ART8_ROW else [[item] for item in ids]):
                yield str(kind), batch

    def keys(self, item_ids: Sequence[str]) -> dict[str, str]:
        """The store's own key of each item.

        Raises:
            StoreUnavailableError: the ledger doesn't know one any more.
        """
        keys = locator.natural_keys(self.place.ledger, item_ids)
        if len(keys) < len(item_ids):
            raise StoreUnavailableError(
                f"the ledger no longer knows where {len(item_ids) - len(keys)} items are",
                where=self.plan.plan_id,
                remedy="restore the ledger",
            )
        return keys

    @property
    def unfinished(self) -> list[str]:
        """The items whose result was not known when the run began."""
        return self.items[self.items["state"].isin([ItemState.PLANNED, ItemState.INTENT])]["item_id"].tolist()

    @cached_property
    def planned(self) -> Mapping[str, Any]:
        """The row of each item, as it was planned."""
        return {str(row.item_id): row for row in self.items.itertuples(index=False)}

    @cached_property
    def archives(self) -> ArchiveGate:
        """Which dossiers wait for the archives."""
        return ArchiveGate.of(self.place.ledger, self.plan.store_id, self.store, self.policy)

    def waiting_for_archives(self, keys: Mapping[str, str], cleared: Collection[Series]) -> Waits:
        """What tells which of the items (the store's key by item) wait for the archives, once their kinds are read.

        What is erased again was cleared when it was erased first, and the art. 8 list is erased without transfer.
        """
        if self.replays:
            return lambda _: {}
        named = {key: self.planned[item] for item, key in keys.items()}
        concerned = {key: json.loads(item.controllers) for key, item in named.items() if item.kind != ART8_ROW}
        return self.archives.waiting_among(concerned, cleared)

    @cached_property
    def relatives(self) -> Mapping[str, frozenset[str]]:
        """By row of the prosecutor's list, every row of the same identity, by the store's own keys."""
        rows = self.store.read("art8_rows")
        groups = rows.groupby("identity_key")["row_key"].agg(frozenset)
        return dict(zip(rows["row_key"], rows["identity_key"].map(groups), strict=True))

    def _by_identity(self, item_ids: Sequence[str]) -> Iterable[list[str]]:
        groups: dict[frozenset[str], list[str]] = {}
        for item, key in self.keys(item_ids).items():
            groups.setdefault(self.relatives.get(key, frozenset({key})), []).append(item)
        return groups.values()


def _filled(groups: Iterable[list[str]]) -> Iterator[list[str]]:
    batch: list[str] = []
    for group in groups:
        if batch and len(batch) + len(group) > ITEMS_PER_BATCH:
            yield batch
            batch = []
        batch = batch + group
    if batch:
        yield batch

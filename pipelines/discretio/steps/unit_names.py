"""The surrogate ids of what a scan has to read: looked up in few questions, and in no more than it needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from discretio.ledger import locator
from discretio.ledger.connection import Ledger
from discretio.steps.entry_facts import EntryFacts
from discretio.stores.port import UnitKey


class UnitNames:
    """The surrogate ids of a partition's dossiers, of some of its units, and of who introduced them.

    Args:
        ledger: the ledger.
        store_id: the store.
        facts: what is known of the partition's entries.
    """

    def __init__(self, ledger: Ledger, store_id: int, facts: EntryFacts) -> None:
        self._ledger = ledger
        self._store_id = store_id
        self._facts = facts
        self._known: dict[tuple[str, str], str] = {}
        self._keep("dossier", facts.listed)
        self._units: dict[UnitKey, str] = {}
        self._entries: dict[str, str] = {}

    @property
    def dossier_ids(self) -> list[str]:
        """Of all dossiers of the partition."""
        return [surrogate for (kind, _), surrogate in self._known.items() if kind == "dossier"]

    @property
    def unit_ids(self) -> Collection[str]:
        """Of the units that were named."""
        return self._units.values()

    def name(self, units: Collection[UnitKey]) -> None:
        """Name these units; they are forgotten with their dossiers."""
        dossiers = self._facts.dossiers
        homes = {entry: self._known["dossier", dossiers[entry]] for entry, _ in units if entry in dossiers}
        self._entries = self._of("entry", {entry for entry, _ in units}, homes)
        attached = {attachment: homes[entry] for entry, attachment in units if attachment and entry in homes}
        attachments = self._of("attachment", {attachment for _, attachment in units if attachment}, attached)
        self._units = {
            (entry, attachment): attachments[attachment] if attachment else self._entries[entry] for entry, attachment in units
        }

    def unit(self, unit: UnitKey) -> str:
        """The id of a unit that was named."""
        return self._units[unit]

    def entry(self, entry_key: str) -> str:
        """The id of the entry of a unit that was named."""
        return self._entries[entry_key]

    def one(self, kind: str, key: str) -> str:
        """The id of a dossier or controller, asked for once."""
        if (kind, key) not in self._known:
            self._keep(kind, [key])
        return self._known[kind, key]

    def _keep(self, kind: str, keys: Iterable[str]) -> None:
        self._known |= {(kind, key): surrogate for key, surrogate in self._of(kind, keys).items()}

    def _of(self, kind: str, keys: Iterable[str], dossier_of: dict[str, str] | None = None) -> dict[str, str]:
        return locator.surrogates(self._ledger, self._store_id, kind, sorted(keys), dossier_of=dossier_of)

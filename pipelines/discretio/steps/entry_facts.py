"""What a scan knows of a partition's entries beside their text: whose dossier, what they declare, which names to look for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from discretio.stores.port import DossierStore, Partition, UnitKey

# Somebody who acts in his profession is no person of the dossier: his name is not looked for as one.
_IN_ROLE = "PROFESSIONAL"
_ENTRY = ("entry_key", "dossier_key", "categories", "special_declared")
_PERSON = ("dossier_key", "role", "name")


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """Facts by the store's own keys, in memory only; a store that lacks a column leaves its part empty.

    Attributes:
        listed: the dossiers of the partition, those without an entry among them.
        dossiers: the dossier of each entry.
        categories: declared categories of each entry, as bits.
        flags: declared special classes of each entry, as bits.
        names: the names of the persons of each dossier.
    """

    listed: frozenset[str]
    dossiers: Mapping[str, str]
    categories: Mapping[str, int]
    flags: Mapping[str, int]
    names: Mapping[str, tuple[str, ...]]

    @classmethod
    def read(cls, store: DossierStore, partition: Partition | None) -> EntryFacts:
        """The facts of a partition."""
        entries = store.read("entries", partition, _ENTRY)
        persons = store.read("persons", partition, _PERSON) if "persons" in store.frames() else pd.DataFrame()
        dossiers = dict(zip(entries["entry_key"].tolist(), entries["dossier_key"].tolist(), strict=True))
        listed = set(dossiers.values())
        if "dossiers" in store.frames():
            listed |= set(store.read("dossiers", partition, ())["dossier_key"])
        return cls(
            frozenset(listed), dossiers, _masks(entries, "categories"), _masks(entries, "special_declared"), _names(persons)
        )

    def stamped(self, version: str, digests: Iterable[tuple[str, str | None, str]]) -> dict[UnitKey, str]:
        """A digest of each unit that no other has, and that changes with all that a scan of it depends on.

        Args:
            version: of the detector.
            digests: (entry key, attachment key or null, digest of the content) for every unit.

        Returns:
            By unit, a digest of its keys, its dossier, what the entry declares, the names that are looked for in it, its
            content, and the version.
        """
        sought = {dossier: _digest(names) for dossier, names in self.names.items()}
        dossier_of, categories, flags, names = self.dossiers.get, self.categories.get, self.flags.get, sought.get
        return {
            (entry, attachment): (
                f"{version}:{categories(entry)}:{flags(entry)}:{names(dossier := dossier_of(entry, ''))}:{digest}"
                f":{len(entry)}:{entry}:{len(dossier)}:{dossier}:{attachment or ''}"
            )
            for entry, attachment, digest in digests
        }


def _digest(names: tuple[str, ...]) -> str:
    return hashlib.sha256("\0".join(names).encode("utf-8", "surrogateescape")).hexdigest()


def _masks(entries: pd.DataFrame, column: str) -> dict[str, int]:
    if column not in entries:
        return {}
    known = entries if entries[column].notna().all() else entries[entries[column].notna()]
    return dict(zip(known["entry_key"].tolist(), known[column].astype(int).tolist(), strict=True))


def _names(persons: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    if "name" not in persons or "dossier_key" not in persons:
        return {}
    named = persons[persons["name"].notna()]
    if "role" in named:
        named = named[named["role"] != _IN_ROLE]
    found: dict[str, set[str]] = {}
    for dossier, names in zip(named["dossier_key"], named["name"], strict=True):
        found.setdefault(dossier, set()).update(name.strip() for name in names.split("|") if name.strip())
    return {dossier: tuple(sorted(names)) for dossier, names in found.items()}

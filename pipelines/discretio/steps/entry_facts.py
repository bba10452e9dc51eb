"""What a scan knows of a partition's entries beside their text: whose dossier, what they declare, which names to look for."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from discretio.stores.port import DossierStore, Partition

# Somebody who acts in his profession is no person of the dossier: his name is not looked for as one.
_IN_ROLE = "PROFESSIONAL"


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """Facts by the store's own keys, in memory only; a store that lacks a column leaves its part empty.

    Attributes:
        dossiers: the dossier of each entry.
        categories: declared categories of each entry, as bits.
        flags: declared special classes of each entry, as bits.
        names: the names of the persons of each dossier.
    """

    dossiers: Mapping[str, str]
    categories: Mapping[str, int]
    flags: Mapping[str, int]
    names: Mapping[str, tuple[str, ...]]

    @classmethod
    def read(cls, store: DossierStore, partition: Partition | None) -> EntryFacts:
        """The facts of a partition."""
        entries = store.read("entries", partition)
        persons = store.read("persons", partition) if "persons" in store.frames() else pd.DataFrame()
        dossiers = dict(zip(entries["entry_key"], entries["dossier_key"], strict=True))
        return cls(dossiers, _masks(entries, "categories"), _masks(entries, "special_declared"), _names(persons))

    def stamped(self, entry_key: str, digest: str) -> str:
        """A digest that changes with what the entry declares, and with the names that are looked for in it, too."""
        names = "\0".join(self.names.get(self.dossiers.get(entry_key, ""), ()))
        sought = hashlib.sha256(names.encode("utf-8", "surrogateescape")).hexdigest()
        return f"{self.categories.get(entry_key)}:{self.flags.get(entry_key)}:{sought}:{digest}"


def _masks(entries: pd.DataFrame, column: str) -> dict[str, int]:
    if column not in entries:
        return {}
    known = entries[entries[column].notna()]
    return dict(zip(known["entry_key"], known[column].astype(int).tolist(), strict=True))


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

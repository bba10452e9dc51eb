"""What a store holds, as keyed marks and digests in memory: enough to know a copy again, too little to read it."""

from __future__ import annotations

import hashlib
import hmac
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from discretio.domain.passages import Mark, is_passage, marks_of

FORMULA_FROM = 6
"""In so many dossiers a passage is a set phrase, a letterhead or a statute, and says of no dossier that it was copied."""

_Values = npt.NDArray[np.uint64]
_Holders = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class HeldUnit:
    """One text of a store: the keys of its dossier, its entry, and its attachment, or null."""

    dossier_key: str
    entry_key: str
    attachment_key: str | None


@dataclass
class PassageIndex:
    """The marks of all texts of a store, and the digests of all contents.

    Args:
        key: drawn for one search and kept nowhere: without it no mark can be made or compared.
    """

    key: bytes = field(repr=False)
    units: list[HeldUnit] = field(default_factory=list)
    _numbers: dict[HeldUnit, int] = field(default_factory=dict)
    _dossiers: dict[str, int] = field(default_factory=dict)
    _dossier_of: array[int] = field(default_factory=lambda: array("I"))
    _values: array[int] = field(default_factory=lambda: array("Q"))
    _holders: array[int] = field(default_factory=lambda: array("I"))
    _digests: defaultdict[bytes, set[int]] = field(default_factory=lambda: defaultdict(set))

    def add_text(self, unit: HeldUnit, text: str) -> None:
        """Take the marks of a unit's text, or of a window or part of it."""
        number = self._number(unit)
        marks = marks_of(text, self.key)
        self._values.extend(mark.value for mark in marks)
        self._holders.extend([number] * len(marks))

    def add_digest(self, unit: HeldUnit, digest: str) -> None:
        """Take the digest of a unit's content, as its store says it."""
        self._digests[self._keyed(digest)].add(self._number(unit))

    def same_bytes(self, digests: Iterable[str]) -> set[int]:
        """The units, by number, whose content has one of these digests; of set contents, none."""
        found = {number for digest in digests for number in self._digests.get(self._keyed(digest), ())}
        dossiers = {self.units[number].dossier_key for number in found}
        return found if len(dossiers) < FORMULA_FROM else set()

    def passages(self, text: str) -> Mapping[int, frozenset[int]]:
        """The units, by number, of which a long passage stands in a text, with the marks that are the same."""
        values, units = self._sorted
        marks = marks_of(text, self.key)
        wanted = np.array([mark.value for mark in marks], dtype=np.uint64)
        first, last = (np.searchsorted(values, wanted, side=side) for side in ("left", "right"))
        met: defaultdict[int, list[Mark]] = defaultdict(list)
        for place in np.flatnonzero(last > first).tolist():
            for unit in units[first[place] : last[place]].tolist():
                met[unit].append(marks[place])
        passages = {unit: same for unit, same in met.items() if is_passage(_first_of_each(same))}
        return {unit: frozenset(mark.value for mark in same) for unit, same in passages.items()}

    @cached_property
    def _sorted(self) -> tuple[_Values, _Holders]:
        """Marks and who holds them, sorted by mark, each pair once, without set phrases; nothing is added from now on."""
        values, units = np.array(self._values, np.uint64), np.array(self._holders, np.uint32)
        order = np.lexsort((units, values))
        values, units = values[order], units[order]
        again = (values[1:] == values[:-1]) & (units[1:] == units[:-1])
        once = np.concatenate((np.ones(len(values[:1]), bool), ~again))
        values, units = values[once], units[once]
        kept = ~_is_formula(values, np.array(self._dossier_of, np.uint32)[units])
        return values[kept], units[kept]

    def _number(self, unit: HeldUnit) -> int:
        number = self._numbers.setdefault(unit, len(self.units))
        if number == len(self.units):
            self.units.append(unit)
            self._dossier_of.append(self._dossiers.setdefault(unit.dossier_key, len(self._dossiers)))
        return number

    def _keyed(self, digest: str) -> bytes:
        return hmac.digest(self.key, digest.encode(), hashlib.sha256)


def _is_formula(values: _Values, dossiers: _Holders) -> npt.NDArray[np.bool_]:
    """Whether each mark stands in so many dossiers that it says of none that it was copied."""
    held = pd.DataFrame({"value": values, "dossier": dossiers}).drop_duplicates()["value"].value_counts()
    return np.isin(values, held.index[held >= FORMULA_FROM].to_numpy())


def _first_of_each(marks: list[Mark]) -> list[int]:
    """Where each of the marks first stands: a phrase that is repeated is one mark."""
    first: dict[int, int] = {}
    for mark in marks:
        first.setdefault(mark.value, mark.word)
    return sorted(first.values())

"""The cells of the record of processing activities in the words of one language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from discretio.domain.processing_register import TO_COMPLETE, Cell, Word
from discretio.law.authorities import AuthorityTable
from discretio.law.policy import ResolvedPolicy
from discretio.reporting.words import words

_TERM = re.compile(r"(\d+)([YMD])")


@dataclass(frozen=True, slots=True)
class RegisterWords:
    """One language, with the names that policy and table of authorities give."""

    language: str
    policy: ResolvedPolicy
    authorities: AuthorityTable

    @property
    def own(self) -> Mapping[str, Any]:
        """The words of the register alone."""
        found: Mapping[str, Any] = words(self.language)["register"]
        return found

    def cell(self, cell: Cell) -> str:
        """A cell: a line for each word, the last of them that the controller has to complete it where that is so."""
        return "\n".join(self._word(word) for word in cell)

    def complete(self) -> str:
        """What stands where nobody but the controller knows."""
        return self.cell(TO_COMPLETE)

    def value(self, kind: str, code: str) -> str:
        """The word of a code; a code that the store alone knows stands for itself."""
        known: Mapping[str, str] = self.own["values"].get(kind, {})
        return str(known.get(code, code))

    def authority(self, authority: str | None) -> str:
        """The name of an authority."""
        names = self.authorities.authorities[authority or "none"].names
        return names[self.language]

    def _word(self, word: Word) -> str:
        if word == TO_COMPLETE[0]:
            return str(self.own["to_complete"])
        if word.kind in ("id", "own"):
            return word.value
        if word.kind == "authority":
            return self.authority(word.code)
        if word.kind == "category":
            return f"{word.code}. {self.policy.categories[int(word.code)].label[self.language]}"
        if word.kind == "flag":
            return f"– {words(self.language)['codes']['flag'][word.code]}"
        return self.value(word.kind, word.code).format(term=self._term(word.value), value=word.value)

    def _term(self, iso: str) -> str:
        """P30Y as 30 years."""
        return " ".join(f"{n} {self.own['units'][unit][int(n) > 1]}" for n, unit in _TERM.findall(iso))

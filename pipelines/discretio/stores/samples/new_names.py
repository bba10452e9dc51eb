"""New names for the persons of a copy, none of them used before in the same run."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from discretio.stores.samples.model import Dossier
from discretio.stores.samples.name_parts import FIRST, FULL, INITIALS, SURNAME, NamePart, family_of, name_book, name_parts

_WORLD = "world"


@dataclass(frozen=True, slots=True)
class NewNames:
    """The new first name of each person, surname of each family, nickname of each old one."""

    first: Mapping[str, str]
    surname: Mapping[str, str]
    nickname: Mapping[str, str]

    def of(self, part: NamePart) -> str:
        """What a part of an old name becomes."""
        first, surname = self.first[part.person], self.surname.get(part.family, "")
        forms = {
            FIRST: first,
            SURNAME: surname,
            FULL: f"{first} {surname}".strip(),
            INITIALS: "".join(f"{name[0].upper()}." for name in (first, surname) if name),
        }
        return forms.get(part.kind) or self.nickname[part.text]


class Namer:
    """Gives new names; surnames come from a shuffled list that starts again only when it is used up."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._book = name_book()
        self._surnames = {name: self._endless(community) for name, community in self._book["communities"].items()}
        self._used: set[tuple[str, str]] = set()

    def names_for(self, dossier: Dossier) -> NewNames:
        """New names for every person of a dossier."""
        communities = self._communities(dossier)
        tempting = self._tempting(dossier)
        surname: dict[str, str] = {}
        for person in dossier.persons:
            family = family_of(person)
            if family and family not in surname:
                surname[family] = tempting.get(family) or next(self._surnames[communities[person.id]])
        sexes = self._book["persons"].get(dossier.source, {}).get("sex", "")
        first: dict[str, str] = {}
        for index, person in enumerate(dossier.persons):
            sex = sexes[index : index + 1] or self._rng.choice("fm")
            first[person.id] = self._first_name(communities[person.id], sex, surname.get(family_of(person), ""), first)
        return NewNames(first, surname, self._nicknames(dossier))

    def _endless(self, community: Mapping[str, Any]) -> Iterator[str]:
        names = [stem + ending for stem in community["stems"] for ending in community["endings"]]
        while True:
            self._rng.shuffle(names)
            yield from names

    def _communities(self, dossier: Dossier) -> dict[str, str]:
        world = self._book["persons"].get(dossier.source, {}).get(_WORLD, ())
        return {person.id: _WORLD if person.id in world else dossier.lang for person in dossier.persons}

    def _first_name(self, community: str, sex: str, surname: str, taken: Mapping[str, str]) -> str:
        names = self._book["communities"][community]["female" if sex == "f" else "male"]
        name = str(self._rng.choice(names))
        while name in taken.values() or (surname and (name, surname) in self._used):
            name = str(self._rng.choice(names))
        self._used.add((name, surname))
        return name

    def _tempting(self, dossier: Dossier) -> dict[str, str]:
        """New tempting surnames for the families whose old one is labelled as a hard negative."""
        wanted: dict[str, str] = {}
        choices = self._book["tempting"].get(dossier.lang, {})
        surnames = {part.text: part.family for part in name_parts(dossier) if part.kind == SURNAME}
        for entry in dossier.entries:
            for negative in entry.labelled.hard_negatives:
                text = entry.labelled.text[negative.start : negative.end]
                family = next((family for name, family in surnames.items() if text.endswith(name)), None)
                if family and negative.tempting and negative.tempting[0] in choices:
                    wanted.setdefault(family, self._rng.choice(choices[negative.tempting[0]]))
        return wanted

    def _nicknames(self, dossier: Dossier) -> dict[str, str]:
        words = self._book["nickname_words"]
        new: dict[str, str] = {}
        for part in name_parts(dossier):
            number = f"_{self._rng.randrange(10, 100)}" if any(not char.isalpha() and char != " " for char in part.text) else ""
            new[part.text] = f"{self._rng.choice(words)}{number}"
        return new

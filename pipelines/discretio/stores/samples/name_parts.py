"""Which words of a sample dossier are names, and which part of whose name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from discretio.stores.samples.model import Dossier, Person

FIRST, SURNAME, FULL, INITIALS, NICKNAME = "first", "surname", "full", "initials", "nickname"
_PLAIN = re.compile(r"[^\W\d_][\w'’ .-]*")
_INITIALS = re.compile(r"(?:[A-Z]\.){2,}")
_INITIAL = re.compile(r"[A-Z]\.")


@dataclass(frozen=True, slots=True)
class NamePart:
    """A word (or words) of a name: its kind, the person, and for a surname the folded key that a family shares."""

    text: str
    kind: str
    person: str
    family: str


@cache
def name_book() -> Mapping[str, Any]:
    """The invented names and the hints on names in the samples: `names.yaml`."""
    book: Mapping[str, Any] = YAML(typ="safe").load(Path(__file__).with_name("names.yaml").read_text("utf-8"))
    return book


def folded(text: str) -> str:
    """The text without case and accents."""
    return "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))


def name_parts(dossier: Dossier) -> tuple[NamePart, ...]:
    """Every part of every name of the dossier's persons, each text once."""
    families = {person.id: family_of(person) for person in dossier.persons}
    parts: dict[str, NamePart] = {}
    for person in dossier.persons:
        for kind, text in _parts(person, frozenset(families.values())):
            family = folded(text) if kind == SURNAME else families[person.id]
            parts.setdefault(text, NamePart(text, kind, person.id, family))
    return tuple(parts.values())


def family_of(person: Person) -> str:
    """The folded surname of a person, "" if the dossier tells none."""
    hidden = name_book()["hidden_surnames"].get(person.name)
    if hidden:
        return folded(hidden)
    for written in _written(person):
        words, surname_only = _without_titles(written)
        if surname_only and len(words) == 1:
            return folded(words[0])
        if len(words) > 1 and len(words[0]) > 1:
            return folded(" ".join(words[1:]))
    return ""


def _written(person: Person) -> tuple[str, ...]:
    """The ways a name is written out: the name itself if it is plain, else the aliases that are no nicknames."""
    forms = (person.name,) if _PLAIN.fullmatch(person.name) else person.aliases
    return tuple(form for form in forms if not _is_nickname(form))


def _parts(person: Person, families: frozenset[str]) -> Iterator[tuple[str, str]]:
    hidden = name_book()["hidden_surnames"].get(person.name)
    if hidden:
        yield SURNAME, hidden
    for form in (*_written(person), *person.aliases):
        if _is_nickname(form):
            yield NICKNAME, form
        elif _INITIALS.fullmatch(form):
            yield INITIALS, form
        else:
            yield from _plain_parts(form, families)


def _plain_parts(form: str, families: frozenset[str]) -> Iterator[tuple[str, str]]:
    words, surname_only = _without_titles(form)
    joined = " ".join(words)
    if not words:
        return
    if folded(joined) in families or (surname_only and len(words) == 1):
        yield SURNAME, joined
    elif len(words) == 1:
        yield FIRST, joined
    elif len(words[0]) < 3:
        yield FULL, joined
    else:
        yield FIRST, words[0]
        yield SURNAME, " ".join(words[1:])


def _without_titles(form: str) -> tuple[list[str], bool]:
    words = [word for word in form.split() if not _INITIAL.fullmatch(word)]
    surname_only = False
    book = name_book()
    while words and words[0] in (*book["titles_before_first_name"], *book["titles_before_surname"]):
        surname_only = words.pop(0) in book["titles_before_surname"]
    return words, surname_only


def _is_nickname(form: str) -> bool:
    return form in name_book()["nicknames"] or any(char.isdigit() or char == "_" for char in form)

"""Names of tables and columns as words, whatever the habit of who named them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]+|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_IRREGULAR = {"children": "child", "persons": "person", "people": "person", "statuses": "status", "status": "status",
              "diagnoses": "diagnosis", "diagnosis": "diagnosis", "adresse": "adresse", "address": "address",
              "addresses": "address", "access": "access", "process": "process", "notes": "note", "zaken": "zaak",
              "dossiers": "dossier", "akten": "akte", "pieces": "piece", "cases": "case", "notities": "notitie",
              "bijlagen": "bijlage", "personen": "persoon", "series": "series", "basis": "basis"}  # fmt: skip
_LONG_ENOUGH = 6


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, small, without accents, in the singular: casaCases and casa_cases are casa, case."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return tuple(singular(word.lower()) for word in _BOUNDARY.split(plain) if word)


def singular(word: str) -> str:
    """A word in the singular, as far as its ending tells."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def mentions(words: Iterable[str], terms: frozenset[str]) -> frozenset[str]:
    """The terms that words hold: as a word, as words in a row, or, in Dutch and German, as the end of a compound."""
    listed = list(words)
    joined = {"_".join(listed[start : start + length]) for start in range(len(listed)) for length in (1, 2, 3)}
    forms = {form for word in listed for form in (word, *_without_plural(word))}
    compounds = {term for term in terms for word in forms if len(term) > 4 and word != term and word.endswith(term)}
    return frozenset(((joined | forms) & terms) | compounds)


def alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names mean the same thing, one or many of it: klant and klanten."""
    return len(one) == len(other) and all(
        left == right or left in _without_plural(right) or right in _without_plural(left)
        for left, right in zip(one, other, strict=True)
    )


def _without_plural(word: str) -> tuple[str, ...]:
    """What a Dutch or German word may be in the singular: documenten is document, akten is akte."""
    return (word[:-2], word[:-1]) if len(word) > 4 and word.endswith("en") else ()


def begin_with(words: Iterable[str], terms: frozenset[str]) -> bool:
    """Whether a word is a longer form of a term, as medische of medisch and krankheitsbild of krankheit."""
    return any(word.startswith(term) for term in terms if len(term) >= _LONG_ENOUGH for word in words)

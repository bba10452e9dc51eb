"""The persons that the dossier knows: their names in exact, inflected and initial forms, whatever their case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from discretio.detection.names import named
from discretio.detection.parts import Part
from discretio.detection.passage import Passage
from discretio.detection.whole_words import WholeWords
from discretio.domain.detections import About, Detection

_PARTICLES = frozenset(
    ["van", "de", "der", "den", "ten", "ter", "von", "zu", "el", "al", "ben", "le", "la", "du", "di", "da", "del", "dos", "bin"]
)
_SHORTEST_PART = 3
_SURE, _PART, _INITIALS = 0.95, 0.85, 0.8


def forms_of(name: str) -> dict[str, tuple[float, str]]:
    """The forms in which a person's name is written, each with its score and what it is.

    Args:
        name: a name as the dossier has it, given names first: `Saskia Hilgers`.
    """
    parts = [part for part in name.replace(",", " ").split() if part.strip("*.-'")]
    forms = {name.strip("* "): (_SURE, "a name of this dossier")}
    strong = [part for part in parts if part.casefold() not in _PARTICLES]
    for part in strong:
        if len(part.strip(".")) >= _SHORTEST_PART:
            forms.setdefault(part, (_PART, "part of a name of this dossier"))
    if len(strong) > 1:
        forms |= _combined(parts, strong)
    for form, (score, why) in list(forms.items()):
        # Genitive: Saskias, Hilgers' needs none; a name that ends in a vowel takes an apostrophe in Dutch.
        for ending in ("s", "'s"):
            if "." not in form:
                forms.setdefault(form + ending, (score, why + ", in the genitive"))
    return {form: said for form, said in forms.items() if len(form) > 1}


def _combined(parts: list[str], strong: list[str]) -> dict[str, tuple[float, str]]:
    given, surname = strong[0], " ".join(parts[parts.index(strong[0]) + 1 :])
    first, last = given[0], strong[-1][0]
    initials = {f"{first}.{last}.", f"{first}. {last}."}
    abridged = {f"{first}. {surname}", f"{first}.{surname}", f"{given} {last}."}
    turned = {f"{surname} {given}", f"{surname}, {given}", f"{surname} {first}."}
    why = "of a name of this dossier"
    return (
        dict.fromkeys(turned, (_SURE, "a name of this dossier, surname first"))
        | dict.fromkeys(abridged, (_PART, f"an abridged form {why}"))
        | dict.fromkeys(initials, (_INITIALS, f"the initials {why}"))
    )


class KnownNames:
    """The names that the dossier knows, as whole words, whatever their case."""

    name = "KNOWN_NAME"
    types: tuple[str, ...] = ("KNOWN_NAME",)

    def find(self, passage: Passage) -> list[Detection]:
        """All mentions of the passage's known names; of forms that lie in one another, the longest is kept by merging."""
        stretches = groupby(passage.parts, key=lambda part: part.known_names)
        return [found for names, parts in stretches if names for found in self._in(passage, names, tuple(parts))]

    def _in(self, passage: Passage, names: tuple[str, ...], parts: Sequence[Part]) -> Iterator[Detection]:
        """The names of one dossier in its texts, which stand in a row."""
        words, told = _sought(names)
        folded = passage.folded
        start, end = (0, len(folded.data)) if len(parts) == len(passage.parts) else (parts[0].start, parts[-1].end)
        for hit in words.hits(folded, start, end):
            yield named(passage, folded.span(hit.start, hit.end), About.SUBJECT, told[hit.entry], self.name)


@lru_cache(maxsize=8)  # the texts of a dossier come one after the other and share its names
def _sought(names: tuple[str, ...]) -> tuple[WholeWords, list[tuple[float, str]]]:
    forms: dict[str, tuple[float, str]] = {}
    for name in names:
        for form, said in forms_of(name).items():
            forms[form] = max(said, forms.get(form, said))
    return WholeWords([form.strip("*") for form in forms]), list(forms.values())

"""What is wrong with lexicons, term by term: duplicates, conflicts, terms too short or never reached."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from discretio.domain.lexicon import LexiconEntry
from discretio.errors import PolicyError
from discretio.policy_files.lexicon_files import located_entries

_SHORTEST_OPEN, _SHORTEST_CLOSED = 4, 3


class Gravity(StrEnum):
    """An error makes a lexicon say something else than it seems to; a warning is worth a look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark: where (`file:line`), how grave, and what."""

    where: str
    gravity: Gravity
    what: str


@dataclass(frozen=True, slots=True)
class _Placed:
    entry: LexiconEntry
    where: str

    @property
    def meeting(self) -> str:
        """What of the term the detector compares: neither case nor accents."""
        decomposed = unicodedata.normalize("NFD", self.entry.term.casefold())
        return "".join(letter for letter in decomposed if not unicodedata.combining(letter))

    @property
    def role(self) -> str:
        """Words that say nothing by themselves serve by their group alone; the same word may serve in several."""
        bare = self.entry.category is None and not self.entry.flags and not self.entry.idiom
        return f"{self.entry.subject}/{self.entry.register}" if bare else ""

    @property
    def class_(self) -> tuple[object, ...]:
        return (self.entry.category, self.entry.flags, self.entry.idiom, self.role)


def lint(folders: Iterable[Path]) -> list[Remark]:
    """Read all lexicons below these folders and remark on them.

    Args:
        folders: folders with one folder per language each.

    Returns:
        The remarks, by file and line; a file that can't be read is one error and the others are read all the same.
    """
    remarks: list[Remark] = []
    placed: list[_Placed] = []
    for folder in folders:
        for path in sorted(folder.glob("*/*.yaml")):
            name = f"{path.parent.name}/{path.name}"
            try:
                placed += [_Placed(entry, f"{name}:{line}") for entry, line in located_entries(path)]
            except PolicyError as error:
                remarks.append(Remark(error.where, Gravity.ERROR, error.what))
    by_term: dict[tuple[str, str, str], list[_Placed]] = defaultdict(list)
    for each in placed:
        by_term[each.entry.lang, each.meeting, each.role].append(each)
    for group in by_term.values():
        remarks += _about_one_term(group)
    remarks += _too_short(placed)
    remarks += _never_reached(placed)
    return sorted(remarks, key=lambda remark: (_file_and_line(remark.where), remark.what))


def _file_and_line(where: str) -> tuple[str, int]:
    name, _, line = where.rpartition(":")
    return name, int(line) if line.isdigit() else 0


def _about_one_term(group: list[_Placed]) -> Iterator[Remark]:
    """Duplicates and conflicts among the entries of one term."""
    for position, other in enumerate(group[1:], start=1):
        same = next((each for each in group[:position] if each.class_ == other.class_), None)
        if same is None:
            yield from _conflict(group[0], other)
        elif same.entry.term.casefold() != other.entry.term.casefold():
            what = f"{other.entry.term!r} differs from the term at {same.where} by accents only"
            yield Remark(other.where, Gravity.WARNING, what)
        else:
            yield Remark(other.where, Gravity.ERROR, f"{other.entry.term!r} stands at {same.where} already")


def _conflict(first: _Placed, other: _Placed) -> Iterator[Remark]:
    entry, term = other.entry, other.entry.term
    if entry.capitalised != first.entry.capitalised:
        return  # the capital tells them apart
    if entry.idiom or first.entry.idiom:
        yield Remark(other.where, Gravity.ERROR, f"{term!r} is an idiom at one place and a term at another ({first.where})")
    elif entry.category == first.entry.category:
        yield Remark(other.where, Gravity.ERROR, f"{term!r} has other flags than at {first.where}, in the same category")
    elif entry.subject == first.entry.subject:
        yield Remark(other.where, Gravity.WARNING, f"{term!r} has another category at {first.where}")


def _too_short(placed: Iterable[_Placed]) -> Iterator[Remark]:
    for each in placed:
        entry = each.entry
        shortest = _SHORTEST_OPEN if entry.open_left or entry.open_right else _SHORTEST_CLOSED
        # A cue (no, si) is short by nature, and finds nothing by itself.
        certain = entry.confirm or entry.capitalised or entry.idiom or entry.stem.isupper() or each.role
        if len(entry.stem) < shortest and not certain:
            what = f"{entry.term!r} is short: it meets words that have nothing to do with it, unless a word confirms it"
            yield Remark(each.where, Gravity.WARNING, what)


def _never_reached(placed: Iterable[_Placed]) -> Iterator[Remark]:
    """Terms that an open term of the same class finds anyway, at least as surely."""
    open_terms: dict[tuple[object, ...], dict[str, _Placed]] = defaultdict(dict)
    kept = list(placed)
    for each in kept:
        if each.entry.open_right and not each.entry.open_left:
            open_terms[each.entry.lang, *each.class_][each.meeting.rstrip("*")] = each
    for each in kept:
        stems = open_terms.get((each.entry.lang, *each.class_), {})
        word = each.meeting.strip("*")
        if each.entry.open_left or " " in word:
            continue
        for end in range(1, len(word) + 1):
            cover = stems.get(word[:end])
            if cover is not None and cover is not each and _covers(cover.entry, each.entry):
                yield Remark(
                    each.where, Gravity.WARNING, f"{each.entry.term!r} adds nothing to {cover.entry.term!r} at {cover.where}"
                )
                break


def _covers(cover: LexiconEntry, entry: LexiconEntry) -> bool:
    same_terms = (cover.confirm, cover.cancel, cover.capitalised) == (entry.confirm, entry.cancel, entry.capitalised)
    return same_terms and cover.score >= entry.score

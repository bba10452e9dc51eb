"""From dismissed false alarms to proposals: which class of finding is dismissed how often, and what could change for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from discretio.domain.triage.words import FALSE_ALARMS, Dismissal


class Change(StrEnum):
    """What could change so that such a false alarm stays away."""

    ADD_IDIOM = "ADD_IDIOM"
    ADD_CANCELLING_WORDS = "ADD_CANCELLING_WORDS"
    REQUIRE_CAPITAL_OR_CONFIRMING_WORDS = "REQUIRE_CAPITAL_OR_CONFIRMING_WORDS"
    MOVE_TERM_TO_OTHER_CLASS = "MOVE_TERM_TO_OTHER_CLASS"
    TRAIN_LAYER_AGAIN = "TRAIN_LAYER_AGAIN"
    MEND_PATTERN = "MEND_PATTERN"


_OF_LEXICON: Mapping[Dismissal, Change] = {
    Dismissal.OTHER_MEANING: Change.ADD_IDIOM,
    Dismissal.NOBODY_S_DATUM: Change.ADD_CANCELLING_WORDS,
    Dismissal.NAME_OR_PLACE: Change.REQUIRE_CAPITAL_OR_CONFIRMING_WORDS,
    Dismissal.WRONG_CLASS: Change.MOVE_TERM_TO_OTHER_CLASS,
    Dismissal.QUOTED_FORM: Change.ADD_CANCELLING_WORDS,
}
OF_WORDS = frozenset(_OF_LEXICON.values())
"""The changes that a lexicon can take."""

_OF_EVIDENCE = {"model": Change.TRAIN_LAYER_AGAIN, "pattern": Change.MEND_PATTERN, "checksum": Change.MEND_PATTERN}


@dataclass(frozen=True, slots=True)
class FindingClass:
    """What findings have in common: what was found, by which finders, on which evidence, in which languages."""

    target: str
    types: str
    evidence: str
    langs: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A class that was dismissed for one reason, how often it was dismissed for it and confirmed, and what could change."""

    of: FindingClass
    reason: Dismissal
    dismissed: int
    confirmed: int
    change: Change


def proposals(judged: Iterable[tuple[FindingClass, Dismissal | None]], least: int) -> list[Proposal]:
    """The proposals, the most dismissed first.

    Args:
        judged: the class of each item that was decided, and why it was dismissed; None if it was not.
        least: how many dismissals for one reason a class needs; fewer are an incident, and could point to a person.
    """
    counts = Counter(judged)
    found = [
        Proposal(of, reason, number, counts[of, None], _change(of, reason))
        for (of, reason), number in counts.items()
        if reason in FALSE_ALARMS and reason is not None and number >= least
    ]
    return sorted(found, key=lambda one: (-one.dismissed, one.of.target, one.of.types, one.reason))


def _change(of: FindingClass, reason: Dismissal) -> Change:
    """What words brought about is mended with words; the layer and the patterns have no words to mend."""
    kinds = of.evidence.split("+")
    if "lexicon" in kinds or "context" in kinds:
        return _OF_LEXICON[reason]
    return next((_OF_EVIDENCE[kind] for kind in kinds if kind in _OF_EVIDENCE), _OF_LEXICON[reason])

"""What a recogniser of identifiers is made of: a bounded pattern, where it may begin, a proof, and words that confirm it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from discretio.detection.passage import Passage
from discretio.detection.shapes import CAPITAL, DIGIT, SMALL, Positions, Shape, followed, in_order, kept
from discretio.domain.detections import About, Detection, Evidence
from discretio.law.special_classes import Flag

CONTEXT_WINDOW = 48
SHORT = 2_000
"""Characters from which looking for triggers costs less than trying a pattern everywhere."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found out about a match: how sure it is, by which evidence, in words; and where it really lies."""

    score: float
    evidence: Evidence
    why: str
    start: int
    end: int
    about: About = About.SUBJECT


Prove = Callable[["re.Match[str]", str], Proof | None]


@dataclass(frozen=True, slots=True)
class Trigger:
    """Where a pattern may begin: around certain positions, and nowhere else.

    Attributes:
        positions: finds the positions in a passage.
        before: how many characters before a position a match may begin.
        after: how many behind it.
        longest: characters of the longest match, with what the pattern looks at behind it.
        digits: how many digits a text must have for a match to be possible.
        first: kinds of which the first character of a match is one, unless it stands at a position itself; all by default.
        behind: kinds that never stand just before a match.
    """

    positions: Callable[[Passage], Positions]
    before: int
    after: int
    longest: int
    digits: int = 0
    first: frozenset[int] = frozenset(range(256))
    behind: frozenset[int] = frozenset()


_OF_NUMBERS = frozenset({DIGIT, CAPITAL, SMALL, ord("+"), ord("(")})
CAPITALS, DIGITS = frozenset({CAPITAL}), frozenset({DIGIT})
NO_WORD = frozenset({SMALL, DIGIT})
r"""For a pattern that begins with `(?<!\w)`; without capitals, since their kind holds a sign that is no letter."""


@dataclass(frozen=True, slots=True)
class PatternFinder:
    """One kind of identifier.

    Attributes:
        name: unique among the finders; the type of its detections, as Presidio names entities, unless `entity` gives that.
        pattern: bounded: no nested repeats, no repeat without an upper limit over the same characters.
        prove: judges a match; None rejects it.
        category: category of art. 2 §2.
        trigger: where the pattern may begin; without one it is tried everywhere.
        flags: special classes.
        entity: the type of its detections, where several finders share one.
    """

    name: str
    pattern: re.Pattern[str]
    prove: Prove
    category: int
    trigger: Trigger | None = None
    flags: tuple[Flag, ...] = ()
    entity: str = ""

    @property
    def types(self) -> tuple[str, ...]:
        """A pattern finder has one type."""
        return (self.entity or self.name,)

    def find(self, passage: Passage) -> list[Detection]:
        """All proven matches."""
        return list(self._proven(passage))

    def _proven(self, passage: Passage) -> Iterator[Detection]:
        for match in matches(self.pattern, passage, self.trigger):
            proof = self.prove(match, passage.text)
            if proof is not None:
                yield Detection(
                    start=proof.start, end=proof.end, category=self.category, flags=self.flags, type=self.types[0],
                    lang=passage.lang_at(proof.start), score=proof.score, negated=False, about=proof.about,
                    evidence=proof.evidence, why=proof.why,
                )  # fmt: skip


def matches(pattern: re.Pattern[str], passage: Passage, trigger: Trigger | None) -> Iterator[re.Match[str]]:
    """The matches of a pattern, tried only where its trigger lets it begin; the same as trying it everywhere."""
    if trigger is None or len(passage.text) < SHORT:
        if trigger is None or len(passage.shape.digits) >= trigger.digits:
            yield from pattern.finditer(passage.text)
        return
    done, reach = 0, trigger.before + trigger.after + trigger.longest
    for start in _beginnings(passage.shape, trigger.positions(passage), trigger).tolist():
        if start >= done and (match := pattern.match(passage.text, start, start + reach)):
            done = match.end()
            yield match


def _beginnings(shape: Shape, positions: Positions, trigger: Trigger) -> Positions:
    """Where a match may begin, in order."""
    if not len(positions):
        return positions
    ordered = in_order(positions)
    if not trigger.before and not trigger.after:
        ordered = ordered[ordered < len(shape.kinds)]
        return kept(ordered, ~_table(trigger.behind)[shape.around(ordered, -1)])
    apart = ordered[1:] - ordered[:-1] > trigger.before + trigger.after
    first = np.maximum(np.concatenate([ordered[:1], ordered[1:][apart]]) - trigger.before, 0)
    last = np.minimum(np.concatenate([ordered[:-1][apart], ordered[-1:]]) + trigger.after, len(shape.kinds) - 1)
    lengths = last - first + 1
    starts = np.arange(lengths.sum()) + np.repeat(first - np.cumsum(lengths) + lengths, lengths)
    begins = _table(trigger.first)[shape.kinds[starts]]
    begins[np.searchsorted(starts, ordered[ordered < len(shape.kinds)])] = True
    starts = starts[begins]
    return kept(starts, ~_table(trigger.behind)[shape.around(starts, -1)])


@cache
def _table(kinds: frozenset[int]) -> npt.NDArray[np.bool_]:
    return np.array([kind in kinds for kind in range(256)], np.bool_)


def crowded(digits: int, within: int, before: int = 0, longest: int = 64) -> Trigger:
    """Where so many digits stand so close; a match begins at the first of them, or up to `before` characters earlier."""
    return Trigger(lambda passage: passage.shape.crowded(digits, within), before, 0, longest, digits, _OF_NUMBERS, DIGITS)


def word_group(group: str, before: int = 0, longest: int = 200) -> Trigger:
    """Where a word of a group of `trigger_words` begins."""
    return Trigger(lambda passage: passage.words(group), before, 0, longest)


def words_before_digits(group: str, within: int) -> Callable[[Passage], Positions]:
    """Words of a group behind which a digit stands, at most so many characters away."""
    return lambda passage: followed(passage.words(group), passage.shape.digits, within)


def pattern(expression: str, flags: int = 0) -> re.Pattern[str]:
    r"""Compile a pattern whose `\d` stands for 0-9 alone: Python's own also takes the digits of all other scripts."""
    # A combining accent belongs to the word that it stands in, as it does for the automaton.
    bounded = expression
    for look in ("(?<!", "(?!"):
        bounded = bounded.replace(look + r"[\w", look + _WORD).replace(look + r"\w)", look + _WORD + "])")
    return re.compile(_DIGIT_OR_SET.sub(_ascii_digits, bounded), flags)


_WORD = r"[\w\u0300-\u036f"
_DIGIT_OR_SET = re.compile(r"\[(?:\\.|[^\]\\])*\]|\\.")


def _ascii_digits(part: re.Match[str]) -> str:
    if part.group() == r"\d":
        return "[0-9]"
    return part.group().replace(r"\d", "0-9") if part.group().startswith("[") else part.group()


def context_pattern(*words: str) -> re.Pattern[str]:
    """A pattern that finds one of these words, each a bounded regular expression, at a word's beginning."""
    return re.compile(r"(?<!\w)" + in_any_case(*words))


def in_any_case(*words: str) -> str:
    """An expression for any of these words, each a bounded regular expression that begins with a letter, whatever its case.

    Python tries alternatives that begin with a set of letters far faster than those under IGNORECASE, so that it says the first
    letter in both cases itself. Of words that begin alike, the one listed first is tried first, as without that.
    """
    by_letter: dict[str, list[str]] = {}
    for word in words:
        by_letter.setdefault(word[0].lower(), []).append(word[1:])
    return "(?:" + "|".join(f"{_letter(first)}(?i:{'|'.join(rest)})" for first, rest in by_letter.items()) + ")"


@cache
def _letter(small: str) -> str:
    """A set of the letters that IGNORECASE takes for one."""
    either_case = re.compile(re.escape(small), re.IGNORECASE)
    return f"[{''.join(filter(either_case.fullmatch, (small, small.upper(), *_ODD_CASES)))}]"


_ODD_CASES = "\u0130\u0131\u017f\u212a\u212b"
"""Letters with the lower case of i, s, k and a ring on the a, or with their upper case."""


def word_near(text: str, match: re.Match[str], words: re.Pattern[str], window: int = CONTEXT_WINDOW) -> str:
    """The confirming word near a match, before it or just behind it, or an empty string."""
    before = max(0, match.start() - window)
    found = words.search(text, before, match.start()) or words.search(text, match.end(), match.end() + window // 2)
    return found.group().strip() if found else ""


def proof_of(match: re.Match[str], score: float, evidence: Evidence, why: str) -> Proof:
    """A proof that covers the whole match."""
    return Proof(score, evidence, why, match.start(), match.end())

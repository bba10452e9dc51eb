"""Dates of birth, addresses, ages and amounts: what its words and form make likely."""

from __future__ import annotations

import re

import numpy as np

from discretio.detection.addresses import ADDRESSES, TOWN
from discretio.detection.passage import Passage
from discretio.detection.patterns import (
    CAPITALS,
    DIGITS,
    NO_WORD,
    PatternFinder,
    Proof,
    Trigger,
    in_any_case,
    pattern,
    proof_of,
    word_group,
)
from discretio.detection.shapes import CAPITAL, DEGREE, EURO, SMALL, SPACE, Positions, followed, kept
from discretio.detection.vocabulary import BIRTH, COMES_FROM, MONTHS, either
from discretio.domain.detections import Evidence
from discretio.law.special_classes import Flag

_DATE = (
    r"(?:\d{1,2}(?:er|ste|de|st|nd|rd|th|\.)?[ ](?:of )?"
    + either(MONTHS)
    + r",?[ ](?:(?:19|20)\d{2}|\d{2}(?!\w))|\d{1,2}[./\- ]{1,2}\d{1,2}[./\- ]{1,2}(?:19|20)?\d{2}(?!\d)"
    r"|(?:19|20)\d{2}-\d{2}-\d{2})"
)
_PLACE = TOWN + r"(?: \([A-Za-zÀ-ÿ .\-]{2,24}\))?"
_BORN = r"(?:" + either(BIRTH) + r"|°|\*)"
_DURATION_BEFORE = re.compile(
    in_any_case(
        "depuis", "pendant", "durant", "il y a", "après", "tous les", "sur", "de", "dans", "sinds", "al", "na", "om de",
        "gedurende", "tijdens", "binnen", "voor", "over", "seit", "vor", "nach", "für", "zu", "während", "for", "since",
        "after", "over", "in", "every", "to", "of", "jusqu'à", "met", "ans", "plus", "aux", "par", "les", "dès",
    )
    + r"[ ](?i:environ |près de |ongeveer |bijna |fast |etwa |about |nearly |plus de |meer dan |les )?$"
)  # fmt: skip
_DURATION_AFTER = re.compile(
    r"^(?: de (?:prison|réclusion|sursis|probation|vie|service)|,? (?:ferme|avec sursis|geleden|lang"
    r"|cel|gevangenis|effectief|met uitstel"
    r"|haft|freiheitsstrafe|auf bewährung|lang|ago|imprisonment|in prison|sentence|sober|clean|plus tard|later))",
    re.IGNORECASE,
)


_YEAR_LETTERS = np.isin(np.arange(0x81), [ord(letter) for letter in "ajyAJY"])


def _prove_birth(match: re.Match[str], _text: str) -> Proof | None:
    return proof_of(match, 0.9, Evidence.CONTEXT, f"a date that follows '{match.group('word')}'")


def _prove_age(match: re.Match[str], text: str) -> Proof | None:
    if int(match.group("age")) > 110 or _DURATION_BEFORE.search(text[max(0, match.start() - 28) : match.start()]):
        return None
    if _DURATION_AFTER.match(text[match.end() : match.end() + 24]):
        return None
    return proof_of(match, 0.75, Evidence.PATTERN, "a number of years that is no duration")


def _prove_bracketed_age(match: re.Match[str], _text: str) -> Proof | None:
    return proof_of(match, 0.6, Evidence.CONTEXT, "a number in brackets behind a name or a word for kin")


def _prove_origin(match: re.Match[str], _text: str) -> Proof | None:
    return proof_of(match, 0.55, Evidence.CONTEXT, "a place that somebody is said to come from")


def _prove_amount(match: re.Match[str], _text: str) -> Proof | None:
    return proof_of(match, 0.6, Evidence.PATTERN, "an amount of money")


def _birth_words(passage: Passage) -> Positions:
    """Words and signs for birth behind which a digit stands."""
    words = np.concatenate([passage.words("birth"), passage.shape.where(ord("*")), passage.shape.where(DEGREE)])
    words.sort()
    return followed(words, passage.shape.digits, 100)


def _numbers_with_years(passage: Passage) -> Positions:
    """Numbers of three digits at most with a word for years behind them."""
    shape = passage.shape
    ends = shape.number_ends
    one, two = shape.around(ends, 1), shape.around(ends, 2)
    apart = (one == SPACE) | (one == ord("-"))
    ends = ends[(one == SMALL) | (one == CAPITAL) | (apart & ((two == SMALL) | (two == CAPITAL)))]
    codes = passage.folded.codes
    near = [_YEAR_LETTERS[np.minimum(codes[np.minimum(ends + step, len(codes) - 1)], 0x80)] for step in (1, 2)]
    return kept(ends, near[0] | near[1])


def _bracketed_numbers(passage: Passage) -> Positions:
    shape = passage.shape
    numbers = shape.numbers
    return kept(numbers, (shape.around(numbers, -1) == ord("(")) | (shape.around(numbers, -2) == ord("(")))


def _currency(passage: Passage) -> Positions:
    return np.concatenate([passage.shape.where(EURO), passage.words("currency")])


PERSON_DATA = (
    *ADDRESSES,
    PatternFinder(
        "ORIGIN",
        pattern(r"(?<!\w)" + either(COMES_FROM) + r"[ '’]?(?-i:" + TOWN + ")"),
        _prove_origin,
        12,
        word_group("origin"),
        (Flag.ETHNIC_ORIGIN,),
    ),
    PatternFinder(
        "DATE_OF_BIRTH",
        pattern(
            r"(?<![\w])(?P<word>"
            + _BORN
            + r")[ :]{0,3}(?:(?i:à|a|te|in|at|zu|den|le|op|am|on)[ ]){0,2}(?:"
            + _PLACE
            + r",?[ ])?(?:(?i:le|op|am|on|den|the)[ ])?"
            + _DATE
            + r"(?:,?[ ](?i:à|te|in|at|zu)[ ]"
            + _PLACE
            + r"|,[ ]"
            + TOWN
            + r"(?=[.,;)\n]|$))?"
        ),
        _prove_birth,
        1,
        Trigger(_birth_words, 0, 0, 400, 3, behind=NO_WORD),
    ),
    PatternFinder(
        "AGE",
        pattern(
            r"(?P<age>\d(?<![\w.,/\-]\d)\d{0,2})(?: ?(?:ans|jaar|jr\.?|Jahre alt|Jahre|jährige?[rn]?|jarige"
            r"|years old|years|y/?o)| ?-?(?:jarige|jährige?[rn]?|jähr\.|year[ \-]old)|-j\.)(?!\w)"
        ),
        _prove_age,
        4,
        Trigger(_numbers_with_years, 2, 0, 40, 1, DIGITS, NO_WORD),
    ),
    PatternFinder(
        "BRACKETED_AGE",
        pattern(r"\((?<=[a-zà-ÿA-ZÀ-Þ] \()(?:°?\d{1,2}(?: ?(?:ans|a|jaar|j\.?|J\.?|Jahre))?)\)"),
        _prove_bracketed_age,
        4,
        Trigger(_bracketed_numbers, 2, 0, 24, 1, frozenset({ord("(")})),
    ),
    PatternFinder(
        "AMOUNT",
        pattern(
            r"(?<![\w.,])(?:(?:€|EUR) ?\d{1,3}(?:[ .]?\d{3}){0,3}(?:,\d{1,2})?"
            r"|\d{1,3}(?:[ .]?\d{3}){0,3}(?:,\d{1,2})? ?(?:€|EUR|euros?)(?!\w))"
        ),
        _prove_amount,
        5,
        Trigger(_currency, 20, 0, 48, 1, CAPITALS | DIGITS, NO_WORD),
    ),
)

"""The special classes that a detection can be flagged with (GDPR arts 9 and 10, and the marks that bar a document)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import cache


class Flag(StrEnum):
    """One special class. The first nine are special or criminal data, the last three bar a document from the dossier."""

    HEALTH = "health"
    ETHNIC_ORIGIN = "ethnic_origin"
    POLITICAL = "political"
    RELIGIOUS_PHILOSOPHICAL = "religious_philosophical"
    TRADE_UNION = "trade_union"
    GENETIC = "genetic"
    BIOMETRIC = "biometric"
    SEX_LIFE_ORIENTATION = "sex_life_orientation"
    CRIMINAL = "criminal"
    CLASSIFIED = "classified"
    YOUTH_REPORT = "youth_report"
    LAWYER_CONFIDENCE = "lawyer_confidence"


SPECIAL_DATA = tuple(Flag)[:9]
BARRED_DOCUMENTS = tuple(Flag)[9:]
CATEGORY_NUMBERS = range(1, 17)


def flags_mask(flags: Iterable[Flag | str]) -> int:
    """A set of flags as bits: bit n is the n-th flag."""
    order = tuple(Flag)
    return sum({1 << order.index(Flag(flag)) for flag in flags})


@cache  # asked for with each finding; there are as many answers as masks
def flags_of(mask: int) -> tuple[Flag, ...]:
    """The flags whose bits are set."""
    return tuple(flag for position, flag in enumerate(Flag) if mask >> position & 1)


def categories_mask(categories: Iterable[int]) -> int:
    """A set of categories of art. 2 §2 as bits: bit n is category n (bit 0 is never set)."""
    return sum({1 << number for number in categories})


def categories_of(mask: int) -> tuple[int, ...]:
    """The categories whose bits are set."""
    return tuple(number for number in CATEGORY_NUMBERS if mask >> number & 1)

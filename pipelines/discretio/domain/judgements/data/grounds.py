"""The words for grounds, and how they are read. 458TER is the article on consultations, under any of its numbers."""

from __future__ import annotations

from discretio.law.special_classes import SPECIAL_DATA, Flag

GDPR, TITLE_2 = "GDPR", "T2"
POLICE = "INTEGRATED_POLICE"

TASK_GDPR, VITAL, PUBLIC_INTEREST = "GDPR-6-1-E", "GDPR-9-2-C", "GDPR-9-2-G"
CONSENT = frozenset({"GDPR-6-1-A", "GDPR-9-2-A"})
CRIMINAL_GDPR, CRIMINAL_LAW = "GDPR-10", "L10"
TASK_TITLE_2, SPECIAL_TITLE_2, POLICE_LAW = "L33", "L34", "LFP-44/1-1"
SPECIFIC_LAW = "SPECIFIC_LAW"

OF_GDPR = frozenset({TASK_GDPR, VITAL, PUBLIC_INTEREST})
OF_TITLE_2 = frozenset({TASK_TITLE_2, SPECIAL_TITLE_2})
LISTED = OF_GDPR | OF_TITLE_2 | {POLICE_LAW, SPECIFIC_LAW}

# Criminal data have a ground of their own, so they are no special data here.
SPECIAL_BITS = sum(1 << number for number, flag in enumerate(Flag) if flag in SPECIAL_DATA and flag is not Flag.CRIMINAL)
UNLISTED_BITS = sum(1 << number for number, flag in enumerate(Flag) if flag in (Flag.TRADE_UNION, Flag.GENETIC, Flag.BIOMETRIC))
CLASSIFIED_BIT = 1 << tuple(Flag).index(Flag.CLASSIFIED)
CRIMINAL_CATEGORY, OTHER_CATEGORY = 9, 16


def has(mask: int, category: int) -> bool:
    """Whether a category is among those of a mask."""
    return bool(int(mask) >> category & 1)

"""Integrity, physical or mental: the texts differ between `and` and `or`, so what a purpose needs is a choice (A-03)."""

from __future__ import annotations

from discretio.domain.judgements.answers import Circumstances

INTEGRITY = "INTEGRITY"
PARTS = frozenset({"PHYSICAL_INTEGRITY", "MENTAL_INTEGRITY"})
ANY = "ANY"


def whole_purposes(words: frozenset[str], under: Circumstances) -> frozenset[str]:
    """The purposes with one word for integrity: either part of it is enough, or only both together are; a part alone stays."""
    told = words & PARTS
    if not told or (told != PARTS and under.choice("purpose.integrity") != ANY):
        return words
    return words - PARTS | {INTEGRITY}


def whole_purpose(word: str) -> str:
    """What an entry serves: whichever part of integrity it is about, it is integrity."""
    return INTEGRITY if word in PARTS else word

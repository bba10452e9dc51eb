"""ART2-2-CAT16-JUSTIF: category 16, `other necessary data`, needs a justification.

The bill asks for necessity; that the reason be written, and how, is our accountability default (GDPR art. 5(2)). Whether it
names the purpose of the consultation is left to a reader: no field of a store tells it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    day,
    does_not_apply,
    fails,
    judged,
    known,
    passes,
    warns,
)
from discretio.domain.judgements.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-2-CAT16-JUSTIF"
OTHER_NECESSARY_DATA = 16


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry.

    Attributes:
        declared: the categories declared for it; None if the store doesn't tell.
        justification: the reason given for category 16; None or blank if none was given.
        justified_at: when it was given; None if the store doesn't tell.
        introduced_at: when the entry was introduced; None if the store doesn't tell.
        detected: the categories found in it; None if nobody looked.
        examined: whether all of it could be examined; None if nobody looked.
        share: the share of category-16 entries in its dossier, from 0 to 1.
    """

    declared: frozenset[int] | None = None
    justification: str | None = None
    justified_at: datetime | None = None
    introduced_at: datetime | None = None
    detected: frozenset[int] | None = None
    examined: bool | None = None
    share: float | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """A reason of some length that says something, given in time; rarely used, and for what fits no other category."""
    if OTHER_NECESSARY_DATA not in known(facts.declared, "categories"):
        return does_not_apply(Reason.NOT_CATEGORY_16)
    fault = _fault_of(facts.justification, under)
    if fault is not None:
        return fails(fault)
    given = day(known(facts.justified_at, "cat16_justified_at"))
    if given > under.term("cat16.justify_within").after(day(known(facts.introduced_at, "introduced_at"))):
        return fails(Reason.JUSTIFIED_LATE)
    return _plausibility(facts, under)


def _fault_of(justification: str | None, under: Circumstances) -> Reason | None:
    text = " ".join((justification or "").split())
    if not text:
        return Reason.NO_JUSTIFICATION
    stop_words = {word for phrase in under.words("cat16.stop_words") for word in _words(phrase)}
    if _words(text) <= stop_words:
        return Reason.JUSTIFICATION_ONLY_STOP_WORDS
    return Reason.JUSTIFICATION_TOO_SHORT if len(text) < under.number("cat16.minimum_length") else None


def _words(text: str) -> frozenset[str]:
    """The words without case and marks: `n.v.t.` is `nvt`, a lone dash is no word."""
    stripped = ("".join(filter(str.isalnum, word)) for word in text.casefold().split())
    return frozenset(word for word in stripped if word)


def _plausibility(facts: Facts, under: Circumstances) -> Judgement:
    declared, detected = facts.declared or frozenset(), facts.detected or frozenset()
    if detected - declared - {OTHER_NECESSARY_DATA}:
        return warns(Reason.FITS_LISTED_CATEGORY)
    if known(facts.share, "share") > under.number("cat16.share_warn"):
        return warns(Reason.SHARE_TOO_HIGH)
    if not facts.examined or facts.detected is None:
        raise UnjudgeableError(Reason.NOT_EXAMINED)
    return passes(Reason.JUSTIFIED)

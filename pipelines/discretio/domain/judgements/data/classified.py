"""ART2-CLASSIFIED: classified information has no place in a consultation (bill, commentary on art. 2).

Known by a marking alone, never by a word in a sentence. A document that bears one is read no further.
"""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import Circumstances, UnjudgeableError, fails, filled, judged, known, passes, warns
from discretio.domain.judgements.data import grounds
from discretio.domain.judgements.data.reasons import Reason
from discretio.domain.judgements.facts import may_lack
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-CLASSIFIED"
REPORT = "REPORT"


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry with its attachments.

    Attributes:
        classification: the marking recorded for it.
        detected: the marks and special classes found in it, as bits; None if nobody looked.
        examined: whether all of it could be examined.
    """

    classification: str | None = may_lack("none was recorded")
    detected: int | None = None
    examined: bool | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """No marking was recorded, and none was found."""
    if filled(facts.classification):
        return _marked(Reason.CLASSIFIED_BY_RECORD, under)
    if int(known(facts.detected, "detected_flags")) & grounds.CLASSIFIED_BIT:
        return _marked(Reason.CLASSIFIED_MARKING_FOUND, under)
    if not facts.examined:
        raise UnjudgeableError(Reason.NOT_LOOKED_AT)
    return passes(Reason.NOT_CLASSIFIED)


def _marked(reason: Reason, under: Circumstances) -> Judgement:
    """Only the commentary excludes what is classified; a controller may take it for a warning (A-07)."""
    return warns(reason) if under.choice("classified.marking") == REPORT else fails(reason)

"""ART6-JUDICIAL-FLAG: what stands in a judicial decision, file or procedure is marked so (bill art. 6).

The mark follows the datum as it is recorded here: the same fact may stand in a welfare file besides.
"""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import Circumstances, UnjudgeableError, does_not_apply, fails, judged, known, passes
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.reasons import Reason as CommonReason
from discretio.domain.judgements.rights.judicial_origins import NONE, ORIGINS
from discretio.domain.judgements.rights.reasons import Reason
from discretio.domain.outcomes import Judgement
from discretio.law.special_classes import categories_of

RULE_ID = "ART6-JUDICIAL-FLAG"
_POLICE_AND_JUDICIAL = 9


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry.

    Attributes:
        judicial_origin: NONE, DECISION, FILE, CRIMINAL_PROC, INVESTIGATION or PROCEEDINGS.
        categories: its declared categories, as bits.
        detected_categories: the categories that a scan found, as bits.
        examined: whether the whole entry could be examined.
    """

    judicial_origin: str | None = may_lack("nobody recorded one, which is a fault where there are such data")
    categories: int | None = None
    detected_categories: int | None = None
    examined: bool | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has these two arguments
    """Wherever police or judicial data are declared or found, it is said whether they are of such an origin."""
    declared = _POLICE_AND_JUDICIAL in categories_of(known(facts.categories, "categories"))
    origin = facts.judicial_origin
    if origin is not None and origin not in ORIGINS | {NONE}:
        raise UnjudgeableError(Reason.UNKNOWN_JUDICIAL_ORIGIN)
    if origin in ORIGINS:
        return passes(Reason.JUDICIAL_ORIGIN_RECORDED)
    if declared:
        return passes(Reason.JUDICIAL_ORIGIN_RECORDED) if origin == NONE else fails(Reason.NO_JUDICIAL_ORIGIN)
    if _POLICE_AND_JUDICIAL in categories_of(known(facts.detected_categories, "detected_categories")):
        return fails(Reason.JUDICIAL_DATA_FOUND)
    if not known(facts.examined, "examined"):
        raise UnjudgeableError(CommonReason.NOT_EXAMINED)
    return does_not_apply(Reason.NOTHING_JUDICIAL)

"""ART2-2-SPECIAL-UNLISTED: trade union, genetic and biometric data have no category of their own (bill art. 2 §2 al. 3).

They stand in category 16, with its reason and a ground; a controller can forbid them altogether.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements import category16
from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    does_not_apply,
    fails,
    judged,
    known,
    passes,
    words_of,
)
from discretio.domain.judgements.data import grounds
from discretio.domain.judgements.data.reasons import Reason
from discretio.domain.judgements.facts import may_lack
from discretio.domain.outcomes import Judgement, Outcome

RULE_ID = "ART2-2-SPECIAL-UNLISTED"
FORBID = "FORBID"


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry.

    Attributes:
        special: the special classes declared for it or found in it, as bits.
        examined: whether all of it could be examined; None if nobody looked.
        categories: the categories declared for it, as bits.
        justification: the reason given for category 16.
        justified_at: when it was given.
        introduced_at: when the entry was introduced.
        legal_ground: the grounds recorded for it, | between.
    """

    special: int | None = None
    examined: bool | None = None
    categories: int | None = None
    justification: str | None = may_lack("nobody gave one, which is a fault")
    justified_at: datetime | None = None
    introduced_at: datetime | None = None
    legal_ground: str | None = may_lack("nobody recorded one, which is a fault")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Category 16, a reason that the rule on category 16 accepts, and a ground."""
    if not int(known(facts.special, "special_declared")) & grounds.UNLISTED_BITS:
        if not facts.examined:
            raise UnjudgeableError(Reason.NOT_LOOKED_AT)
        return does_not_apply(Reason.NO_UNLISTED_DATA)
    if under.choice("special.unlisted") == FORBID:
        return fails(Reason.UNLISTED_FORBIDDEN)
    categories = int(known(facts.categories, "categories"))
    if not grounds.has(categories, grounds.OTHER_CATEGORY):
        return fails(Reason.UNLISTED_OUTSIDE_CATEGORY_16)
    reason = _judge_reason(facts, under)
    if reason.outcome is Outcome.FAIL:
        return fails(Reason.UNLISTED_NOT_JUSTIFIED)
    if reason.outcome is Outcome.NOT_CHECKABLE:
        return reason
    grounded = words_of(facts.legal_ground) - frozenset(under.words("consultation.article_names"))
    return passes(Reason.UNLISTED_JUSTIFIED) if grounded else fails(Reason.UNLISTED_WITHOUT_GROUND)


def _judge_reason(facts: Facts, under: Circumstances) -> Judgement:
    """What the rule on category 16 says of the reason itself."""
    declared = frozenset({category16.OTHER_NECESSARY_DATA})
    return category16.judge(
        category16.Facts(
            declared=declared,
            justification=facts.justification,
            justified_at=facts.justified_at,
            introduced_at=facts.introduced_at,
            detected=declared,
            examined=True,
            share=0.0,
        ),
        under,
    )

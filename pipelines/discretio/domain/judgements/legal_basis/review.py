"""COL-4.1-PROTOCOL-REVIEW: existing protocols are compared again with each new law (COL 4.1).

The circular sets no deadline: the time to do it in is ours. What was signed under the law in force needs no review yet.
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
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.legal_basis.bases import PROTOCOL
from discretio.domain.judgements.legal_basis.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "COL-4.1-PROTOCOL-REVIEW"
CONFORM, NOT_CONFORM = "CONFORM", "NOT_CONFORM"


@dataclass(frozen=True, slots=True)
class Facts:
    """One basis.

    Attributes:
        type: its type.
        issued_at: when it was issued.
        last_conformity_review_at: when it was last compared with the law.
        review_outcome: CONFORM or NOT_CONFORM.
    """

    type: str | None = None
    issued_at: datetime | None = None
    last_conformity_review_at: datetime | None = may_lack("it never was")
    review_outcome: str | None = may_lack("it never was compared, or nobody wrote down the outcome")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Signed or reviewed since the youngest law, and found to conform; a warning while there is still time to."""
    if known(facts.type, "type") != PROTOCOL:
        return does_not_apply(Reason.NOT_A_PROTOCOL)
    since = max(under.date_of("consultation.since"), under.policy.newest_law or under.date_of("consultation.since"))
    reviewed = facts.last_conformity_review_at
    if reviewed is not None and since <= day(reviewed) <= under.as_of:
        return _judge_outcome(facts)
    if day(known(facts.issued_at, "issued_at")) >= since:
        return passes(Reason.SIGNED_UNDER_THIS_LAW)
    if under.as_of <= under.term("protocol_review.within").after(since):
        return warns(Reason.REVIEW_DUE)
    return fails(Reason.REVIEW_MISSED)


def _judge_outcome(facts: Facts) -> Judgement:
    if facts.review_outcome == NOT_CONFORM:
        return fails(Reason.REVIEWED_NOT_CONFORM)
    if facts.review_outcome != CONFORM:
        raise UnjudgeableError(Reason.REVIEW_OUTCOME_UNKNOWN)
    return passes(Reason.REVIEWED)

"""BG-ERASURE-RECIPIENTS: recipients hear of a rectification or an erasure (GDPR art. 19)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.accountability.reasons import Reason
from discretio.domain.judgements.answers import (
    Circumstances,
    day,
    does_not_apply,
    fails,
    judged,
    known,
    passes,
    warns,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.outcomes import Judgement

RULE_ID = "BG-ERASURE-RECIPIENTS"


@dataclass(frozen=True, slots=True)
class Facts:
    """One correction, and the recipients of its entry.

    Attributes:
        at: when it was rectified or erased.
        has_recipients: whether anybody received the entry before.
        all_told: whether all of them were told.
        last_told_at: when the last of those told was.
    """

    at: datetime | None = None
    has_recipients: bool | None = None
    all_told: bool | None = None
    last_told_at: datetime | None = may_lack("nobody was yet")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """All told in time; a warning as long as there is time."""
    if not known(facts.has_recipients, "recipient"):
        return does_not_apply(Reason.NO_RECIPIENTS)
    due = under.term("correction.tell_within").after(day(known(facts.at, "at")))
    if not known(facts.all_told, "correction_told_at"):
        return fails(Reason.RECIPIENTS_NOT_TOLD) if under.as_of > due else warns(Reason.RECIPIENTS_TO_BE_TOLD)
    late = facts.last_told_at is not None and day(facts.last_told_at) > due
    return fails(Reason.RECIPIENTS_TOLD_LATE) if late else passes(Reason.RECIPIENTS_TOLD)

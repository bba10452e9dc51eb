"""ART2-3-4-REOPENED: a reopening has a basis and a reason, and what is old is confirmed again (bill art. 2 §3, 4°).

The bill is silent on reopening; the last closure counts, for what is confirmed. Closed by mistake for some days is no closure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from discretio.domain.judgements.answers import (
    Circumstances,
    day,
    does_not_apply,
    fails,
    filled,
    judged,
    known,
    passes,
    warns,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.keeping.reasons import Reason
from discretio.domain.judgements.legal_basis.bases import Basis, fault_on
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-3-4-REOPENED"


@dataclass(frozen=True, slots=True)
class Facts:
    """One dossier.

    Attributes:
        reopened: whether it ever was.
        reopened_at: when it last was.
        closed_before: the closure before that.
        reason: why it was reopened.
        bases: the bases of its consultation.
        reconfirmed_at: when the last of its older entries was confirmed again.
        next_session_at: the first session after the reopening.
    """

    reopened: bool | None = None
    reopened_at: datetime | None = None
    closed_before: datetime | None = None
    reason: str | None = may_lack("nobody said why, which is a fault")
    bases: tuple[Basis, ...] | None = None
    reconfirmed_at: datetime | None = may_lack("they weren't, or not all")
    next_session_at: datetime | None = may_lack("there was none")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """In time, on a basis, for a reason, and with its older entries confirmed."""
    if not known(facts.reopened, "dossier_events") or day(known(facts.reopened_at, "reopened_at")) > under.as_of:
        return does_not_apply(Reason.NEVER_REOPENED)
    reopened = day(known(facts.reopened_at, "reopened_at"))
    closed = day(known(facts.closed_before, "closed_before"))
    if reopened < under.term("reopening.continuous").after(closed):
        return passes(Reason.CLOSED_BY_MISTAKE)
    end = under.term("retention.cap").after(closed)
    if reopened > end:
        return fails(Reason.REOPENED_TOO_LATE)
    if not filled(facts.reason):
        return fails(Reason.REOPENED_WITHOUT_REASON)
    if fault_on(known(facts.bases, "legal_bases"), reopened) is not None:
        return fails(Reason.REOPENED_WITHOUT_BASIS)
    return _judge_entries(facts, reopened, end, under)


def _judge_entries(facts: Facts, reopened: date, end: date, under: Circumstances) -> Judgement:
    """Whether the older entries were confirmed in time, and whether anything came of the reopening."""
    deadline = under.term("reopening.confirm_within").after(reopened)
    confirmed = facts.reconfirmed_at is not None and day(facts.reconfirmed_at) <= min(deadline, under.as_of)
    if not confirmed:
        overdue = deadline < under.as_of
        return fails(Reason.OLD_ENTRIES_NOT_CONFIRMED) if overdue else warns(Reason.OLD_ENTRIES_TO_CONFIRM)
    met = facts.next_session_at is not None and day(facts.next_session_at) <= deadline
    near_end = reopened >= under.term("reopening.late_lead").before(end)
    idle = near_end and not met and deadline < under.as_of
    return warns(Reason.REOPENED_SHORTLY_BEFORE_THE_END) if idle else passes(Reason.REOPENED_IN_ORDER)

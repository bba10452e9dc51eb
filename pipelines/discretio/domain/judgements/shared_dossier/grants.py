"""ART3-2-ACCESS-MGMT: users and accesses are properly managed (bill art. 3 §2; art. 4 al. 3 for own dossiers).

The terms are ours. A grant that ended within them is in order, one that ended later isn't.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    day,
    does_not_apply,
    fails,
    filled,
    judged,
    known,
    passes,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.shared_dossier.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART3-2-ACCESS-MGMT"
CONTENT, ADMIN, ARCHIVIST = "CONTENT", "ADMIN", "ARCHIVIST"


@dataclass(frozen=True, slots=True)
class Facts:
    """One grant.

    Attributes:
        from_at: from when.
        until_at: until when.
        access_role: CONTENT, ADMIN or ARCHIVIST.
        recertified_at: when it was last confirmed.
        is_generic: whether several persons share the account.
        left_at: when the user left.
        takes_part: whether the user's participant takes part in the consultation.
        is_administrator: whether the same user administers a dossier.
        closed_at: when the dossier was closed.
        is_emergency: whether it was opened in an emergency.
        emergency_reason: why.
        emergency_reviewed_at: when that was reviewed.
    """

    from_at: datetime | None = None
    until_at: datetime | None = may_lack("it is open")
    access_role: str | None = None
    recertified_at: datetime | None = may_lack("nobody confirmed it since it began")
    is_generic: bool | None = None
    left_at: datetime | None = may_lack("the user is still there")
    takes_part: bool | None = None
    is_administrator: bool | None = None
    closed_at: datetime | None = may_lack("the dossier is open")
    is_emergency: bool | None = None
    emergency_reason: str | None = may_lack("nobody gave one, which is a fault")
    emergency_reviewed_at: datetime | None = may_lack("nobody reviewed it")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Given to a person who takes part, confirmed, and ended in time."""
    began = day(known(facts.from_at, "from_at"))
    if began > under.as_of:
        return does_not_apply(Reason.ACCESS_NOT_BEGUN)
    fault = _fault_of_user(facts, under) or _fault_of_time(facts, began, under) or _fault_of_emergency(facts, began, under)
    return passes(Reason.ACCESS_IN_ORDER) if fault is None else fails(fault)


def _fault_of_user(facts: Facts, under: Circumstances) -> Reason | None:
    if known(facts.access_role, "access_role") not in (CONTENT, ADMIN, ARCHIVIST):
        raise UnjudgeableError(Reason.UNKNOWN_ACCESS_ROLE)
    if known(facts.is_generic, "is_generic"):
        return Reason.GENERIC_ACCOUNT
    if facts.access_role != ADMIN and known(facts.is_administrator, "access_role"):
        return Reason.ADMINISTRATOR_READS
    if facts.access_role != ADMIN and not known(facts.takes_part, "controller_key"):
        return Reason.ACCESS_OF_OUTSIDER
    return Reason.ACCESS_OF_LEAVER if _outlasts(facts, facts.left_at, "access.revoke_within", under) else None


def _fault_of_time(facts: Facts, began: date, under: Circumstances) -> Reason | None:
    closed = _outlasts(facts, facts.closed_at, "access.end_after_closure", under)
    if closed and facts.access_role != ARCHIVIST:
        return Reason.ACCESS_AFTER_CLOSURE
    confirmed = max(began, day(facts.recertified_at)) if facts.recertified_at else began
    overdue = _last_day(facts, under) > under.term("access.recertify_within").after(confirmed)
    return Reason.ACCESS_NOT_RECERTIFIED if overdue else None


def _fault_of_emergency(facts: Facts, began: date, under: Circumstances) -> Reason | None:
    if not known(facts.is_emergency, "is_emergency"):
        return None
    if not filled(facts.emergency_reason):
        return Reason.EMERGENCY_WITHOUT_REASON
    reviewed = day(facts.emergency_reviewed_at) if facts.emergency_reviewed_at else under.as_of
    late = reviewed > under.term("access.break_glass_review_within").after(began)
    return Reason.EMERGENCY_NOT_REVIEWED if late else None


def _outlasts(facts: Facts, event: datetime | None, term: str, under: Circumstances) -> bool:
    """Whether it lasted longer after an event than the term allows."""
    return event is not None and _last_day(facts, under) > under.term(term).after(day(event))


def _last_day(facts: Facts, under: Circumstances) -> date:
    """The last day on which it was seen to stand."""
    return min(day(facts.until_at), under.as_of) if facts.until_at else under.as_of

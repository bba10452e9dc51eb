"""ART4-RETENTION: an own copy stays no longer than art. 2 allows, unless an organic law differs (bill art. 4 al. 5).

An organic law only: a circular or a selection list is none, and sets no other term here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.dues import DueStatus
from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    day,
    fails,
    filled,
    judged,
    known,
    passes,
    warns,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.own_dossier.clocks import closure_of, standing_of
from discretio.domain.judgements.own_dossier.reasons import Reason
from discretio.domain.outcomes import Judgement
from discretio.law.periods import Period

RULE_ID = "ART4-RETENTION"
OPEN, ORGANIC_LAW = "OPEN", "ORGANIC_LAW"


@dataclass(frozen=True, slots=True)
class Facts:
    """One own copy.

    Attributes:
        status: OPEN, CLOSED or DRAFT: of the shared dossier, or of the holder's own file where there is none.
        closed_at: when that was closed.
        closed_precision: how precisely that is known.
        not_needed_since: when the holder found the copy no longer needed.
        override_term: another term, from the closure.
        override_type: what sets it.
        override_approved_by: who approved that it applies.
    """

    status: str | None = None
    closed_at: datetime | None = may_lack("it is open, or nobody knows")
    closed_precision: str | None = may_lack("the day is known")
    not_needed_since: datetime | None = may_lack("it is needed")
    override_term: str | None = may_lack("no provision sets another")
    override_type: str | None = may_lack("no provision sets another")
    override_approved_by: str | None = may_lack("nobody approved it")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Within the term of the organic law where there is one, else needed and within the cap."""
    organic = _organic_term(facts)
    if organic is None and facts.not_needed_since is not None:
        grace = under.term("retention.necessity_grace").after(day(facts.not_needed_since))
        if grace < under.as_of:
            return fails(Reason.COPY_NOT_NEEDED)
    if known(facts.status, "status") == OPEN:
        return passes(Reason.COPY_WITHIN_TERM)
    closed = closure_of(facts.closed_at, facts.closed_precision)
    if closed is None:
        raise UnjudgeableError(Reason.COPY_CLOSURE_UNKNOWN)
    term = organic if organic is not None else under.term("retention.cap")
    return _ANSWERS[standing_of(closed, term, under.term("retention.cap_lead"), under)]


_ANSWERS = {
    DueStatus.OK: passes(Reason.COPY_WITHIN_TERM),
    DueStatus.DUE_SOON: warns(Reason.COPY_TERM_ENDS_SOON),
    DueStatus.DUE_UNCERTAIN: warns(Reason.COPY_TERM_UNCERTAIN),
    DueStatus.OVERDUE: fails(Reason.COPY_TERM_EXPIRED),
}


def _organic_term(facts: Facts) -> Period | None:
    if facts.override_type != ORGANIC_LAW or not filled(facts.override_approved_by):
        return None
    try:
        return Period.parse(known(facts.override_term, "override_term"))
    except ValueError:
        raise UnjudgeableError(Reason.OVERRIDE_UNREADABLE) from None

"""ART3-1-RETENTION-AGREED-BY-ALL: each participant consents to the retention term (bill art. 3 §1).

That all have to consent is our default (`agreed.vote`). Whoever consented to a longer term consented to a shorter one too, so
that shortening needs no new consent, and lengthening does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from discretio.domain.agreed_terms import read_agreed_term
from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    day,
    does_not_apply,
    fails,
    judged,
    known,
    passes,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.reasons import Reason as CommonReason
from discretio.domain.judgements.shared_dossier.reasons import Reason
from discretio.domain.judgements.term_set import SHARED
from discretio.domain.outcomes import Judgement
from discretio.law.periods import Period

RULE_ID = "ART3-1-RETENTION-AGREED-BY-ALL"
MAJORITY = "MAJORITY"


@dataclass(frozen=True, slots=True)
class Facts:
    """One participation in a dossier.

    Attributes:
        dossier_kind: SHARED, OWN or PRESIGNAL.
        dossier_term: the term of the dossier.
        due_at: the moment by which the participant had to consent: the first session, or later when it joined.
        agreed_at: when it consented to the longest term to which it ever did.
        accepted_term: that term.
        share: the share of the participants of this dossier that consented to anything.
    """

    dossier_kind: str | None = None
    dossier_term: str | None = may_lack("no term was agreed, of which another rule tells")
    due_at: datetime | None = may_lack("there was no session yet")
    agreed_at: datetime | None = may_lack("it never consented, or nobody wrote down when")
    accepted_term: str | None = may_lack("it never consented, or nobody wrote down to what")
    share: float | None = may_lack("only a vote by majority asks for it")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """It consented in time to a term that is at least as long as the one in force."""
    if known(facts.dossier_kind, "kind") != SHARED:
        return does_not_apply(CommonReason.NOT_SHARED)
    if facts.dossier_term is None:
        return does_not_apply(Reason.NOTHING_TO_ACCEPT)
    if facts.due_at is None or day(facts.due_at) > under.as_of:
        return does_not_apply(Reason.TERM_NOT_YET_TO_ACCEPT)
    fault = _fault(facts, facts.dossier_term, day(facts.due_at))
    majority = under.choice("agreed.vote") == MAJORITY and known(facts.share, "agreed_at") > 0.5
    if fault is not None and majority:
        return passes(Reason.TERM_ACCEPTED_BY_MAJORITY)
    return passes(Reason.TERM_ACCEPTED) if fault is None else fails(fault)


def _fault(facts: Facts, dossier_term: str, due: date) -> Reason | None:
    if facts.agreed_at is None and facts.accepted_term is None:
        return Reason.TERM_NEVER_ACCEPTED
    if day(known(facts.agreed_at, "agreed_at")) > due:
        return Reason.TERM_ACCEPTED_LATE
    accepted, in_force = (read_agreed_term(term) for term in (known(facts.accepted_term, "term"), dossier_term))
    if not isinstance(accepted, Period) or not isinstance(in_force, Period):
        raise UnjudgeableError(Reason.ACCEPTED_TERM_UNREADABLE)
    return Reason.TERM_LENGTHENED_WITHOUT_CONSENT if in_force.after(due) > accepted.after(due) else None

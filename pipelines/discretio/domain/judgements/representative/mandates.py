"""ART5-MANDATE: who comes for a federal or police body without being named by the basis holds a mandate (bill art. 5).

Mandates are given per body: one person who comes for two needs two.
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
    filled,
    judged,
    known,
    passes,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.representative.reasons import Reason
from discretio.domain.outcomes import Judgement
from discretio.law.authorities import ParticipantKind

RULE_ID = "ART5-MANDATE"
MEMBER, REPRESENTATIVE, SUBSTITUTE = "MEMBER", "PERMANENT_REPRESENTATIVE", "SUBSTITUTE"
_OF_THE_BILL = frozenset(
    {
        ParticipantKind.FEDERAL_GDPR, ParticipantKind.INTEGRATED_POLICE, ParticipantKind.PROSECUTOR, ParticipantKind.COURT,
        ParticipantKind.CUSTOMS_CTIF, ParticipantKind.INTELLIGENCE, ParticipantKind.OCAM,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """One person at a session.

    Attributes:
        body_kind: what the participant is.
        capacity: MEMBER, PERMANENT_REPRESENTATIVE or SUBSTITUTE.
        session_at: when the session started.
        has_mandate: whether the person ever held a mandate of that participant.
        mandate_from: the first day of the mandate that is nearest to the session.
        mandate_until: its last day.
        mandate_document: the digest of its document.
    """

    body_kind: str | None = None
    capacity: str | None = None
    session_at: datetime | None = None
    has_mandate: bool | None = None
    mandate_from: datetime | None = may_lack("there is no mandate, or nobody knows since when")
    mandate_until: datetime | None = may_lack("it has no end")
    mandate_document: str | None = may_lack("there is none, which is a fault")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has these two arguments
    """A mandate with a document covers the session."""
    if known(facts.body_kind, "kind") not in _OF_THE_BILL:
        return does_not_apply(Reason.BODY_OUTSIDE_THE_BILL)
    if known(facts.capacity, "capacity") not in (MEMBER, REPRESENTATIVE, SUBSTITUTE):
        raise UnjudgeableError(Reason.UNKNOWN_CAPACITY)
    if facts.capacity == MEMBER:
        return does_not_apply(Reason.MEMBER_ATTENDS)
    if facts.capacity == SUBSTITUTE:
        return fails(Reason.SUBSTITUTE_IS_NOT_PERMANENT)
    return _judge_mandate(facts) if known(facts.has_mandate, "user_key") else fails(Reason.NO_MANDATE)


def _judge_mandate(facts: Facts) -> Judgement:
    on = day(known(facts.session_at, "started_at"))
    over = facts.mandate_until is not None and on > day(facts.mandate_until)
    if over or on < day(known(facts.mandate_from, "from_at")):
        return fails(Reason.MANDATE_DOES_NOT_COVER_SESSION)
    return passes(Reason.MANDATE_VALID) if filled(facts.mandate_document) else fails(Reason.MANDATE_WITHOUT_DOCUMENT)

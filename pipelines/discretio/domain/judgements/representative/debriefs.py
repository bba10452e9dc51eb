"""ART5-DEBRIEF: after a session a representative tells the person represented, and nobody else (bill art. 5 al. 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.answers import Circumstances, UnjudgeableError, does_not_apply, fails, judged, known, passes
from discretio.domain.judgements.representative.briefings import BRIEFING, DEBRIEF
from discretio.domain.judgements.representative.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART5-DEBRIEF"


@dataclass(frozen=True, slots=True)
class Facts:
    """One exchange.

    Attributes:
        direction: BRIEFING or DEBRIEF.
        at: when.
        session_ended_at: when the session ended.
        to_mailbox: whether it went to a mailbox that several persons read.
        goes_wider: whether others were told too.
        to_represented: whether who was told is the person whom the representative represents.
        has_duty: whether a duty of secrecy of that person is recorded.
    """

    direction: str | None = None
    at: datetime | None = None
    session_ended_at: datetime | None = None
    to_mailbox: bool | None = None
    goes_wider: bool | None = None
    to_represented: bool | None = None
    has_duty: bool | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has these two arguments
    """Told to the person represented alone, after the session, under a duty of secrecy."""
    if known(facts.direction, "direction") not in (BRIEFING, DEBRIEF):
        raise UnjudgeableError(Reason.UNKNOWN_EXCHANGE)
    if facts.direction == BRIEFING:
        return does_not_apply(Reason.NOT_A_DEBRIEF)
    fault = _fault_of_recipient(facts)
    if fault is not None:
        return fails(fault)
    early = known(facts.at, "at") < known(facts.session_ended_at, "ended_at")
    return fails(Reason.DEBRIEF_BEFORE_END) if early else passes(Reason.DEBRIEF_TO_REPRESENTED)


def _fault_of_recipient(facts: Facts) -> Reason | None:
    if known(facts.goes_wider, "goes_wider"):
        return Reason.DEBRIEF_SPREAD
    if known(facts.to_mailbox, "to_mailbox"):
        return Reason.DEBRIEF_TO_MAILBOX
    if not known(facts.to_represented, "to_user"):
        return Reason.DEBRIEF_TO_OTHER_PERSON
    return None if known(facts.has_duty, "to_user") else Reason.DEBRIEF_WITHOUT_DUTY

"""SECRET-LAWYER-PARTICIPANT: a lawyer takes part only in a role that the protocol foresees (COL, summary)."""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    does_not_apply,
    fails,
    judged,
    known,
    passes,
)
from discretio.domain.judgements.secrecy.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "SECRET-LAWYER-PARTICIPANT"
DEFENCE = "DEFENCE"


@dataclass(frozen=True, slots=True)
class Facts:
    """One participation.

    Attributes:
        is_lawyer: whether the participant is a lawyer.
        lawyer_role: DEFENCE, DEBT_MEDIATOR, FAMILY_MEDIATOR or OTHER.
        foreseen: whether a basis of the consultation has a clause on lawyers.
    """

    is_lawyer: bool | None = None
    lawyer_role: str | None = None
    foreseen: bool | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """No lawyer, or one in a role other than defence, under a clause."""
    if not known(facts.is_lawyer, "is_lawyer"):
        return does_not_apply(Reason.NO_LAWYER)
    role = known(facts.lawyer_role, "lawyer_role")
    if role == DEFENCE:
        return fails(Reason.DEFENCE_LAWYER)
    if role not in under.words("lawyer.roles"):
        raise UnjudgeableError(Reason.UNKNOWN_LAWYER_ROLE)
    foreseen = known(facts.foreseen, "lawyer_clause")
    return passes(Reason.LAWYER_FORESEEN) if foreseen else fails(Reason.LAWYER_NOT_FORESEEN)

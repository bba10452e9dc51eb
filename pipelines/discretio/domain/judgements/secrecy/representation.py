"""SHARED-SECRET-REPRESENTATION: a minor or incapable person is represented, and involved (law of 22 August 2002)."""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import (
    Circumstances,
    does_not_apply,
    fails,
    filled,
    judged,
    known,
    passes,
    warns,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.secrecy.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "SHARED-SECRET-REPRESENTATION"
SELF, REPRESENTATIVE = "SELF", "REPRESENTATIVE"


@dataclass(frozen=True, slots=True)
class Facts:
    """One sharing.

    Attributes:
        under_458ter: whether it was made in a consultation, which asks for no consent.
        agreed_by_role: SELF, REPRESENTATIVE, or another.
        involvement_note: how the person was involved.
        representative_suspected: whether the representative is thought to have done the harm.
    """

    under_458ter: bool | None = None
    agreed_by_role: str | None = may_lack("nobody agreed, which is a fault")
    involvement_note: str | None = may_lack("there is none")
    representative_suspected: bool | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """The person, or a representative beside whom the person was involved; a suspected one is for a human to look at."""
    if known(facts.under_458ter, "under_458ter"):
        return does_not_apply(Reason.SHARED_IN_CONSULTATION)
    if facts.agreed_by_role == SELF:
        return passes(Reason.AGREED_IN_PERSON)
    if facts.agreed_by_role != REPRESENTATIVE:
        return fails(Reason.AGREED_BY_NOBODY_ENTITLED)
    if not filled(facts.involvement_note):
        return fails(Reason.PERSON_NOT_INVOLVED)
    suspected = known(facts.representative_suspected, "representative_suspected")
    return warns(Reason.REPRESENTATIVE_SUSPECTED) if suspected else passes(Reason.AGREED_BY_REPRESENTATIVE)

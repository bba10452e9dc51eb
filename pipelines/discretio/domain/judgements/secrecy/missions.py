"""SHARED-SECRET-MISSION: secrecy is shared within one mission of care or aid."""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    does_not_apply,
    fails,
    judged,
    known,
    listed,
    passes,
)
from discretio.domain.judgements.secrecy.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "SHARED-SECRET-MISSION"


@dataclass(frozen=True, slots=True)
class Facts:
    """One sharing.

    Attributes:
        under_458ter: whether it was made in a consultation, which asks for no consent.
        mission_type: the mission of who shares: CARE, AID, MANDATED, POLICE, PROSECUTION or SCHOOL.
        missions_of_receivers: those of who receives, | between.
    """

    under_458ter: bool | None = None
    mission_type: str | None = None
    missions_of_receivers: str | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """One mission on both sides, and one in which secrets can be shared at all."""
    if known(facts.under_458ter, "under_458ter"):
        return does_not_apply(Reason.SHARED_IN_CONSULTATION)
    mine = known(facts.mission_type, "mission_type")
    theirs = listed(facts.missions_of_receivers, "mission_type")
    if not theirs:
        raise UnjudgeableError(Reason.SHARED_WITH_NOBODY)
    if not ({mine} | theirs) <= set(under.words("shared_secret.missions")):
        return fails(Reason.MISSION_SHARES_NO_SECRETS)
    return passes(Reason.ONE_MISSION) if theirs == {mine} else fails(Reason.MISSIONS_DIFFER)

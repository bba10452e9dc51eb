"""SHARED-SECRET-5: secrecy is shared under five conditions together, outside a consultation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.answers import (
    Circumstances,
    day,
    does_not_apply,
    fails,
    filled,
    judged,
    known,
    passes,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.secrecy.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "SHARED-SECRET-5"
MASTER_OF_IT = "SECRET_OWNER"


@dataclass(frozen=True, slots=True)
class Facts:
    """One sharing.

    Attributes:
        under_458ter: whether it was made in a consultation, which asks for no consent.
        at: when.
        informed_at: when the master of the secret was told what goes to whom.
        agreed_at: when he agreed.
        all_bound: whether all who receive it are bound by secrecy.
        legitimate_belief_note: why they could be thought bound.
        common_mission_ref: the mission that they have in common.
        scope_note: to what it was limited.
        interest: SECRET_OWNER, or another.
    """

    under_458ter: bool | None = None
    at: datetime | None = None
    informed_at: datetime | None = may_lack("nobody told, which is a fault")
    agreed_at: datetime | None = may_lack("he didn't, which is a fault")
    all_bound: bool | None = None
    legitimate_belief_note: str | None = may_lack("there is none")
    common_mission_ref: str | None = may_lack("there is none, which is a fault")
    scope_note: str | None = may_lack("it wasn't, which is a fault")
    interest: str | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """All five: told, agreed, among the bound, within one mission, and no more than needed, for its master."""
    if known(facts.under_458ter, "under_458ter"):
        return does_not_apply(Reason.SHARED_IN_CONSULTATION)
    fault = _fault_of_its_master(facts) or _fault_of_receivers(facts) or _fault_of_extent(facts)
    return passes(Reason.FIVE_CONDITIONS_MET) if fault is None else fails(fault)


def _fault_of_its_master(facts: Facts) -> Reason | None:
    on = day(known(facts.at, "at"))
    if facts.informed_at is None or day(facts.informed_at) > on:
        return Reason.MASTER_NOT_INFORMED
    return Reason.MASTER_DID_NOT_AGREE if facts.agreed_at is None or day(facts.agreed_at) > on else None


def _fault_of_receivers(facts: Facts) -> Reason | None:
    if not known(facts.all_bound, "is_bound") and not filled(facts.legitimate_belief_note):
        return Reason.RECEIVER_NOT_BOUND
    return None if filled(facts.common_mission_ref) else Reason.NO_COMMON_MISSION


def _fault_of_extent(facts: Facts) -> Reason | None:
    if not filled(facts.scope_note):
        return Reason.SHARING_NOT_LIMITED
    return None if known(facts.interest, "interest") == MASTER_OF_IT else Reason.SHARED_FOR_ANOTHER_INTEREST

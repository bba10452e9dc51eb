"""MALTREATMENT-RELAY-INFO: child and family are told of a relay in a case of maltreatment (decree of 12 May 2004, art. 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.answers import (
    Circumstances,
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

RULE_ID = "MALTREATMENT-RELAY-INFO"


@dataclass(frozen=True, slots=True)
class Facts:
    """One relay.

    Attributes:
        level: the level of who hands over.
        family_informed_at: when child and family were told.
        child_interest_exception: why telling them would harm the child.
        only_indispensable: whether no more was handed over than indispensable.
    """

    level: str | None = None
    family_informed_at: datetime | None = may_lack("nobody told, which asks for a reason")
    child_interest_exception: str | None = may_lack("there is none")
    only_indispensable: bool | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Told, or not for a reason in the child's interest; and no more than indispensable."""
    if known(facts.level, "level") not in under.words("maltreatment.communities"):
        return does_not_apply(Reason.RELAY_UNDER_ANOTHER_DECREE)
    if not known(facts.only_indispensable, "only_indispensable"):
        return fails(Reason.RELAY_TELLS_TOO_MUCH)
    if filled(facts.child_interest_exception):
        return passes(Reason.RELAY_UNTOLD_FOR_THE_CHILD)
    return passes(Reason.RELAY_TOLD) if facts.family_informed_at is not None else fails(Reason.RELAY_UNTOLD)

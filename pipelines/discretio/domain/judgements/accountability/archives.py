"""BG-ARCHIVES: a public body destroys with permission, and doesn't keep while it waits (archives law)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.accountability.reasons import Reason
from discretio.domain.judgements.answers import (
    Circumstances,
    day,
    does_not_apply,
    fails,
    judged,
    known,
    passes,
    warns,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.outcomes import Judgement

RULE_ID = "BG-ARCHIVES"
ART8_LIST = "ART8_LIST"


@dataclass(frozen=True, slots=True)
class Facts:
    """One destruction that is proposed or done.

    Attributes:
        body_kind: the kind of body.
        store_kind: SHARED, OWN or ART8_LIST.
        proposed_at: when it was proposed.
        executed_at: when it was done.
        cleared_at: when the archives permitted it, or the selection list that covers it was published.
    """

    body_kind: str | None = None
    store_kind: str | None = None
    proposed_at: datetime | None = None
    executed_at: datetime | None = may_lack("it waits")
    cleared_at: datetime | None = may_lack("there is neither yet")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Cleared before; a warning while it waits, and a fault once it waited too long."""
    if known(facts.body_kind, "kind") not in under.words("archives.bodies"):
        return does_not_apply(Reason.NO_PUBLIC_ARCHIVES)
    if known(facts.store_kind, "store_kind") == ART8_LIST:
        return does_not_apply(Reason.LIST_IS_ERASED_WITHOUT_TRANSFER)
    if facts.executed_at is not None:
        before = facts.cleared_at is not None and day(facts.cleared_at) <= day(facts.executed_at)
        return passes(Reason.DESTROYED_WITH_CLEARANCE) if before else fails(Reason.DESTROYED_WITHOUT_CLEARANCE)
    if facts.cleared_at is not None:
        return passes(Reason.CLEARED_FOR_DESTRUCTION)
    long = under.as_of > under.term("archives.wait").after(day(known(facts.proposed_at, "proposed_at")))
    return fails(Reason.CLEARANCE_OVERDUE) if long else warns(Reason.CLEARANCE_AWAITED)

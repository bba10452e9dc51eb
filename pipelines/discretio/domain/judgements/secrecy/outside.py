"""SECRET-OUTSIDE-CONSULTATION: a secret is told within the consultation, not beside or after it (COL 3.4.5.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

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
from discretio.domain.judgements.legal_basis.bases import Basis, fault_on
from discretio.domain.judgements.secrecy.reasons import Reason
from discretio.domain.outcomes import Judgement
from discretio.domain.partial_dates import PartialDate

SHARED, CHAT = "SHARED", "CHAT"

RULE_ID = "SECRET-OUTSIDE-CONSULTATION"


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry.

    Attributes:
        dossier_kind: SHARED, OWN or PRESIGNAL.
        secrecy_bound: whether it comes from somebody bound by secrecy.
        channel_kind: the way by which it came in: CHAT is beside the dossier.
        introduced_at: when it was introduced.
        began_at: when its dossier was drafted or opened, whichever was first.
        closed_at: when its dossier was last closed.
        closed_precision: DAY, MONTH or YEAR.
        bases: the bases of its consultation.
    """

    dossier_kind: str | None = None
    secrecy_bound: bool | None = None
    channel_kind: str | None = None
    introduced_at: datetime | None = None
    began_at: datetime | None = None
    closed_at: datetime | None = may_lack("it is open")
    closed_precision: str | None = may_lack("the closure is known to the day")
    bases: tuple[Basis, ...] | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """Between the preparation and the closure of a dossier whose consultation had a valid basis on that day."""
    if known(facts.dossier_kind, "kind") != SHARED:
        return does_not_apply(Reason.TOLD_IN_NO_SHARED_DOSSIER)
    if not known(facts.secrecy_bound, "secrecy_bound"):
        return does_not_apply(Reason.NOT_BOUND_BY_SECRECY)
    if known(facts.channel_kind, "channel_kind") == CHAT:
        return fails(Reason.TOLD_BESIDE_DOSSIER)
    on = day(known(facts.introduced_at, "introduced_at"))
    if on < day(known(facts.began_at, "opened_at")):
        return fails(Reason.TOLD_BEFORE_CONSULTATION)
    if facts.closed_at is not None and on > _last_day(facts.closed_at, facts.closed_precision):
        return fails(Reason.TOLD_AFTER_CLOSURE)
    carried = fault_on(known(facts.bases, "consultation_key"), on) is None
    return passes(Reason.TOLD_WITHIN_CONSULTATION) if carried else fails(Reason.TOLD_WITHOUT_BASIS)


def _last_day(closed_at: datetime, precision: str | None) -> date:
    """The last day on which it can have been closed."""
    closed = PartialDate.of(closed_at, precision)
    if not closed.is_known:
        raise UnjudgeableError(Reason.TOLD_UNTIL_UNKNOWN_CLOSURE)
    return closed.latest()

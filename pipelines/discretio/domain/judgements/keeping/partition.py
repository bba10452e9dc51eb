"""ART2-3-1-PRESIGNAL-PARTITION: before it is signalled, a draft is seen by its owner and those it chose (bill art. 2 §3, 1°).

Neither the organiser nor a coordinator, and technical administrators only without its content.
"""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import Circumstances, does_not_apply, fails, judged, known, passes
from discretio.domain.judgements.keeping.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-3-1-PRESIGNAL-PARTITION"


@dataclass(frozen=True, slots=True)
class Facts:
    """One dossier.

    Attributes:
        drafted: whether it is a draft, or was one until it was signalled.
        owned: whether it is recorded whose it is.
        outsider_granted: whether somebody else was given access before the signalling, without a share that says why.
        outsider_read: whether somebody else saw its content before the signalling.
    """

    drafted: bool | None = None
    owned: bool | None = None
    outsider_granted: bool | None = None
    outsider_read: bool | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """Nobody outside had access, and nobody outside looked."""
    if not known(facts.drafted, "kind"):
        return does_not_apply(Reason.NEVER_A_DRAFT)
    known(facts.owned or None, "owner")
    if known(facts.outsider_read, "access_log"):
        return fails(Reason.OUTSIDER_READ)
    return fails(Reason.OUTSIDER_GRANTED) if known(facts.outsider_granted, "access_grants") else passes(Reason.PARTITIONED)

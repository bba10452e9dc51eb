"""ART2-2-PROVENANCE: a datum was held by its introducer, or was collected following the consultation (bill art. 2 §2)."""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import Circumstances, UnjudgeableError, fails, judged, known, passes
from discretio.domain.judgements.data.reasons import Reason
from discretio.domain.judgements.facts import may_lack
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-2-PROVENANCE"
ALREADY_HELD, COLLECTED_FOLLOWING = "ALREADY_HELD", "COLLECTED_FOLLOWING"


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry.

    Attributes:
        provenance: ALREADY_HELD or COLLECTED_FOLLOWING.
        source_is_own: whether it comes from a system of its introducer.
        held_before: whether the introducer held it by the day on which it was introduced.
        collected_after: whether a signalling or a session came before it was collected.
    """

    provenance: str | None = may_lack("nobody recorded it, which is a fault")
    source_is_own: bool | None = None
    held_before: bool | None = None
    collected_after: bool | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """From an own source that was there before, or collected after the consultation had begun."""
    if facts.provenance is None:
        return fails(Reason.NO_PROVENANCE)
    if facts.provenance == COLLECTED_FOLLOWING:
        followed = known(facts.collected_after, "collected_at")
        return passes(Reason.COLLECTED_FOLLOWING) if followed else fails(Reason.COLLECTED_BEFORE_ANY_CONSULTATION)
    if facts.provenance != ALREADY_HELD:
        raise UnjudgeableError(Reason.PROVENANCE_UNKNOWN)
    if not known(facts.source_is_own, "source_of"):
        return fails(Reason.SOURCE_OF_SOMEBODY_ELSE)
    return passes(Reason.ALREADY_HELD) if known(facts.held_before, "source_date") else fails(Reason.HELD_ONLY_AFTERWARDS)

"""ART4-1-INSUFFICIENCY: an own copy needs a reason why the shared dossier doesn't suffice (bill art. 4, 1°)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.answers import Circumstances, fails, filled, judged, known, passes, warns
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.own_dossier.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART4-1-INSUFFICIENCY"


@dataclass(frozen=True, slots=True)
class Facts:
    """One own copy.

    Attributes:
        insufficiency_reason: why the shared dossier doesn't suffice.
        reason_at: when that was written down.
        copied_at: when the copy was made.
        serves_purpose: whether its purpose is one of the consultation's.
        has_shared_dossier: whether the consultation has a shared dossier.
        dpo_note: why there is none, by the data protection officer.
        copies: how many copies its holder has.
        same_reason: the share of these that give the same reason.
    """

    insufficiency_reason: str | None = may_lack("nobody gave one, which is a fault")
    reason_at: datetime | None = None
    copied_at: datetime | None = None
    serves_purpose: bool | None = None
    has_shared_dossier: bool | None = None
    dpo_note: str | None = may_lack("the data protection officer said nothing")
    copies: int | None = None
    same_reason: float | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """A reason given no later than the copy, for a purpose of the consultation; a warning if it stands under nearly all."""
    if not filled(facts.insufficiency_reason):
        return fails(Reason.COPY_WITHOUT_REASON)
    if known(facts.reason_at, "reason_at") > known(facts.copied_at, "copied_at"):
        return fails(Reason.COPY_REASONED_AFTERWARDS)
    if not known(facts.serves_purpose, "purpose"):
        return fails(Reason.COPY_FOR_OTHER_PURPOSE)
    if not known(facts.has_shared_dossier, "kind") and not filled(facts.dpo_note):
        return fails(Reason.COPY_WITHOUT_SHARED_DOSSIER)
    several = known(facts.copies, "holder") >= under.number("own_copy.blanket_reason_fewest")
    if several and known(facts.same_reason, "holder") > under.number("own_copy.blanket_reason_warn"):
        return warns(Reason.COPY_REASON_IS_BLANKET)
    return passes(Reason.COPY_WITH_REASON)

"""ART4-ACCESS: who took part, or their representatives, read what a consultation brought to an own dossier (bill art. 4 al. 2).

The stricter Dutch text (persons who took part) is our default; `art4.access: LOOSE` lets a colleague with a task read too.
"""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import Circumstances, does_not_apply, fails, filled, judged, known, passes
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.own_dossier.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART4-ACCESS"
OWN, LOOSE = "OWN", "LOOSE"


@dataclass(frozen=True, slots=True)
class Facts:
    """One line of a log.

    Attributes:
        dossier_kind: SHARED, OWN or PRESIGNAL; empty if it is about no dossier.
        shows_content: whether it showed content.
        attended: whether the user attended a session of the consultation.
        represents: whether the user was then the permanent representative of a participant that attended.
        works_for_participant: whether the user works for a participant of the dossier.
        reason: why the user read it.
    """

    dossier_kind: str | None = None
    shows_content: bool | None = None
    attended: bool | None = None
    represents: bool | None = None
    works_for_participant: bool | None = may_lack("the store doesn't tell for whom the user works")
    reason: str | None = may_lack("nobody said why")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Whoever saw content took part or represents somebody who did."""
    if known(facts.dossier_kind, "kind") != OWN or not known(facts.shows_content, "shows_content"):
        return does_not_apply(Reason.NO_CONTENT_OF_OWN_DOSSIER)
    if facts.attended:
        return passes(Reason.READ_BY_WHO_TOOK_PART)
    if facts.represents:
        return passes(Reason.READ_BY_REPRESENTATIVE)
    if under.choice("art4.access") == LOOSE and facts.works_for_participant and filled(facts.reason):
        return passes(Reason.READ_FOR_A_TASK)
    known(facts.attended, "user_key")
    known(facts.represents, "user_key")
    return fails(Reason.READ_BY_WHO_DID_NOT_TAKE_PART)

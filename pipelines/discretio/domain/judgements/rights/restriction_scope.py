"""ART7-SCOPE: a prosecutor restricts rights in consultations that he authorised, over no judicial data (bill art. 7)."""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import Circumstances, fails, judged, known, listed, passes
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.rights.judicial_origins import halves_suffice
from discretio.domain.judgements.rights.reasons import Reason
from discretio.domain.outcomes import Judgement
from discretio.law.authorities import ParticipantKind

RULE_ID = "ART7-SCOPE"
SHARED = "SHARED"


@dataclass(frozen=True, slots=True)
class Facts:
    """One restriction.

    Attributes:
        decider_kind: what the participant is that decided it.
        dossier_kind: SHARED, OWN or PRESIGNAL.
        is_authorised: whether an authorisation of the prosecutor carried the consultation when it began.
        touches_judicial_data: whether the request touches an entry that art. 6 covers, in whole or by half.
        touches_whole: whether one of them is covered in whole: not by an investigation alone, nor by proceedings alone.
        rights: the rights that it restricts.
    """

    decider_kind: str | None = None
    dossier_kind: str | None = None
    is_authorised: bool | None = None
    touches_judicial_data: bool | None = None
    touches_whole: bool | None = may_lack("asked only where both halves are needed")
    rights: str | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Decided by the prosecutor, in a shared dossier that rests on his authorisation, of rights that the article lists."""
    fault = _fault_of_place(facts, under)
    if fault is not None:
        return fails(fault)
    restricted = listed(facts.rights, "rights")
    if not restricted:
        return fails(Reason.NO_RIGHT_RESTRICTED)
    other = restricted - set(under.words("art7.rights"))
    return fails(Reason.RESTRICTED_OTHER_RIGHT) if other else passes(Reason.RESTRICTION_WITHIN_SCOPE)


def _fault_of_place(facts: Facts, under: Circumstances) -> Reason | None:
    if known(facts.decider_kind, "decided_by") != ParticipantKind.PROSECUTOR:
        return Reason.RESTRICTED_BY_OTHERS
    if known(facts.dossier_kind, "dossier_key") != SHARED:
        return Reason.RESTRICTED_OUTSIDE_SHARED_DOSSIER
    if not known(facts.is_authorised, "consultation_key"):
        return Reason.RESTRICTED_WITHOUT_AUTHORISATION
    touched = facts.touches_judicial_data if halves_suffice(under) else facts.touches_whole
    return Reason.RESTRICTED_OVER_JUDICIAL_DATA if known(touched, "judicial_origin") else None

"""ART3-1-CONTROLLER-PER-ENTRY: each participant is the controller of what it introduces (bill art. 3 §1 al. 2).

Who brings a datum is its controller, not who types it (nl: ‘aangebracht of ingevoerd’), and not who keeps the system.
The French text says introduced only, which a controller may read as typed (A-33).
"""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import Circumstances, fails, judged, known, passes
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.shared_dossier.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART3-1-CONTROLLER-PER-ENTRY"
BROUGHT_BY = "BROUGHT_BY"


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry.

    Attributes:
        has_introducer: whether anybody is recorded.
        all_take_part: whether every introducer takes part in the consultation.
        host_among_them: whether one of them is the host of the system.
        brought_by_another: whether somebody else than the introducers is said to have brought it.
    """

    has_introducer: bool | None = None
    all_take_part: bool | None = None
    host_among_them: bool | None = may_lack("the store names no host")
    brought_by_another: bool | None = may_lack("the store doesn't tell apart who brings and who introduces")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Its introducers are participants, and brought it themselves."""
    if not known(facts.has_introducer, "introduced_by"):
        return fails(Reason.INTRODUCED_BY_NOBODY)
    if not known(facts.all_take_part, "introduced_by"):
        return fails(Reason.INTRODUCED_BY_HOST if facts.host_among_them else Reason.INTRODUCED_BY_OUTSIDER)
    if facts.brought_by_another and under.choice("entry.controller") == BROUGHT_BY:
        return fails(Reason.TYPIST_TAKEN_FOR_INTRODUCER)
    return passes(Reason.INTRODUCED_BY_PARTICIPANT)

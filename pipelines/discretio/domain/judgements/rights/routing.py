"""ART6-RIGHTS-ROUTING: over judicial data a person's rights go the way of arts 16 and 44 of the 2018 law (bill art. 6).

A request that touches both kinds of data is split, entry by entry.
"""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import Circumstances, fails, judged, known, passes
from discretio.domain.judgements.rights.judicial_origins import is_covered
from discretio.domain.judgements.rights.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART6-RIGHTS-ROUTING"
JUDICIAL = "JUDICIAL_16_44"


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry that a request touches.

    Attributes:
        judicial_origin: NONE, DECISION, FILE, CRIMINAL_PROC, INVESTIGATION or PROCEEDINGS.
        route: which way the request went for this entry.
        was_changed: whether the store rectified or erased it.
        told_the_way: whether the person was told which way to take.
        is_restricted: whether a restriction forbids to tell.
    """

    judicial_origin: str | None = None
    route: str | None = None
    was_changed: bool | None = None
    told_the_way: bool | None = None
    is_restricted: bool | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Judicial data take the judicial way, unchanged by the store, and the person is told; other data don't take it."""
    covered = is_covered(known(facts.judicial_origin, "judicial_origin"), under)
    is_judicial = known(facts.route, "route") == JUDICIAL
    if not covered:
        return fails(Reason.JUDICIAL_WAY_WITHOUT_ORIGIN) if is_judicial else passes(Reason.ORDINARY_WAY_TAKEN)
    if not is_judicial:
        return fails(Reason.JUDICIAL_WAY_NOT_TAKEN)
    if known(facts.was_changed, "was_changed"):
        return fails(Reason.JUDICIAL_DATA_CHANGED)
    silent = not known(facts.told_the_way, "told_the_way") and not known(facts.is_restricted, "is_restricted")
    return fails(Reason.PERSON_NOT_TOLD_THE_WAY) if silent else passes(Reason.JUDICIAL_WAY_TAKEN)

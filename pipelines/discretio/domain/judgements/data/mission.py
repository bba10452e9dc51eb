"""ART2-2-MISSION: a consultation widens no mission; each entry serves one of its introducer's (bill art. 2 §2, commentary).

Which categories a mission needs, its data protection officer says in a matrix; an empty cell is a question, no fault.
"""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import Circumstances, fails, judged, known, passes, warns
from discretio.domain.judgements.data.reasons import Reason
from discretio.domain.judgements.facts import may_lack
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-2-MISSION"


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry.

    Attributes:
        mission_ref: the mission that it serves.
        is_own_mission: whether that was a mission of its introducer on the day on which it was introduced; None without a day.
        categories: the categories declared for it, as bits.
        needed: the categories that this mission needs, as bits.
    """

    mission_ref: str | None = may_lack("nobody named one, which is a fault")
    is_own_mission: bool | None = None
    categories: int | None = None
    needed: int | None = may_lack("the officer left the cell empty")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """A mission of the introducer, and only categories that it needs."""
    if facts.mission_ref is None:
        return fails(Reason.NO_MISSION)
    if not known(facts.is_own_mission, "introduced_at"):
        return fails(Reason.NOT_A_MISSION_OF_ITS_INTRODUCER)
    declared = int(known(facts.categories, "categories"))
    if facts.needed is None:
        return warns(Reason.MATRIX_CELL_EMPTY)
    return fails(Reason.CATEGORY_OUTSIDE_MISSION) if declared & ~int(facts.needed) else passes(Reason.WITHIN_MISSION)

"""ART2-3-2-EXPERTISE: whoever takes part in a case can contribute to it (bill art. 2 §3, 2°).

Case by case: the same note for nearly all cases is a question. (The French text breaks off; the Dutch one is followed.)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.answers import (
    Circumstances,
    day,
    does_not_apply,
    fails,
    filled,
    judged,
    known,
    passes,
    warns,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.keeping.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-3-2-EXPERTISE"
KINDS = frozenset({"EXPERTISE", "KNOWLEDGE_OF_PERSON"})


@dataclass(frozen=True, slots=True)
class Facts:
    """The part of one participant in one dossier.

    Attributes:
        until_at: until when it takes part.
        contribution_kind: EXPERTISE or KNOWLEDGE_OF_PERSON.
        contribution_note: what it can contribute.
        contribution_noted_at: when that was written down or last confirmed.
        read_before: whether it read the dossier before that was first written down.
        idle: whether it has taken part for long without an entry or a look.
        same_note_share: in which share of its dossiers the note is the same.
    """

    until_at: datetime | None = may_lack("it still takes part")
    contribution_kind: str | None = may_lack("nobody said, which is a fault")
    contribution_note: str | None = may_lack("nobody said, which is a fault")
    contribution_noted_at: datetime | None = None
    read_before: bool | None = None
    idle: bool | None = None
    same_note_share: float | None = may_lack("it has too few dossiers to compare")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """A note of its own, before it reads, and confirmed each year."""
    if facts.until_at is not None and day(facts.until_at) < under.as_of:
        return does_not_apply(Reason.PARTICIPATION_ENDED)
    if facts.contribution_kind not in KINDS or not filled(facts.contribution_note):
        return fails(Reason.NO_CONTRIBUTION)
    if known(facts.read_before, "access_log"):
        return fails(Reason.READ_BEFORE_CONTRIBUTION)
    noted = day(known(facts.contribution_noted_at, "contribution_noted_at"))
    if under.term("expertise.review_within").after(noted) < under.as_of:
        return fails(Reason.CONTRIBUTION_NOT_CONFIRMED)
    if known(facts.idle, "activity"):
        return warns(Reason.PARTICIPANT_IDLE)
    copied = facts.same_note_share is not None and facts.same_note_share > under.number("expertise.same_note_warn")
    return warns(Reason.SAME_NOTE_EVERYWHERE) if copied else passes(Reason.CONTRIBUTION_NOTED)

"""ART2-2-RELATION-NECESSITY: whoever is in a dossier has to be in it (bill art. 2 §2 al. 2).

The clause of necessity stands after subjects, relations and contacts: by default it counts for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    day,
    does_not_apply,
    fails,
    filled,
    judged,
    known,
    passes,
    warns,
)
from discretio.domain.judgements.data.reasons import Reason
from discretio.domain.judgements.facts import may_lack
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-2-RELATION-NECESSITY"
SUBJECT, PROFESSIONAL = "SUBJECT", "PROFESSIONAL"
OPEN, CLOSED = "OPEN", "CLOSED"
ALL = "ALL"


@dataclass(frozen=True, slots=True)
class Facts:
    """One person in one dossier.

    Attributes:
        role: SUBJECT, RELATION, CONTACT or PROFESSIONAL.
        necessity_note: why this person has to be in it.
        special_about: whether an entry holds special data about this person.
        special_note: why these have to be.
        reviewed_at: when that was last confirmed; None if only at the opening.
        status: the dossier's: OPEN, CLOSED or DRAFT.
        opened_at: when the dossier was opened.
        closed_at: when it was closed.
    """

    role: str | None = None
    necessity_note: str | None = may_lack("nobody gave one, which is a fault")
    special_about: bool | None = None
    special_note: str | None = may_lack("nobody gave one, which is a fault where there are special data")
    reviewed_at: datetime | None = may_lack("it never was since the opening")
    status: str | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = may_lack("it is open")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """A note, another for special data, confirmed each year and again at the closure."""
    role = known(facts.role, "role")
    if role == PROFESSIONAL or (role == SUBJECT and under.choice("necessity.persons") != ALL):
        return does_not_apply(Reason.NECESSITY_NOT_ASKED)
    if not filled(facts.necessity_note):
        return fails(Reason.NO_NECESSITY_NOTE)
    if known(facts.special_about, "person_key") and not filled(facts.special_note):
        return fails(Reason.NO_NOTE_ON_SPECIAL_DATA)
    status = known(facts.status, "status")
    if status == CLOSED:
        return _judge_closed(facts, under)
    since = day(facts.reviewed_at or known(facts.opened_at, "opened_at"))
    late = under.term("necessity.review_within").after(since) < under.as_of
    return fails(Reason.NECESSITY_REVIEW_OVERDUE) if late else passes(Reason.NECESSITY_NOTED)


def _judge_closed(facts: Facts, under: Circumstances) -> Judgement:
    if facts.closed_at is None:
        raise UnjudgeableError(Reason.CLOSED_WITHOUT_A_DATE)
    closed: date = day(facts.closed_at)
    if facts.reviewed_at is not None and day(facts.reviewed_at) >= closed:
        return passes(Reason.NECESSITY_CONFIRMED_AT_CLOSURE)
    late = under.term("necessity.after_closure").after(closed) < under.as_of
    return fails(Reason.NOT_CONFIRMED_AFTER_CLOSURE) if late else warns(Reason.CONFIRMATION_DUE)

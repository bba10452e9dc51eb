"""ART2-2-CASE-BY-CASE: somebody looks, case by case, whether the data are adequate, relevant and not excessive (commentary).

Signals are questions to a human: necessity is never decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from discretio.domain.judgements.answers import (
    Circumstances,
    day,
    does_not_apply,
    fails,
    judged,
    known,
    passes,
    warns,
)
from discretio.domain.judgements.data.reasons import Reason
from discretio.domain.judgements.facts import may_lack
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-2-CASE-BY-CASE"
OPEN = "OPEN"


@dataclass(frozen=True, slots=True)
class Facts:
    """One dossier.

    Attributes:
        status: OPEN, CLOSED or DRAFT.
        first_session_at: its first session; None if there was none.
        reviews: the days on which somebody looked, the earliest first.
        long_attachments: whether it holds a long attachment that is no extract; None if nobody counts pages.
    """

    status: str | None = None
    first_session_at: datetime | None = may_lack("there was none yet")
    reviews: tuple[date, ...] | None = None
    long_attachments: bool | None = may_lack("nobody counts pages")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Looked at before the first session, and then twice a year while it is open."""
    if known(facts.status, "status") != OPEN:
        return does_not_apply(Reason.NOT_OPEN)
    if facts.first_session_at is None or day(facts.first_session_at) > under.as_of:
        return does_not_apply(Reason.NOT_CONSULTED_YET)
    reviews = [on for on in known(facts.reviews, "minimisation_reviews") if on <= under.as_of]
    if not reviews or min(reviews) > day(facts.first_session_at):
        return fails(Reason.NOT_REVIEWED_BEFORE_FIRST_SESSION)
    if under.term("minimisation.review_within").after(max(reviews)) < under.as_of:
        return fails(Reason.MINIMISATION_REVIEW_OVERDUE)
    return warns(Reason.LONG_ATTACHMENT) if facts.long_attachments else passes(Reason.REVIEWED_CASE_BY_CASE)

"""ART5-BRIEFING-NECESSARY: before a session a representative is told what that session needs (bill art. 5 al. 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    day,
    does_not_apply,
    fails,
    judged,
    known,
    passes,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.representative.reasons import Reason
from discretio.domain.outcomes import Judgement
from discretio.law.special_classes import categories_of

RULE_ID = "ART5-BRIEFING-NECESSARY"
BRIEFING, DEBRIEF = "BRIEFING", "DEBRIEF"


@dataclass(frozen=True, slots=True)
class Facts:
    """One exchange.

    Attributes:
        direction: BRIEFING or DEBRIEF.
        at: when.
        session_started_at: when the session for which it was meant started, or is planned to.
        session_cancelled_at: when that was called off.
        categories: the categories that it held, as bits.
        beyond_agenda: whether it was about persons who aren't on the agenda.
        deleted_at: when it was erased.
    """

    direction: str | None = None
    at: datetime | None = None
    session_started_at: datetime | None = may_lack("there is no such session")
    session_cancelled_at: datetime | None = may_lack("it wasn't called off")
    categories: int | None = None
    beyond_agenda: bool | None = None
    deleted_at: datetime | None = may_lack("it stands")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """About the persons on the agenda, before the session and not long before; erased if there is no session after all."""
    if known(facts.direction, "direction") not in (BRIEFING, DEBRIEF):
        raise UnjudgeableError(Reason.UNKNOWN_EXCHANGE)
    if facts.direction == DEBRIEF:
        return does_not_apply(Reason.NOT_A_BRIEFING)
    if known(facts.beyond_agenda, "beyond_agenda"):
        return fails(Reason.BRIEFING_BEYOND_AGENDA)
    held = {str(number) for number in categories_of(known(facts.categories, "categories"))}
    if held - set(under.words("briefing.may_hold")):
        return fails(Reason.BRIEFING_BEYOND_CATEGORIES)
    return _judge_moment(facts, known(facts.at, "at"), under)


def _judge_moment(facts: Facts, given: datetime, under: Circumstances) -> Judgement:
    if facts.session_cancelled_at is not None:
        return _judge_leftover(facts, day(facts.session_cancelled_at), under)
    latest = under.term("briefing.before_session").after(day(given))
    if facts.session_started_at is None:
        return _judge_leftover(facts, latest, under)
    if given >= facts.session_started_at:
        return fails(Reason.BRIEFING_AFTER_SESSION)
    return fails(Reason.BRIEFING_TOO_EARLY) if day(facts.session_started_at) > latest else passes(Reason.BRIEFING_NECESSARY)


def _judge_leftover(facts: Facts, needed_until: date, under: Circumstances) -> Judgement:
    """A briefing without a session, needed until that day."""
    last = under.term("briefing.delete_within").after(needed_until)
    if facts.deleted_at is not None and day(facts.deleted_at) <= last:
        return passes(Reason.BRIEFING_DELETED)
    if facts.deleted_at is not None or under.as_of > last:
        return fails(Reason.BRIEFING_KEPT_WITHOUT_SESSION)
    return passes(Reason.BRIEFING_AWAITS_SESSION)

"""ART3-1-RETENTION-SET-BEFORE-FIRST: the participants set a retention term before the first consultation (bill art. 3 §1).

The first of the case; of the whole project, if the controller reads it so (A-23).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    does_not_apply,
    fails,
    judged,
    known,
    passes,
    warns,
)
from discretio.domain.judgements.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART3-1-RETENTION-SET-BEFORE-FIRST"
SHARED = "SHARED"
PROJECT = "PROJECT"


@dataclass(frozen=True, slots=True)
class Facts:
    """One dossier.

    Attributes:
        kind: SHARED, OWN or PRESIGNAL; None if the store doesn't tell.
        agreed_term: the agreed term; None or blank if none was agreed. A protocol's standing term counts.
        decided_at: when it was decided (for a standing term: when the protocol was signed); None if the store doesn't tell.
        first_session_at: the earliest session whose moment is known, held or planned; None if there is none.
        undated_sessions: whether there are sessions whose moment the store doesn't tell.
        times_known: whether these moments carry a time of day.
        project_known: whether the store tells of which project (consultation) the dossier is one case.
        first_of_project_at: the earliest session of that project; None if it had none.
    """

    kind: str | None = None
    agreed_term: str | None = None
    decided_at: datetime | None = None
    first_session_at: datetime | None = None
    undated_sessions: bool = False
    times_known: bool | None = None
    project_known: bool | None = None
    first_of_project_at: datetime | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Decided before the first session began; a late decision is never cured."""
    if known(facts.kind, "kind") != SHARED:
        return does_not_apply(Reason.NOT_SHARED)
    first = _first(facts, under)
    if first is None:
        if facts.undated_sessions:
            raise UnjudgeableError(Reason.UNDATED_SESSION)
        return does_not_apply(Reason.NO_SESSION)
    if not (facts.agreed_term or "").strip():
        return _without_term(facts, first, under)
    return _with_term(facts, known(facts.decided_at, "agreed_term_decided_at"), first)


def _first(facts: Facts, under: Circumstances) -> datetime | None:
    """The session before which the term has to be set."""
    if under.choice("first.consultation") != PROJECT:
        return facts.first_session_at
    known(facts.project_known or None, "consultation_key")
    return facts.first_of_project_at


def _without_term(facts: Facts, first: datetime, under: Circumstances) -> Judgement:
    """A fault once the first session has begun, a warning shortly before; a session today is still to come."""
    if first.date() < under.as_of:
        return fails(Reason.NO_TERM)
    if first.date() <= under.term("first_session.warn_lead").after(under.as_of):
        return warns(Reason.NO_TERM_YET)
    if facts.undated_sessions:
        raise UnjudgeableError(Reason.UNDATED_SESSION)
    return does_not_apply(Reason.SESSION_FAR_AHEAD)


def _with_term(facts: Facts, decided: datetime, first: datetime) -> Judgement:
    if decided.date() == first.date() and not facts.times_known:
        return fails(Reason.SAME_DAY_WITHOUT_TIMES)
    if decided >= first:
        return fails(Reason.TERM_SET_LATE)
    if facts.undated_sessions:
        raise UnjudgeableError(Reason.UNDATED_SESSION)
    return passes(Reason.TERM_SET_BEFORE_FIRST_SESSION)

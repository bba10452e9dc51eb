"""ART3-1-RETENTION-WITHIN-LEGAL: the agreed term keeps within the legal cap (bill art. 3 §1 with art. 2 §3, 4°)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from discretio.domain.agreed_terms import read_agreed_term
from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    day,
    does_not_apply,
    fails,
    judged,
    known,
    passes,
    warns,
)
from discretio.domain.judgements.reasons import Reason
from discretio.domain.judgements.term_set import SHARED
from discretio.domain.outcomes import Judgement
from discretio.domain.partial_dates import PartialDate
from discretio.domain.retention_reasons import Reason as RetentionReason
from discretio.law.periods import Period

_DATED = (None, "DAY", "MONTH", "YEAR")
_ZERO, _OTHER_FIGURE = re.compile("0"), re.compile("[1-9]")
RULE_ID = "ART3-1-RETENTION-WITHIN-LEGAL"
EFFECTIVE_CLOSURE, OPENED, FIRST_SESSION = "EFFECTIVE_CLOSURE", "OPENED", "FIRST_SESSION"


@dataclass(frozen=True, slots=True)
class Facts:
    """One dossier.

    Attributes:
        kind: SHARED, OWN or PRESIGNAL; None if the store doesn't tell.
        agreed_term: the agreed term, as ISO 8601 or in words; None or blank if none was agreed.
        start: EFFECTIVE_CLOSURE, OPENED or FIRST_SESSION; None for the policy's default.
        closed_at: last closure, its first possible day if less precise; None if open or unknown.
        closed_precision: DAY, MONTH, YEAR or UNKNOWN; None is read as DAY.
        opened_at: when it was opened; None if the store doesn't tell.
        first_session_at: when its first session began; None if there was none or the store doesn't tell.
    """

    kind: str | None = None
    agreed_term: str | None = None
    start: str | None = None
    closed_at: datetime | None = None
    closed_precision: str | None = None
    opened_at: datetime | None = None
    first_session_at: datetime | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """A term above zero that ends no later than the cap after closure; a term equal to the cap lacks reasoning."""
    if known(facts.kind, "kind") != SHARED:
        return does_not_apply(Reason.NOT_SHARED)
    text = (facts.agreed_term or "").strip()
    if not text:
        return does_not_apply(Reason.NO_TERM)
    term = read_agreed_term(text)
    if isinstance(term, Period):
        return _compare(facts, term, under)
    if term is RetentionReason.AGREED_TERM_INDEFINITE:
        return fails(Reason.TERM_ENDLESS)
    if _ZERO.search(text) and not _OTHER_FIGURE.search(text):
        return fails(Reason.TERM_ZERO)
    raise UnjudgeableError(Reason.TERM_UNREADABLE)


def _compare(facts: Facts, term: Period, under: Circumstances) -> Judgement:
    """Days and months are compared as if the dossier closed on its closure, or on the day of the judgement if open.

    A term no longer than the cap keeps within it from whatever start: nothing opens after it closes.
    """
    cap = under.term("retention.cap")
    start = facts.start or under.choice("retention.agreed_start")
    if start not in (EFFECTIVE_CLOSURE, OPENED, FIRST_SESSION):
        raise UnjudgeableError(Reason.UNKNOWN_START)
    reference = day(facts.closed_at or under.as_of)
    end, limit = term.after(reference), cap.after(reference)
    if end == limit:
        return warns(Reason.TERM_EQUALS_CAP)
    if end < limit:
        return passes(Reason.TERM_WITHIN_CAP)
    return fails(Reason.TERM_EXCEEDS_CAP) if start == EFFECTIVE_CLOSURE else _from_early_start(facts, start, term, cap)


def _from_early_start(facts: Facts, start: str, term: Period, cap: Period) -> Judgement:
    """A term longer than the cap, counted from before the closure: lawful only if it ends early enough."""
    if facts.closed_at is None or facts.closed_precision not in _DATED:
        return warns(Reason.UNVERIFIABLE_BEFORE_CLOSURE)
    begun = known(facts.opened_at, "opened_at") if start == OPENED else known(facts.first_session_at, "first_session_at")
    end = term.after(day(begun))
    if end <= cap.after(day(facts.closed_at)):
        return passes(Reason.TERM_WITHIN_CAP)
    if end <= cap.after(PartialDate.of(facts.closed_at, facts.closed_precision).latest()):
        raise UnjudgeableError(Reason.CLOSURE_IMPRECISE)
    return fails(Reason.TERM_EXCEEDS_CAP)

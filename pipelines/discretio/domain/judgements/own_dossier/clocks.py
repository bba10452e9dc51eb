"""How a term from the closure stands, as the rules on own copies need it."""

from __future__ import annotations

from datetime import datetime

from discretio.domain.dues import DueStatus, NoClockError
from discretio.domain.judgements.answers import Circumstances, UnjudgeableError
from discretio.domain.judgements.own_dossier.reasons import Reason
from discretio.domain.partial_dates import PartialDate, Precision
from discretio.domain.terms import Clock, read_clock
from discretio.law.periods import Period


def closure_of(closed_at: datetime | None, precision: str | None) -> PartialDate | None:
    """The closure; None if it isn't dated."""
    known_precision = precision if precision in tuple(Precision) else Precision.DAY
    closed = PartialDate.of(closed_at, known_precision)
    return closed if closed.is_known else None


def standing_of(closed: PartialDate, term: Period, lead: Period | None, under: Circumstances) -> DueStatus:
    """Where the day of the judgement stands to a term from the closure.

    Raises:
        UnjudgeableError: the term never ends, or no instrument says how to count.
    """
    clock = Clock(rule_id="", start=closed.span(), term=term, mode=under.choice("retention.mode"), lead=lead)
    try:
        return read_clock(clock, under.as_of).status
    except NoClockError:
        raise UnjudgeableError(Reason.OVERRIDE_UNREADABLE) from None

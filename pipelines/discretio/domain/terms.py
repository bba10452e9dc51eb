"""How a term runs: when it ends, and where a day stands to it (catalogue §1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from discretio.domain.dues import Due, DueStatus, NoClockError
from discretio.domain.partial_dates import Span
from discretio.domain.retention_reasons import Reason
from discretio.law.periods import Period


class Mode(StrEnum):
    """Whether the anniversary itself is still lawful (A-42): ANNIVERSARY, or EVE as Belgian procedure counts."""

    ANNIVERSARY = "ANNIVERSARY"
    EVE = "EVE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A term that runs. `extension` is added once `term` has run; the proposal comes `lead` before the end, or on a day.

    `source` is the parameter, or the kind of provision, that the term comes from.
    """

    rule_id: str
    start: Span
    term: Period
    mode: str
    extension: Period | None = None
    lead: Period | None = None
    propose_from: date | None = None
    source: str = ""


def last_lawful_day(start: date, term: Period, mode: str) -> date:
    """The last day on which something may still be kept.

    Raises:
        NoClockError: it lies beyond the calendar, so the term never ends.
    """
    end = term.after(start)
    if end == date.max:
        raise NoClockError(DueStatus.NOT_CHECKABLE, Reason.DATE_OUT_OF_RANGE)
    return end - timedelta(days=1) if Mode(mode) is Mode.EVE else end


def read_clock(clock: Clock, as_of: date) -> Due:
    """What the clock says on that day, holds aside.

    Between the first and the last day on which the term can have ended, the answer is DUE_UNCERTAIN.

    Raises:
        NoClockError: the end lies beyond the calendar.
    """
    due, last = _end(clock, clock.start.earliest), _end(clock, clock.start.latest)
    propose_from = _propose_from(clock, due)
    status, reason = _standing(as_of, propose_from, due, last)
    return Due(
        rule_id=clock.rule_id,
        status=status,
        reason=reason,
        due=due,
        last_lawful_day=last,
        propose_from=propose_from,
        start=clock.start,
        term=clock.term,
        explanation=_explain(clock),
    )


def _end(clock: Clock, start: date) -> date:
    if clock.extension:
        # It runs on from the anniversary; the eve is taken once, at the very end.
        return last_lawful_day(clock.term.after(start), clock.extension, clock.mode)
    return last_lawful_day(start, clock.term, clock.mode)


def _propose_from(clock: Clock, due: date) -> date:
    if clock.propose_from is not None:
        return min(clock.propose_from, due)
    return clock.lead.before(due) if clock.lead else due


def _standing(as_of: date, propose_from: date, due: date, last: date) -> tuple[DueStatus, Reason]:
    if as_of > last:
        return DueStatus.OVERDUE, Reason.TERM_EXPIRED
    if as_of > due:
        return DueStatus.DUE_UNCERTAIN, Reason.TERM_END_UNCERTAIN
    if as_of >= propose_from:
        return DueStatus.DUE_SOON, Reason.TERM_ENDS_SOON
    return DueStatus.OK, Reason.WITHIN_TERM


def _explain(clock: Clock) -> tuple[tuple[str, str], ...]:
    start = clock.start
    parts = [("start", start.earliest.isoformat()), ("term", str(clock.term)), ("mode", str(clock.mode))]
    if start.latest != start.earliest:
        parts.insert(1, ("start_latest", start.latest.isoformat()))
    if clock.source:
        parts.append(("source", clock.source))
    if clock.extension:
        parts.append(("extension", str(clock.extension)))
    return tuple(parts)

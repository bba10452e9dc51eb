"""When a dossier was closed, and from which closure each of its entries counts (ART2-3-4-REOPENED)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from discretio.domain.dossier_dates import DossierDates, DossierEvent
from discretio.domain.dues import DueStatus, NoClockError
from discretio.domain.partial_dates import PartialDate, Precision, Span
from discretio.domain.retention_reasons import Reason


class ReopenedMode(StrEnum):
    """Which closure counts after a reopening (A-22)."""

    LAST_WITH_REVIEW = "LAST_WITH_REVIEW"
    FIRST = "FIRST"


class ClosedBy(StrEnum):
    """Whose decision closes a dossier (A-21): its owner's or organiser's, or the exit of any participant."""

    ORGANISER = "ORGANISER"
    PARTICIPANT = "PARTICIPANT"


@dataclass(frozen=True, slots=True)
class Reopening:
    """One reopening, and the closure before it (None if the store doesn't know it)."""

    closed: Span | None
    reopened: Span


@dataclass(frozen=True, slots=True)
class ClosureHistory:
    """The effective closure (None while the dossier is open), and the reopenings before it."""

    effective: Span | None
    reopenings: tuple[Reopening, ...] = ()

    @property
    def first(self) -> Span | None:
        """The first closure that there was."""
        return self.reopenings[0].closed if self.reopenings else self.effective


def closure_history(dossier: DossierDates) -> ClosureHistory:
    """The last closure with no later reopening, from the dossier's row and its events.

    Raises:
        NoClockError: the closure is unknown, or what the store says of it contradicts itself.
    """
    dossier.require("status", "closed")
    reopenings, last = _walk(_in_order(dossier.events))
    effective = _effective(dossier, reopenings, last)
    history = ClosureHistory(effective, _with_first_closure(dossier, reopenings))
    if dossier.opened is not None and dossier.opened.is_known:
        closures = [reopening.closed for reopening in history.reopenings] + [effective]
        if any(closure is not None and closure.latest < dossier.opened.earliest() for closure in closures):
            raise _unknown(Reason.CLOSED_BEFORE_OPENED)
    return history


def _unknown(reason: Reason) -> NoClockError:
    return NoClockError(DueStatus.NOT_CHECKABLE, reason, "closed")


def _in_order(events: tuple[DossierEvent, ...]) -> list[DossierEvent]:
    """The dated events in their order.

    Raises:
        NoClockError: which of a closure and a reopening came first can't be told.
    """
    known = [event for event in events if event.at.is_known]
    reopened = any(event.kind == "REOPENED" for event in events)
    if reopened and len(known) < len(events):
        raise _unknown(Reason.EVENT_ORDER_UNKNOWN)
    ordered = sorted(known, key=lambda event: event.at.earliest())
    for one, other in pairwise(ordered):
        whole_days = one.at.precision is Precision.DAY and other.at.precision is Precision.DAY
        if one.kind != other.kind and not whole_days and one.at.span().overlaps(other.at.span()):
            raise _unknown(Reason.EVENT_ORDER_UNKNOWN)
    return ordered


def _walk(events: list[DossierEvent]) -> tuple[list[Reopening], Span | None]:
    """The reopenings with the closure before each, and the closure that no reopening follows."""
    reopenings: list[Reopening] = []
    last: Span | None = None
    for event in events:
        if event.kind == "CLOSED":
            last = event.at.span()
        elif event.kind == "REOPENED":
            reopenings.append(Reopening(last, event.at.span()))
            last = None
    return reopenings, last


def _effective(dossier: DossierDates, reopenings: list[Reopening], last: Span | None) -> Span | None:
    row = _row_closure(dossier.closed, reopenings)
    if dossier.status in ("OPEN", "DRAFT"):
        if last or row:
            raise _unknown(Reason.CLOSURE_CONTRADICTS_STATUS)
        return None
    if dossier.status != "CLOSED":
        raise _unknown(Reason.STATUS_UNKNOWN)
    if last is None and row is None:
        raise _unknown(Reason.CLOSURE_UNKNOWN)
    return _agreeing(last, row) if last and row else last or row


def _row_closure(closed: PartialDate | None, reopenings: list[Reopening]) -> Span | None:
    """The closure in the dossier's row, unless a later reopening undid it."""
    if closed is None or not closed.is_known:
        return None
    span = closed.span()
    if not reopenings or span.earliest > reopenings[-1].reopened.latest:
        return span
    if span.latest >= reopenings[-1].reopened.earliest and span != reopenings[-1].closed:
        raise _unknown(Reason.EVENT_ORDER_UNKNOWN)
    return None


def _agreeing(event: Span, row: Span) -> Span:
    """What both say: the days that both allow.

    Raises:
        NoClockError: they allow none in common.
    """
    if not event.overlaps(row):
        raise _unknown(Reason.CLOSURE_DATES_CONTRADICT)
    return Span(max(event.earliest, row.earliest), min(event.latest, row.latest))


def _with_first_closure(dossier: DossierDates, reopenings: list[Reopening]) -> tuple[Reopening, ...]:
    """The reopenings; a single one whose closure is no event takes the closure in the dossier's row if that came before."""
    closed = dossier.closed
    if len(reopenings) != 1 or reopenings[0].closed or closed is None or not closed.is_known:
        return tuple(reopenings)
    only = reopenings[0]
    return (Reopening(closed.span(), only.reopened),) if closed.latest() < only.reopened.earliest else (only,)

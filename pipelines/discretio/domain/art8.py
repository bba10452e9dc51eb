"""The identities on the prosecutor's list (ART8-ERASURE): thirty years from the registration, no hold, no override."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from discretio.domain.dues import ART8_ERASURE, Due, DueStatus, NoClockError, urgency
from discretio.domain.parameters import choice_of, term_of
from discretio.domain.partial_dates import PartialDate, Span, day_of
from discretio.domain.retention_reasons import Reason
from discretio.domain.terms import Clock, Mode, read_clock
from discretio.domain.transition import under_transition
from discretio.law.policy import ResolvedPolicy


class Art8Start(StrEnum):
    """Which registration counts where an identity is listed more than once (A-24)."""

    FIRST = "FIRST"
    PER_ENTRY = "PER_ENTRY"


@dataclass(frozen=True, slots=True)
class Art8Row:
    """One row of the list. A registration of which nothing is known counts from the date of the authorisation."""

    key: str
    registered: PartialDate | None = None
    authorised: date | None = None
    erased: date | None = None

    def start(self) -> Span | None:
        """Between which days the clock started; None if nothing tells."""
        if self.registered is not None and self.registered.is_known:
            return self.registered.span()
        day = day_of(self.authorised)
        return None if day is None else Span(day, day)


def resolve_art8(rows: Iterable[Art8Row], policy: ResolvedPolicy, as_of: date) -> Due:
    """When one identity is due: all rows of that identity, the erased ones too.

    Under FIRST the earliest registration counts, even if its own row was erased since: the identity stayed on the list. Under
    PER_ENTRY each standing row counts for itself, and the answer is the most urgent one's, whose key it names; to erase
    one row under PER_ENTRY, ask for that row alone.
    """
    listed = tuple(rows)
    standing = tuple(row for row in listed if day_of(row.erased) is None)
    if not standing:
        return _known_holds(NoClockError(DueStatus.NOT_APPLICABLE, Reason.ERASED).as_due(ART8_ERASURE))
    try:
        start = choice_of(policy, "art8.start", Art8Start)
    except NoClockError as no_clock:
        return _known_holds(no_clock.as_due(ART8_ERASURE))
    if start is Art8Start.FIRST:
        return _read(listed, policy, as_of)
    each = [(_read((row,), policy, as_of), row.key) for row in standing]
    if len(each) == 1:
        return each[0][0]
    return min((replace(due, entry_keys=(key,)) for due, key in each), key=urgency)


def _known_holds(due: Due) -> Due:
    """The law knows no hold here, so there is none to read."""
    return replace(due, holds_known=True)


def _read(rows: tuple[Art8Row, ...], policy: ResolvedPolicy, as_of: date) -> Due:
    try:
        registered = [start.earliest if start else None for start in (row.start() for row in rows)]
        return under_transition(_known_holds(_read_rows(rows, policy, as_of)), registered, policy, as_of)
    except NoClockError as no_clock:
        return _known_holds(no_clock.as_due(ART8_ERASURE))


def _read_rows(rows: tuple[Art8Row, ...], policy: ResolvedPolicy, as_of: date) -> Due:
    starts = [row.start() for row in rows]
    known = [start for start in starts if start is not None]
    if not known:
        raise NoClockError(DueStatus.NOT_CHECKABLE, Reason.REGISTRATION_UNKNOWN)
    clock = Clock(
        rule_id=ART8_ERASURE,
        start=Span(min(start.earliest for start in known), min(start.latest for start in known)),
        term=term_of(policy, "art8.term"),
        mode=choice_of(policy, "retention.mode", Mode),
        lead=term_of(policy, "art8.lead"),
        source="art8.term",
    )
    due = read_clock(clock, as_of)
    # A row of unknown date can only make the identity older: what is expired stays so, anything else can't be told.
    if len(known) < len(starts) and due.status is not DueStatus.OVERDUE:
        raise NoClockError(DueStatus.NOT_CHECKABLE, Reason.REGISTRATION_UNKNOWN)
    return due

"""The two clocks that start at the closure: the cap of thirty years, or another provision's term, and the agreed term."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from discretio.domain.agreed_terms import read_agreed_term
from discretio.domain.dossier_dates import DossierDates, DossierKind, Override
from discretio.domain.dues import AGREED_TERM_EXPIRED, RETENTION_MAX, DueStatus, NoClockError
from discretio.domain.parameters import choice_of, term_of
from discretio.domain.partial_dates import Span, day_of
from discretio.domain.retention_reasons import Reason
from discretio.domain.terms import Clock, Mode, read_clock
from discretio.law.periods import Period
from discretio.law.policy import ResolvedPolicy


class LongerOverride(StrEnum):
    """Where another provision may lengthen the term (A-14): in the participant's own dossier, or nowhere."""

    OWN_ONLY = "OWN_ONLY"
    NEVER = "NEVER"


class CapScope(StrEnum):
    """What the cap covers (A-40): what was contributed or obtained in a consultation, or a participant's source file too."""

    OBTAINED = "OBTAINED"
    ALL = "ALL"


class AgreedStart(StrEnum):
    """From when the agreed term runs (A-13)."""

    EFFECTIVE_CLOSURE = "EFFECTIVE_CLOSURE"
    OPENED = "OPENED"
    FIRST_SESSION = "FIRST_SESSION"


def cap_clock(dossier: DossierDates, closure: Span | None, policy: ResolvedPolicy, as_of: date) -> Clock:
    """The cap from a closure: the law's, a shorter provision's, or a longer organic law's for an own dossier.

    Raises:
        NoClockError: the dossier is open, or a parameter is missing.
    """
    _require_obtained(dossier, policy)
    closed = _closed(closure)
    mode, lead = choice_of(policy, "retention.mode", Mode), term_of(policy, "retention.cap_lead")
    term = term_of(policy, "retention.cap")
    cap = Clock(rule_id=RETENTION_MAX, start=closed, term=term, mode=mode, lead=lead, source="retention.cap")
    dossier.require("overrides")
    covering = [_under(override, cap) for override in dossier.overrides if override.covers(dossier.kind, as_of)]
    if shorter := [other for _, other in covering if _end(other, as_of) <= _end(cap, as_of)]:
        return _first(shorter, as_of)
    longer = [other for override, other in covering if _may_lengthen(dossier, override, policy)]
    return _first(longer, as_of) if longer else _of_all(dossier, cap, as_of)


def _of_all(dossier: DossierDates, cap: Clock, as_of: date) -> Clock:
    """The last of the terms of those who introduced something, if each has a shorter one: a dossier goes whole, or stays."""
    if not dossier.overrides_by_introducer:
        return cap
    of_each = [
        [_under(override, cap)[1] for override in theirs if override.covers(dossier.kind, as_of)]
        for theirs in dossier.overrides_by_introducer
    ]
    last = max((_first([cap, *theirs], as_of) for theirs in of_each), key=lambda clock: _end(clock, as_of))
    return cap if _end(last, as_of) == _end(cap, as_of) else last


def _under(override: Override, cap: Clock) -> tuple[Override, Clock]:
    """The clock of another provision's term, where the cap's would run."""
    start = override.start.span() if override.start is not None and override.start.is_known else cap.start
    return override, replace(cap, start=start, term=override.term, source=override.instrument)


def _first(clocks: Sequence[Clock], as_of: date) -> Clock:
    return min(clocks, key=lambda clock: _end(clock, as_of))


def _require_obtained(dossier: DossierDates, policy: ResolvedPolicy) -> None:
    """Make sure that the cap covers it: the file that a participant held before the consultation is its own affair."""
    if dossier.kind != DossierKind.OWN or dossier.held_before is False:
        return
    if choice_of(policy, "cap.scope", CapScope) is CapScope.ALL:
        return
    if dossier.held_before is None:
        raise NoClockError(DueStatus.NOT_CHECKABLE, Reason.FIELD_MISSING, "held_before")
    raise NoClockError(DueStatus.NOT_APPLICABLE, Reason.HELD_BEFORE)


def _end(clock: Clock, as_of: date) -> date:
    return read_clock(clock, as_of).last_lawful_day or date.max


def _may_lengthen(dossier: DossierDates, override: Override, policy: ResolvedPolicy) -> bool:
    """Art. 4 lets an organic law only set another term for the participant's own dossier; nothing does for the shared one."""
    allowed = choice_of(policy, "retention.override_longer", LongerOverride)
    return allowed is LongerOverride.OWN_ONLY and dossier.kind == DossierKind.OWN and override.instrument == "ORGANIC_LAW"


def agreed_period(dossier: DossierDates) -> Period:
    """The term that the participants agreed.

    Raises:
        NoClockError: there is none, or it states no end.
    """
    dossier.require_kind(DossierKind.SHARED, otherwise=Reason.NOT_SHARED)
    dossier.require("agreed_term")
    if dossier.agreed_term is None or not dossier.agreed_term.strip():
        raise NoClockError(DueStatus.NOT_APPLICABLE, Reason.NO_AGREED_TERM)
    read = read_agreed_term(dossier.agreed_term)
    if isinstance(read, Reason):
        raise NoClockError(DueStatus.NOT_CHECKABLE, read)
    return read


def agreed_start(dossier: DossierDates, policy: ResolvedPolicy) -> AgreedStart:
    """The event that the agreed term runs from: the dossier's own, else the policy's.

    Raises:
        NoClockError: neither says, or in a word that we don't know.
    """
    if not dossier.agreed_term_start:
        return choice_of(policy, "retention.agreed_start", AgreedStart)
    try:
        return AgreedStart(dossier.agreed_term_start)
    except ValueError:
        raise NoClockError(DueStatus.NOT_CHECKABLE, Reason.AGREED_START_UNKNOWN) from None


def agreed_clock(dossier: DossierDates, closure: Span | None, policy: ResolvedPolicy) -> Clock:
    """The agreed term, from its start event.

    Raises:
        NoClockError: there is no term or no start, or one can't be read.
    """
    term, span = agreed_period(dossier), _agreed_span(dossier, closure, agreed_start(dossier, policy))
    mode, lead = choice_of(policy, "retention.mode", Mode), term_of(policy, "retention.agreed_lead")
    return Clock(rule_id=AGREED_TERM_EXPIRED, start=span, term=term, mode=mode, lead=lead, source="agreed_term")


def _agreed_span(dossier: DossierDates, closure: Span | None, start: AgreedStart) -> Span:
    if start is AgreedStart.OPENED:
        return dossier.opening()
    return _first_session(dossier) if start is AgreedStart.FIRST_SESSION else _closed(closure)


def _closed(closure: Span | None) -> Span:
    if closure is None:
        raise NoClockError(DueStatus.NOT_APPLICABLE, Reason.DOSSIER_OPEN)
    return closure


def _first_session(dossier: DossierDates) -> Span:
    dossier.require("first_session")
    first = day_of(dossier.first_session)
    if first is None:
        raise NoClockError(DueStatus.NOT_APPLICABLE, Reason.NO_SESSION_YET)
    return Span(first, first)

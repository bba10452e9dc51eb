"""The two clocks that start at the closure: the cap of thirty years, or another provision's term, and the agreed term."""

from __future__ import annotations

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
    closed = _closed(closure)
    mode, lead = choice_of(policy, "retention.mode", Mode), term_of(policy, "retention.cap_lead")
    term = term_of(policy, "retention.cap")
    cap = Clock(rule_id=RETENTION_MAX, start=closed, term=term, mode=mode, lead=lead, source="retention.cap")
    dossier.require("overrides")
    if not dossier.overrides:
        return cap
    shorter, longer = [], []
    for override in dossier.overrides:
        if not override.covers(dossier.kind, as_of):
            continue
        start = override.start.span() if override.start is not None and override.start.is_known else closed
        other = Clock(rule_id=RETENTION_MAX, start=start, term=override.term, mode=mode, lead=lead, source=override.instrument)
        if _end(other, as_of) <= _end(cap, as_of):
            shorter.append(other)
        elif _may_lengthen(dossier, override, policy):
            longer.append(other)
    return min(shorter or longer or [cap], key=lambda clock: _end(clock, as_of))


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

"""When a dossier is due, by each retention rule (catalogue §1). The entry point of retention for everyone else.

C1: a review found it no longer needed, `necessity_clock`. C2: the agreed term, `closure_clocks.agreed_clock`. C3 and C4: the
cap, or another provision's term, `closure_clocks.cap_clock`. A draft has its own terms, `drafts.draft_clock`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from discretio.domain.closure_clocks import AgreedStart, agreed_clock, agreed_period, agreed_start, cap_clock
from discretio.domain.dossier_dates import DossierDates, DossierKind
from discretio.domain.drafts import draft_clock
from discretio.domain.dues import (
    AGREED_TERM_EXPIRED,
    CLOSURE_UNKNOWN,
    PRESIGNAL_STALE,
    RETENTION_MAX,
    RETENTION_NECESSITY,
    Due,
    DueStatus,
    NoClockError,
    under_holds,
    urgency,
)
from discretio.domain.parameters import choice_of, term_of
from discretio.domain.partial_dates import Span, day_of
from discretio.domain.reopenings import closure_dues
from discretio.domain.retention_reasons import Reason
from discretio.domain.terms import Clock, Mode, read_clock
from discretio.domain.transition import under_transition
from discretio.law.policy import ResolvedPolicy

_Dues = Callable[[DossierDates, ResolvedPolicy, date], list[Due]]


def resolve(dossier: DossierDates, policy: ResolvedPolicy, as_of: date) -> tuple[Due, ...]:
    """The due of each retention rule, one per rule: the most urgent where entries of a reopened dossier differ.

    What a store or a policy doesn't say makes its rule NOT_CHECKABLE, never a pass. Give the result to `earliest_due` for the
    one that governs.
    """
    answers = (_answered(rule_id, answer, dossier, policy, as_of) for rule_id, answer in _RULES.items())
    return tuple(min((_standing(due, dossier, policy, as_of) for due in dues), key=urgency) for dues in answers)


def resolve_entries(dossier: DossierDates, policy: ResolvedPolicy, as_of: date) -> tuple[Due, ...]:
    """As `resolve`, with every group of entries of a reopened dossier apart (`entry_keys`)."""
    dues = [due for rule_id, answer in _RULES.items() for due in _answered(rule_id, answer, dossier, policy, as_of)]
    return tuple(_standing(due, dossier, policy, as_of) for due in dues)


def _standing(due: Due, dossier: DossierDates, policy: ResolvedPolicy, as_of: date) -> Due:
    introduced = None if dossier.entries is None else [entry.introduced for entry in dossier.entries]
    return under_transition(under_holds(due, dossier.holds, as_of), introduced, policy, as_of)


def open_alarm(dossier: DossierDates, policy: ResolvedPolicy, as_of: date) -> Due:
    """Whether a dossier has been open for longer than it could lawfully be kept once closed (ART2-3-4-CLOSURE-UNKNOWN).

    OVERDUE is a critical finding of necessity. It is no cap violation, and no deletion can rest on it.
    """
    try:
        due = read_clock(_open_clock(dossier, policy), as_of)
    except NoClockError as no_clock:
        return no_clock.as_due(CLOSURE_UNKNOWN)
    return replace(due, reason=Reason.OPEN_TOO_LONG) if due.status is DueStatus.OVERDUE else due


def _open_clock(dossier: DossierDates, policy: ResolvedPolicy) -> Clock:
    dossier.require("status")
    if dossier.status != "OPEN":
        raise NoClockError(DueStatus.NOT_APPLICABLE, Reason.DOSSIER_NOT_OPEN)
    return Clock(
        rule_id=CLOSURE_UNKNOWN,
        start=dossier.opening(),
        term=term_of(policy, "retention.open_alarm"),
        mode=choice_of(policy, "retention.mode", Mode),
        source="retention.open_alarm",
    )


def _answered(rule_id: str, answer: _Dues, dossier: DossierDates, policy: ResolvedPolicy, as_of: date) -> list[Due]:
    try:
        return answer(dossier, policy, as_of)
    except NoClockError as no_clock:
        return [no_clock.as_due(rule_id)]


def _cap(dossier: DossierDates, policy: ResolvedPolicy, as_of: date) -> list[Due]:
    dossier.require_kind(DossierKind.SHARED, DossierKind.OWN, otherwise=Reason.DRAFT_HAS_NO_CLOSURE)

    def clock_from(closure: Span | None) -> Clock:
        return cap_clock(dossier, closure, policy, as_of)

    return closure_dues(RETENTION_MAX, dossier, clock_from, policy, as_of)


def _agreed(dossier: DossierDates, policy: ResolvedPolicy, as_of: date) -> list[Due]:
    agreed_period(dossier)
    if agreed_start(dossier, policy) is not AgreedStart.EFFECTIVE_CLOSURE:
        return [read_clock(agreed_clock(dossier, None, policy), as_of)]

    def clock_from(closure: Span | None) -> Clock:
        return agreed_clock(dossier, closure, policy)

    return closure_dues(AGREED_TERM_EXPIRED, dossier, clock_from, policy, as_of)


def _draft(dossier: DossierDates, policy: ResolvedPolicy, as_of: date) -> list[Due]:
    return [read_clock(draft_clock(dossier, policy, as_of), as_of)]


def _necessity(dossier: DossierDates, policy: ResolvedPolicy, as_of: date) -> list[Due]:
    return [read_clock(necessity_clock(dossier, policy), as_of)]


def necessity_clock(dossier: DossierDates, policy: ResolvedPolicy) -> Clock:
    """The time left to delete once a review found the dossier no longer needed.

    Raises:
        NoClockError: no review did, or a field or parameter is missing.
    """
    dossier.require("not_needed_since")
    reviewed = day_of(dossier.not_needed_since)
    if reviewed is None:
        raise NoClockError(DueStatus.NOT_APPLICABLE, Reason.NOT_FOUND_UNNECESSARY)
    return Clock(
        rule_id=RETENTION_NECESSITY,
        start=Span(reviewed, reviewed),
        term=term_of(policy, "retention.necessity_grace"),
        mode=choice_of(policy, "retention.mode", Mode),
        propose_from=reviewed,
        source="retention.necessity_grace",
    )


_RULES: dict[str, _Dues] = {
    RETENTION_MAX: _cap,
    AGREED_TERM_EXPIRED: _agreed,
    PRESIGNAL_STALE: _draft,
    RETENTION_NECESSITY: _necessity,
}

"""Clocks that run from the closure, where a dossier was reopened: its older entries keep the earlier closure (annex 1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from discretio.domain.closures import ClosedBy, ClosureHistory, ReopenedMode, Reopening, closure_history
from discretio.domain.dossier_dates import DossierDates, EntryDates
from discretio.domain.dues import Due, DueStatus, NoClockError
from discretio.domain.parameters import choice_of
from discretio.domain.partial_dates import Span, day_of
from discretio.domain.retention_reasons import Reason
from discretio.domain.terms import Clock, read_clock
from discretio.law.policy import ResolvedPolicy

ClockFrom = Callable[[Span | None], Clock]


def closure_dues(rule_id: str, dossier: DossierDates, clock_from: ClockFrom, policy: ResolvedPolicy, as_of: date) -> list[Due]:
    """The dues of one rule: the whole dossier's, and those of its older entries where they keep an earlier closure.

    Args:
        rule_id: the rule.
        dossier: the dossier.
        clock_from: the rule's clock from a closure (None while the dossier is open); may raise NoClockError.
        policy: says which closure counts after a reopening.
        as_of: today.

    Raises:
        NoClockError: the closure is unknown or contradicts itself.
    """
    history = closure_history(dossier)
    if history.effective is not None:
        _require_organiser(dossier, policy)
    if history.reopenings and choice_of(policy, "retention.reopened", ReopenedMode) is ReopenedMode.FIRST:
        if history.first is None:
            raise NoClockError(DueStatus.NOT_CHECKABLE, Reason.PREVIOUS_CLOSURE_UNKNOWN)
        return [read_clock(clock_from(history.first), as_of)]
    groups, doubts = _entries_by_closure(rule_id, dossier, history, clock_from)
    whole = _whole_dossier(history, groups, doubts)
    dues = [_answer(rule_id, clock_from, whole, as_of)]
    for closure, keys in groups.items():
        if closure != whole:
            dues.append(replace(_answer(rule_id, clock_from, closure, as_of), entry_keys=tuple(keys)))
    return dues + doubts


def _require_organiser(dossier: DossierDates, policy: ResolvedPolicy) -> None:
    """Make sure that whoever closed the dossier may: a participant's exit starts no term, unless the policy has it so."""
    if dossier.closed_by_organiser is True or choice_of(policy, "closure.by", ClosedBy) is ClosedBy.PARTICIPANT:
        return
    if dossier.closed_by_organiser is None:
        raise NoClockError(DueStatus.NOT_CHECKABLE, Reason.FIELD_MISSING, "owner")
    raise NoClockError(DueStatus.NOT_CHECKABLE, Reason.CLOSED_BY_ANOTHER)


def _answer(rule_id: str, clock_from: ClockFrom, closure: Span | None, as_of: date) -> Due:
    try:
        return read_clock(clock_from(closure), as_of)
    except NoClockError as no_clock:
        return no_clock.as_due(rule_id)


def _whole_dossier(history: ClosureHistory, groups: dict[Span | None, list[str]], doubts: list[Due]) -> Span | None:
    """The effective closure; an earlier one if the dossier is closed again and all its entries keep that earlier one."""
    if history.effective is not None and len(groups) == 1 and not doubts:
        return next(iter(groups))
    return history.effective


def _entries_by_closure(
    rule_id: str, dossier: DossierDates, history: ClosureHistory, clock_from: ClockFrom
) -> tuple[dict[Span | None, list[str]], list[Due]]:
    """The entries by the closure they count from, and a NOT_CHECKABLE due for what can't be told."""
    groups: defaultdict[Span | None, list[str]] = defaultdict(list)
    doubts: dict[Reason, Due] = {}
    unread = "events" if "events" in dossier.missing else "entries" if history.reopenings and dossier.entries is None else ""
    if unread:
        return groups, [NoClockError(DueStatus.NOT_CHECKABLE, Reason.FIELD_MISSING, unread).as_due(rule_id)]
    for entry in (dossier.entries or ()) if history.reopenings else ():
        try:
            groups[_closure_of(entry, history, clock_from)].append(entry.key)
        except NoClockError as no_clock:
            doubts[no_clock.reason] = no_clock.as_due(rule_id)
    return groups, list(doubts.values())


def _closure_of(entry: EntryDates, history: ClosureHistory, clock_from: ClockFrom) -> Span | None:
    """The closure that an entry counts from: the first that a reopening followed without the entry being kept lawfully."""
    for reopening in history.reopenings:
        if _is_older(entry, reopening) and not _was_kept(entry, reopening, clock_from):
            return reopening.closed
    return history.effective


def _is_older(entry: EntryDates, reopening: Reopening) -> bool:
    introduced = day_of(entry.introduced)
    if introduced is None or reopening.reopened.earliest <= introduced < reopening.reopened.latest:
        raise NoClockError(DueStatus.NOT_CHECKABLE, Reason.ENTRY_INTRODUCTION_UNKNOWN)
    return introduced < reopening.reopened.earliest


def _was_kept(entry: EntryDates, reopening: Reopening, clock_from: ClockFrom) -> bool:
    """Whether it was re-confirmed at a reopening that came before its term had ended: what has expired isn't revived."""
    if entry.reconfirmed is None:
        raise NoClockError(DueStatus.NOT_CHECKABLE, Reason.RECONFIRMATION_UNKNOWN)
    if reopening.closed is None:
        raise NoClockError(DueStatus.NOT_CHECKABLE, Reason.PREVIOUS_CLOSURE_UNKNOWN)
    expired = read_clock(clock_from(reopening.closed), reopening.reopened.earliest).status is DueStatus.OVERDUE
    return entry.reconfirmed and not expired

"""Whether what a restored backup brought back may be erased again, on the strength of its first erasure.

Its term isn't judged again: an older copy may still look open. Instead it has to be the same thing, older than its erasure as a
whole: a system may give the key of an erased dossier to a new one. Holds win as ever.
"""

from __future__ import annotations

from datetime import date

from discretio.domain.art8 import Art8Row
from discretio.domain.dossier_dates import DossierDates
from discretio.domain.holds import active_holds, hold_is_ahead
from discretio.domain.partial_dates import PartialDate
from discretio.domain.retention_reasons import Reason
from discretio.law.policy import ResolvedPolicy


def obstacle_to_replay(dossier: DossierDates, erased_on: date, as_of: date, policy: ResolvedPolicy) -> Reason | None:
    """Why a dossier that stands there again may not be erased again; None if it may, once approved.

    Args:
        dossier: its dates as they stand now.
        erased_on: the day of its last erasure.
        as_of: the day on which holds are judged.
        policy: that of the plan.
    """
    if not policy.may_delete:
        return Reason.POLICY_NOT_ADOPTED
    if dossier.holds is None:
        return Reason.HOLDS_UNREADABLE
    if active_holds(dossier.holds, as_of) or any(hold_is_ahead(hold, as_of) for hold in dossier.holds):
        return Reason.HELD
    return _newer(dossier, erased_on)


def obstacle_to_replay_row(row: Art8Row, erased_on: date, policy: ResolvedPolicy) -> Reason | None:
    """The same for a row of the prosecutor's list, which knows no hold."""
    if not policy.may_delete:
        return Reason.POLICY_NOT_ADOPTED
    start = row.start()
    if start is None:
        return Reason.REGISTRATION_UNKNOWN
    return None if start.latest < erased_on else Reason.NEWER_THAN_ERASURE


def _newer(dossier: DossierDates, erased_on: date) -> Reason | None:
    opened = dossier.opened if dossier.opened is not None and dossier.opened.is_known else PartialDate.of(dossier.drafted)
    if not opened.is_known:
        return Reason.OPENING_UNKNOWN
    if dossier.entries is None or any(entry.introduced is None for entry in dossier.entries):
        return Reason.ENTRY_INTRODUCTION_UNKNOWN
    days = [opened.latest(), *(entry.introduced for entry in dossier.entries if entry.introduced)]
    return None if max(days) < erased_on else Reason.NEWER_THAN_ERASURE

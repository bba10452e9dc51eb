"""Holds: they suspend the deletion, never the finding (ART2-3-4-HOLD)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from discretio.domain.partial_dates import day_of
from discretio.domain.retention_reasons import Reason
from discretio.law.policy import ResolvedPolicy


class HoldKind(StrEnum):
    """Why something is held."""

    RIGHTS_REQUEST = "RIGHTS_REQUEST"
    LITIGATION = "LITIGATION"
    JUDICIAL_REQUEST = "JUDICIAL_REQUEST"
    SUPERVISOR_ORDER = "SUPERVISOR_ORDER"
    ARCHIVE_TRANSFER = "ARCHIVE_TRANSFER"


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold on one dossier. Dates or moments; None where the store has none. `has_reason`, since the reason is content.

    `reviewed_at`: when it was last reviewed; the term to the next review runs from then.
    """

    kind: str = ""
    from_at: date | None = None
    until_at: date | None = None
    review_at: date | None = None
    released_at: date | None = None
    requested_by: str | None = None
    approved_by: str | None = None
    has_reason: bool = True
    reviewed_at: date | None = None


def hold_is_active(hold: Hold, as_of: date) -> bool:
    """Whether it suspends a deletion on that day. In doubt it does.

    A hold of unknown start is active, and so is one on its last day and on the day of its release: a store that keeps days
    only can't say whether the deletion came first. A hold with defects suspends all the same.
    """
    start, end, released = day_of(hold.from_at), day_of(hold.until_at), day_of(hold.released_at)
    if start is not None and as_of < start:
        return False
    return (end is None or as_of <= end) and (released is None or as_of <= released)


def hold_is_ahead(hold: Hold, as_of: date) -> bool:
    """Whether it begins after that day and hasn't been released by then: a plan of an earlier day may not overtake it."""
    start, released = day_of(hold.from_at), day_of(hold.released_at)
    return start is not None and start > as_of and (released is None or released > as_of)


def active_holds(holds: Iterable[Hold], as_of: date) -> tuple[Hold, ...]:
    """Those of the holds that suspend a deletion on that day."""
    return tuple(hold for hold in holds if hold_is_active(hold, as_of))


def hold_defects(hold: Hold, policy: ResolvedPolicy) -> tuple[Reason, ...]:
    """What makes a hold invalid: no reason, no end and no timely review, nobody's approval or its requester's own.

    Raises:
        KeyError: the policy doesn't set `hold.review_within`.
    """
    found = []
    if not hold.has_reason:
        found.append(Reason.HOLD_WITHOUT_REASON)
    if day_of(hold.until_at) is None and not _reviewed_in_time(hold, policy):
        found.append(Reason.HOLD_REVIEW_TOO_LATE)
    if not hold.approved_by:
        found.append(Reason.HOLD_NOT_APPROVED)
    elif hold.approved_by == hold.requested_by:
        found.append(Reason.HOLD_APPROVED_BY_REQUESTER)
    return tuple(found)


def _reviewed_in_time(hold: Hold, policy: ResolvedPolicy) -> bool:
    start, review = day_of(hold.reviewed_at) or day_of(hold.from_at), day_of(hold.review_at)
    return start is not None and review is not None and review <= policy.period("hold.review_within").after(start)

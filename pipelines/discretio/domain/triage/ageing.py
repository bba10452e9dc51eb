"""How long items have waited, and which wait too long."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from discretio.domain.triage.standing import Standing
from discretio.domain.triage.words import Status
from discretio.law.periods import Period


class AgeBand(StrEnum):
    """For how many days an item has been known."""

    UP_TO_30 = "UP_TO_30"
    UP_TO_90 = "UP_TO_90"
    UP_TO_180 = "UP_TO_180"
    UP_TO_365 = "UP_TO_365"
    LONGER = "LONGER"


LAST_DAYS = {AgeBand.UP_TO_30: 30, AgeBand.UP_TO_90: 90, AgeBand.UP_TO_180: 180, AgeBand.UP_TO_365: 365}
"""Each band but the last, by its last day."""


class Overdue(StrEnum):
    """What somebody should have done by now."""

    ACTION = "ACTION"
    ANSWER = "ANSWER"
    DECISION = "DECISION"


def age_band(first_seen: date, as_of: date) -> AgeBand:
    """The band of an item that was first found on a day."""
    days = (as_of - first_seen).days
    return next((band for band, last in LAST_DAYS.items() if days <= last), AgeBand.LONGER)


def oldest_in_time(as_of: date, within: Period) -> date:
    """The oldest day from which a term still runs on a day: what began before it is overdue."""
    oldest = within.before(as_of)
    while within.after(oldest) < as_of:  # a month that lacks the day
        oldest += timedelta(days=1)
    return oldest


def overdue(stands: Standing, first_seen: date, as_of: date, within: Period) -> Overdue | None:
    """What is overdue about an item; None if nothing is.

    Args:
        stands: where it stands.
        first_seen: when it was first found.
        as_of: the day.
        within: how long an answer, and then a decision, may take.
    """
    if stands.status is Status.CONFIRMED and stands.decision and stands.decision.due:
        return Overdue.ACTION if stands.decision.due < as_of else None
    if stands.status is Status.OPEN:
        return Overdue.ANSWER if within.after(first_seen) < as_of else None
    if stands.status is Status.ANSWERED and stands.answer:
        return Overdue.DECISION if within.after(stands.answer.on) < as_of else None
    return None

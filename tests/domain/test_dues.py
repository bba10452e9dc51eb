"""What may follow from a due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from discretio.domain.dues import (
    CLOSURE_UNKNOWN,
    RETENTION_MAX,
    Due,
    DueStatus,
    earliest_due,
    may_delete,
    may_propose,
    obstacle_to_deletion,
    proposal,
)
from discretio.domain.retention_reasons import Reason
from discretio.law.policy import ResolvedPolicy

OVERDUE = Due(
    rule_id=RETENTION_MAX,
    status=DueStatus.OVERDUE,
    reason=Reason.TERM_EXPIRED,
    due=date(2026, 1, 1),
    last_lawful_day=date(2026, 1, 1),
    holds_known=True,
)


@pytest.mark.parametrize(
    ("changes", "obstacle"),
    [
        ({}, None),
        ({"status": DueStatus.DUE_SOON}, Reason.NOT_YET_OVERDUE),
        ({"status": DueStatus.DUE_UNCERTAIN, "reason": Reason.TERM_END_UNCERTAIN}, Reason.TERM_END_UNCERTAIN),
        ({"status": DueStatus.OVERDUE_HELD, "reason": Reason.HELD}, Reason.HELD),
        ({"status": DueStatus.NOT_CHECKABLE, "reason": Reason.CLOSURE_UNKNOWN}, Reason.CLOSURE_UNKNOWN),
        ({"holds_known": False}, Reason.HOLDS_UNREADABLE),
        ({"entry_keys": ("e1",)}, Reason.ONLY_SOME_ENTRIES),
        ({"rule_id": CLOSURE_UNKNOWN, "reason": Reason.OPEN_TOO_LONG}, Reason.OPEN_TOO_LONG),
    ],
)
def test_only_a_free_and_certain_overdue_of_a_deleting_rule_is_executable(
    changes: dict[str, object], obstacle: Reason | None, policy: ResolvedPolicy
) -> None:
    due = replace(OVERDUE, **changes)  # type: ignore[arg-type] - facts as data
    assert obstacle_to_deletion(due, policy) is obstacle
    assert may_delete(due, policy) is (obstacle is None)
    proposed = proposal(due, policy)
    assert (proposed is not None) == may_propose(due)
    assert proposed is None or proposed.is_executable is (obstacle is None)


def test_what_ends_soon_or_may_have_ended_is_shown_and_what_is_held_is_only_reported() -> None:
    shown = {status for status in DueStatus if may_propose(replace(OVERDUE, status=status))}
    assert shown == {DueStatus.DUE_SOON, DueStatus.DUE_UNCERTAIN, DueStatus.OVERDUE}


def test_the_worst_status_governs_and_the_earliest_among_equals() -> None:
    later = replace(OVERDUE, due=date(2026, 2, 1))
    uncertain = replace(OVERDUE, status=DueStatus.DUE_UNCERTAIN, due=date(2020, 1, 1))
    assert earliest_due([uncertain, later, OVERDUE]) == OVERDUE
    assert earliest_due([]) is None
    unknown = replace(OVERDUE, status=DueStatus.NOT_CHECKABLE, due=None)
    fine = replace(OVERDUE, status=DueStatus.OK)
    assert earliest_due([fine, unknown]) == unknown

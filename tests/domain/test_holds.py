"""When a hold holds, and what is wrong with it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from discretio.domain.holds import Hold, hold_defects, hold_is_active
from discretio.domain.retention_reasons import Reason
from discretio.law.policy import ResolvedPolicy
from domain.made_policy import make_policy

DAY = date(2026, 11, 21)
SOUND = {"kind": "LITIGATION", "from_at": date(2026, 1, 1), "requested_by": "a", "approved_by": "b"}


@pytest.mark.parametrize(
    ("hold", "active"),
    [
        (Hold(), True),
        (Hold(from_at=date(2026, 11, 21)), True),
        (Hold(from_at=date(2026, 11, 22)), False),
        (Hold(until_at=date(2026, 11, 21)), True),
        (Hold(until_at=date(2026, 11, 20)), False),
        (Hold(released_at=date(2026, 11, 21)), True),
        (Hold(released_at=date(2026, 11, 20)), False),
        (Hold(released_at=date(2026, 11, 22)), True),
        (Hold(from_at=datetime(2026, 11, 21, 23, 59)), True),  # noqa: DTZ001 - frames have no zone
    ],
)
def test_in_doubt_a_hold_holds(hold: Hold, active: bool) -> None:
    assert hold_is_active(hold, DAY) is active


@pytest.mark.parametrize(
    ("changes", "defects"),
    [
        ({"until_at": date(2040, 1, 1)}, ()),
        ({"review_at": date(2027, 1, 1)}, ()),
        ({"review_at": date(2027, 1, 2)}, (Reason.HOLD_REVIEW_TOO_LATE,)),
        ({}, (Reason.HOLD_REVIEW_TOO_LATE,)),
        ({"until_at": date(2027, 1, 1), "has_reason": False}, (Reason.HOLD_WITHOUT_REASON,)),
        ({"until_at": date(2027, 1, 1), "approved_by": "a"}, (Reason.HOLD_APPROVED_BY_REQUESTER,)),
        ({"until_at": date(2027, 1, 1), "approved_by": None}, (Reason.HOLD_NOT_APPROVED,)),
    ],
)
def test_a_hold_is_reasoned_limited_and_approved_by_another(
    changes: dict[str, object], defects: tuple[Reason, ...], policy: ResolvedPolicy
) -> None:
    assert hold_defects(Hold(**{**SOUND, **changes}), policy) == defects  # type: ignore[arg-type] - facts as data


def test_without_a_review_term_the_question_cant_be_answered() -> None:
    with pytest.raises(KeyError):
        hold_defects(Hold(from_at=DAY, review_at=DAY), make_policy({"hold.review_within": None}))

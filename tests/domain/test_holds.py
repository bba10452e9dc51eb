"""When a hold holds, and what is wrong with it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from discretio.domain.holds import Hold, hold_defects, hold_is_active
from domain.made_policy import make_policy

DAY = date(2026, 11, 21)
DEFECTS: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("holds") / "defects.yaml")
SOUND: dict[str, Any] = {"kind": "LITIGATION", "from_at": date(2026, 1, 1), "requested_by": "a", "approved_by": "b"}


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


@pytest.mark.parametrize("case", DEFECTS, ids=[case["name"] for case in DEFECTS])
def test_a_hold_is_reasoned_limited_and_approved_by_another(case: dict[str, Any]) -> None:
    assert list(hold_defects(Hold(**SOUND | case["hold"]), make_policy())) == case["defects"]


def test_without_a_review_term_the_question_cant_be_answered() -> None:
    with pytest.raises(KeyError):
        hold_defects(Hold(from_at=DAY, review_at=DAY), make_policy({"hold.review_within": None}))

"""What waits for somebody on a day, and for whom: counts, so that a message about it holds nothing personal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from discretio.domain.approvals import Role


class Duty(StrEnum):
    """Something that somebody has to do, or should have done."""

    SCAN_LATE = "SCAN_LATE"
    ANSWER_LATE = "ANSWER_LATE"
    DECISION_LATE = "DECISION_LATE"
    CORRECTION_LATE = "CORRECTION_LATE"
    REQUEST_LATE = "REQUEST_LATE"
    REQUEST_SOON = "REQUEST_SOON"
    PLAN_WAITS = "PLAN_WAITS"
    SECOND_VERIFICATION = "SECOND_VERIFICATION"
    TERM_ENDED = "TERM_ENDED"
    RULE_ALERT = "RULE_ALERT"
    RULE_ALERT_APART = "RULE_ALERT_APART"

    @property
    def is_late(self) -> bool:
        """Whether it should have been done before; the others are only to be known."""
        return self in _LATE


_LATE = {Duty.SCAN_LATE, Duty.ANSWER_LATE, Duty.DECISION_LATE, Duty.CORRECTION_LATE, Duty.REQUEST_LATE}
_OF_THE_ADMINISTRATOR = {Duty.SCAN_LATE, Duty.PLAN_WAITS, Duty.SECOND_VERIFICATION, Duty.TERM_ENDED}


@dataclass(frozen=True, slots=True)
class Deadline:
    """One duty: how many things wait, in which store (empty if it isn't about one)."""

    duty: Duty
    number: int
    store: str = ""


def heard_by(role: Role, deadlines: Iterable[Deadline]) -> list[Deadline]:
    """What a role is told of: a data protection officer of everything, an administrator of what he runs."""
    if role is Role.DPO:
        return list(deadlines)
    return [one for one in deadlines if role is Role.ADMINISTRATOR and one.duty in _OF_THE_ADMINISTRATOR]

"""The words of triage: what a reviewer answers, what a data protection officer decides, and where an item stands."""

from __future__ import annotations

from enum import StrEnum


class Answer(StrEnum):
    """What the reviewer of the introducing participant says, having looked in his own system."""

    RIGHT = "RIGHT"
    FALSE_ALARM = "FALSE_ALARM"
    CORRECTED = "CORRECTED"
    CANNOT_TELL = "CANNOT_TELL"


class Decision(StrEnum):
    """What the data protection officer decides, who sees the answer and no text."""

    CONFIRM = "CONFIRM"
    DISMISS = "DISMISS"
    ACCEPT_RISK = "ACCEPT_RISK"


class Status(StrEnum):
    """Where an item stands on one day."""

    OPEN = "OPEN"
    ANSWERED = "ANSWERED"
    CONFIRMED = "CONFIRMED"
    DISMISSED = "DISMISSED"
    ACCEPTED = "ACCEPTED"
    RESOLVED = "RESOLVED"


class Dismissal(StrEnum):
    """Why an item is dismissed: the first five say that the detector was wrong, the rest that nothing is left to do."""

    OTHER_MEANING = "OTHER_MEANING"
    NOBODY_S_DATUM = "NOBODY_S_DATUM"
    NAME_OR_PLACE = "NAME_OR_PLACE"
    WRONG_CLASS = "WRONG_CLASS"
    QUOTED_FORM = "QUOTED_FORM"
    DECLARED_ELSEWHERE = "DECLARED_ELSEWHERE"
    GROUND_ELSEWHERE = "GROUND_ELSEWHERE"
    OUT_OF_SCOPE = "OUT_OF_SCOPE"
    DUPLICATE = "DUPLICATE"
    CORRECTED_SINCE = "CORRECTED_SINCE"


FALSE_ALARMS = frozenset(
    {Dismissal.OTHER_MEANING, Dismissal.NOBODY_S_DATUM, Dismissal.NAME_OR_PLACE, Dismissal.WRONG_CLASS, Dismissal.QUOTED_FORM}
)
"""The reasons that blame the detector; they alone count against its precision."""


class Lapse(StrEnum):
    """Why a decision no longer stands, so that the item is open again."""

    RECORD_CHANGED = "RECORD_CHANGED"
    POLICY_CHANGED = "POLICY_CHANGED"
    EVIDENCE_CHANGED = "EVIDENCE_CHANGED"
    TERM_PASSED = "TERM_PASSED"

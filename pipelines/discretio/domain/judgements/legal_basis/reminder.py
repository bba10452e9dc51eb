"""COL-4.3-START-REMINDER: at the start of a session its participants are reminded of their secrecy (COL 4.3).

Before it counts as well (COL 3.4.5.2). Who does it is free.
"""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import Circumstances, does_not_apply, fails, judged, known, passes
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.legal_basis.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "COL-4.3-START-REMINDER"


@dataclass(frozen=True, slots=True)
class Facts:
    """One session.

    Attributes:
        prosecutor_present: whether the public prosecution took part; None if the store doesn't tell what kinds of bodies came.
        held: whether it took place by the day of the judgement; None if it has no date.
        minutes: how many minutes after the start the reminder came, 0 if before it, or on that day where nobody knows the hour.
    """

    prosecutor_present: bool | None = None
    held: bool | None = None
    minutes: float | None = may_lack("there was no reminder, which is a fault")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """A reminder before the session, or soon after its start."""
    if not known(facts.prosecutor_present, "attendance"):
        return does_not_apply(Reason.PROSECUTION_ABSENT)
    if not known(facts.held, "started_at"):
        return does_not_apply(Reason.SESSION_AHEAD)
    if facts.minutes is None:
        return fails(Reason.NO_REMINDER)
    late = facts.minutes > under.number("reminder.within_minutes")
    return fails(Reason.REMINDED_LATE) if late else passes(Reason.REMINDED)

"""COL-4.6-INFOSEC: whatever carries data of a consultation has its security attested, control by control (COL 4.6).

A mailbox and a shared folder are channels too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.answers import Circumstances, UnjudgeableError, day, fails, judged, known, passes
from discretio.domain.judgements.legal_basis.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "COL-4.6-INFOSEC"
WORKS = "PASS"


@dataclass(frozen=True, slots=True)
class Control:
    """What somebody attested about one control of the channel."""

    code: str | None = None
    attested_at: datetime | None = None
    result: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """One channel.

    Attributes:
        controls: all that was attested about it; empty if nobody attested anything.
    """

    controls: tuple[Control, ...] | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Each of the ten controls was last attested within the year, as working."""
    controls = known(facts.controls, "security_controls")
    if not controls:
        raise UnjudgeableError(Reason.NO_CONTROL_ATTESTED)
    last: dict[str, Control] = {}
    for control in sorted(controls, key=lambda each: each.attested_at or datetime.min):  # noqa: DTZ901 - only an order
        if control.code is not None:
            last[control.code] = control
    answers = [_answer(last.get(code), under) for code in under.words("infosec.controls")]
    fault = next((answer for answer in answers if answer not in (None, Reason.CONTROL_UNTOLD)), None)
    if fault is not None:
        return fails(fault)
    if Reason.CONTROL_UNTOLD in answers:
        raise UnjudgeableError(Reason.CONTROL_UNTOLD)
    return passes(Reason.CONTROLS_ATTESTED)


def _answer(control: Control | None, under: Circumstances) -> Reason | None:
    """What is wrong about one control; None if nothing is."""
    if control is None:
        return Reason.CONTROL_NOT_ATTESTED
    if control.result is None or control.attested_at is None:
        return Reason.CONTROL_UNTOLD
    if control.result != WORKS:
        return Reason.CONTROL_DOES_NOT_WORK
    end = under.term("infosec.attested_within").after(day(control.attested_at))
    return Reason.CONTROL_ATTESTED_LONG_AGO if end < under.as_of else None

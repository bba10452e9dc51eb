"""SPEAK-RIGHT-NOT-DUTY: who is bound by secrecy may speak in a consultation, and may keep silent (COL 3.1).

Looked at in the form itself, which holds no personal data.
"""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import Circumstances, fails, judged, known, passes
from discretio.domain.judgements.legal_basis.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "SPEAK-RIGHT-NOT-DUTY"
# Categories 1 to 4 say who somebody is; from 5 on, what one learns about him.
CONFIDED = frozenset(range(5, 16))


@dataclass(frozen=True, slots=True)
class Facts:
    """One field or state of a form.

    Attributes:
        categories: the categories that it is made for, as bits.
        mandatory: whether a participant bound by secrecy has to fill it in.
        asks_why_silent: whether it asks why somebody doesn't share.
        feeds_sanctions: whether a refusal to share feeds a table of performance or sanctions.
    """

    categories: int | None = None
    mandatory: bool | None = None
    asks_why_silent: bool | None = None
    feeds_sanctions: bool | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """Nothing that was confided has to be filled in, nobody has to say why he keeps silent, and nobody pays for it."""
    if known(facts.feeds_sanctions, "feeds_sanctions"):
        return fails(Reason.SILENCE_HAS_A_PRICE)
    if not known(facts.mandatory, "mandatory"):
        return passes(Reason.FREE_TO_KEEP_SILENT)
    if known(facts.asks_why_silent, "asks_why_silent"):
        return fails(Reason.SILENCE_NEEDS_A_REASON)
    bits = int(known(facts.categories, "categories"))
    confided = any(bits >> number & 1 for number in CONFIDED)
    return fails(Reason.FIELD_MANDATORY) if confided else passes(Reason.FREE_TO_KEEP_SILENT)

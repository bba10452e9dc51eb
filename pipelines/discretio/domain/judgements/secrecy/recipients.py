"""SECRET-PARTICIPANTS: what was said at a consultation goes to who took part, or on a ground (art. 458ter §2)."""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import (
    Circumstances,
    fails,
    judged,
    known,
    passes,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.secrecy.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "SECRET-PARTICIPANTS"
OTHER_ENDS = frozenset({"ANALYSIS", "TEST_DATA"})


@dataclass(frozen=True, slots=True)
class Facts:
    """One disclosure: said, exported, printed or mailed.

    Attributes:
        recipient_takes_part: whether the recipient takes part in its dossier.
        recipient_is_represented: whether the recipient was represented in it.
        means: by which means; ANALYSIS and TEST_DATA serve another end, whoever receives them.
        legal_ground: the ground recorded for it.
    """

    recipient_takes_part: bool | None = None
    recipient_is_represented: bool | None = None
    means: str | None = None
    legal_ground: str | None = may_lack("nobody recorded one")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """To a participant or who was represented, or on a ground that the law knows."""
    if facts.legal_ground in under.words("disclosure.grounds"):
        return passes(Reason.DISCLOSED_ON_A_GROUND)
    if known(facts.means, "means") in OTHER_ENDS:
        return fails(Reason.DISCLOSED_TO_ANOTHER_END)
    if known(facts.recipient_takes_part, "recipient_kind") or known(facts.recipient_is_represented, "recipient_is_represented"):
        return passes(Reason.DISCLOSED_AMONG_PARTICIPANTS)
    return fails(Reason.DISCLOSED_TO_OUTSIDER)

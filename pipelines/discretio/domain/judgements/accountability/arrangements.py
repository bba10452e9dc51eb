"""BG-JOINT-ARRANGEMENT: who keeps the data of another does so under a contract (GDPR arts 26, 28; law arts 52, 53).

The bill doesn't say what a host is: a processor, or a joint controller where the participants agree so (A-10).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.accountability.reasons import Reason
from discretio.domain.judgements.answers import (
    Circumstances,
    day,
    does_not_apply,
    fails,
    judged,
    known,
    listed,
    passes,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.outcomes import Judgement

RULE_ID = "BG-JOINT-ARRANGEMENT"
PROCESSOR = "PROCESSOR"


@dataclass(frozen=True, slots=True)
class Facts:
    """One participation in a dossier.

    Attributes:
        hosted_by_other: whether the host of the dossier is another than the participant.
        first_entry_at: when the participant introduced its first entry there.
        has_contract: whether it has a contract or arrangement with the host.
        signed_at: when that was signed.
        covers: what it settles, | between.
    """

    hosted_by_other: bool | None = None
    first_entry_at: datetime | None = may_lack("it introduced none yet")
    has_contract: bool | None = None
    signed_at: datetime | None = None
    covers: str | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Signed by the first entry, and it settles what it has to."""
    if not known(facts.hosted_by_other, "host"):
        return does_not_apply(Reason.HOSTS_ITSELF)
    if facts.first_entry_at is None:
        return does_not_apply(Reason.NOTHING_HOSTED)
    if not known(facts.has_contract, "host_contracts"):
        return fails(Reason.NO_HOST_CONTRACT)
    if day(known(facts.signed_at, "signed_at")) > day(facts.first_entry_at):
        return fails(Reason.HOST_CONTRACT_LATE)
    is_processor = under.choice("host.role") == PROCESSOR
    asked = under.words("host.contract_covers" if is_processor else "host.arrangement_covers")
    whole = listed(facts.covers, "covers") >= set(asked)
    return passes(Reason.HOST_CONTRACT_SIGNED) if whole else fails(Reason.HOST_CONTRACT_INCOMPLETE)

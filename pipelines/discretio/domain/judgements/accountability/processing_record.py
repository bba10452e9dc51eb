"""BG-ROPA: a record of processing that says what the scan finds (GDPR art. 30; law art. 55)."""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.accountability.reasons import Reason
from discretio.domain.judgements.answers import (
    Circumstances,
    fails,
    judged,
    known,
    passes,
)
from discretio.domain.outcomes import Judgement

RULE_ID = "BG-ROPA"


@dataclass(frozen=True, slots=True)
class Facts:
    """One participant.

    Attributes:
        has_record: whether it keeps a record.
        complete: whether it names purpose, recipients and security.
        record_policy_set: the policy set whose terms it names.
        recorded: the categories that it lists, as bits.
        held: the categories of what the participant introduced, declared or found, as bits.
    """

    has_record: bool | None = None
    complete: bool | None = None
    record_policy_set: str | None = None
    recorded: int | None = None
    held: int | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """There is one, complete, with the terms in force and all categories that are held."""
    if not known(facts.has_record, "controller_key"):
        return fails(Reason.NO_RECORD)
    if not known(facts.complete, "purpose"):
        return fails(Reason.RECORD_INCOMPLETE)
    if int(known(facts.held, "categories")) & ~int(known(facts.recorded, "categories")):
        return fails(Reason.RECORD_LACKS_CATEGORIES)
    current = known(facts.record_policy_set, "policy_set") == under.policy.policy_set_id
    return passes(Reason.RECORD_UP_TO_DATE) if current else fails(Reason.RECORD_OF_OTHER_TERMS)

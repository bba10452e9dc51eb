"""PIPE-POLICY-DATED: each finding says under which policy it was made, and a bill deletes nothing that nobody adopted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.answers import (
    Circumstances,
    fails,
    filled,
    judged,
    known,
    passes,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.pipeline.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "PIPE-POLICY-DATED"
BILL = "BILL"


@dataclass(frozen=True, slots=True)
class Facts:
    """One finding.

    Attributes:
        policy_set: the policy set.
        policy_version: its version.
        policy_status: its status.
        labelled_anticipatory: whether it is labelled as made in anticipation.
        led_to_deletion: whether something was deleted on its strength.
        adopted_by: who adopted the policy.
        adopted_at: when.
    """

    policy_set: str | None = may_lack("nobody recorded it, which is a fault")
    policy_version: str | None = may_lack("nobody recorded it, which is a fault")
    policy_status: str | None = may_lack("nobody recorded it, which is a fault")
    labelled_anticipatory: bool | None = None
    led_to_deletion: bool | None = None
    adopted_by: str | None = may_lack("nobody did")
    adopted_at: datetime | None = may_lack("nobody did")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """Set, version and status; under a bill the label, and no deletion that nobody adopted."""
    if not (filled(facts.policy_set) and filled(facts.policy_version) and filled(facts.policy_status)):
        return fails(Reason.FINDING_WITHOUT_POLICY)
    if facts.policy_status != BILL:
        return passes(Reason.FINDING_UNDER_POLICY)
    if not known(facts.labelled_anticipatory, "labelled_anticipatory"):
        return fails(Reason.FINDING_NOT_LABELLED)
    adopted = filled(facts.adopted_by) and facts.adopted_at is not None
    if known(facts.led_to_deletion, "led_to_deletion") and not adopted:
        return fails(Reason.DELETED_UNDER_BILL)
    return passes(Reason.FINDING_IN_ANTICIPATION)

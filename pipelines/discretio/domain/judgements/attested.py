"""What no data can show, somebody confirms: an attestation with a name, a date, a document and an end.

All rules that rest on attestations are judged alike; each says of whom it asks one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    day,
    does_not_apply,
    fails,
    filled,
    judged,
    known,
    passes,
    warns,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.outcomes import Judgement

CONFIRMED, REFUSED = "CONFIRMED", "REFUSED"


class Reason(StrEnum):
    """Why an attestation is accepted or not."""

    ATTESTED = "attested"
    ATTESTATION_ENDS_SOON = "attestation_ends_soon"
    ATTESTATION_EXPIRED = "attestation_expired"
    ATTESTATION_AFTER_REFERENCE_DATE = "attestation_after_reference_date"
    ATTESTED_AS_NOT_MET = "attested_as_not_met"
    ATTESTED_BY_NOBODY = "attested_by_nobody"
    ATTESTED_WITHOUT_DOCUMENT = "attested_without_document"
    NOBODY_ATTESTED = "nobody_attested"
    ATTESTATION_NOT_ASKED = "attestation_not_asked"
    UNKNOWN_RESULT = "unknown_result"


@dataclass(frozen=True, slots=True)
class Facts:
    """One controller, and the last attestation that it gave for the rule.

    Attributes:
        asked: whether the rule asks this controller at all; None if the store doesn't tell what kind of body it is.
        result: CONFIRMED or REFUSED; None if nobody attested anything.
        attested_by: who attested it.
        attested_on: when.
        valid_until: its last day; where it has none, it holds for `attestation.validity`.
        document_sha256: the digest of the document that shows it.
    """

    asked: bool | None = None
    result: str | None = may_lack("nobody attested anything")
    attested_by: str | None = may_lack("nobody stands for it, which is a fault")
    attested_on: datetime | None = None
    valid_until: datetime | None = may_lack("it holds for as long as the policy says")
    document_sha256: str | None = may_lack("there is no document, which is a fault")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Confirmed by somebody, with a document, and not expired; a warning when it is about to."""
    if not known(facts.asked, "kind"):
        return does_not_apply(Reason.ATTESTATION_NOT_ASKED)
    if facts.result is None:
        raise UnjudgeableError(Reason.NOBODY_ATTESTED)
    if facts.result not in (CONFIRMED, REFUSED):
        raise UnjudgeableError(Reason.UNKNOWN_RESULT)
    if facts.result == REFUSED:
        return fails(Reason.ATTESTED_AS_NOT_MET)
    if not filled(facts.attested_by):
        return fails(Reason.ATTESTED_BY_NOBODY)
    return _judge_dates(facts, under) if filled(facts.document_sha256) else fails(Reason.ATTESTED_WITHOUT_DOCUMENT)


def _judge_dates(facts: Facts, under: Circumstances) -> Judgement:
    given = day(known(facts.attested_on, "attested_on"))
    if given > under.as_of:
        raise UnjudgeableError(Reason.ATTESTATION_AFTER_REFERENCE_DATE)
    longest = under.term("attestation.validity").after(given)
    end = min(longest, day(facts.valid_until)) if facts.valid_until else longest
    if end < under.as_of:
        return fails(Reason.ATTESTATION_EXPIRED)
    near = under.as_of >= under.term("attestation.warn_lead").before(end)
    return warns(Reason.ATTESTATION_ENDS_SOON) if near else passes(Reason.ATTESTED)

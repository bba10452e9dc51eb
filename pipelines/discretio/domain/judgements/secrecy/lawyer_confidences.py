"""SECRET-LAWYER-458Q: what a client confides to a lawyer stays out (art. 458quater)."""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    does_not_apply,
    fails,
    judged,
    known,
    listed,
    passes,
    warns,
)
from discretio.domain.judgements.reasons import Reason as FirstReason
from discretio.domain.judgements.secrecy.reasons import Reason
from discretio.domain.outcomes import Judgement
from discretio.law.special_classes import Flag, categories_mask, flags_mask

MARKS = flags_mask([Flag.LAWYER_CONFIDENCE])
CRIMINAL = categories_mask([9, 11])

RULE_ID = "SECRET-LAWYER-458Q"


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry.

    Attributes:
        is_lawyer: whether its introducer is a lawyer.
        about_client: whether it is about a client of that lawyer.
        is_official_letter: whether it is a lawyer's official letter, which isn't confidential.
        categories: its declared categories, as bits.
        offence_tags: the offences with which it is tagged, | between; empty if with none.
        flags: what the scan found in it and its attachments, as bits.
        examined: whether all of it could be examined.
    """

    is_lawyer: bool | None = None
    about_client: bool | None = None
    is_official_letter: bool | None = None
    categories: int | None = None
    offence_tags: str | None = None
    flags: int | None = None
    examined: bool | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """No lawyer brings what could expose a client; a warning where something looks confidential, whoever brought it."""
    if known(facts.is_official_letter, "is_official_letter"):
        return does_not_apply(Reason.OFFICIAL_LETTER)
    by_lawyer = known(facts.is_lawyer, "is_lawyer") and known(facts.about_client, "about_client")
    if by_lawyer and _exposes(facts):
        return fails(Reason.LAWYER_EXPOSES_CLIENT)
    if known(facts.flags, "detected_flags") & MARKS:
        return warns(Reason.LAWYER_MARKS_FOUND)
    if not known(facts.examined, "examined"):
        raise UnjudgeableError(FirstReason.NOT_EXAMINED)
    return passes(Reason.NO_LAWYER_CONFIDENCE)


def _exposes(facts: Facts) -> bool:
    criminal = bool(int(known(facts.categories, "categories")) & CRIMINAL)
    return criminal or bool(listed(facts.offence_tags, "offence_tags"))

"""HIERARCHY-MINIMAL: superiors hear what is strictly necessary, without names where that is possible (art. 458)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    does_not_apply,
    fails,
    filled,
    judged,
    known,
    passes,
)
from discretio.domain.judgements.secrecy.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "HIERARCHY-MINIMAL"
MANAGEMENT = "MANAGEMENT"


@dataclass(frozen=True, slots=True)
class Read:
    """One look of one of its users into a dossier.

    Attributes:
        is_manager: whether the user belongs to the hierarchy.
        shows_content: whether it showed content.
        has_case_role: whether the user then held access to the content of that dossier.
        inquiry_ref: the inquiry into a serious fault or negligence that it served.
    """

    is_manager: bool | None = None
    shows_content: bool | None = None
    has_case_role: bool | None = None
    inquiry_ref: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One disclosure.

    Attributes:
        recipient_kind: MANAGEMENT, or another.
        holds_identifiers: whether it names persons, or lets them be recognised.
        inquiry_ref: the inquiry into a serious fault or negligence that it served.
    """

    recipient_kind: str | None = None
    holds_identifiers: bool | None = None
    inquiry_ref: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """One participant.

    Attributes:
        reads: what its users looked at.
        disclosures: what it disclosed.
    """

    reads: tuple[Read, ...] | None = None
    disclosures: tuple[Told, ...] | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """No superior read content without a role in the case, and none was told who it is about, but for an inquiry."""
    found: set[Reason] = set()
    untold = [*_of_reads(facts.reads or (), found), *_of_disclosures(facts.disclosures or (), found)]
    for fault in (Reason.HIERARCHY_READ_CONTENT, Reason.HIERARCHY_TOLD_WHO):
        if fault in found:
            return fails(fault)
    known(facts.reads, "is_manager")
    known(facts.disclosures, "recipient_kind")
    if untold:
        raise untold[0]
    if not found:
        return does_not_apply(Reason.NOTHING_FOR_HIERARCHY)
    return passes(Reason.HIERARCHY_IN_INQUIRY if Reason.HIERARCHY_IN_INQUIRY in found else Reason.HIERARCHY_KEPT_TO_MINIMUM)


def _of_reads(reads: Iterable[Read], found: set[Reason]) -> list[UnjudgeableError]:
    """Add what the looks say; what can't be told of one of them is handed back."""
    untold: list[UnjudgeableError] = []
    for read in reads:
        try:
            if known(read.is_manager, "is_manager") and known(read.shows_content, "shows_content"):
                kept = known(read.has_case_role, "user_key")
                found.add(_answer(read.inquiry_ref, kept=kept, fault=Reason.HIERARCHY_READ_CONTENT))
        except UnjudgeableError as unjudgeable:
            untold.append(unjudgeable)
    return untold


def _of_disclosures(disclosures: Iterable[Told], found: set[Reason]) -> list[UnjudgeableError]:
    """The same for disclosures."""
    untold: list[UnjudgeableError] = []
    for told in disclosures:
        try:
            if known(told.recipient_kind, "recipient_kind") == MANAGEMENT:
                kept = not known(told.holds_identifiers, "holds_identifiers")
                found.add(_answer(told.inquiry_ref, kept=kept, fault=Reason.HIERARCHY_TOLD_WHO))
        except UnjudgeableError as unjudgeable:
            untold.append(unjudgeable)
    return untold


def _answer(inquiry_ref: str | None, *, kept: bool, fault: Reason) -> Reason:
    if kept:
        return Reason.HIERARCHY_KEPT_TO_MINIMUM
    return Reason.HIERARCHY_IN_INQUIRY if filled(inquiry_ref) else fault

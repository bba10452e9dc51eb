"""ART3-LINK-SECURITY: a link between dossier systems passes what it may, for a case (commentary on art. 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    day,
    fails,
    filled,
    judged,
    known,
    passes,
    warns,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.shared_dossier.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART3-LINK-SECURITY"
ONE_WAY, TWO_WAY = "ONE_WAY", "TWO_WAY"


@dataclass(frozen=True, slots=True)
class Facts:
    """One link, and whether any of its transfers went wrong.

    Attributes:
        direction: ONE_WAY or TWO_WAY.
        fields_have_categories: whether each field that may pass belongs to one of the 16 categories.
        protocol_ref: the protocol on which it rests.
        mutual_tls: whether both sides prove who they are.
        last_test_at: when it was last tested.
        passes_other_fields: a field passed that may not.
        passes_by_itself: something passed without anybody's hand.
        passes_outside_dossier: something passed without a dossier, or about a person who isn't in it.
        changes_introducer: something arrived as introduced by another than its source.
        lacks_log: something passed that one of the sides didn't record.
        counts_differ: on some day more or less arrived than was sent.
        erased_at: when its source erased what then stood the longest at its target.
        stood_until: until when that stood there.
    """

    direction: str | None = None
    fields_have_categories: bool | None = None
    protocol_ref: str | None = may_lack("it rests on none, which is a fault")
    mutual_tls: bool | None = None
    last_test_at: datetime | None = may_lack("nobody tested it, which is a fault")
    passes_other_fields: bool | None = None
    passes_by_itself: bool | None = None
    passes_outside_dossier: bool | None = None
    changes_introducer: bool | None = None
    lacks_log: bool | None = None
    counts_differ: bool | None = None
    erased_at: datetime | None = may_lack("its source erased nothing that had passed")
    stood_until: datetime | None = may_lack("its source erased nothing that had passed")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Secured, tested, and nothing passed that may not; a warning if it runs both ways."""
    fault = _fault_of_link(facts, under) or _fault_of_deletion(facts, under) or _fault_of_transfers(facts)
    if fault is not None:
        return fails(fault)
    if known(facts.direction, "direction") not in (ONE_WAY, TWO_WAY):
        raise UnjudgeableError(Reason.UNKNOWN_DIRECTION)
    return warns(Reason.LINK_TWO_WAY) if facts.direction == TWO_WAY else passes(Reason.LINK_SECURE)


def _fault_of_link(facts: Facts, under: Circumstances) -> Reason | None:
    if not filled(facts.protocol_ref):
        return Reason.LINK_WITHOUT_PROTOCOL
    if not known(facts.mutual_tls, "mutual_tls"):
        return Reason.LINK_WITHOUT_MUTUAL_PROOF
    if facts.last_test_at is None or under.term("link.tested_within").after(day(facts.last_test_at)) < under.as_of:
        return Reason.LINK_NOT_TESTED
    return None if known(facts.fields_have_categories, "fields_have_categories") else Reason.LINK_FIELDS_OUTSIDE_CATEGORIES


def _fault_of_deletion(facts: Facts, under: Circumstances) -> Reason | None:
    if facts.erased_at is None or facts.stood_until is None:
        return None
    late = day(facts.stood_until) > under.term("link.deletion_within").after(day(facts.erased_at))
    return Reason.LINK_DELETION_LATE if late else None


def _fault_of_transfers(facts: Facts) -> Reason | None:
    """The first fault in the order of its weight; what the store doesn't tell about one hides no other."""
    ranked = (
        ("fields_passed", facts.passes_other_fields, Reason.LINK_FIELDS_NOT_ALLOWED),
        ("person_in_dossier", facts.passes_outside_dossier, Reason.LINK_OUTSIDE_DOSSIER),
        ("by_user", facts.passes_by_itself, Reason.LINK_PASSED_BY_ITSELF),
        ("introduced_by", facts.changes_introducer, Reason.LINK_CHANGED_INTRODUCER),
        ("logged_on_both_sides", facts.lacks_log, Reason.LINK_NOT_LOGGED),
        ("received", facts.counts_differ, Reason.LINK_COUNTS_DIFFER),
    )
    for _, happened, reason in ranked:
        if happened:
            return reason
    for name, happened, _ in ranked:
        known(happened, name)
    return None

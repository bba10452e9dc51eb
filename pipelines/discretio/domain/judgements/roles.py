"""ART2-2-SUBJECT-ROLE: a dossier holds its subjects, and relations and contacts of these persons (bill art. 2 §2 al. 2)."""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import Circumstances, UnjudgeableError, does_not_apply, fails, judged, passes
from discretio.domain.judgements.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-2-SUBJECT-ROLE"
SUBJECT, PROFESSIONAL = "SUBJECT", "PROFESSIONAL"
_LINKED_ROLES = frozenset({"RELATION", "CONTACT"})
_ROLES = _LINKED_ROLES | {SUBJECT, PROFESSIONAL}


@dataclass(frozen=True, slots=True)
class Facts:
    """One person in one dossier, named or not.

    Attributes:
        role: SUBJECT, RELATION, CONTACT or PROFESSIONAL; None if none was recorded, which is a fault.
        linked: whether it is recorded whose relation or contact the person is.
        linked_in_dossier: whether that other person stands in the same dossier.
        linked_role: the role of that other person; None if none was recorded.
    """

    role: str | None = None
    linked: bool = False
    linked_in_dossier: bool = False
    linked_role: str | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """A role, and for relations and contacts a link to a subject of the same dossier; a contact of a contact fails."""
    if facts.role is None:
        return fails(Reason.NO_ROLE)
    if facts.role not in _ROLES:
        raise UnjudgeableError(Reason.UNKNOWN_ROLE)
    if facts.role == PROFESSIONAL:
        return does_not_apply(Reason.PROFESSIONAL)
    return _judge_link(facts) if facts.role in _LINKED_ROLES else passes(Reason.ROLE_RECORDED)


def _judge_link(facts: Facts) -> Judgement:
    if not facts.linked:
        return fails(Reason.NOT_LINKED)
    if not facts.linked_in_dossier:
        return fails(Reason.LINKED_OUTSIDE_DOSSIER)
    if facts.linked_role is None:
        raise UnjudgeableError(Reason.LINKED_PERSON_HAS_NO_ROLE)
    return passes(Reason.ROLE_RECORDED) if facts.linked_role == SUBJECT else fails(Reason.LINKED_TO_NON_SUBJECT)

"""COL-4.6-PROTOCOL-RIGHTS-CLAUSES: a protocol says who is responsible, and to whom a person can turn (COL 4.6).

The circular names information, erasure and rectification; other law gives a right of access, so that its absence is a warning.
"""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import (
    Circumstances,
    does_not_apply,
    fails,
    filled,
    judged,
    known,
    passes,
    warns,
    words_of,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.legal_basis.bases import PROTOCOL
from discretio.domain.judgements.legal_basis.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "COL-4.6-PROTOCOL-RIGHTS-CLAUSES"
NAMED_BY_THE_CIRCULAR = frozenset({"INFORMATION", "ERASURE", "RECTIFICATION"})
ACCESS = "ACCESS"


@dataclass(frozen=True, slots=True)
class Facts:
    """One basis.

    Attributes:
        type: its type.
        controllers_clause: who the controllers are.
        processors_clause: who the processors are.
        rights_contact: to whom a person can turn.
        rights_named: the rights that it names, | between.
        introducers_named: whether everybody who introduced something stands among its controllers.
    """

    type: str | None = None
    controllers_clause: str | None = may_lack("it doesn't say, which is a fault")
    processors_clause: str | None = may_lack("it doesn't say, which is a fault")
    rights_contact: str | None = may_lack("it doesn't say, which is a fault")
    rights_named: str | None = may_lack("it names none, which is a fault")
    introducers_named: bool | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """All clauses are there, and the controllers are those who introduce."""
    if known(facts.type, "type") != PROTOCOL:
        return does_not_apply(Reason.NOT_A_PROTOCOL)
    clauses = {
        Reason.NO_CONTROLLERS_CLAUSE: facts.controllers_clause,
        Reason.NO_PROCESSORS_CLAUSE: facts.processors_clause,
        Reason.NO_RIGHTS_CONTACT: facts.rights_contact,
    }
    missing = next((reason for reason, clause in clauses.items() if not filled(clause)), None)
    if missing is not None:
        return fails(missing)
    rights = words_of(facts.rights_named)
    if not rights >= NAMED_BY_THE_CIRCULAR:
        return fails(Reason.RIGHT_NOT_NAMED)
    if not known(facts.introducers_named, "is_controller"):
        return fails(Reason.INTRODUCER_NOT_A_CONTROLLER)
    return passes(Reason.RIGHTS_CLAUSES_COMPLETE) if ACCESS in rights else warns(Reason.ACCESS_NOT_NAMED)

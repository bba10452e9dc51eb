"""ART8-LIST-ONLY-AUTH: the list holds the subjects of authorised consultations, and serves article 7 only (bill art. 8).

The commentary speaks of all consultations; the article, of those that the prosecutor authorised. The article prevails,
unless the controller follows the commentary (A-16).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretio.domain.judgements.answers import Circumstances, does_not_apply, fails, judged, known, listed, passes
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.legal_basis.bases import AUTHORISATIONS
from discretio.domain.judgements.rights.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "ART8-LIST-ONLY-AUTH"
ALL = "ALL"


@dataclass(frozen=True, slots=True)
class Facts:
    """One row of the list.

    Attributes:
        erased_at: when it was erased.
        basis_type: the type of the basis that it names; empty if it names none.
        is_subject: whether the identity is a subject in a dossier of that consultation; None if it is in none that is left.
        fields_held: what the row holds, | between.
        used_otherwise: whether somebody consulted or disclosed it for something other than a request of an interested person.
    """

    erased_at: datetime | None = may_lack("it stands")
    basis_type: str | None = None
    is_subject: bool | None = None
    fields_held: str | None = None
    used_otherwise: bool | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """A subject, on an authorisation, with nothing besides, for article 7."""
    if facts.erased_at is not None:
        return does_not_apply(Reason.LIST_ROW_ERASED)
    if facts.basis_type is not None and not _is_listable(facts.basis_type, under):
        return fails(Reason.LISTED_WITHOUT_AUTHORISATION)
    if facts.is_subject is False:
        return fails(Reason.LISTED_THOUGH_NO_SUBJECT)
    if facts.used_otherwise:
        return fails(Reason.LIST_USED_OTHERWISE)
    if listed(facts.fields_held, "fields_held") - set(under.words("art8.list_fields")):
        return fails(Reason.LIST_HOLDS_TOO_MUCH)
    known(facts.basis_type, "type")
    known(facts.is_subject, "role")
    known(facts.used_otherwise, "request_key")
    authorised = facts.basis_type in AUTHORISATIONS
    return passes(Reason.LISTED_ON_AUTHORISATION if authorised else Reason.LISTED_ON_ANY_BASIS)


def _is_listable(basis_type: str, under: Circumstances) -> bool:
    return basis_type in AUTHORISATIONS or (bool(basis_type) and under.choice("art8.scope") == ALL)

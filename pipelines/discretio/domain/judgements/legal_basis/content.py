"""CP458TER-1-MIN-CONTENT: a basis says at least who takes part, to what end and in which way (art. 458ter §1 al. 2, COL 3.4.4).

Of a law only its citation is looked at: its articles say the rest. The circular lists modalities as examples, so that one
missing is a warning and all missing a fault.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from discretio.domain.judgements.answers import Circumstances, does_not_apply, fails, filled, judged, known, passes, warns
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.legal_basis.bases import AUTHORISATIONS, INDIVIDUAL, TYPES
from discretio.domain.judgements.legal_basis.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "CP458TER-1-MIN-CONTENT"
_ARTICLE = re.compile(r"\bart(s|t|icles?|ikel(en)?|ikels?)?\b\.?\s*\w*\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """One basis, clause by clause.

    Attributes:
        type: its type.
        citation: the law with its articles.
        participants_clause: who may take part.
        purpose_clause: to what end.
        modalities_clause: in which way.
        initiator: who may convene.
        frequency: how often it meets; one authorisation for one case needs none.
        follow_up_rule: how cases are followed up.
    """

    type: str | None = None
    citation: str | None = may_lack("nothing is cited, which is a fault of a law")
    participants_clause: str | None = may_lack("it doesn't say, which is a fault")
    purpose_clause: str | None = may_lack("it doesn't say, which is a fault")
    modalities_clause: str | None = may_lack("it doesn't say, which is a fault")
    initiator: str | None = may_lack("it doesn't say")
    frequency: str | None = may_lack("it doesn't say")
    follow_up_rule: str | None = may_lack("it doesn't say")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """A law is cited by its articles; an authorisation has its three clauses and its modalities."""
    kind = known(facts.type, "type")
    if kind not in TYPES:
        return does_not_apply(Reason.NO_BASIS_AT_ALL)
    if kind in AUTHORISATIONS:
        return _judge_clauses(facts)
    if not filled(facts.citation):
        return fails(Reason.NO_CITATION)
    return passes(Reason.CONTENT_COMPLETE) if _ARTICLE.search(facts.citation or "") else warns(Reason.NO_ARTICLE_CITED)


def _judge_clauses(facts: Facts) -> Judgement:
    clauses = {
        Reason.NO_PARTICIPANTS_CLAUSE: facts.participants_clause,
        Reason.NO_PURPOSE_CLAUSE: facts.purpose_clause,
        Reason.NO_MODALITIES_CLAUSE: facts.modalities_clause,
    }
    missing = next((reason for reason, clause in clauses.items() if not filled(clause)), None)
    if missing is not None:
        return fails(missing)
    modalities = [facts.initiator, facts.follow_up_rule] + ([] if facts.type == INDIVIDUAL else [facts.frequency])
    said = [filled(modality) for modality in modalities]
    if not any(said):
        return fails(Reason.NO_MODALITIES)
    return passes(Reason.CONTENT_COMPLETE) if all(said) else warns(Reason.MODALITY_MISSING)

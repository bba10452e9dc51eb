"""SECRET-PURPOSE-OFFENCES: secrets concern the offences for which the consultation was organised (COL 4.3).

The French text of art. 458ter says ‘délits’, the Dutch one ‘misdrijven’: all offences, unless the controller reads the
French word narrowly, and crimes are none of them (A-05).
"""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import (
    Circumstances,
    does_not_apply,
    fails,
    judged,
    known,
    listed,
    passes,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.legal_basis.integrity import INTEGRITY, whole_purposes
from discretio.domain.judgements.secrecy.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "SECRET-PURPOSE-OFFENCES"
DELITS = "DELITS"


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry; nothing but its tags is looked at, and nothing goes to the prosecution.

    Attributes:
        secrecy_bound: whether it comes from somebody bound by secrecy.
        offence_tags: the offences with which it is tagged, | between; empty if with none.
        offence_scope: the offences that the bases of its consultation name, | between; empty if none.
        purposes: the purposes of its consultation, | between.
        crimes: those of its offences that are crimes, not misdemeanours, | between; empty if none.
    """

    secrecy_bound: bool | None = None
    offence_tags: str | None = None
    offence_scope: str | None = None
    purposes: str | None = None
    crimes: str | None = may_lack("asked only where the narrow French word is followed")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """At least one tag lies in the scope; where the purpose is integrity and names none, any offence against it does."""
    if not known(facts.secrecy_bound, "secrecy_bound"):
        return does_not_apply(Reason.NOT_BOUND_BY_SECRECY)
    tags = listed(facts.offence_tags, "offence_tags")
    if not tags:
        return does_not_apply(Reason.NO_OFFENCE_TAGGED)
    scope = listed(facts.offence_scope, "offence_scope")
    if not scope and INTEGRITY in whole_purposes(listed(facts.purposes, "purposes"), under):
        scope = frozenset(under.words("integrity.offences"))
    if under.choice("offence.scope") == DELITS:
        tags -= listed(facts.crimes, "crime_tags")
    return passes(Reason.OFFENCE_IN_SCOPE) if tags & scope else fails(Reason.OFFENCE_OUT_OF_SCOPE)

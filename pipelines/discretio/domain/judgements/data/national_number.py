"""ART2-2-NRN: the national number identifies, in the field made for it, for those who are authorised (bill art. 2 §2, 1°)."""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import Circumstances, UnjudgeableError, fails, filled, judged, known, passes
from discretio.domain.judgements.data.reasons import Reason
from discretio.domain.judgements.facts import may_lack
from discretio.domain.outcomes import Judgement

RULE_ID = "ART2-2-NRN"


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry.

    Attributes:
        found: whether a national number with a valid checksum stands outside the field made for it; None if nobody looked.
        examined: whether all of it could be examined.
        nrn_authorisation: the authorisation of its introducer.
    """

    found: bool | None = None
    examined: bool | None = None
    nrn_authorisation: str | None = may_lack("it has none")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """None in free text, whoever wrote it; without an authorisation it weighs more."""
    if known(facts.found, "valid_numbers"):
        authorised = filled(facts.nrn_authorisation)
        return fails(Reason.NUMBER_IN_TEXT if authorised else Reason.NUMBER_WITHOUT_AUTHORISATION)
    if not facts.examined:
        raise UnjudgeableError(Reason.NOT_LOOKED_AT)
    return passes(Reason.NO_NUMBER_IN_TEXT)

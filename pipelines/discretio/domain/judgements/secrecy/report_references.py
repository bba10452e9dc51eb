"""PV-REFERENCE: a police report on what was told names the consultation and its basis (COL 4.5)."""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import (
    Circumstances,
    does_not_apply,
    fails,
    judged,
    known,
    passes,
)
from discretio.domain.judgements.secrecy.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "PV-REFERENCE"


@dataclass(frozen=True, slots=True)
class Facts:
    """One consultation.

    Attributes:
        reports: whether there are police reports, or disclosures for one.
        disclosed_without_report: a disclosure for a police report has none.
        report_without_disclosure: a police report rests on no disclosure.
        report_without_basis: a police report names no basis, or one that wasn't valid at any session before it.
    """

    reports: bool | None = None
    disclosed_without_report: bool | None = None
    report_without_disclosure: bool | None = None
    report_without_basis: bool | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:  # noqa: ARG001 - every judge has this signature
    """Each disclosure has its report, and each report its disclosure and a basis that was valid at a session."""
    if not known(facts.reports, "legal_ground"):
        return does_not_apply(Reason.NO_REPORTS)
    if known(facts.disclosed_without_report, "consultation_key"):
        return fails(Reason.DISCLOSED_WITHOUT_REPORT)
    if known(facts.report_without_disclosure, "disclosure_key"):
        return fails(Reason.REPORT_WITHOUT_DISCLOSURE)
    if known(facts.report_without_basis, "legal_basis_key"):
        return fails(Reason.REPORT_WITHOUT_BASIS)
    return passes(Reason.REPORTS_NAME_THEIR_BASIS)

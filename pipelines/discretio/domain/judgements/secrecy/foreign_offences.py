"""PV-OUT-OF-SCOPE: a report on another offence informs, and carries nothing from the dossier (COL 3.4.5.2, 4.5)."""

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

RULE_ID = "PV-OUT-OF-SCOPE"
INFORMATION, INFO_ONLY = "INFORMATION", "INFO_ONLY"


@dataclass(frozen=True, slots=True)
class Facts:
    """One police report.

    Attributes:
        consulted: whether it refers to a consultation.
        in_scope: whether its offences are those of the consultation.
        kind: INFORMATION, or another.
        attaches_youth_report: whether a youth report is attached to it.
        attachments_copied: how many attachments of the dossier are.
    """

    consulted: bool | None = None
    in_scope: bool | None = None
    kind: str | None = None
    attaches_youth_report: bool | None = None
    attachments_copied: int | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Outside the scope it informs, with nothing attached; a controller may let it be of any kind (A-18)."""
    if not known(facts.consulted, "consultation_key") or known(facts.in_scope, "in_scope"):
        return does_not_apply(Reason.REPORT_NOT_FOREIGN)
    if known(facts.attaches_youth_report, "attaches_youth_report"):
        return fails(Reason.YOUTH_REPORT_ATTACHED)
    informs = known(facts.kind, "kind") == INFORMATION
    if not informs and under.choice("pv.outscope") == INFO_ONLY:
        return fails(Reason.FOREIGN_REPORT_NOT_INFORMATION)
    if known(facts.attachments_copied, "attachments_copied") > 0:
        return fails(Reason.FOREIGN_REPORT_WITH_COPIES)
    return passes(Reason.FOREIGN_REPORT_INFORMS if informs else Reason.FOREIGN_REPORT_CARRIES_NOTHING)

"""COERCED-TREATMENT-REPORT: a report on a treatment that a court imposed has a closed list of headings."""

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
from discretio.domain.judgements.secrecy.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "COERCED-TREATMENT-REPORT"
FOLLOW_UP, COURT = "FOLLOWUP_REPORT", "COURT"


@dataclass(frozen=True, slots=True)
class Report:
    """One document.

    Attributes:
        doc_type: what it is.
        accord: COURT, AICS or another: under which agreement the treatment runs.
        about_adult: whether it is about an adult.
        headings: its headings, as codes, | between.
        therapy_words: whether words of the therapy were found in it.
    """

    doc_type: str | None = None
    accord: str | None = None
    about_adult: bool | None = None
    headings: str | None = None
    therapy_words: bool | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry, with the follow-up reports attached to it.

    Attributes:
        reports: the documents attached to it.
    """

    reports: tuple[Report, ...] | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """No other heading, and no word of the therapy."""
    told = [found for found in (_fault(report, under) for report in known(facts.reports, "attachments")) if found is not None]
    if not told:
        return does_not_apply(Reason.NO_FOLLOW_UP_REPORT)
    faults = [found for found in told if found is not Reason.FOLLOW_UP_REPORT_LIMITED]
    return fails(faults[0]) if faults else passes(Reason.FOLLOW_UP_REPORT_LIMITED)


def _fault(report: Report, under: Circumstances) -> Reason | None:
    """What is wrong with a document; None if it is no such report."""
    if known(report.doc_type, "doc_type") != FOLLOW_UP:
        return None
    if not known(report.about_adult, "about_adult") or known(report.accord, "accord") != COURT:
        return None
    if known(report.therapy_words, "therapy_words"):
        return Reason.FOLLOW_UP_TELLS_OF_THERAPY
    beyond = listed(report.headings, "headings") - set(under.words("follow_up.headings"))
    return Reason.FOLLOW_UP_HEADING_BEYOND if beyond else Reason.FOLLOW_UP_REPORT_LIMITED

"""YOUTH-REPORT-NO-DEPOSIT: a youth report itself is never deposited; its elements may be voiced and noted (COL 3.4.5.3)."""

from __future__ import annotations

from dataclasses import dataclass

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    fails,
    judged,
    known,
    passes,
    words_of,
)
from discretio.domain.judgements.reasons import Reason as FirstReason
from discretio.domain.judgements.youth.reasons import Reason
from discretio.domain.outcomes import Judgement
from discretio.law.special_classes import Flag, flags_mask

MARKS = flags_mask([Flag.YOUTH_REPORT])

RULE_ID = "YOUTH-REPORT-NO-DEPOSIT"


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry, with what is attached to it.

    Attributes:
        doc_types: the kinds of documents attached to it, | between; empty if there are none.
        flags: what the scan found in it and its attachments, as bits.
        examined: whether all of it could be examined.
        youth_source: whether it comes from such a report.
        characters: its length in characters.
        percent: how much of a known report it repeats, from 0 to 100.
    """

    doc_types: str | None = None
    flags: int | None = None
    examined: bool | None = None
    youth_source: bool | None = None
    characters: int | None = None
    percent: int | None = None


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """No such document, nothing that looks like one, and no passage long enough to be one."""
    if words_of(facts.doc_types) & set(under.words("youth.report_types")):
        return fails(Reason.YOUTH_REPORT_DEPOSITED)
    if known(facts.flags, "detected_flags") & MARKS:
        return fails(Reason.YOUTH_REPORT_MARKS_FOUND)
    if known(facts.percent, "percent") >= 100 * under.number("youth.overlap"):
        return fails(Reason.YOUTH_REPORT_REPEATED)
    from_report = known(facts.youth_source, "youth_source")
    if from_report and known(facts.characters, "characters") >= under.number("youth.longest_passage"):
        return fails(Reason.YOUTH_PASSAGE_TOO_LONG)
    known(facts.doc_types, "doc_type")
    if not known(facts.examined, "examined"):
        raise UnjudgeableError(FirstReason.NOT_EXAMINED)
    return passes(Reason.YOUTH_ELEMENTS_ONLY) if from_report else passes(Reason.NO_YOUTH_REPORT)

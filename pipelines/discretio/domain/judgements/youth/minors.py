"""MINOR-PRIORITY: what is found about minors weighs more and waits less, and is looked at again once they are grown up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from discretio.domain.judgements.answers import (
    Circumstances,
    UnjudgeableError,
    day,
    does_not_apply,
    fails,
    judged,
    known,
    passes,
    warns,
)
from discretio.domain.judgements.facts import may_lack
from discretio.domain.judgements.youth.reasons import Reason
from discretio.domain.outcomes import Judgement

RULE_ID = "MINOR-PRIORITY"
_WORST_FIRST = (Reason.MINOR_FINDING_NOT_RAISED, Reason.MINOR_FINDING_NOT_REVIEWED)


@dataclass(frozen=True, slots=True)
class Found:
    """A finding about the entry.

    Attributes:
        found_at: when it was found.
        severity_raised: whether it counts one step graver than its rule says.
        reviewed_at: when somebody looked at it; None if nobody did.
    """

    found_at: datetime | None = None
    severity_raised: bool | None = None
    reviewed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry.

    Attributes:
        introduced_at: when it was introduced.
        birth_date: when its person was born.
        childhood_words: whether words of school or childhood were found in it.
        findings: what was found about it.
        last_review_at: the last review of the necessity of its dossier.
    """

    introduced_at: datetime | None = None
    birth_date: datetime | None = may_lack("nobody knows it: words of school or childhood then say that it is a minor")
    childhood_words: bool | None = None
    findings: tuple[Found, ...] | None = None
    last_review_at: datetime | None = may_lack("nobody reviewed it yet")


@judged
def judge(facts: Facts, under: Circumstances) -> Judgement:
    """Findings raised and reviewed in time, and the dossier looked at again within a year of coming of age."""
    of_age = None if facts.birth_date is None else under.term("minor.until").after(day(facts.birth_date))
    if not _was_minor(facts, of_age):
        return does_not_apply(Reason.NOT_A_MINOR)
    found, untold = _answers(facts.findings or (), under)
    for fault in _WORST_FIRST:
        if fault in found:
            return fails(fault)
    if of_age is not None and _grown_up_unreviewed(of_age, facts.last_review_at, under):
        return fails(Reason.MINOR_GROWN_UP_UNREVIEWED)
    known(facts.findings, "finding_key")
    if untold is not None:
        raise untold
    return warns(Reason.MINOR_FINDING_TO_BE_REVIEWED) if found else passes(Reason.MINOR_LOOKED_AFTER)


def _was_minor(facts: Facts, of_age: date | None) -> bool:
    """Whether its person was a minor when it was introduced, or has to be taken for one."""
    if of_age is None:
        return known(facts.childhood_words, "childhood_words")
    return day(known(facts.introduced_at, "introduced_at")) < of_age


def _answers(findings: Iterable[Found], under: Circumstances) -> tuple[set[Reason], UnjudgeableError | None]:
    """What is to be said of the findings, and what can't be told of one; of what is in order, nothing."""
    found: set[Reason] = set()
    untold: UnjudgeableError | None = None
    for finding in findings:
        try:
            found.update(_answer(finding, under))
        except UnjudgeableError as unjudgeable:
            untold = unjudgeable
    return found, untold


def _answer(finding: Found, under: Circumstances) -> Iterator[Reason]:
    if finding.severity_raised is False:
        yield Reason.MINOR_FINDING_NOT_RAISED
    due = under.term("minor.review_within").after(day(known(finding.found_at, "found_at")))
    if (day(finding.reviewed_at) if finding.reviewed_at else under.as_of) > due:
        yield Reason.MINOR_FINDING_NOT_REVIEWED
    elif finding.reviewed_at is None:
        yield Reason.MINOR_FINDING_TO_BE_REVIEWED
    known(finding.severity_raised, "severity_raised")


def _grown_up_unreviewed(of_age: date, last_review_at: datetime | None, under: Circumstances) -> bool:
    reviewed = last_review_at is not None and day(last_review_at) >= of_age
    return not reviewed and under.as_of > under.term("minor.grown_review_within").after(of_age)

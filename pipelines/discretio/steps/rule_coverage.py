"""Which obligations of the catalogue a rule covers, read from what runs: rule files, suites, judges and legal cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from types import ModuleType

from discretio import resources
from discretio.domain import dues
from discretio.domain.judgements import attested
from discretio.domain.judgements.every_rule import rule_modules
from discretio.domain.judgements.facts import absence_of
from discretio.domain.outcomes import Outcome
from discretio.policy_files.case_files import LegalCase, read_cases, read_term_cases
from discretio.policy_files.choices import RuleFile
from discretio.policy_files.library import read_catalogue, read_rules

ATTESTED_CASES = "ATTESTED"
SUITES_OF = "reference_store"
_ANSWERS = {"OK": Outcome.PASS, "OVERDUE": Outcome.FAIL, "OVERDUE_HELD": Outcome.FAIL} | {each.value: each for each in Outcome}


class Implementation(StrEnum):
    """How a rule is answered."""

    EXPECTATION = "expectation"
    ATTESTATION = "attestation"
    TERM = "term"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Coverage:
    """One obligation of the catalogue, and what answers it.

    Attributes:
        rule_id: its id.
        chapter: its chapter.
        rule: its file, None if it has none.
        implementation: how it is answered.
        code: the class or module that answers it; empty if none does.
        cases: the legal cases of its kind.
        answers: how many of their answers there are of each kind; leaving out a needed fact is one more case of NOT_CHECKABLE.
        never: the outcomes that the rule can't have, as its judge says.
    """

    rule_id: str
    chapter: str
    rule: RuleFile | None
    implementation: Implementation
    code: str
    cases: Sequence[LegalCase]
    answers: Mapping[Outcome, int]
    never: frozenset[str] = field(default_factory=frozenset)

    @property
    def lacks(self) -> tuple[str, ...]:
        """What is still to be done before the obligation counts as covered."""
        missing = ["file"] if self.rule is None else []
        if self.implementation is Implementation.NONE:
            return (*missing, "implementation")
        wanted = (Outcome.PASS, Outcome.FAIL, Outcome.NOT_CHECKABLE)
        return (*missing, *(f"{each} case" for each in wanted if not self.answers.get(each) and each.value not in self.never))


def coverage(policies: Path) -> tuple[Coverage, ...]:
    """Every obligation of the catalogue, chapter by chapter.

    Args:
        policies: the policies folder.

    Raises:
        PolicyError: a file is wrong.
        UsageError: a suite is wrong, or the installation is incomplete.
    """
    seen = _Seen.gathered(policies)
    return tuple(
        seen.coverage_of(rule_id, chapter) for chapter, listed in read_catalogue(policies).items() for rule_id in listed
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """All that was found, by the id of the rule."""

    files: Mapping[str, RuleFile]
    planned: Mapping[str, tuple[Implementation, str]]
    judges: Mapping[str, ModuleType]
    cases: Mapping[str, Sequence[LegalCase]]

    @classmethod
    def gathered(cls, policies: Path) -> _Seen:
        return cls(
            files={document.content.id: document.content for document in read_rules(policies)},
            planned=_planned(),
            judges=rule_modules(),
            cases={**read_term_cases(resources.folder("term_cases")), **read_cases(resources.folder("cases"))},
        )

    def coverage_of(self, rule_id: str, chapter: str) -> Coverage:
        implementation, code = self.planned.get(rule_id, (Implementation.NONE, ""))
        is_attested = implementation is Implementation.ATTESTATION
        judge = attested if is_attested else self.judges.get(rule_id)
        cases = self.cases.get(ATTESTED_CASES if is_attested else rule_id, ())
        return Coverage(
            rule_id=rule_id,
            chapter=chapter,
            rule=self.files.get(rule_id),
            implementation=implementation,
            code=code,
            cases=cases,
            answers=_answers(cases, judge),
            never=frozenset(getattr(judge, "NEVER", frozenset())),
        )


def _planned() -> Mapping[str, tuple[Implementation, str]]:
    """What the suites of a store ask, and the terms that a deletion plan knows."""
    from discretio.checks.attested_rule import AttestedRule  # noqa: PLC0415 - imports Great Expectations, which takes seconds
    from discretio.checks.suites import read_suites  # noqa: PLC0415 - as above

    terms = dict.fromkeys(dues.DELETING_RULES, (Implementation.TERM, dues.__name__))
    planned = [
        one.expectation for suite in read_suites(resources.folder("expectations") / SUITES_OF) for one in suite.expectations
    ]
    return terms | {
        one.rule_id: (
            Implementation.ATTESTATION if issubclass(one, AttestedRule) else Implementation.EXPECTATION,
            f"{one.__module__}.{one.__name__}",
        )
        for one in planned
    }


def _answers(cases: Sequence[LegalCase], judge: ModuleType | None) -> Mapping[Outcome, int]:
    """How many answers there are of each kind."""
    counts = Counter(_ANSWERS.get(answer, Outcome.WARN) for case in cases for answer in case.answers)
    if judge is not None and cases:
        # The first judges say it at each fact in words, not by `may_lack`, and their cases leave each out themselves.
        told = any(absence_of(fact) for fact in fields(judge.Facts)) or judge.__name__.count(".") > 3
        counts[Outcome.NOT_CHECKABLE] += sum(not absence_of(fact) for fact in fields(judge.Facts)) if told else 0
    return counts

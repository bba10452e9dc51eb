"""What is said to be shown by a legal case (RULE: name) or a test (file::name) is there."""

from __future__ import annotations

from pathlib import Path

from discretio.policy_files.case_files import read_cases, read_term_cases

TESTS = Path(__file__).parents[1]
READ = (read_cases(TESTS / "domain/judgements/cases"), read_term_cases(TESTS / "domain/cases"))
CASES = {rule: [*READ[0].get(rule, ()), *READ[1].get(rule, ())] for rule in READ[0].keys() | READ[1].keys()}


def is_shown(by: str) -> bool:
    """Whether there is such a case or test."""
    if "::" in by:
        file, _, test = by.partition("::")
        return f"def {test}(" in (TESTS.parent / file).read_text(encoding="utf-8")
    rule, _, case = by.partition(": ")
    return case in {one.name for one in CASES[rule]}

"""The legal cases of the tests, as judges of mutants: each is called, and raises where the answer isn't the one it tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from domain import test_holds, test_legal_cases
from domain.judgements import test_cases
from law import test_periods, test_special_classes

Judge = Callable[[], object]
"""Says nothing if the law is applied as its case tells."""


def legal_cases() -> Iterator[Judge]:
    """Every legal case of a rule, of terms and holds, of periods and of special classes."""
    for rule, cases in test_cases.CASES.items():
        for case in cases:
            yield _called(test_cases.test_the_rule_answers_as_the_case_says, rule, case)
    for rule, fact in test_cases.EVERY_NEEDED_FACT:
        yield _called(
            test_cases.test_a_fact_that_the_store_doesn_t_tell_makes_the_rule_not_checkable_and_passes_nothing, rule, fact
        )
    for case in test_legal_cases._cases():  # noqa: SLF001 - the cases as pytest gets them
        yield _called(test_legal_cases.test_the_law_is_applied_as_the_case_says, *case.values)
    for promise, told in (
        (test_periods.test_the_last_lawful_day_is_the_one_a_lawyer_computes, test_periods.CASES),
        (test_holds.test_a_hold_is_reasoned_limited_and_approved_by_another, test_holds.DEFECTS),
        (test_special_classes.test_a_class_keeps_its_place_and_says_what_it_is, test_special_classes.CASES),
    ):
        yield from (_called(promise, case) for case in told)


def _called(promise: Callable[..., object], *told: object) -> Judge:
    return lambda: promise(*told)

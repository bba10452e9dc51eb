"""From a request to its report: which rules can be asked, what their validations say, and what is accepted of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from discretio.checks.handover import Handover, handing_over
from discretio.checks.hearing import Hearing
from discretio.checks.request import CheckReport, CheckRequest, Problem
from discretio.checks.rule_expectation import ROWS, count
from discretio.checks.store_view import StoreView
from discretio.checks.suites import FrameSuite, PlannedExpectation, read_suites
from discretio.checks.validation import Validation, validate
from discretio.domain.frames import OUTCOMES
from discretio.domain.judgements.answers import Circumstances
from discretio.domain.judgements.reasons import Reason, missing_column, missing_frame
from discretio.domain.outcomes import STORE_KEY, STORE_SCOPE, Outcome
from discretio.law.policy import ResolvedPolicy
from discretio.law.rules import Action


def answer_request(request: CheckRequest) -> CheckReport:
    """Answer every rule that the policy and the suites name; see `discretio.checks.run_checks`."""
    suites = read_suites(request.suites)
    planned = {one.rule_id: one for suite in suites for one in suite.expectations}
    asked = sorted(planned.keys() | _asked_by_policy(request.policy) if request.rules is None else request.rules)
    obstacles = {rule: _obstacle(rule, planned.get(rule), request) for rule in asked}
    runnable = [rule for rule in asked if obstacles[rule] is None]
    store = StoreView(request.frames, Circumstances(request.policy, request.as_of))
    judges = {rule: planned[rule].expectation.outcomes for rule in runnable}
    with handing_over(store, judges) as handover:
        validations = _validated(suites, runnable, request, handover)
    hearing = Hearing(store)
    found: list[pd.DataFrame] = []
    problems: list[Problem] = []
    counts: dict[str, Mapping[Outcome, int]] = {}
    for rule in asked:
        reason = obstacles[rule] or _refusal(rule, validations.get(rule), handover)
        answers = handover.outcomes[rule] if reason is None else _store_row(rule, reason)
        counts[rule] = count(answers)
        if reason is None:
            answers = hearing.partial_results(planned[rule].expectation, request.policy.rules[rule], answers)
        found.append(answers)
        if reason not in (None, Reason.NOTHING_TO_JUDGE, Reason.RULE_NOT_IN_POLICY):
            problems.append(Problem(rule, str(reason), handover.errors.get(rule, "")))
    return _report(found, counts, problems)


def _asked_by_policy(policy: ResolvedPolicy) -> set[str]:
    """The rules of the policy but those that a deletion plan answers: terms that have run out."""
    return {rule.id for rule in policy.rules.values() if Action.DELETE_AFTER_APPROVAL not in rule.does}


def _obstacle(rule: str, planned: PlannedExpectation | None, request: CheckRequest) -> str | None:
    """Why the rule can't be asked of this store, None if it can."""
    if rule not in request.policy.rules:
        return Reason.RULE_NOT_IN_POLICY
    if planned is None:
        return Reason.NO_EXPECTATION
    lacking = _lacking(planned.expectation.needs, request.frames)
    if lacking is not None:
        return lacking
    return Reason.NOTHING_TO_JUDGE if request.frames[planned.expectation.frame].empty else None


def _lacking(needs: Mapping[str, tuple[str, ...]], frames: Mapping[str, pd.DataFrame]) -> str | None:
    for frame in needs:
        if frame not in frames:
            return missing_frame(frame)
    for frame, columns in needs.items():
        for column in columns:
            if column not in frames[frame].columns:
                return missing_column(frame, column)
    return None


def _validated(
    suites: Iterable[FrameSuite], rules: Iterable[str], request: CheckRequest, handover: Handover
) -> Mapping[str, Validation]:
    """What Great Expectations says; nothing if it breaks, since its message could quote values."""
    runnable = [suite for suite in (suite.only(rules) for suite in suites) if suite.expectations]
    if not runnable:
        return {}
    try:
        return validate(runnable, request.frames, request.data_docs)
    except Exception as error:  # noqa: BLE001 - whatever it is, it may quote values
        handover.errors |= dict.fromkeys(rules, type(error).__name__)
        return {}


def _refusal(rule: str, validation: Validation | None, handover: Handover) -> str | None:
    """Why the outcomes of this rule are not accepted, None if they are."""
    if validation is None:
        return Reason.NO_VALIDATION_RESULT
    if validation.raised or rule in handover.errors:
        return Reason.EXPECTATION_RAISED
    outcomes = handover.outcomes.get(rule)
    if outcomes is None:
        return Reason.NO_VALIDATION_RESULT
    expected = {ROWS: len(outcomes)} | {outcome.value: number for outcome, number in count(outcomes).items()}
    return None if dict(validation.observed) == expected else Reason.COUNTS_DISAGREE


def _store_row(rule: str, reason: str) -> pd.DataFrame:
    """The one answer of a rule that has none per scope; a rule without anything to judge, or of another law, is N/A."""
    applies = reason not in (Reason.NOTHING_TO_JUDGE, Reason.RULE_NOT_IN_POLICY)
    row = {
        "rule_id": rule,
        "scope_kind": STORE_SCOPE,
        "scope_key": STORE_KEY,
        "dossier_key": None,
        "controller_key": None,
        "outcome": (Outcome.NOT_CHECKABLE if applies else Outcome.NOT_APPLICABLE).value,
        "reason": str(reason),
    }
    return pd.DataFrame([row], columns=list(OUTCOMES.column_names)).astype("str")


def _report(found: list[pd.DataFrame], counts: Mapping[str, Mapping[Outcome, int]], problems: Iterable[Problem]) -> CheckReport:
    empty = pd.DataFrame(columns=list(OUTCOMES.column_names), dtype="str")
    outcomes = pd.concat(found, ignore_index=True) if found else empty
    return CheckReport(outcomes=outcomes, counts=counts, problems=tuple(problems))

"""The small stores of the tests as judges of mutants: rows become facts, and each break changes the answer that it tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
from judges import Judge

from checks import broken_stores, test_chapters, test_rules
from checks.lawful_policy import AS_OF, policy_with
from discretio.checks.hearing import Hearing
from discretio.checks.store_view import StoreView
from discretio.domain.judgements.answers import Circumstances


def stores() -> Iterator[Judge]:
    """The lawful stores whole, and with something changed: straight to the expectation, without Great Expectations."""
    for chapter in test_chapters.CHAPTERS:
        view = _shipped(broken_stores.lawful(chapter), {})
        for rule in test_chapters.rules_of(chapter):
            yield _store(rule, view, {})
    for case in test_chapters.breaks():
        chapter, change = case.values
        view = _shipped(broken_stores.broken(chapter, change), change.get("policy", {}))
        yield _store(change["rule"], view, {"scope": change.get("scope", change.get("key")), **change})
    first = Circumstances(policy_with(), AS_OF)
    for change in test_rules.BREAKS:
        told = {"scope": change.scope or change.key, "outcome": change.outcome, "reason": change.reason}
        yield _store(change.rule, StoreView(test_rules.broken(change), first), told)
    lawful = StoreView(test_rules.lawful_frames(), first)
    yield from (_store(rule, lawful, {}) for rule in test_rules.RULES)


def _shipped(frames: Mapping[str, pd.DataFrame], policy: Mapping[str, Any]) -> StoreView:
    return StoreView(frames, Circumstances(broken_stores.policy(policy), AS_OF))


def _store(rule: str, view: StoreView, told: Mapping[str, Any]) -> Judge:
    """What a rule answers over a store: of one scope what is told, or else nothing but PASS and N/A."""
    expectation = test_chapters.PLANNED[rule]

    def judge() -> None:
        outcomes = expectation.outcomes(view)
        if not told:
            assert set(outcomes["outcome"]) <= {"PASS", "N/A"}
            return
        if "hears" in told:
            outcomes = Hearing(view).partial_results(expectation, view.under.policy.rules[rule], outcomes)
        outcomes = outcomes[outcomes["scope_key"] == str(told["scope"])]
        assert set(zip(outcomes["outcome"], outcomes["reason"], strict=True)) == {(told["outcome"], told["reason"])}
        assert "hears" not in told or set(outcomes["controller_key"]) == set(told["hears"])

    return judge

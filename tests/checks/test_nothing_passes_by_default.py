"""An outcome comes only from a validation that ran: whatever is missing makes a rule NOT_CHECKABLE, with its reason."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd
import pytest

from checks.broken_stores import lawful
from checks.frames_of_a_lawful_store import lawful_frames
from checks.lawful_policy import RULES, policy_with
from checks.test_chapters import CHAPTERS, rules_of
from checks.test_chapters import check as run_rule
from discretio.checks import CheckReport, Problem, rule_expectation
from discretio.checks import run as run_module
from discretio.checks.suites import read_suites
from discretio.checks.validation import Validation
from discretio.domain.judgements.answers import passes
from discretio.domain.outcomes import STORE_SCOPE, Judgement, Outcome
from discretio.errors import UsageError
from discretio.law.rules import Action
from discretio.resources import folder

Check = Callable[..., CheckReport]
KINDS = ("reference_store", "document_tree", "mapped_store", "paper_inventory")


@pytest.fixture
def suites(tmp_path: Path) -> Path:
    """The shipped suites of the reference store, to be spoilt."""
    return Path(shutil.copytree(folder("expectations") / "reference_store", tmp_path / "reference_store"))


def only_row(report: CheckReport, rule: str) -> tuple[str, str, str]:
    rows = report.outcomes[report.outcomes["rule_id"] == rule]
    assert len(rows) == 1
    row = rows.iloc[0]
    assert row["scope_kind"] == STORE_SCOPE
    assert row["scope_key"] == ""
    assert pd.isna(row["dossier_key"])
    assert pd.isna(row["controller_key"])
    return row["outcome"], row["reason"], rule


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_suites_answer_all_ten_rules(kind: str) -> None:
    planned = [one.rule_id for suite in read_suites(folder("expectations") / kind) for one in suite.expectations]
    assert set(planned) >= set(RULES)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_without_its_expectation_a_rule_is_not_checkable(check: Check, suites: Path, rule: str) -> None:
    for file in suites.glob("*.json"):
        suite = json.loads(file.read_text(encoding="utf-8"))
        suite["expectations"] = [one for one in suite["expectations"] if one["kwargs"]["rule"] != rule]
        file.write_text(json.dumps(suite), encoding="utf-8")
    report = check(lawful_frames(), suites=suites, rules=frozenset({rule}))
    assert only_row(report, rule) == ("NOT_CHECKABLE", "no_expectation", rule)
    assert report.counts[rule][Outcome.NOT_CHECKABLE] == 1
    assert report.problems == (Problem(rule, "no_expectation"),)


def test_without_a_suite_its_rules_are_not_checkable_and_the_others_are(check: Check, suites: Path) -> None:
    (suites / "holds.json").unlink()
    report = check(lawful_frames(), suites=suites)
    assert only_row(report, "ART2-3-4-HOLD")[:2] == ("NOT_CHECKABLE", "no_expectation")
    assert [problem.rule_id for problem in report.problems] == ["ART2-3-4-HOLD"]


NEEDS = {
    (rule.rule_id, name): columns
    for suite in read_suites(folder("expectations") / "reference_store")
    for rule in (one.expectation for one in suite.expectations)
    for name, columns in rule.needs.items()
    if rule.rule_id in RULES
}


@pytest.mark.parametrize(("rule", "name"), sorted(NEEDS))
def test_without_a_frame_that_it_needs_a_rule_is_not_checkable(check: Check, rule: str, name: str) -> None:
    frames = lawful_frames()
    del frames[name]
    report = check(frames, rules=frozenset({rule}))
    assert only_row(report, rule) == ("NOT_CHECKABLE", f"missing_frame_{name}", rule)


@pytest.mark.parametrize(("rule", "name", "column"), [(*key, column) for key, columns in NEEDS.items() for column in columns])
def test_without_a_column_that_it_needs_a_rule_is_not_checkable(check: Check, rule: str, name: str, column: str) -> None:
    frames = lawful_frames()
    frames[name] = frames[name].drop(columns=column)
    report = check(frames, rules=frozenset({rule}))
    assert only_row(report, rule) == ("NOT_CHECKABLE", f"missing_column_{name}_{column}", rule)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_an_empty_frame_that_the_store_delivers_is_not_applicable(check: Check, rule: str) -> None:
    frames = {name: table.iloc[:0] for name, table in lawful_frames().items()}
    report = check(frames, rules=frozenset({rule}))
    assert only_row(report, rule) == ("N/A", "nothing_to_judge", rule)
    assert report.problems == ()


def test_a_store_that_delivers_nothing_passes_nothing(check: Check) -> None:
    report = check({})
    assert set(report.outcomes["outcome"]) == {"NOT_CHECKABLE"}
    assert set(report.outcomes["rule_id"]) == set(RULES)


def test_a_folder_of_documents_is_not_checkable_for_all_that_it_can_t_tell(check: Check, tmp_path: Path) -> None:
    frames = lawful_frames()
    bare = {
        "dossiers": frames["dossiers"][["dossier_key", "kind"]],
        "entries": frames["entries"][["entry_key", "dossier_key"]],
        "entry_findings": frames["entry_findings"],
    }
    alone = Path(shutil.copytree(folder("expectations") / "document_tree", tmp_path / "document_tree"))
    report = check(bare, suites=alone)
    assert set(report.outcomes["outcome"]) == {"NOT_CHECKABLE"}
    assert len(report.problems) == len(RULES)


def test_the_rules_asked_are_those_of_the_policy_and_the_suites(check: Check) -> None:
    """A rule that no suite answers is reported; one of another law is N/A; terms that ran out are a plan's business."""
    rules = dict(policy_with().rules)
    hold = rules.pop("ART2-3-4-HOLD")
    rules["ART9-NEW"] = hold
    rules = {name: type(rule)(**{**fields_of(rule), "id": name}) for name, rule in rules.items()}
    deleting = {**fields_of(hold), "id": "ART2-3-4-RETENTION-MAX", "does": (Action.DETECT, Action.DELETE_AFTER_APPROVAL)}
    rules["ART2-3-4-RETENTION-MAX"] = type(hold)(**deleting)
    report = check(lawful_frames(), policy=policy_with(rules=rules))
    assert only_row(report, "ART9-NEW")[:2] == ("NOT_CHECKABLE", "no_expectation")
    assert only_row(report, "ART2-3-4-HOLD")[:2] == ("N/A", "rule_not_in_policy")
    assert "ART2-3-4-RETENTION-MAX" not in set(report.outcomes["rule_id"])


def fields_of(rule: Any) -> dict[str, Any]:  # noqa: ANN401 - a dataclass with slots
    return {name: getattr(rule, name) for name in type(rule).__slots__}


def test_only_the_rules_asked_are_answered(check: Check) -> None:
    report = check(lawful_frames(), rules=frozenset({"ART2-3-4-HOLD", "ART7-REPLY-3M"}))
    assert set(report.outcomes["rule_id"]) == set(report.counts) == {"ART2-3-4-HOLD", "ART7-REPLY-3M"}


def test_outcomes_without_a_validation_result_are_not_accepted(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_module, "validate", lambda *_: {})
    report = check(lawful_frames(), rules=frozenset({"ART2-2-CAT"}))
    assert only_row(report, "ART2-2-CAT")[:2] == ("NOT_CHECKABLE", "no_validation_result")


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (lambda real: Validation(raised=True, observed=real.observed), "expectation_raised"),
        (lambda real: Validation(raised=False, observed={**real.observed, "PASS": 99}), "counts_disagree"),
        (lambda real: Validation(raised=False, observed={**real.observed, "rows": 99}), "counts_disagree"),
        (lambda _: Validation(raised=False, observed={}), "counts_disagree"),
    ],
)
def test_outcomes_that_their_validation_result_contradicts_are_not_accepted(
    check: Check, monkeypatch: pytest.MonkeyPatch, said: Callable[[Validation], Validation], reason: str
) -> None:
    real = run_module.validate
    monkeypatch.setattr(run_module, "validate", lambda *given: {rule: said(one) for rule, one in real(*given).items()})
    report = check(lawful_frames(), rules=frozenset({"ART2-2-CAT"}))
    assert only_row(report, "ART2-2-CAT")[:2] == ("NOT_CHECKABLE", reason)


class ExpectOneEntryTooFew(rule_expectation.RuleExpectation):
    """Forgets the last entry."""

    rule_id: ClassVar[str] = "FORGETFUL"
    frame: ClassVar[str] = "entries"
    scope_kind: ClassVar[str] = "entry"

    @classmethod
    def judgements(cls, store: Any) -> Sequence[Judgement]:  # noqa: ANN401 - as its base class
        return [passes("declared")] * (len(store.frames["entries"]) - 1)


def test_a_rule_that_forgets_a_row_is_not_accepted(check: Check, tmp_path: Path) -> None:
    suite = {
        "name": "entries",
        "expectations": [{"type": ExpectOneEntryTooFew.expectation_type, "kwargs": {"rule": "FORGETFUL"}}],
    }
    (tmp_path / "entries.json").write_text(json.dumps(suite), encoding="utf-8")
    rule = next(iter(policy_with().rules.values()))
    policy = policy_with(rules={"FORGETFUL": type(rule)(**{**fields_of(rule), "id": "FORGETFUL"})})
    report = check(lawful_frames(), suites=tmp_path, policy=policy)
    assert only_row(report, "FORGETFUL")[:2] == ("NOT_CHECKABLE", "expectation_raised")


@pytest.mark.parametrize(("frame", "column"), [("entries", "shoe_size"), ("shoes", "entry_key")])
def test_a_rule_that_reads_what_no_store_can_deliver_is_refused(
    monkeypatch: pytest.MonkeyPatch, suites: Path, frame: str, column: str
) -> None:
    """Else it would be NOT_CHECKABLE everywhere, and look like the stores' fault."""
    rule = next(one.expectation for suite in read_suites(suites) for one in suite.expectations if one.rule_id == "ART2-2-CAT")
    monkeypatch.setattr(rule, "needs", {**rule.needs, frame: (column,)})
    with pytest.raises(UsageError, match=f"the rule ART2-2-CAT reads {frame}.{column}") as refusal:
        read_suites(suites)
    assert refusal.value.where.endswith("entries.json")
    assert refusal.value.remedy


SPOILT = {
    "not JSON": "{",
    "no expectations": "{}",
    "an expectation that doesn't exist": json.dumps({"expectations": [{"type": "expect_nothing", "kwargs": {}}]}),
    "an expectation whose results hold values": json.dumps(
        {"expectations": [{"type": "expect_column_values_to_be_unique", "kwargs": {"column": "entry_key"}}]}
    ),
    "the wrong frame": json.dumps(
        {"expectations": [{"type": "expect_every_closure_to_be_known", "kwargs": {"rule": "ART2-3-4-CLOSURE-UNKNOWN"}}]}
    ),
    "the wrong rule": json.dumps(
        {"expectations": [{"type": "expect_every_entry_to_fall_in_a_declared_category", "kwargs": {"rule": "ART4-CONSENT"}}]}
    ),
    "a rule twice": json.dumps(
        {"expectations": [{"type": "expect_every_entry_to_fall_in_a_declared_category", "kwargs": {"rule": "ART2-2-CAT"}}] * 2}
    ),
}


@pytest.mark.parametrize("spoilt", SPOILT.values(), ids=SPOILT.keys())
def test_a_suite_that_is_not_ours_is_refused_with_its_file_and_a_remedy(check: Check, suites: Path, spoilt: str) -> None:
    (suites / "entries.json").write_text(spoilt, encoding="utf-8")
    with pytest.raises(UsageError) as refusal:
        check(lawful_frames(), suites=suites)
    assert "reference_store" in refusal.value.where
    assert refusal.value.remedy


def test_a_kind_of_store_without_suites_is_refused(check: Check, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no expectations"):
        check(lawful_frames(), suites=tmp_path / "unheard_of")


@pytest.mark.parametrize("rule", ["SECRET-LAWYER-458Q", "YOUTH-REPORT-NO-DEPOSIT", "ART6-JUDICIAL-FLAG", "ART2-CLASSIFIED"])
def test_an_entry_that_came_after_the_scan_leaves_the_answers_of_the_others_alone(rule: str) -> None:
    chapter = next(one for one in CHAPTERS if rule in rules_of(one))
    frames = lawful(chapter)
    before = run_rule(frames, rule).outcomes
    newer = frames["entries"].head(1).assign(entry_key="newer")
    report = run_rule(frames | {"entries": pd.concat([frames["entries"], newer], ignore_index=True)}, rule)
    assert report.problems == ()
    kept = report.outcomes[report.outcomes["scope_key"] != "newer"]
    assert kept["outcome"].tolist() == before["outcome"].tolist()

"""What `discretio rules coverage` says is read from what runs: a rule without its file, expectation or cases isn't covered."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from discretio import resources
from discretio.resources import folder
from discretio.steps import rule_coverage
from discretio.steps.rule_coverage import Coverage, Implementation, coverage
from discretio.steps.rule_pages import coverage_page

RULE = "COL-4.2-INDIVIDUAL-EXCEPTION"


@pytest.fixture(scope="module")
def found() -> dict[str, Coverage]:
    return {each.rule_id: each for each in coverage(folder("policies"))}


def test_a_rule_that_has_a_file_has_an_implementation_and_is_seen_to_pass_to_fail_and_to_be_not_checkable(
    found: dict[str, Coverage],
) -> None:
    assert {rule: each.lacks for rule, each in found.items() if each.rule is not None and each.lacks} == {}


def test_the_page_in_docs_shows_all_117_covered_as_they_are_today(found: dict[str, Coverage]) -> None:
    page = coverage_page(tuple(found.values()))
    assert "117 of 117 obligations are covered" in page
    assert (folder("policies").parent / "docs" / "rule-coverage.md").read_text(encoding="utf-8") == page, "make docs"


def test_a_rule_that_is_answered_has_a_file(found: dict[str, Coverage]) -> None:
    answered = {rule for rule, each in found.items() if each.implementation is not Implementation.NONE}
    assert {rule for rule in answered if found[rule].rule is None} <= {"ART2-3-4-RETENTION-NECESSITY"}


def test_an_attested_rule_says_why_no_data_can_show_it(found: dict[str, Coverage]) -> None:
    for each in found.values():
        if each.rule is not None:
            assert bool(each.rule.attestation) is (each.implementation is Implementation.ATTESTATION), each.rule_id


def moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> Path:
    """A copy of a folder of the repository, that everything reads from now on."""
    copy = Path(shutil.copytree(folder(name), tmp_path / name))
    real = resources.folder
    monkeypatch.setattr(rule_coverage.resources, "folder", lambda asked: copy if asked == name else real(asked))
    return copy


def state(rule: str = RULE) -> Coverage:
    return next(each for each in coverage(folder("policies")) if each.rule_id == rule)


def test_without_its_expectation_a_rule_is_not_covered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    suites = moved(tmp_path, monkeypatch, "expectations")
    assert state().lacks == ()
    (suites / "every_store" / "legal_basis.json").write_text('{"expectations": []}', encoding="utf-8")
    assert state().lacks == ("implementation",)


def test_without_a_case_in_which_it_fails_a_rule_is_not_covered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = moved(tmp_path, monkeypatch, "cases")
    file = cases / "legal_basis" / f"{RULE}.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("outcome: FAIL", "outcome: WARN"), encoding="utf-8")
    assert state().lacks == ("FAIL case",)


def test_without_its_file_an_obligation_is_not_covered(tmp_path: Path) -> None:
    policies = Path(shutil.copytree(folder("policies"), tmp_path / "policies"))
    (policies / "rules" / f"{RULE}.yaml").unlink()
    each = next(each for each in coverage(policies) if each.rule_id == RULE)
    assert each.lacks == ("file",)

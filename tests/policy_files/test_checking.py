"""check_policies tells a lawyer everything at once."""

from pathlib import Path

import pytest

from discretio.policy_files import check_policies
from policy_files.copies import Copy

CAP = "be/bill_56_0485/art2_retention_cap.yaml"
K = "defaults/suppression_k.yaml"
RULE = "rules/ART8-ERASURE.yaml"


def test_what_is_shipped_is_in_order(shipped: Path) -> None:
    assert check_policies(shipped) == []


def test_every_problem_of_every_file_is_told_line_by_line(policies: Copy) -> None:
    policies.replace(CAP, "unit: term", "unit: term\ncolour: red")
    policies.replace(CAP, "value: P30Y", "value: thirty years")
    policies.replace(CAP, "checked_on: 2026-11-21", "checked_on: 2026-11-31")
    policies.replace(K, "value: 5", "value: few")
    found = [error.where for error in check_policies(policies.folder)]
    lines = [f"{CAP}:{policies.line(CAP, text)}" for text in ("colour", "thirty years", "2026-11-31")]
    assert found == [*lines, f"{K}:{policies.line(K, 'few')}"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("be/bill_56_0485/old.yml", "this is no policy file"),
        ("defaults/suppression_k.yaml.bak", "this is no policy file"),
        ("stray.yaml", "no file of this name belongs here"),
    ],
)
def test_a_file_that_the_loader_would_pass_over_is_told(policies: Copy, name: str, says: str) -> None:
    (policies.folder / name).write_text("x: 1\n")
    assert [(error.where, error.what) for error in check_policies(policies.folder)] == [(f"{name}:1", says)]


def test_a_note_and_a_hidden_file_may_lie_there(policies: Copy) -> None:
    (policies.folder / "README.md").write_text("Why we adopted it.\n")
    (policies.folder / "be" / ".swp").write_bytes(b"\xff")
    assert check_policies(policies.folder) == []


@pytest.mark.parametrize(
    ("name", "change", "at", "says"),
    [
        (RULE, ("  - art8.lead", "  - art8.leed"), "leed", "no file sets art8.leed"),
        (RULE, ("- instrument: BE-BILL-56-0485", "- instrument: BE-BILL"), "BE-BILL", "there is no instrument BE-BILL"),
        (RULE, ("id: ART8-ERASURE", "id: ART8-ERASE"), "ART8-ERASE", "the rule and its file have different names"),
        ("defaults/instrument.yaml", ("id: DISCRETIO-DEFAULTS", "id: EU-GDPR"), "id:", "the id EU-GDPR stands in"),
    ],
)
def test_what_one_file_says_about_another_is_compared(
    policies: Copy, name: str, change: tuple[str, str], at: str, says: str
) -> None:
    policies.replace(name, *change)
    found = {error.where: error.what for error in check_policies(policies.folder)}
    assert says in found[f"{name}:{policies.line(name, at)}"]

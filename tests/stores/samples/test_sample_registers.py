"""The registers of the samples: every rule that asks for one is answered; each planted fault breaks the rule that it names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from discretio.checks.rule_expectation import RuleExpectation
from discretio.checks.store_view import StoreView
from discretio.checks.suites import read_suites
from discretio.domain.frames import ENTRY_FINDINGS, KNOWN_FRAMES
from discretio.domain.judgements.answers import Circumstances
from discretio.policy_files import load_policy
from discretio.resources import folder
from discretio.stores.loading import load_rows
from discretio.stores.reference import create_store
from discretio.stores.samples.enrichment import Enrichment
from discretio.stores.samples.model import Dossier
from discretio.stores.samples.registers import Fault, filled_registers, shipped_faults, with_registers
from discretio.stores.samples.rows import to_rows

AS_OF = date(2026, 11, 21)
Frames = dict[str, pd.DataFrame]
# Nobody in the samples has an own dossier, serves under title 3, is a lawyer, or holds rank over who reads; no authorisation is
# for one case, and no police report tells of a foreign offence: their rules have nothing to judge.
NOTHING_TO_JUDGE = {
    "ART4-MEASURES", "ART4-ACCESS", "ART2-2-TITLE3", "SECRET-LAWYER-PARTICIPANT", "HIERARCHY-MINIMAL",
    "COL-4.2-INDIVIDUAL-EXCEPTION", "PV-OUT-OF-SCOPE",
}  # fmt: skip
# Answered from our own ledger.
OURS = {"PIPE-NO-AUTO-DELETE", "PIPE-POLICY-DATED", "PIPE-FINDING-RETENTION", "MINOR-PRIORITY"}


@pytest.fixture(scope="module")
def base(samples: tuple[Dossier, ...], enrichment: Enrichment) -> Frames:
    return to_rows(samples, enrichment)


def judged(frames: Frames, rules: list[type[RuleExpectation]]) -> dict[str, pd.DataFrame]:
    """What the rules answer, every entry having been examined and found to be as declared."""
    entries = frames["entries"]
    found = {"entry_key": entries["entry_key"], "detected_categories": entries["categories"],
             "detected_flags": entries["special_declared"], "examined": True}  # fmt: skip
    made = {
        "entry_findings": pd.DataFrame(found).astype({column.name: column.dtype for column in ENTRY_FINDINGS.columns}),
        "number_findings": pd.DataFrame({"entry_key": entries["entry_key"], "valid_numbers": 0}),
    }
    policy = load_policy(folder("policies"), "BE-BILL-56-0485", AS_OF)
    view = StoreView(frames | made, Circumstances(policy, AS_OF))
    return {rule.rule_id: rule.outcomes(view) for rule in rules}


@pytest.fixture(scope="module")
def rules() -> list[type[RuleExpectation]]:
    planned = [
        one.expectation for suite in read_suites(folder("expectations") / "reference_store") for one in suite.expectations
    ]
    return [rule for rule in planned if rule.rule_id not in OURS]


@pytest.fixture(scope="module")
def lawful(base: Frames, rules: list[type[RuleExpectation]]) -> dict[str, pd.DataFrame]:
    return judged(filled_registers(base, pd.Timestamp(AS_OF)).cast(), rules)


@pytest.fixture(scope="module")
def broken(base: Frames, rules: list[type[RuleExpectation]]) -> dict[str, pd.DataFrame]:
    return judged(with_registers(base, pd.Timestamp(AS_OF)), rules)


def test_every_rule_is_answered_and_nearly_all_pass_somewhere(lawful: dict[str, pd.DataFrame]) -> None:
    unanswered = {rule for rule, outcomes in lawful.items() if set(outcomes["outcome"]) <= {"NOT_CHECKABLE"}}
    assert unanswered == set()
    assert {rule for rule, outcomes in lawful.items() if "PASS" not in set(outcomes["outcome"])} == NOTHING_TO_JUDGE


@pytest.mark.parametrize("fault", shipped_faults(), ids=lambda fault: fault.violates)
def test_a_fault_breaks_the_rule_that_it_names(
    fault: Fault, lawful: dict[str, pd.DataFrame], broken: dict[str, pd.DataFrame]
) -> None:
    failed = [int((told[fault.violates]["outcome"] == "FAIL").sum()) for told in (lawful, broken)]
    assert failed[1] > failed[0], fault.why


def test_a_store_takes_all_of_it(base: Frames, tmp_path: Path) -> None:
    store = create_store(f"sqlite:///{tmp_path / 'store.db'}", registers=["all"])
    counts = load_rows(store, with_registers(base, pd.Timestamp(AS_OF)))
    assert counts["legal_bases"] > 0
    assert store.frames() <= KNOWN_FRAMES.keys()
    store.check()

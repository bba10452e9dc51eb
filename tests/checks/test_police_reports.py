"""An outcome about a police report belongs to the dossier out of which the report was made."""

from __future__ import annotations

import pandas as pd
import pytest

from checks.broken_stores import Frames, lawful, policy
from checks.lawful_policy import AS_OF
from discretio.checks import CheckRequest, run_checks
from discretio.resources import folder

RULES = ("PV-AUTHOR", "PV-OUT-OF-SCOPE", "SECRET-PROSECUTION-SCOPE")


def dossiers_of(frames: Frames, rule: str) -> dict[str, object]:
    suites = folder("expectations") / "reference_store"
    request = CheckRequest(frames=frames, policy=policy(), as_of=AS_OF, suites=suites, rules=frozenset({rule}))
    told = run_checks(request).outcomes
    return {row["scope_key"]: row["dossier_key"] for row in told.to_dict("records")}


@pytest.mark.parametrize("rule", RULES)
def test_an_outcome_belongs_to_the_dossier_of_the_disclosure(rule: str) -> None:
    assert dossiers_of(lawful("secrecy"), rule)["r1"] == "d1"


def test_a_report_out_of_two_dossiers_belongs_to_neither_alone() -> None:
    frames = lawful("secrecy")
    told = frames["disclosures"]
    second = told[told["police_report_key"] == "r1"].assign(disclosure_key="x-second", dossier_key="d-second")
    frames["disclosures"] = pd.concat([told, second], ignore_index=True)
    found = dossiers_of(frames, "PV-AUTHOR")
    assert pd.isna(found["r1"])
    assert found["r2"] == "d1"


def test_a_store_that_tells_no_disclosures_is_answered_all_the_same() -> None:
    frames = {name: frame for name, frame in lawful("secrecy").items() if name != "disclosures"}
    assert set(dossiers_of(frames, "PV-AUTHOR")) == {"r1", "r2"}

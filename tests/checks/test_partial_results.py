"""Each outcome is told to everyone whom it concerns, one partial result each, and to nobody else (catalogue §6)."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from checks.broken_stores import lawful, policy
from checks.frames_of_a_lawful_store import frame
from checks.test_chapters import check
from discretio.domain.outcomes import Outcome

Rows = list[dict[str, Any]]
PARTS: Rows = [
    {"participation_key": f"q{number}", "dossier_key": "d1", "controller_key": key}
    for number, key in enumerate(("police", "cpas", "flemish"))
]
DOSSIER: dict[str, Any] = {"dossier_key": "d1", "kind": "SHARED", "status": "OPEN", "owner": "police", "consultation_key": "k1"}


def entry(key: str, by: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any column
    return {
        "entry_key": key,
        "dossier_key": "d1",
        "introduced_by": by,
        "introduced_at": "2026-03-01",
        "categories": 2,
        "special_declared": 0,
        **more,
    }


def heard(rule: str, chapter: str, **rows: Rows) -> dict[str, set[tuple[str, str]]]:
    """By scope, who hears which outcome."""
    frames = lawful(chapter) | {name: frame(name, listed) for name, listed in rows.items()}
    report = check(frames, rule)
    assert report.problems == ()
    found: dict[str, set[tuple[str, str]]] = {}
    for scope, by, outcome in report.outcomes[["scope_key", "controller_key", "outcome"]].itertuples(index=False):
        found.setdefault(scope, set()).add((by, outcome))
    return found


def test_a_term_of_a_shared_dossier_is_heard_of_by_the_authority_of_every_participant() -> None:
    found = heard("ART3-1-RETENTION-SET-BEFORE-FIRST", "shared_dossier", dossiers=[DOSSIER], dossier_participants=PARTS)
    assert found == {"d1": {("police", "FAIL"), ("cpas", "FAIL"), ("flemish", "FAIL")}}


def test_several_results_are_one_judgement() -> None:
    frames = lawful("shared_dossier") | {
        "dossiers": frame("dossiers", [DOSSIER]),
        "dossier_participants": frame("dossier_participants", PARTS),
    }
    report = check(frames, "ART3-1-RETENTION-SET-BEFORE-FIRST")
    assert report.counts["ART3-1-RETENTION-SET-BEFORE-FIRST"][Outcome.FAIL] == 1
    assert len(report.outcomes) == 3


def test_an_entry_with_two_introducers_is_heard_of_by_both() -> None:
    found = heard(
        "ART2-2-LEGAL-GROUND", "data",
        entries=[entry("e1", "police"), entry("e2", "cpas")],
        entry_introducers=[{"introducer_key": "i1", "entry_key": "e1", "controller_key": "flemish"}],
    )  # fmt: skip
    assert {by for by, _ in found["e1"]} == {"police", "flemish"}
    assert {by for by, _ in found["e2"]} == {"cpas"}


def test_a_person_is_heard_of_by_who_introduced_something_into_his_dossier() -> None:
    found = heard(
        "ART2-2-SUBJECT-ROLE", "data",
        dossiers=[DOSSIER], persons=[{"person_key": "p1", "dossier_key": "d1"}],
        entries=[entry("e1", "cpas"), entry("e2", "flemish")],
    )  # fmt: skip
    assert found == {"p1": {("cpas", "FAIL"), ("flemish", "FAIL")}}


def test_where_nobody_introduced_anything_the_owner_s_authority_hears() -> None:
    found = heard(
        "ART2-2-SUBJECT-ROLE", "data", dossiers=[DOSSIER], persons=[{"person_key": "p1", "dossier_key": "d1"}], entries=[]
    )
    assert found == {"p1": {("police", "FAIL")}}


def test_of_a_partner_without_commitment_its_own_authority_hears_and_no_other() -> None:
    named = [
        {"basis_participant_row": key, "legal_basis_key": "b1", "controller_key": key} for key in ("police", "cpas", "flemish")
    ]
    found = heard(
        "COL-4.2-WRITTEN-COMMITMENT", "legal_basis",
        controllers=[{"controller_key": "pr", "kind": "PROSECUTOR", "regime": "T2"}],
        dossiers=[DOSSIER], dossier_participants=PARTS,
        legal_bases=[{"legal_basis_key": "b1", "consultation_key": "k1", "type": "PR_PROTOCOL", "valid_from": "2026-01-01"}],
        basis_participants=named,
        sessions=[{"session_key": "s1", "dossier_key": "d1", "started_at": "2026-02-01"}],
        session_attendances=[{"attendance_row": "a1", "session_key": "s1", "controller_key": "pr"}],
        commitments=[
            {"commitment_row": key, "legal_basis_key": "b1", "controller_key": key, "signed_at": "2026-01-10"}
            for key in ("police", "cpas")
        ],
    )  # fmt: skip
    assert found == {"s1": {("flemish", "FAIL")}}


def test_of_a_participant_that_isnt_named_its_own_authority_hears_and_no_other() -> None:
    found = heard(
        "COL-3.4.3-PARTICIPANT-LISTED", "legal_basis",
        dossiers=[DOSSIER], dossier_participants=PARTS, sessions=[], session_attendances=[], access_grants=[],
        legal_bases=[{"legal_basis_key": "b1", "consultation_key": "k1", "valid_from": "2026-01-01"}],
        basis_participants=[{"basis_participant_row": "n1", "legal_basis_key": "b1", "controller_key": "police"}],
        entries=[entry("e1", "police"), entry("e2", "cpas")],
    )  # fmt: skip
    assert found == {"d1": {("cpas", "FAIL")}}


def test_both_ends_of_a_link_are_told() -> None:
    link = {"link_key": "k1", "link_source": "police", "link_target": "flemish", "mutual_tls": False}
    found = heard("ART3-LINK-SECURITY", "shared_dossier", links=[link], transfers=[], link_days=[])
    assert {by for by, _ in found["k1"]} == {"police", "flemish"}


@pytest.mark.parametrize("rule", ["ART3-2-ACCESS-MGMT", "BG-JOINT-ARRANGEMENT"])
def test_the_host_of_a_dossier_is_told_of_its_measures_beside_the_participant(rule: str) -> None:
    assert "BY_HOST" in policy().rules[rule].heard_too


def test_a_host_is_told_beside_the_participant() -> None:
    grant = {"grant_key": "g1", "dossier_key": "d1", "controller_key": "cpas", "user_key": "u1"}
    found = heard(
        "ART3-2-ACCESS-MGMT", "shared_dossier",
        dossiers=[DOSSIER | {"host": "flemish"}], dossier_participants=PARTS, access_grants=[grant],
    )  # fmt: skip
    assert {by for by, _ in found["g1"]} == {"cpas", "flemish"}


def test_what_nobody_known_introduced_is_not_lost() -> None:
    rows = frame("entries", [entry("e1", "police")])
    rows["introduced_by"] = pd.Series([None], dtype="str")
    report = check(lawful("data") | {"entries": rows, "dossiers": frame("dossiers", [])}, "ART2-2-LEGAL-GROUND")
    assert report.outcomes["scope_key"].tolist() == ["e1"]
    assert report.outcomes["controller_key"].isna().all()

"""Readings of an ambiguity that are told apart by columns which a store need not deliver: who closed, and which project."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from checks.frames_of_a_lawful_store import lawful_frames
from checks.lawful_policy import VALUES, policy_with
from discretio.checks import CheckReport

Check = Callable[..., CheckReport]
CLOSURE, TERM_SET = "ART2-3-4-CLOSURE-UNKNOWN", "ART3-1-RETENTION-SET-BEFORE-FIRST"


def reason_for_d1(report: CheckReport) -> str:
    return str(report.outcomes.loc[report.outcomes["scope_key"] == "d1", "reason"].item())


@pytest.mark.parametrize(
    ("closer", "reading", "reason"),
    [
        ("owner", "ORGANISER", "closure_known"),
        ("another", "ORGANISER", "closed_by_another"),
        ("another", "PARTICIPANT", "closure_known"),
        (None, "ORGANISER", "closure_known"),
        (None, "PARTICIPANT", "closure_known"),
    ],
)
def test_who_closed_a_dossier_counts_as_the_policy_reads_it(
    check: Check, closer: str | None, reading: str, reason: str
) -> None:
    frames = lawful_frames()
    owner = frames["dossiers"]["owner"]
    closers = {"owner": owner, "another": owner + "-other", None: owner.mask(owner.notna())}
    day = pd.Timestamp("2025-06-30")
    frames["dossiers"] = frames["dossiers"].assign(status="CLOSED", closed_at=day, closed_by=closers[closer])
    policy = policy_with(values=VALUES | {"closure.by": reading})
    assert reason_for_d1(check(frames, policy=policy, rules=frozenset({CLOSURE}))) == reason


def test_who_closed_a_dossier_of_an_unknown_owner_can_t_be_judged(check: Check) -> None:
    frames = lawful_frames()
    owner = frames["dossiers"]["owner"]
    day = pd.Timestamp("2025-06-30")
    frames["dossiers"] = frames["dossiers"].assign(
        status="CLOSED", closed_at=day, closed_by=owner, owner=owner.mask(owner.notna())
    )
    assert reason_for_d1(check(frames, rules=frozenset({CLOSURE}))) == "missing_field_owner"


@pytest.mark.parametrize(
    ("reading", "project", "reason"),
    [
        ("CASE", "p", "term_set_before_first_session"),
        ("PROJECT", "p", "term_set_late"),
        ("PROJECT", None, "missing_field_consultation_key"),
    ],
)
def test_a_term_is_set_before_the_first_session_of_the_case_or_of_the_project(
    check: Check, reading: str, project: str | None, reason: str
) -> None:
    """Another case of the same project had a session years before."""
    frames = lawful_frames()
    case = frames["dossiers"][frames["dossiers"]["dossier_key"] == "d1"]
    other = case.assign(dossier_key="d-before")
    dossiers = pd.concat([frames["dossiers"], other], ignore_index=True)
    frames["dossiers"] = dossiers.assign(consultation_key=pd.Series([project] * len(dossiers), dtype="str"))
    earlier = (
        frames["sessions"]
        .iloc[[0]]
        .assign(session_key="s-before", dossier_key="d-before", started_at=pd.Timestamp("2019-01-07"))
    )
    frames["sessions"] = pd.concat([frames["sessions"], earlier], ignore_index=True)
    policy = policy_with(values=VALUES | {"first.consultation": reading})
    assert reason_for_d1(check(frames, policy=policy, rules=frozenset({TERM_SET}))) == reason

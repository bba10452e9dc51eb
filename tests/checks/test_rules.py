"""Each rule passes, fails and is not checkable through real Great Expectations, over frames as a store delivers them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import pytest

from checks.frames_of_a_lawful_store import frame, lawful_frames
from checks.lawful_policy import RULES
from discretio.checks import CheckReport
from discretio.domain.frames import OUTCOMES
from discretio.domain.outcomes import Outcome
from discretio.law.special_classes import Flag, categories_mask, flags_mask

Check = Callable[..., CheckReport]
Frames = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Break:
    """One thing changed in the lawful store, and what the rule then answers about one scope."""

    rule: str
    frame: str
    key: str
    change: Mapping[str, Any]
    outcome: str
    reason: str
    scope: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


BREAKS = [
    Break("ART2-2-CAT", "entries", "e1", {"categories": 0}, "FAIL", "no_category"),
    Break("ART2-2-CAT", "entries", "e1", {"categories": 1 << 20}, "FAIL", "unknown_category"),
    Break("ART2-2-CAT", "entry_findings", "e1", {"detected_categories": 1 << 5}, "FAIL", "undeclared_category_found"),
    Break("ART2-2-CAT", "entry_findings", "e1", {"examined": False}, "NOT_CHECKABLE", "not_examined"),
    Break("ART2-2-CAT", "entries", "e20", {"categories": 0, "category_exempt": "PROCEDURE"}, "N/A", "needs_no_category"),
    Break("ART2-2-SPECIAL-DETECT", "entries", "e1", {"special_declared": 0}, "FAIL", "undeclared_special_data"),
    Break("ART2-2-SPECIAL-DETECT", "entry_findings", "e1", {"examined": None}, "NOT_CHECKABLE", "not_examined"),
    Break(
        "ART2-2-SPECIAL-DETECT",
        "entry_findings",
        "e20",
        {"detected_flags": flags_mask([Flag.CLASSIFIED])},
        "PASS",
        "no_special_data",
    ),
    Break("ART2-2-CAT16-JUSTIF", "entries", "e20", {"cat16_justification": None}, "FAIL", "no_justification"),
    Break(
        "ART2-2-CAT16-JUSTIF", "entries", "e20", {"cat16_justified_at": None}, "NOT_CHECKABLE",
        "missing_field_cat16_justified_at",
    ),
    Break("ART2-2-CAT16-JUSTIF", "entry_findings", "e20", {"detected_categories": 1 << 3}, "WARN", "fits_listed_category"),
    Break("ART2-2-CAT16-JUSTIF", "entries", "e1", {"categories": categories_mask([16])}, "PASS", "justified", "e20"),
    Break("ART2-2-SUBJECT-ROLE", "persons", "p2", {"role": None}, "FAIL", "no_role"),
    Break("ART2-2-SUBJECT-ROLE", "persons", "p2", {"linked_to": "p2"}, "FAIL", "linked_to_non_subject"),
    Break("ART2-2-SUBJECT-ROLE", "persons", "p2", {"linked_to": "nobody"}, "FAIL", "linked_outside_dossier"),
    Break("ART2-2-SUBJECT-ROLE", "persons", "p1", {"dossier_key": "d2"}, "FAIL", "linked_outside_dossier", "p2"),
    Break("ART2-2-SUBJECT-ROLE", "persons", "p1", {"role": None}, "NOT_CHECKABLE", "linked_person_has_no_role", "p2"),
    Break("ART3-1-RETENTION-SET-BEFORE-FIRST", "dossiers", "d1", {"agreed_term": None}, "FAIL", "no_term"),
    Break(
        "ART3-1-RETENTION-SET-BEFORE-FIRST", "sessions", "s1", {"started_at": None}, "NOT_CHECKABLE", "undated_session",
        "d1",
    ),
    Break(
        "ART3-1-RETENTION-SET-BEFORE-FIRST", "sessions", "s1", {"started_at": pd.Timestamp("2025-01-10")}, "FAIL",
        "same_day_without_times", "d1",
    ),
    Break("ART3-1-RETENTION-WITHIN-LEGAL", "dossiers", "d1", {"agreed_term": "vijfendertig jaar"}, "FAIL", "term_exceeds_cap"),
    Break("ART3-1-RETENTION-WITHIN-LEGAL", "dossiers", "d1", {"agreed_term": "?"}, "NOT_CHECKABLE", "term_unreadable"),
    Break(
        "ART3-1-RETENTION-WITHIN-LEGAL", "dossiers", "d1", {"agreed_term": "P35Y", "agreed_term_start": "OPENED"}, "WARN",
        "unverifiable_before_closure",
    ),
    Break("ART2-3-4-CLOSURE-UNKNOWN", "dossiers", "d1", {"status": "CLOSED"}, "FAIL", "closure_unknown"),
    Break("ART2-3-4-CLOSURE-UNKNOWN", "dossiers", "d1", {"status": None}, "NOT_CHECKABLE", "missing_field_status"),
    Break("ART2-3-4-HOLD", "holds", "h1", {"reason": None}, "FAIL", "hold_without_reason"),
    Break("ART2-3-4-HOLD", "holds", "h1", {"from_at": None}, "NOT_CHECKABLE", "missing_field_from_at"),
    Break("ART4-CONSENT", "agreements", "a1", {"given_at": pd.Timestamp("2025-02-02")}, "FAIL", "agreement_after_copy", "o1"),
    Break("ART4-CONSENT", "agreements", "a1", {"entry_key": "e2"}, "FAIL", "no_agreement", "o1"),
    Break("ART4-CONSENT", "own_copies", "o1", {"entry_key": "gone"}, "NOT_CHECKABLE", "missing_field_introduced_by"),
    Break(
        "ART2-3-4-HOLD", "dossiers", "d1", {"closed_at": pd.Timestamp("1990-01-01"), "closed_precision": "DAY"}, "FAIL",
        "hold_set_too_late_without_law", "h1",
    ),
    Break("ART4-CONSENT", "agreements", "a1", {"standing": True}, "FAIL", "no_agreement", "o1"),
    Break("ART4-CONSENT", "agreements", "a1", {"standing": True, "categories": (1 << 17) - 1}, "PASS", "agreed", "o1"),
    Break("ART7-REPLY-3M", "rights_requests", "r1", {"reply_kind": "HOLDING"}, "PASS", "reply_not_due"),
    Break("ART4-CONSENT", "own_copies", "o1", {"holder": "c2"}, "N/A", "holder_introduced_it"),
    Break(
        "ART7-REPLY-3M", "rights_requests", "r1", {"replied_at": None, "request_date": pd.Timestamp("2026-08-20")}, "FAIL",
        "reply_overdue",
    ),
    Break("ART2-2-CAT", "entry_findings", "e1", {"detected_categories": None}, "NOT_CHECKABLE", "not_examined"),
    Break("ART2-2-CAT", "entries", "e1", {"categories": categories_mask([10])}, "PASS", "categories_declared"),
    # What several rows say of one entry adds up.
    Break(
        "ART2-2-CAT", "entry_findings", "e19", {"entry_key": "e1", "detected_categories": 1 << 5}, "FAIL",
        "undeclared_category_found", "e1",
    ),
    Break("ART2-2-CAT", "entry_findings", "e19", {"entry_key": "e1", "examined": False}, "NOT_CHECKABLE", "not_examined", "e1"),
    Break("ART2-2-CAT", "entry_findings", "e19", {"entry_key": "e1", "examined": None}, "NOT_CHECKABLE", "not_examined", "e1"),
    Break(
        "ART2-2-CAT", "entry_findings", "e19", {"entry_key": "e1", "detected_categories": None}, "PASS",
        "categories_declared", "e1",
    ),
    Break("ART2-2-CAT", "entry_findings", "e19", {"entry_key": "e1"}, "PASS", "categories_declared", "e2"),
    Break("ART2-2-SPECIAL-DETECT", "entry_findings", "e1", {"detected_flags": None}, "NOT_CHECKABLE", "not_examined"),
    Break("ART2-2-SUBJECT-ROLE", "persons", "p2", {"linked_to": ""}, "FAIL", "not_linked"),
    Break(
        "ART3-1-RETENTION-WITHIN-LEGAL", "dossiers", "d1", {"agreed_term": "P35Y", "agreed_term_start": "FIRST_SESSION"},
        "WARN", "unverifiable_before_closure",
    ),
    Break("ART7-REPLY-3M", "rights_requests", "r1", {"request_date": None}, "NOT_CHECKABLE", "missing_field_request_date"),
]  # fmt: skip


def broken(change: Break) -> Frames:
    frames = lawful_frames()
    table = frames[change.frame]
    rows = table.iloc[:, 0] == change.key
    assert rows.sum() == 1
    for column, value in change.change.items():
        table.loc[rows, column] = value
    return frames


def answer(report: CheckReport, rule: str, scope: str) -> tuple[str, str]:
    rows = report.outcomes[(report.outcomes["rule_id"] == rule) & (report.outcomes["scope_key"] == scope)]
    assert len(rows) == 1
    return rows.iloc[0]["outcome"], rows.iloc[0]["reason"]


def test_every_rule_passes_over_a_lawful_store(check: Check) -> None:
    report = check(lawful_frames())
    assert report.problems == ()
    assert set(report.counts) == set(RULES)
    for rule, counts in report.counts.items():
        assert counts[Outcome.PASS] > 0, rule
        assert counts[Outcome.FAIL] == counts[Outcome.WARN] == counts[Outcome.NOT_CHECKABLE] == 0, rule


@pytest.mark.parametrize("change", BREAKS, ids=lambda change: f"{change.rule}: {change.reason}")
def test_one_thing_changed_changes_that_one_answer(check: Check, change: Break) -> None:
    report = check(broken(change), rules=frozenset({change.rule}))
    assert answer(report, change.rule, change.scope or change.key) == (change.outcome, change.reason)


def test_every_rule_is_seen_to_fail_and_to_be_not_checkable() -> None:
    for outcome in ("FAIL", "NOT_CHECKABLE"):
        assert {change.rule for change in BREAKS if change.outcome == outcome} == set(RULES)


def test_outcomes_have_the_columns_and_scopes_of_the_schema(check: Check) -> None:
    outcomes = check(lawful_frames()).outcomes
    assert tuple(outcomes.columns) == OUTCOMES.column_names
    assert {str(dtype) for dtype in outcomes.dtypes} == {"str"}
    assert dict(outcomes.groupby("rule_id")["scope_kind"].first()) == RULES


def test_whose_authority_hears_of_an_outcome(check: Check) -> None:
    """The introducer of an entry, the holder of a copy, the addressee of a request, else the owner of the dossier."""
    outcomes = check(lawful_frames()).outcomes
    expected = {"entry": "c2", "own_copy": "c3", "request": "c4", "dossier": "c1", "hold": "c1", "person": "c1"}
    assert dict(outcomes.groupby("scope_kind")["controller_key"].first()) == expected
    assert outcomes["controller_key"].notna().all()


def test_a_controller_that_the_store_doesn_t_tell_is_null_and_not_a_word(check: Check) -> None:
    frames = lawful_frames()
    frames["entries"].loc[0, "introduced_by"] = None
    outcomes = check(frames, rules=frozenset({"ART2-2-CAT"})).outcomes
    assert outcomes["controller_key"].isna().sum() == 1


def test_an_entry_that_the_scan_never_saw_is_not_checkable(check: Check) -> None:
    frames = lawful_frames()
    frames["entry_findings"] = frames["entry_findings"].iloc[1:]
    assert answer(check(frames), "ART2-2-CAT", "e1") == ("NOT_CHECKABLE", "not_examined")


def test_findings_in_several_parts_of_an_entry_add_up(check: Check) -> None:
    """Found in the text or in an attachment; examined only if every part was."""
    frames = lawful_frames()
    parts = [
        {"entry_key": "e1", "detected_categories": 1 << 5, "detected_flags": 0, "examined": True},
        {"entry_key": "e2", "detected_categories": 0, "detected_flags": 0, "examined": False},
    ]
    frames["entry_findings"] = pd.concat([frames["entry_findings"], frame("entry_findings", parts)], ignore_index=True)
    report = check(frames)
    assert answer(report, "ART2-2-CAT", "e1") == ("FAIL", "undeclared_category_found")
    assert answer(report, "ART2-2-CAT", "e2") == ("NOT_CHECKABLE", "not_examined")
    assert answer(report, "ART2-2-CAT", "e3") == ("PASS", "categories_declared")


def test_a_second_introducer_has_to_agree_too(check: Check) -> None:
    frames = lawful_frames()
    frames["entry_introducers"] = frame(
        "entry_introducers", [{"introducer_key": "i1", "entry_key": "e1", "controller_key": "c9"}]
    )
    assert answer(check(frames), "ART4-CONSENT", "o1") == ("FAIL", "no_agreement")


def test_a_dossier_that_uses_category_16_often_is_warned_about(check: Check) -> None:
    frames = lawful_frames()
    frames["entries"] = frames["entries"].iloc[-5:].reset_index(drop=True)
    assert answer(check(frames), "ART2-2-CAT16-JUSTIF", "e20") == ("WARN", "share_too_high")


def test_the_order_and_the_index_of_a_frame_change_no_answer(check: Check) -> None:
    """A store may deliver its rows in any order, and a partition starts at any index."""
    frames = lawful_frames()
    shuffled = {name: table.sample(frac=1, random_state=7) for name, table in frames.items()}
    columns = list(OUTCOMES.column_names)
    before, after = (check(each).outcomes.sort_values(columns, ignore_index=True) for each in (frames, shuffled))
    pd.testing.assert_frame_equal(before, after)

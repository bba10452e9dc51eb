from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
import sqlalchemy as sa

from discretio.errors import LedgerError, ReportError
from discretio.ledger import counts
from discretio.ledger.batches import mark_done
from discretio.ledger.connection import Ledger
from discretio.ledger.content_counts import category_counts, entry_contents, flag_counts, read_counts
from discretio.ledger.figures import freeze_figures, frozen, frozen_reports
from discretio.ledger.outcomes import latest_outcomes, record_outcomes
from discretio.ledger.purge_tables import frozen_reports as table
from discretio.ledger.scan_tables import dues, outcomes
from ledger.ledger_story import DECLARED_COLUMNS, FIGURES, REPORT, Story, approved, partition, recorded, results, told


@pytest.fixture
def story(ledger: Ledger) -> Story:
    return told(ledger)


def _rows(frame: pd.DataFrame, story: Story) -> list[list[object]]:
    """The rows, with the controllers' names for their ids."""
    names = {surrogate: name for name, surrogate in story.controllers.items()}
    return sorted([[names.get(row[0], row[0]), *row[1:]] for row in frame.astype(object).values.tolist()], key=str)


def test_frozen_figures_come_back_to_the_byte(ledger: Ledger) -> None:
    freeze_figures(ledger, REPORT)
    freeze_figures(ledger, REPORT)
    assert frozen(ledger, "REP1") == REPORT
    assert frozen(ledger, "REP2") is None
    assert frozen_reports(ledger) == ["REP1"]


def test_frozen_figures_are_not_frozen_otherwise_later(ledger: Ledger) -> None:
    freeze_figures(ledger, REPORT)
    other = FIGURES.replace("1000", "1001")
    with pytest.raises(ReportError, match="doesn't fit"):
        freeze_figures(ledger, replace(REPORT, figures_json=other))
    with pytest.raises(ReportError, match="other figures"):
        freeze_figures(ledger, replace(REPORT, figures_json=other, sha256=hashlib.sha256(other.encode()).hexdigest()))
    assert frozen(ledger, "REP1") == REPORT


def test_figures_edited_with_their_hash_in_the_database_are_refused(ledger: Ledger) -> None:
    freeze_figures(ledger, REPORT)
    other = FIGURES.replace("1000", "1001")
    forged = {"figures_json": other, "sha256": hashlib.sha256(other.encode()).hexdigest()}
    with ledger.writing() as connection:
        connection.execute(sa.update(table).values(forged))
    with pytest.raises(LedgerError, match="changed"):
        frozen(ledger, "REP1")


def test_coverage_is_counted_per_controller(ledger: Ledger, story: Story) -> None:
    assert _rows(counts.coverage_counts(ledger), story) == [["police", "EXAMINED", 1], ["welfare", "NOT_EXAMINED", 1]]
    assert _rows(counts.not_examined_counts(ledger), story) == [["welfare", "unreadable", 1]]
    for names, entries in ((("police",), 1), (("police", "welfare"), 2), ((), 0)):
        assert counts.entries_of(ledger, story.store_id, {story.controllers[name] for name in names}) == entries


def test_an_entry_of_which_one_attachment_was_unreadable_is_partly_examined(ledger: Ledger, story: Story) -> None:
    findings, examined = partition(story)
    units = pd.concat([examined, examined.iloc[:1].assign(unit_id="A1", not_examined="encrypted")])
    recorded(ledger, story, findings, units)
    assert ["police", "PARTLY_EXAMINED", 1] in _rows(counts.coverage_counts(ledger, story.store_id), story)


def test_what_is_detected_but_not_declared_is_counted(ledger: Ledger, story: Story) -> None:
    found = [row for row in _rows(category_counts(entry_contents(ledger, 0.5)), story) if row[3]]
    assert found == [["police", 10, 0, 1, 1]]
    findings, examined = partition(story)
    recorded(ledger, story, findings, examined.assign(declared_categories=1 << 10))
    found = [row for row in _rows(category_counts(entry_contents(ledger, 0.5, story.store_id)), story) if row[3]]
    assert found == [["police", 10, 1, 1, 0]]


def test_special_classes_are_counted_by_name_at_or_above_the_threshold(ledger: Ledger, story: Story) -> None:
    assert [row[1] for row in _rows(flag_counts(entry_contents(ledger, 0.5)), story) if row[3]] == ["health"]
    assert [row[1] for row in _rows(flag_counts(entry_contents(ledger, 0.4)), story) if row[3]] == ["health", "political"]


def test_without_declarations_on_record_nothing_is_said_about_them(ledger: Ledger, story: Story) -> None:
    findings, examined = partition(story)
    recorded(ledger, story, findings, examined.drop(columns=list(DECLARED_COLUMNS)))
    frame = category_counts(entry_contents(ledger, 0.5))
    assert frame.declared.isna().all()
    assert frame.undeclared.isna().all()
    assert frame.detected.sum() == 1


def test_outcomes_and_dues_are_counted(ledger: Ledger, story: Story) -> None:
    police, welfare = ({story.controllers[name]} for name in ("police", "welfare"))
    assert counts.outcome_counts(ledger).to_numpy().tolist() == [["ART2-2-CAT", "FAIL", 1]]
    assert counts.outcome_counts(ledger, welfare).empty
    assert counts.outcome_counts(ledger, frozenset()).empty
    rule = "ART2-3-4-RETENTION-MAX"
    assert counts.due_counts(ledger, police).to_numpy().tolist() == [[rule, "OVERDUE", 1]]
    assert counts.due_counts(ledger, welfare).to_numpy().tolist() == [[rule, "NOT_CHECKABLE", 1]]


def test_answers_and_dues_of_one_kind_are_counted_by_reason_and_status(ledger: Ledger, story: Story) -> None:
    both = frozenset(story.controllers.values())
    (reason,) = latest_outcomes(ledger, story.store_id)["reason"].unique()
    assert counts.answer_counts(ledger, "ART2-2-CAT", "entry", both) == {reason: 1}
    assert counts.answer_counts(ledger, "ART2-2-CAT", "request", both) == {}
    assert counts.due_scopes(ledger, "ART2-3-4-RETENTION-MAX", "OVERDUE", both) == 1
    assert counts.due_scopes(ledger, "ART2-3-4-RETENTION-MAX", "OVERDUE", {story.controllers["welfare"]}) == 0


def test_an_entry_counts_once_in_each_category_found_in_it(ledger: Ledger, story: Story) -> None:
    findings, examined = partition(story)
    more = findings.assign(category=3, flags=0)
    recorded(ledger, story, pd.concat([findings, more, more], ignore_index=True), examined)
    contents = entry_contents(ledger, 0.5)
    assert read_counts(contents)["n"].sum() == examined["entry_id"].nunique()
    counted = category_counts(contents).groupby("category")["detected"].sum()
    assert counted[counted > 0].to_dict() == {3: 1, 10: 1}


def test_what_was_recorded_before_it_told_who_else_hears_of_it_counts_alike(ledger: Ledger, story: Story) -> None:
    both = frozenset(story.controllers.values())
    before = counts.outcome_counts(ledger, both), counts.due_counts(ledger, both)
    with ledger.writing() as connection:
        connection.execute(sa.update(outcomes).values(shared=None))
        connection.execute(sa.update(dues).values(shared=None))
    assert [frame.to_numpy().tolist() for frame in before] == [
        frame.to_numpy().tolist() for frame in (counts.outcome_counts(ledger, both), counts.due_counts(ledger, both))
    ]


def test_how_far_entries_were_read_is_the_same_whoever_counts(ledger: Ledger, story: Story) -> None:
    assert _rows(read_counts(entry_contents(ledger, 0.5)), story) == _rows(counts.coverage_counts(ledger), story)


def test_what_concerns_several_controllers_counts_once_in_what_they_are_told_together(ledger: Ledger, story: Story) -> None:
    outcomes = latest_outcomes(ledger, story.store_id)
    shared = outcomes.assign(controller_key=story.controllers["welfare"])
    record_outcomes(ledger, story.run_id, story.store_id, pd.concat([outcomes, shared], ignore_index=True))
    told = [["ART2-2-CAT", "FAIL", 1]]
    for controllers in ({"police"}, {"welfare"}, {"police", "welfare"}):
        theirs = frozenset(story.controllers[name] for name in controllers)
        assert counts.outcome_counts(ledger, theirs).to_numpy().tolist() == told


def test_a_purge_that_concerns_several_controllers_counts_once_and_in_its_period(ledger: Ledger, story: Story) -> None:
    plan = approved(ledger, story)
    mark_done(ledger, plan.plan_id, results(**{story.dossiers["two"]: "DROPPED"}))
    everyone = frozenset(story.controllers.values())
    quarter, year_before = (date(2026, 1, 1), date(2026, 3, 31)), (date(2025, 1, 1), date(2025, 12, 31))
    once = [["DROPPED", 1], ["PLANNED", 1]]
    assert counts.purge_counts(ledger, *quarter, everyone).to_numpy().tolist() == once
    assert counts.purge_counts(ledger, *quarter, {story.controllers["police"]}).to_numpy().tolist() == once
    assert counts.purge_counts(ledger, *quarter, frozenset()).empty
    assert counts.purge_counts(ledger, *year_before, everyone).empty


def test_a_ledger_without_a_run_counts_nothing(ledger: Ledger) -> None:
    for frame in (counts.coverage_counts(ledger), category_counts(entry_contents(ledger, 0.5)), counts.due_counts(ledger)):
        assert frame.empty

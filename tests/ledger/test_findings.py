from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, date, datetime

import pandas as pd
import pytest
import sqlalchemy as sa

from discretio.domain.frames import ENTRY_FINDINGS, OUTCOMES
from discretio.errors import LedgerError, UsageError
from discretio.ledger import scan_tables
from discretio.ledger.connection import Ledger
from discretio.ledger.dues import latest_dues
from discretio.ledger.findings import all_findings, entry_findings, unexamined_units
from discretio.ledger.locator import natural_keys
from discretio.ledger.outcomes import latest_outcomes, record_outcomes
from discretio.ledger.quarantine import release
from discretio.ledger.recording import Found, Recording, UnitRead, UnitScope
from discretio.ledger.runs import RunStart, finish_run, run, runs, start_run
from discretio.ledger.units import compared, drop_missed, drop_units, known_dossiers, miss_units
from ledger.ledger_story import AT, HASH, START, Story, digests, outcomes, partition, recorded, told


def _number_of(ledger: Ledger, table: sa.Table) -> int:
    with ledger.reading() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def _units(ledger: Ledger) -> set[str]:
    with ledger.reading() as connection:
        return set(connection.execute(sa.select(scan_tables.examined.c.unit_id)).scalars())


def _begun(recording: Recording, story: Story) -> None:
    entry = story.entries["e1"]
    recording.begin(UnitScope(entry, story.dossiers["one"], entry, None, None), UnitRead("ab" * 32, AT))


def _found(count: int) -> list[Found]:
    return [Found(1, 0, "lexicon_health", "fr", 0.9, False, "subject", "lexicon", n, n + 1) for n in range(count)]


def test_a_run_is_kept_with_its_policy_and_its_end(ledger: Ledger) -> None:
    run_id = start_run(ledger, START)
    assert (run(ledger, run_id).state, run(ledger, run_id).start) == ("RUNNING", START)
    finish_run(ledger, run_id, "DONE", {"units": 2}, AT)
    finish_run(ledger, run_id, "DONE", {"units": 2}, AT)
    assert asdict(run(ledger, run_id)) | {"start": None} == {
        "run_id": run_id, "start": None, "state": "DONE", "counts": {"units": 2}, "finished_at": AT,
    }  # fmt: skip


def test_a_run_ends_once(ledger: Ledger) -> None:
    run_id = start_run(ledger, START)
    finish_run(ledger, run_id, "FAILED", {}, AT)
    with pytest.raises(LedgerError, match="ended otherwise"):
        finish_run(ledger, run_id, "DONE", {}, AT)
    with pytest.raises(UsageError, match="no run"):
        run(ledger, "RUNUNKNOWN")


def test_runs_come_the_last_first_by_store_and_verb(ledger: Ledger) -> None:
    story = told(ledger)
    check = start_run(ledger, replace(START, verb="check", started_at=datetime(2026, 3, 2, tzinfo=UTC)))
    assert [one.run_id for one in runs(ledger)] == [check, story.run_id]
    assert [one.run_id for one in runs(ledger, store_id=story.store_id)] == [story.run_id]
    assert [one.run_id for one in runs(ledger, verb="check")] == [check]


def test_a_moment_without_a_zone_is_refused(ledger: Ledger) -> None:
    with pytest.raises((LedgerError, ValueError)):
        start_run(ledger, replace(START, started_at=datetime(2026, 3, 1)))  # noqa: DTZ001 - the mistake under test
    assert runs(ledger) == []


def test_entries_show_what_was_found_in_them_and_whether_they_were_examined(ledger: Ledger) -> None:
    story = told(ledger)
    frame = entry_findings(ledger, story.store_id, 0.5).set_index("entry_key")
    assert tuple(frame.reset_index().columns) == ENTRY_FINDINGS.column_names
    assert {c.name: str(frame.reset_index()[c.name].dtype) for c in ENTRY_FINDINGS.columns} == {
        c.name: c.dtype for c in ENTRY_FINDINGS.columns
    }
    read, unread = frame.loc[story.entries["e1"]], frame.loc[story.entries["e2"]]
    assert (read.detected_categories, read.detected_flags, read.examined) == (1 << 10, 0b1, True)
    assert (unread.detected_categories, unread.detected_flags, unread.examined) == (0, 0, False)


def test_a_negated_datum_counts_and_what_is_nobodys_does_not(ledger: Ledger) -> None:
    story = told(ledger)
    assert entry_findings(ledger, story.store_id, 0.1).detected_flags.max() == 0b101
    findings, examined = partition(story)
    recorded(ledger, story, findings.assign(about="nobody"), examined)
    assert entry_findings(ledger, story.store_id, 0.1).detected_flags.max() == 0


def test_an_empty_store_has_empty_frames_of_the_right_kind(ledger: Ledger) -> None:
    frame = entry_findings(ledger, 1, 0.5)
    assert frame.empty
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {c.name: c.dtype for c in ENTRY_FINDINGS.columns}
    assert latest_outcomes(ledger, 1).dtypes.astype(str).to_dict() == {c.name: c.dtype for c in OUTCOMES.columns}


def test_recording_a_partition_again_changes_nothing(ledger: Ledger) -> None:
    story = told(ledger)
    before = entry_findings(ledger, story.store_id, 0.0)
    recorded(ledger, story, *partition(story))
    pd.testing.assert_frame_equal(entry_findings(ledger, story.store_id, 0.0), before)
    assert _number_of(ledger, scan_tables.findings) == 2
    assert _number_of(ledger, scan_tables.examined) == 2


def test_a_unit_belongs_to_its_attachment_where_there_is_one(ledger: Ledger) -> None:
    story = told(ledger)
    findings, examined = partition(story)
    entry = story.entries["e1"]
    second = findings.assign(attachment_id="A1", flags=0b1000)
    both = pd.concat([findings, second])
    units = pd.concat([examined, examined.iloc[:1].assign(unit_id="A1", not_examined="encrypted")])
    recorded(ledger, story, both, units)
    row = entry_findings(ledger, story.store_id, 0.0).set_index("entry_key").loc[entry]
    assert row.detected_flags == 0b1101
    assert not row.examined


def test_only_what_was_examined_with_the_same_digest_is_unchanged(ledger: Ledger) -> None:
    story = told(ledger)
    e1, e2 = story.entries["e1"], story.entries["e2"]
    now = {e1: "digest-1", e2: "digest-2", "E-new": "x"}
    same = compared(ledger, story.store_id, story.dossiers.values(), now)
    assert (same.changed, same.unmatched) == ({e2, "E-new"}, {e2})  # e2 could not be read
    assert compared(ledger, story.store_id, story.dossiers.values(), {e1: "digest-1-edited"}).changed == {e1}
    assert compared(ledger, story.store_id, [story.dossiers["two"]], now).unmatched == {e2}
    assert compared(ledger, story.store_id + 1, story.dossiers.values(), now).changed == now.keys()


def test_a_dossier_that_is_as_it_was_but_for_one_unit_gives_that_unit_alone(ledger: Ledger) -> None:
    story = told(ledger)
    dossiers, e1 = [story.dossiers["one"]], story.entries["e1"]
    assert compared(ledger, story.store_id, dossiers, {e1: "digest-1"}).changed == set()
    more = compared(ledger, story.store_id, dossiers, {e1: "digest-1", "E-new": "x"})
    assert (more.changed, more.unmatched) == ({"E-new"}, set())
    less = compared(ledger, story.store_id, dossiers, {"E-new": "x"})
    assert (less.changed, less.unmatched) == ({"E-new"}, {e1})
    release(ledger, e1, "P1", "LAWFUL")  # read again although its text is the same
    assert compared(ledger, story.store_id, dossiers, {e1: "digest-1"}).changed == {e1}


def test_units_that_the_store_lost_are_dropped_with_their_findings(ledger: Ledger) -> None:
    story = told(ledger)
    assert _units(ledger) == set(story.entries.values())
    drop_units(ledger, story.run_id, [story.entries["e1"]])
    assert _units(ledger) == {story.entries["e2"]}
    assert _number_of(ledger, scan_tables.findings) == 0
    assert set(natural_keys(ledger, list(story.entries.values()))) == {story.entries["e2"]}


def test_what_a_scan_missed_is_dropped_at_its_end_unless_it_was_met_elsewhere(ledger: Ledger) -> None:
    story = told(ledger)
    miss_units(ledger, story.run_id, list(story.entries.values()))
    assert compared(ledger, story.store_id, story.dossiers.values(), digests(story)).changed == set(story.entries.values())
    findings, examined = partition(story)
    recorded(ledger, story, findings, examined.iloc[:1])
    drop_missed(ledger, story.run_id)
    assert _units(ledger) == {story.entries["e1"]}
    drop_missed(ledger, story.run_id, known_dossiers(ledger, story.store_id))
    assert _units(ledger) == set()


def test_a_unit_of_many_findings_is_written_in_batches_and_only_then_examined(ledger: Ledger) -> None:
    story = told(ledger)
    recording = Recording(ledger, story.run_id, story.store_id, most=10)
    _begun(recording, story)
    recording.find(_found(25))
    assert _number_of(ledger, scan_tables.findings) == 20
    assert unexamined_units(ledger, story.store_id) == 2
    assert compared(ledger, story.store_id, story.dossiers.values(), digests(story)).changed == set(story.entries.values())
    recording.end(500, None, None)
    recording.flush()
    assert [(row["start"], row["end"]) for row in all_findings(ledger, story.store_id)] == [(n, n + 1) for n in range(25)]
    assert unexamined_units(ledger, story.store_id) == 1


def test_a_unit_broken_off_in_the_middle_is_replaced_whole_and_its_first_scan_gives_way(ledger: Ledger) -> None:
    story = told(ledger)
    first, second = (Recording(ledger, story.run_id, story.store_id, most=10) for _ in range(2))
    _begun(first, story)
    first.find(_found(15))
    _begun(second, story)
    second.find(_found(12))
    with pytest.raises(LedgerError, match="another scan"):
        first.find(_found(15))
    second.end(500, None, None)
    second.flush()
    assert _number_of(ledger, scan_tables.findings) == 12


def test_the_last_answer_of_a_rule_stands_and_other_rules_keep_theirs(ledger: Ledger) -> None:
    story = told(ledger)
    other = outcomes(story).assign(rule_id="ART4-CONSENT", outcome="N/A")
    record_outcomes(ledger, story.run_id, story.store_id, other)
    record_outcomes(ledger, story.run_id, story.store_id, outcomes(story, "PASS"))
    answers = latest_outcomes(ledger, story.store_id).set_index("rule_id").outcome.to_dict()
    assert answers == {"ART2-2-CAT": "PASS", "ART4-CONSENT": "N/A"}
    record_outcomes(ledger, story.run_id, story.store_id, outcomes(story).iloc[:0], rule_ids=["ART2-2-CAT"])
    assert set(latest_outcomes(ledger, story.store_id).rule_id) == {"ART4-CONSENT"}


def test_the_last_due_dates_stand_and_an_unknown_one_stays_unknown(ledger: Ledger) -> None:
    story = told(ledger)
    frame = latest_dues(ledger, story.store_id).set_index("scope_id")
    assert frame.loc[story.dossiers["one"]].due == date(2020, 1, 1)
    assert frame.loc[story.dossiers["two"]].due is None
    assert frame.loc[story.dossiers["two"]].status == "NOT_CHECKABLE"


def test_a_failed_recording_leaves_nothing_in_half(ledger: Ledger) -> None:
    story = told(ledger)
    findings, examined = partition(story)
    with pytest.raises(LedgerError):
        recorded(ledger, story, findings.assign(type=None), examined)
    assert entry_findings(ledger, story.store_id, 0.0).detected_flags.max() == 0b101


def test_a_run_started_under_a_policy_names_it() -> None:
    class Policy:
        policy_set_id, version, sha256, as_of = "P", "V", HASH, date(2026, 1, 1)

    start = RunStart.under(Policy(), "scan", 3, AT)  # type: ignore[arg-type] - only these four fields are read
    assert start == RunStart("scan", 3, date(2026, 1, 1), "P", "V", HASH, AT)


def test_the_few_findings_that_bar_a_document_are_found_without_reading_the_others(ledger: Ledger) -> None:
    indexes = sa.inspect(ledger.engine).get_indexes("findings")
    assert ["store_id"] in [one["column_names"] for one in indexes if one["name"] == "ix_findings_barred"]
    if ledger.engine.dialect.name == "sqlite":  # what a server chooses depends on how many rows it believes there are
        asked = sa.select(scan_tables.findings.c.unit_id).where(scan_tables.findings.c.store_id == 1, scan_tables.BARS)
        with ledger.reading() as connection:
            words = str(asked.compile(ledger.engine, compile_kwargs={"literal_binds": True}))
            assert "ix_findings_barred" in str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}").all())

"""From a check to a decision: who sees which item, what survives a scan, what reopens, and what is forgotten."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from discretio import wiring
from discretio.domain.approvals import Role
from discretio.domain.triage.words import Answer, Decision, Dismissal, Lapse, Status
from discretio.errors import ApprovalError, ChainBrokenError, LedgerError, UsageError
from discretio.ledger import locator, stores
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.triage_events import record_said, said_of
from discretio.ledger.triage_forgetting import forget_triage
from discretio.settings import Settings
from discretio.steps import check, locate, scan, triage, triage_proposal
from discretio.steps.people_keys import enrol_person, new_personal_key, personal_key
from discretio.steps.triage import Choice, TriageItem
from discretio.steps.workplace import Workplace
from steps.conftest import AS_OF, Made, SteppingClock, url_in
from steps.purgeable_rows import CONTROLLERS

FALSE_ALARM = Choice(Answer.FALSE_ALARM, Dismissal.OTHER_MEANING)
DISMISSED = Choice(Decision.DISMISS, Dismissal.OTHER_MEANING)


@pytest.fixture(scope="module")
def checked(
    template: Path, shared: Workplace, settings_in: Callable[[Path], Settings], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A place that was scanned and checked, with a reviewer for each controller."""
    out = tmp_path_factory.mktemp("checked") / "out"
    shutil.copytree(template, out)
    fresh = wiring.workplace(settings_in(out), now=SteppingClock())
    place = replace(fresh, detector=shared.detector, detector_version=shared.detector_version)
    stores.register_store(place.ledger, "main", "reference_store", url_in(out))
    look_again(place)
    ids = locator.surrogates(place.ledger, 1, "controller", CONTROLLERS)
    for controller, surrogate in ids.items():
        login = f"reviewer of {controller}"
        enrol_person(place, login, [Role.REVIEWER], [surrogate], new_personal_key(out / f"{surrogate}.key"))
    place.ledger.close()
    return out


@pytest.fixture
def made(checked: Path, tmp_path: Path, open_at: Callable[[Path], Made]) -> Made:
    shutil.copytree(checked, tmp_path / "out")
    return open_at(tmp_path / "out")


def look_again(place: Workplace, *, full: bool = False) -> None:
    run_id = scan.begin_scan(place, "main", AS_OF)
    list(scan.scan_in_turn(place, run_id, full=full))
    scan.finish_scan(place, run_id)
    check.check(place, "main", AS_OF)


def items(made: Made, login: str = "dora") -> list[TriageItem]:
    return triage.triage_list(made.place, login, AS_OF)


def a_finding(made: Made) -> TriageItem:
    return next(item for item in items(made) if item.target == "health" and item.evidence)


def reviewer_of(made: Made, item: TriageItem) -> str:
    return f"reviewer of {locator.natural_keys(made.place.ledger, [item.controller_id])[item.controller_id]}"


def test_a_signed_answer_is_checked_again_whenever_it_is_read(made: Made, checked: Path) -> None:
    item = a_finding(made)
    key = personal_key(checked / f"{item.controller_id}.key")
    triage.triage_answer(made.place, item.item_id, reviewer_of(made, item), replace(FALSE_ALARM, private_key=key))
    (said,) = said_of(made.place.ledger, [item.item_id])[item.item_id]
    assert said.signature
    with pytest.raises(ApprovalError, match="signature"):
        record_said(made.place.ledger, replace(said, event=replace(said.event, word=Answer.RIGHT)))


def test_another_s_key_signs_nothing(made: Made, checked: Path) -> None:
    item, other = a_finding(made), next(each for each in items(made) if each.controller_id != a_finding(made).controller_id)
    key = personal_key(checked / f"{other.controller_id}.key")
    with pytest.raises(ApprovalError, match="signature"):
        triage.triage_answer(made.place, item.item_id, reviewer_of(made, item), replace(FALSE_ALARM, private_key=key))
    assert said_of(made.place.ledger, [item.item_id]) == {}


def dismissed(made: Made) -> TriageItem:
    item = a_finding(made)
    triage.triage_answer(made.place, item.item_id, reviewer_of(made, item), FALSE_ALARM)
    return triage.triage_decide(made.place, item.item_id, "dora", DISMISSED)


def now(made: Made, item: TriageItem) -> TriageItem:
    return triage.triage_show(made.place, item.item_id, "dora", AS_OF)[0]


def change_entry(made: Made, item: TriageItem, text: str) -> None:
    key = locator.natural_keys(made.place.ledger, [item.scope_id])[item.scope_id]
    with made.store.database.writing() as connection:
        connection.execute(sa.text("UPDATE entries SET text = :text WHERE entry_key = :key"), {"text": text, "key": key})
        connection.commit()


def test_the_most_urgent_stand_first_and_a_reviewer_sees_only_his_own(made: Made) -> None:
    every = items(made)
    points = [item.priority.points for item in every]
    assert points == sorted(points, reverse=True)
    seen: set[str] = set()
    for controller in CONTROLLERS:
        mine = items(made, f"reviewer of {controller}")
        assert len({item.controller_id for item in mine}) <= 1
        seen |= {item.item_id for item in mine}
    assert seen == {item.item_id for item in every if item.controller_id}


@pytest.mark.parametrize("login", ["alice", "nobody"])
def test_who_is_neither_reviewer_nor_dpo_sees_nothing(made: Made, login: str) -> None:
    item = a_finding(made)
    if login == "alice":
        assert items(made, login) == []
    with pytest.raises((UsageError, ApprovalError)):
        triage.triage_show(made.place, item.item_id, login, AS_OF)


def test_another_s_reviewer_can_t_even_tell_that_an_item_exists(made: Made) -> None:
    item = a_finding(made)
    other = next(f"reviewer of {c}" for c in CONTROLLERS if f"reviewer of {c}" != reviewer_of(made, item))
    with pytest.raises(UsageError) as theirs:
        triage.triage_answer(made.place, item.item_id, other, FALSE_ALARM)
    with pytest.raises(UsageError) as nowhere:
        triage.triage_answer(made.place, "TNOSUCHITEM", other, FALSE_ALARM)
    assert theirs.value.what == nowhere.value.what


def test_a_false_alarm_is_answered_then_dismissed_and_stays_so_over_scans(made: Made) -> None:
    item = dismissed(made)
    assert item.standing.status is Status.DISMISSED
    look_again(made.place, full=True)
    again = now(made, item)
    assert (again.standing.status, again.item_id, again.first_seen) == (Status.DISMISSED, item.item_id, item.first_seen)


def test_a_new_version_of_the_detector_that_finds_the_same_changes_nothing(made: Made) -> None:
    item = dismissed(made)
    newer = replace(made, place=replace(made.place, detector_version=lambda: "another"))
    look_again(newer.place)
    assert now(newer, item).standing.status is Status.DISMISSED


def test_a_change_of_the_record_reopens_what_was_dismissed(made: Made) -> None:
    item = dismissed(made)
    change_entry(made, item, "Hier hebben wij genoteerd dat de patiënt diabetes heeft en dat hij daarvoor behandeld wordt.")
    look_again(made.place)
    stands = now(made, item).standing
    assert (stands.status, stands.lapsed) == (Status.OPEN, Lapse.RECORD_CHANGED)


def test_a_new_value_that_the_rule_reads_reopens_what_was_dismissed(made: Made) -> None:
    item = dismissed(made)
    policy = made.place.policy_on(AS_OF)
    stricter = replace(policy, values={**policy.values, "detection.threshold": 0.45})
    place = replace(made.place, policy_on=lambda _day: stricter)
    check.check(place, "main", AS_OF)
    stands = now(made, item).standing
    assert stands.status is Status.OPEN
    assert stands.lapsed is Lapse.POLICY_CHANGED


def test_what_is_corrected_is_resolved_by_the_next_check(made: Made) -> None:
    item = a_finding(made)
    change_entry(made, item, "Nous avons vu la famille hier.")
    look_again(made.place)
    assert now(made, item).standing.status is Status.RESOLVED
    with pytest.raises(UsageError):
        triage.triage_answer(made.place, item.item_id, reviewer_of(made, item), FALSE_ALARM)


def test_a_confirmed_item_is_assigned_and_overdue_after_its_day(made: Made) -> None:
    item = a_finding(made)
    due = AS_OF + timedelta(days=10)
    triage.triage_answer(made.place, item.item_id, reviewer_of(made, item), Choice(Answer.RIGHT))
    choice = Choice(Decision.CONFIRM, assignee=item.controller_id, due=due)
    assert triage.triage_decide(made.place, item.item_id, "dora", choice).standing.status is Status.CONFIRMED
    late = triage.triage_show(made.place, item.item_id, "dora", due + timedelta(days=1))[0]
    assert late.overdue is not None
    assert now(made, item).overdue is None


def test_an_unknown_assignee_is_refused(made: Made) -> None:
    item = a_finding(made)
    with pytest.raises(UsageError):
        triage.triage_decide(made.place, item.item_id, "dora", Choice(Decision.CONFIRM, assignee="CNOSUCH"))


def test_what_was_said_is_told_to_the_chain_and_can_t_be_changed_or_lost_unseen(made: Made) -> None:
    dismissed(made)
    verify_chain(made.place.ledger)
    with made.place.ledger.engine.begin() as connection:
        connection.execute(sa.text("UPDATE triage_events SET word = 'RIGHT' WHERE kind = 'ANSWER'"))
    with pytest.raises(LedgerError):
        items(made)
    with made.place.ledger.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM triage_events"))
    with pytest.raises(ChainBrokenError):
        verify_chain(made.place.ledger)


def test_items_and_what_was_said_go_with_their_dossier(made: Made) -> None:
    item = dismissed(made)
    with made.place.ledger.writing() as connection:
        assert forget_triage(connection, [item.dossier_id]) == 2
    assert not [one for one in items(made) if one.dossier_id == item.dossier_id]


def test_a_dismissed_class_becomes_a_proposal_without_a_word_of_a_dossier(made: Made, tmp_path: Path) -> None:
    alike = [item for item in items(made) if item.target == "health" and item.evidence][:3]
    for item in alike:
        triage.triage_answer(made.place, item.item_id, reviewer_of(made, item), FALSE_ALARM)
        triage.triage_decide(made.place, item.item_id, "dora", DISMISSED)
    path = tmp_path / "proposals.yaml"
    assert triage_proposal.write_proposals(made.place, "dora", path, least=1) >= 1
    text = path.read_text(encoding="utf-8")
    assert "OTHER_MEANING" in text
    assert "words: []" in text
    assert "diab" not in text
    with pytest.raises(ApprovalError):
        triage_proposal.write_proposals(made.place, reviewer_of(made, alike[0]), path)


def test_the_introducer_s_reviewer_alone_is_told_the_key_and_the_chain_says_so(made: Made, tmp_path: Path) -> None:
    item, path = a_finding(made), tmp_path / "keys.csv"
    assert locate.write_keys(made.place, reviewer_of(made, item), [item.item_id], path) == 1
    key = locator.natural_keys(made.place.ledger, [item.scope_id])[item.scope_id]
    assert path.read_text(encoding="utf-8") == f"id,key\n{item.scope_id},{key}\n"
    assert path.stat().st_mode & 0o077 == 0
    with made.place.ledger.reading() as connection:
        told = connection.execute(sa.text("SELECT payload FROM chain_records WHERE kind = 'locator.disclosed'")).scalar_one()
    assert item.scope_id in told
    assert key not in told


def test_nobody_else_is_told_a_key(made: Made, tmp_path: Path) -> None:
    item = a_finding(made)
    other = next(f"reviewer of {c}" for c in CONTROLLERS if f"reviewer of {c}" != reviewer_of(made, item))
    for login in ("dora", "alice", other):
        with pytest.raises((ApprovalError, UsageError)):
            locate.write_keys(made.place, login, [item.item_id], tmp_path / "keys.csv")
    assert not (tmp_path / "keys.csv").exists()

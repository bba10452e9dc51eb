"""A mandate stands in for a controller's approval, never for a person; and answers that come at once leave one order."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import date, timedelta

import pytest

from discretio.domain.dues import AGREED_TERM_EXPIRED, ART8_ERASURE, DELETING_RULES
from discretio.domain.purge_states import PlanState
from discretio.domain.retention_reasons import Reason
from discretio.domain.standing_mandates import StandingMandate
from discretio.errors import ApprovalError, PurgeRefusedError, UsageError
from discretio.ledger import batches, locator
from discretio.ledger.approvals import approvals
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.plans import load_plan
from discretio.steps import approve as approving
from discretio.steps import erase, erasure_jobs
from discretio.steps.people_keys import Signer, enrol_person, new_personal_key, signer
from discretio.steps.standing_mandates import give_mandate, withdraw_mandate
from enrolments import confirm_others
from steps.conftest import AS_OF, Made
from steps.purgeable_rows import CONTROLLERS, DUE, DUE_ROWS
from steps.test_purge import planned, state, states

UNTIL = AS_OF + timedelta(days=300)
RULES = (AGREED_TERM_EXPIRED, ART8_ERASURE)


def ids(made: Made) -> list[str]:
    return sorted(locator.surrogates(made.place.ledger, 1, "controller", CONTROLLERS).values())


def by(made: Made, login: str) -> Signer:
    return signer(made.place, login, made.key(login), where="")


@pytest.fixture
def pair(made: Made) -> tuple[str, str]:
    """Two approvers of the first controller alone: without a mandate of the others they approve nothing."""
    for login in ("fay", "gus"):
        enrol_person(made.place, login, ["APPROVER"], ids(made)[:1], new_personal_key(made.key(login)))
    confirm_others(made.place, "dora", made.key("dora"), ("fay", "gus"))
    return "fay", "gus"


def test_who_is_not_confirmed_gives_no_mandate(made: Made) -> None:
    enrol_person(made.place, "ivo", ["APPROVER"], ids(made), new_personal_key(made.key("ivo")))
    with pytest.raises(ApprovalError, match="nobody has confirmed"):
        give_mandate(made.place, ids(made)[0], RULES, UNTIL, by(made, "ivo"))


def mandated(made: Made, rules: tuple[str, ...] = RULES, until: date = UNTIL) -> list[StandingMandate]:
    """Alice's mandates for all controllers but the first."""
    return [give_mandate(made.place, controller, rules, until, by(made, "alice")) for controller in ids(made)[1:]]


def at_once(made: Made, plan_id: str, *answers: tuple[str, str]) -> None:
    def answer(login: str, decision: str) -> None:
        with suppress(ApprovalError):  # the plan has ended by the other answer
            approving.approve(made.place, plan_id, login, made.key(login), decision=decision)

    threads = [threading.Thread(target=answer, args=one) for one in answers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def missing(made: Made, plan_id: str) -> set[Reason]:
    return {one.reason for one in approving.missing(made.place, load_plan(made.place.ledger, plan_id))}


def test_with_a_mandate_two_persons_of_one_controller_approve(made: Made, pair: tuple[str, str]) -> None:
    mandated(made)
    plan_id = planned(made, approved_by=pair)
    assert erase.run_purge(made.place, plan_id).deleted == DUE + len(DUE_ROWS)


def test_a_mandate_is_no_person(made: Made, pair: tuple[str, str]) -> None:
    mandated(made)
    plan_id = planned(made, approved_by=pair[:1])
    assert missing(made, plan_id) == {Reason.SECOND_PERSON_MISSING}
    with pytest.raises(ApprovalError):
        erase.run_purge(made.place, plan_id)


@pytest.mark.parametrize("rules", [RULES[1:], ("ART2-3-4-RETENTION-MAX",)], ids=["the list alone", "another"])
def test_a_mandate_covers_only_its_rules(rules: tuple[str, ...], made: Made, pair: tuple[str, str]) -> None:
    mandated(made, rules)
    assert missing(made, planned(made, approved_by=pair)) == {Reason.APPROVER_MISSING}


def test_a_mandate_given_after_the_plan_or_expired_covers_nothing(made: Made, pair: tuple[str, str]) -> None:
    early = planned(made, approved_by=pair)
    mandated(made, until=AS_OF)
    assert missing(made, early) == {Reason.APPROVER_MISSING}
    late = planned(made, approved_by=pair)
    assert missing(made, late) == set()
    made.clock.moment += timedelta(days=1)
    assert missing(made, late) == {Reason.APPROVER_MISSING}


def test_a_withdrawal_in_the_middle_stops_the_plan(made: Made, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasure_jobs, "ITEMS_PER_BATCH", 2)
    mandates = mandated(made)
    plan_id = planned(made, approved_by=pair)
    mark_done = batches.mark_done

    def withdrawing(*arguments: object) -> None:
        mark_done(*arguments)  # type: ignore[arg-type] - as mark_done takes them
        monkeypatch.setattr(batches, "mark_done", mark_done)
        assert sum(withdraw_mandate(made.place, one.mandate_id, by(made, "alice")) for one in mandates) >= 1

    monkeypatch.setattr(batches, "mark_done", withdrawing)
    assert erase.run_purge(made.place, plan_id).stopped
    assert states(made, plan_id)["DELETED"] == 2
    verify_chain(made.place.ledger)


def test_a_withdrawal_ends_a_plan_that_waits_and_leaves_the_others(made: Made, pair: tuple[str, str]) -> None:
    resting, alone = planned(made, approved_by=pair), planned(made)
    mandates = mandated(made)
    assert [withdraw_mandate(made.place, one.mandate_id, by(made, "bob")) for one in mandates] == [0] * len(mandates)
    assert (state(made, resting), state(made, alone)) == (PlanState.PLANNED, PlanState.APPROVED)
    with pytest.raises(UsageError, match="before"):
        withdraw_mandate(made.place, mandates[0].mandate_id, by(made, "bob"))


@pytest.mark.parametrize(("login", "error"), [("carol", ApprovalError), ("dora", ApprovalError), ("eve", ApprovalError)])
def test_only_an_approver_of_that_controller_gives_one(login: str, error: type[Exception], made: Made) -> None:
    with pytest.raises(error):
        give_mandate(made.place, ids(made)[-1], RULES, UNTIL, by(made, login))


@pytest.mark.parametrize(
    ("rules", "until"), [(("ART2-2-CAT",), UNTIL), ((), UNTIL), (RULES, AS_OF + timedelta(days=366)), (RULES, date(2020, 1, 1))]
)
def test_a_mandate_that_cant_be_is_refused(rules: tuple[str, ...], until: date, made: Made) -> None:
    with pytest.raises(UsageError):
        give_mandate(made.place, ids(made)[0], rules, until, by(made, "alice"))


def test_two_answers_at_once_are_both_kept_and_the_plan_is_approved_once(made: Made) -> None:
    plan_id = planned(made, approved_by=())
    at_once(made, plan_id, ("alice", "APPROVED"), ("bob", "APPROVED"))
    assert len({one.person_id for one in approvals(made.place.ledger, plan_id)}) == 2
    assert missing(made, plan_id) == set()
    assert erase.run_purge(made.place, plan_id).deleted == DUE + len(DUE_ROWS)
    verify_chain(made.place.ledger)


def test_an_approval_and_a_refusal_at_once_refuse(made: Made) -> None:
    plan_id = planned(made, approved_by=("alice",))
    at_once(made, plan_id, ("bob", "APPROVED"), ("dora", "REFUSED"))
    with pytest.raises((ApprovalError, PurgeRefusedError)):
        erase.run_purge(made.place, plan_id)
    assert Reason.REFUSED_OR_WITHDRAWN in missing(made, plan_id)


def test_a_clock_that_was_set_back_deletes_nothing(made: Made) -> None:
    plan_id = planned(made)
    made.clock.moment -= timedelta(days=2)
    with pytest.raises((ApprovalError, PurgeRefusedError)):
        erase.run_purge(made.place, plan_id)
    assert "DELETED" not in states(made, plan_id)


def test_every_deleting_rule_can_be_mandated(made: Made) -> None:
    assert give_mandate(made.place, ids(made)[0], DELETING_RULES, UNTIL, by(made, "alice")).rules == set(DELETING_RULES)

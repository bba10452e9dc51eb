"""Who enrols persons can't invent two of them: nobody's word lets a plan go on unless another confirmed the enrolment."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from discretio.domain.approvals import Role
from discretio.errors import ApprovalError, LedgerError
from discretio.ledger.approvals import approvals, record_approval
from discretio.ledger.audit_chain import canonical
from discretio.ledger.confirmations import CONFIRMED, enrolment, standing_people
from discretio.ledger.connection import Ledger
from discretio.ledger.declaration_tables import declarations
from discretio.ledger.declarations import Declaration
from discretio.ledger.declaring import Entitled, declare
from discretio.ledger.people import PersonRecord, enrol, people, revoke
from discretio.steps.people_keys import public_half
from ledger.ledger_story import AT, KEYS, Story, approval, enrolled, planned, told

ANYBODY = Entitled(frozenset({Role.DPO, Role.APPROVER}), confirmed=True)


@pytest.fixture
def story(ledger: Ledger) -> Story:
    found = told(ledger)
    enrolled(ledger, found)
    return found


def invented(ledger: Ledger, name: str, role: str, controllers: tuple[str, ...] = ()) -> PersonRecord:
    person = PersonRecord(name, (role,), controllers, public_half(KEYS["stranger"]), AT - timedelta(hours=2))
    enrol(ledger, person)
    return person


def confirming(person: PersonRecord, giver: str, key: str, at: datetime = AT - timedelta(hours=1)) -> Declaration:
    return Declaration(CONFIRMED, person.person_id, enrolment(person), giver, at).signed(KEYS[key])


def standing(ledger: Ledger) -> set[str]:
    return {person.person_id for person in standing_people(ledger)}


def test_an_invented_approver_approves_nothing(ledger: Ledger, story: Story) -> None:
    plan, police = planned(ledger, story), story.controllers["police"]
    invented(ledger, "stranger", "APPROVER", (police,))
    with pytest.raises(ApprovalError, match="nobody has confirmed"):
        record_approval(ledger, approval(plan, "stranger", police))
    record_approval(ledger, approval(plan, "stranger", police, "REFUSED"))
    assert [one.decision for one in approvals(ledger, plan.plan_id)] == ["REFUSED"]


def test_an_invented_officer_confirms_nobody_and_not_himself(ledger: Ledger, story: Story) -> None:
    officer = invented(ledger, "stranger", "DPO")
    with pytest.raises(ApprovalError, match="nobody confirms his own"):
        declare(ledger, confirming(officer, "stranger", "stranger"), ANYBODY)
    other = next(person for person in people(ledger) if person.person_id == "bert")
    changed = replace(other, controller_ids=tuple(story.controllers.values()))
    enrol(ledger, changed)
    with pytest.raises(ApprovalError, match="nobody has confirmed"):
        declare(ledger, confirming(changed, "stranger", "stranger"), ANYBODY)
    assert not standing(ledger) & {"stranger", "bert"}


def test_an_enrolment_for_more_controllers_waits_for_a_new_confirmation(ledger: Ledger, story: Story) -> None:
    plan = planned(ledger, story)
    more = next(person for person in people(ledger) if person.person_id == "anna")
    more = replace(more, controller_ids=tuple(story.controllers.values()))
    enrol(ledger, more)
    with pytest.raises(ApprovalError, match="or it changed since"):
        record_approval(ledger, approval(plan, "anna", story.controllers["welfare"]))
    declare(ledger, confirming(more, "bert", "bert"), ANYBODY)
    record_approval(ledger, approval(plan, "anna", story.controllers["welfare"]))


def test_what_is_confirmed_is_the_enrolment_as_it_is(ledger: Ledger, story: Story) -> None:
    person = invented(ledger, "stranger", "APPROVER", (story.controllers["police"],))
    other = replace(person, public_key=public_half(KEYS["anna"]))
    with pytest.raises(ApprovalError, match="not how the person is enrolled"):
        declare(ledger, confirming(other, "dpo", "dpo"), ANYBODY)


def test_an_approver_is_not_the_first_to_stand(ledger: Ledger) -> None:
    person = invented(ledger, "stranger", "APPROVER")
    with pytest.raises(ApprovalError, match="first data protection officer"):
        declare(ledger, confirming(person, "stranger", "stranger"), ANYBODY)


def test_whom_a_revoked_officer_had_confirmed_stands_still(ledger: Ledger, story: Story) -> None:
    assert story
    revoke(ledger, "dpo", AT)
    assert "dpo" not in standing(ledger)
    assert {"anna", "bert"} <= standing(ledger)


def test_a_confirmation_that_the_chain_does_not_tell_of_is_refused(ledger: Ledger, story: Story) -> None:
    assert story
    person = invented(ledger, "stranger", "APPROVER")
    slipped_in = confirming(person, "dpo", "dpo")
    fields = {name: getattr(slipped_in, name) for name in Declaration.__slots__} | {"body": canonical(dict(slipped_in.body))}
    with ledger.writing() as connection:
        connection.execute(sa.insert(declarations).values(**fields, recorded_at=AT))
    with pytest.raises(LedgerError, match="audit chain"):
        standing_people(ledger)


def test_who_stands_is_asked_in_as_many_queries_for_forty_persons_as_for_four(ledger: Ledger, story: Story) -> None:
    assert story
    few = queries_of_standing(ledger)
    for number in range(36):
        person = invented(ledger, f"P{number}", "APPROVER")
        declare(ledger, confirming(person, "dpo", "dpo"), ANYBODY)
    assert len(standing(ledger)) >= 36
    assert queries_of_standing(ledger) == few


def queries_of_standing(ledger: Ledger) -> int:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, text: str, *_more: object) -> None:
        asked.append(text)

    sa.event.listen(ledger.engine, "before_cursor_execute", note)
    standing_people(ledger)
    sa.event.remove(ledger.engine, "before_cursor_execute", note)
    return sum(text.startswith("SELECT") for text in asked)

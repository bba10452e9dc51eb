"""Approvals on the page: the exact population, who may sign, with which key; and what two at once, or a forger, bring about."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from lxml import html

from airflow_ui.compliance.conftest import PASSPHRASE, Visit
from discretio.airflow_ui.compliance.areas import Area
from discretio.airflow_ui.compliance.sent_forms import FORGED
from discretio.airflow_ui.demo import AS_OF
from discretio.domain.approvals import Decision
from discretio.ledger.approvals import approvals
from discretio.ledger.audit_chain import payloads
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.keys import keyed_hash
from discretio.ledger.locked_keys import MOST_FAILURES, PAUSE, UNLOCK_FAILED
from discretio.ledger.people import enrol, people, person_id_of
from discretio.ledger.plans import latest_plans, load_plan, plan_items
from discretio.steps import plan
from discretio.steps.workplace import Workplace

ACTS = {"resources": [Area.DELETIONS], "acts": [Area.DELETIONS]}


def plan_of(place: Workplace) -> str:
    return latest_plans(place.ledger)[0].plan_id


def controllers_of(place: Workplace, login: str) -> tuple[str, ...]:
    person_id = person_id_of(place.ledger, login)
    return next((one.controller_ids for one in people(place.ledger) if one.person_id == person_id), ())


def opened(visit: Visit, place: Workplace, login: str) -> TestClient:
    """What Airflow tells of an approver: confined to the controllers for whom he is enrolled; a DPO is not."""
    confined = None if login in {"vera", "dirk"} else controllers_of(place, login)
    more = [Area.OVERVIEW] if confined is None else []
    return visit([Area.DELETIONS, *more], confined, login=login, acts=[Area.DELETIONS], at=place)


def signed(visit: Visit, place: Workplace, login: str, decision: str = "APPROVED", **changed: str) -> int:
    plan_id = plan_of(place)
    fields = {
        "token": keyed_hash(place.ledger.keys.seal, "form", login, "one session"),
        "root_hash": load_plan(place.ledger, plan_id).root_hash,
        "word": decision,
        "passphrase": PASSPHRASE,
    }
    return opened(visit, place, login).post(f"/deletions/{plan_id}/decision", data=fields | changed).status_code


def state(place: Workplace) -> str:
    return load_plan(place.ledger, plan_of(place)).state


def test_two_approvers_sign_on_the_page_and_the_plan_is_approved(own: Workplace, visit: Visit) -> None:
    page = html.fromstring(opened(visit, own, "anna").get(f"/deletions/{plan_of(own)}").text)
    assert page.xpath("//input[@name='word']/@value") == ["APPROVED", "REFUSED"]
    assert (signed(visit, own, "anna"), state(own)) == (303, "PLANNED")
    assert (signed(visit, own, "bart"), state(own)) == (303, "APPROVED")
    given = {one.person_id for one in approvals(own.ledger, plan_of(own))}
    assert given == {person_id_of(own.ledger, login) for login in ("anna", "bart")}
    again = html.fromstring(opened(visit, own, "anna").get(f"/deletions/{plan_of(own)}").text)
    assert again.xpath("//input[@name='word']/@value") == ["WITHDRAWN"], "it can be withdrawn, not approved twice"
    assert (signed(visit, own, "anna", "WITHDRAWN"), state(own)) == (303, "WITHDRAWN")


@pytest.mark.parametrize("decision", [Decision.REFUSED.value, Decision.NO_OBJECTION.value])
def test_the_dpo_objects_or_not(own: Workplace, visit: Visit, decision: str) -> None:
    assert signed(visit, own, "vera", decision) == 303
    assert state(own) == {"REFUSED": "REFUSED", "NO_OBJECTION": "PLANNED"}[decision]


@pytest.mark.parametrize(
    ("login", "decision"),
    [("ada", "APPROVED"), ("carl", "APPROVED"), ("dirk", "NO_OBJECTION"), ("rita", "APPROVED"), ("nobody", "APPROVED"),
     ("vera", "APPROVED"), ("anna", "NO_OBJECTION"), ("anna", "WITHDRAWN")],
)  # fmt: skip
def test_neither_the_requester_nor_an_administrator_nor_a_stranger_signs(
    own: Workplace, visit: Visit, login: str, decision: str
) -> None:
    assert signed(visit, own, login, decision) == 403
    assert approvals(own.ledger, plan_of(own)) == []
    offered = html.fromstring(opened(visit, own, login).get(f"/deletions/{plan_of(own)}").text)
    assert decision not in offered.xpath("//input[@name='word']/@value")


def test_who_is_enrolled_for_more_waits_for_a_confirmation_and_is_told_so(own: Workplace, visit: Visit) -> None:
    anna = next(one for one in people(own.ledger) if one.person_id == person_id_of(own.ledger, "anna"))
    enrol(own.ledger, replace(anna, controller_ids=(*anna.controller_ids, *controllers_of(own, "bart"))))
    plan_id = plan_of(own)
    fields = {
        "token": keyed_hash(own.ledger.keys.seal, "form", "anna", "one session"),
        "root_hash": load_plan(own.ledger, plan_id).root_hash,
        "word": "APPROVED",
        "passphrase": PASSPHRASE,
    }
    answer = opened(visit, own, "anna").post(f"/deletions/{plan_id}/decision?lang=nl", data=fields)
    assert answer.status_code == 403
    assert "niemand heeft deze inschrijving bevestigd" in answer.text
    assert approvals(own.ledger, plan_id) == []


def test_an_approver_of_other_controllers_is_refused_the_plan_and_the_signature(own: Workplace, visit: Visit) -> None:
    stranger = visit([Area.DELETIONS], ["CAAAAAAAAAAAA"], login="anna", acts=[Area.DELETIONS], at=own)
    fields = {
        "token": keyed_hash(own.ledger.keys.seal, "form", "anna", "one session"),
        "word": "REFUSED",
        "passphrase": PASSPHRASE,
    }
    address = f"/deletions/{plan_of(own)}"
    told = [stranger.get(address), stranger.get(f"{address}/items"), stranger.post(f"{address}/decision", data=fields)]
    assert [answer.status_code for answer in told] == [403] * 3
    assert state(own) == "PLANNED"


@pytest.mark.parametrize(
    ("changed", "status"),
    [({"token": "forged"}, 403), ({"root_hash": "0" * 64}, 403), ({"word": ""}, 400), ({"word": "YES"}, 400),
     ({"passphrase": "wrong"}, 403), ({"passphrase": ""}, 403)],
    ids=str,
)  # fmt: skip
def test_a_form_that_doesn_t_fit_signs_nothing(own: Workplace, visit: Visit, changed: dict[str, str], status: int) -> None:
    assert signed(visit, own, "anna", **{"decision": "APPROVED", **changed}) == status
    assert approvals(own.ledger, plan_of(own)) == []


def test_a_form_of_a_session_that_is_over_signs_nothing(own: Workplace, visit: Visit) -> None:
    over = keyed_hash(own.ledger.keys.seal, "form", "anna", "the session of yesterday")
    assert signed(visit, own, "anna", token=over) == 403
    assert approvals(own.ledger, plan_of(own)) == []


def test_who_only_reads_is_refused(own: Workplace, visit: Visit) -> None:
    reader = visit([Area.DELETIONS], controllers_of(own, "anna"), login="anna", at=own)
    token = keyed_hash(own.ledger.keys.seal, "form", "anna", "one session")
    assert reader.post(f"/deletions/{plan_of(own)}/decision", data={"token": token, "word": "APPROVED"}).status_code == 403


@pytest.mark.parametrize("several", [("anna", "bart"), ("anna", "anna"), ("anna", "vera")])
def test_two_who_sign_at_once_both_stand_and_nothing_is_counted_twice(
    own: Workplace, visit: Visit, several: tuple[str, str]
) -> None:
    said = [(login, "REFUSED" if login == "vera" else "APPROVED") for login in several]
    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(lambda one: signed(visit, own, *one), said))
    assert set(told) <= {303, 403}
    assert 303 in told
    assert state(own) == {"bart": "APPROVED", "anna": "PLANNED", "vera": "REFUSED"}[several[1]]


def test_wrong_passphrases_are_told_to_the_chain_and_stop_being_tried(own: Workplace, visit: Visit) -> None:
    told = [signed(visit, own, "anna", passphrase=f"guess {number}") for number in range(MOST_FAILURES)]
    assert told == [403] * MOST_FAILURES
    assert signed(visit, own, "anna") == 403, "even the right one waits now"
    with own.ledger.reading() as connection:
        assert len(payloads(connection, UNLOCK_FAILED, person_id_of(own.ledger, "anna"))) == MOST_FAILURES
    later = replace(own, ledger=replace(own.ledger, clock=moved(own.ledger.clock, PAUSE)))
    assert signed(visit, later, "anna") == 303
    assert signed(visit, own, "bart") == 303, "another's failures are not his"


def moved(clock: Callable[[], datetime], by: timedelta) -> Callable[[], datetime]:
    return lambda: clock() + by


def test_the_population_is_shown_item_by_item_and_an_approver_sees_his_share(own: Workplace, visit: Visit) -> None:
    plan_id = plan_of(own)
    every = set(plan_items(own.ledger, plan_id)["item_id"])
    whole = html.fromstring(opened(visit, own, "vera").get(f"/deletions/{plan_id}/items").text)
    assert set(whole.xpath("//tbody/tr/th/code/text()")) == every
    mine = html.fromstring(opened(visit, own, "anna").get(f"/deletions/{plan_id}/items").text)
    assert set(mine.xpath("//tbody/tr/td[3]/code/text()")) <= set(controllers_of(own, "anna"))
    assert set(mine.xpath("//tbody/tr/th/code/text()")) <= every


def test_what_came_and_went_since_the_plan_before_is_listed(own: Workplace, visit: Visit) -> None:
    first = plan_of(own)
    second = plan.plan_purge(own, "centre", AS_OF.replace(year=2027), requester="ada").plan_id
    client = opened(visit, own, "vera")
    now, before = (set(plan_items(own.ledger, one)["item_id"]) for one in (second, first))
    for part, expected in (("ADDED", now - before), ("REMOVED", before - now), ("ALL", now)):
        page = html.fromstring(client.get(f"/deletions/{second}/items?part={part}").text)
        assert set(page.xpath("//tbody/tr/th/code/text()")) == set(sorted(expected)[:100]), part
    assert client.get(f"/deletions/{second}/items?part=HALF").status_code == 404


@pytest.mark.parametrize("token", ["", "forged", "of another"])
def test_a_forged_form_is_told_to_the_chain_by_its_kind_alone(own: Workplace, visit: Visit, token: str) -> None:
    sent = keyed_hash(own.ledger.keys.seal, "form", "bart", "one session") if token == "of another" else token
    assert signed(visit, own, "anna", token=sent, word="Ms Wellknown") == 403
    with own.ledger.reading() as connection:
        told = payloads(connection, FORGED, person_id_of(own.ledger, "anna"))
    assert told == [{"form": "/deletions/{plan_id}/decision"}]
    assert verify_chain(own.ledger).records


@pytest.mark.parametrize(("language", "says"), [("fr", "formulaire"), ("nl", "formulier"), ("de", "Formular"), ("en", "form")])
def test_a_forged_form_is_refused_in_the_language_of_the_visitor(
    own: Workplace, visit: Visit, language: str, says: str
) -> None:
    address = f"/deletions/{plan_of(own)}/decision"
    refused = opened(visit, own, "anna").post(f"{address}?lang={language}", data={"token": "forged"})
    page = html.fromstring(refused.text)
    assert (refused.status_code, page.get("lang")) == (403, language)
    assert says in page.xpath("string(//*[@role='alert'])")
    assert not page.xpath("//*[@role='alert']//span[@lang='en']"), "every word of it is translated"

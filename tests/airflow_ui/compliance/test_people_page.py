"""Confirmations on the page: who waits, with which key; who may confirm, and what keeps everybody else from it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import html

from airflow_ui.compliance.conftest import PASSPHRASE, Visit
from airflow_ui.compliance.test_deletion_page import controllers_of, opened, plan_of, signed
from discretio.airflow_ui.compliance.areas import Area
from discretio.ledger.confirmations import standing_people
from discretio.ledger.keys import keyed_hash, read_key
from discretio.ledger.opening import open_ledger
from discretio.ledger.people import enrol, people, person_id_of, revoke
from discretio.steps.confirming import enrolment_digest
from discretio.steps.people_keys import enrol_person, enrolled_person, lock_personal_key, new_personal_key
from discretio.steps.workplace import Workplace


@pytest.fixture
def awaiting(own: Workplace, tmp_path: Path) -> Workplace:
    """A ledger in which Nora is enrolled for Anna's controllers, with a key that she locked, and nobody confirmed her."""
    enrol_person(own, "nora", ["APPROVER"], controllers_of(own, "anna"), new_personal_key(tmp_path / "nora.key"))
    lock_personal_key(own, "nora", tmp_path / "nora.key", PASSPHRASE)
    return own


def stands(place: Workplace, login: str) -> bool:
    return person_id_of(place.ledger, login) in {one.person_id for one in standing_people(place.ledger)}


def client(visit: Visit, place: Workplace, login: str) -> TestClient:
    return visit([Area.PEOPLE], login=login, acts=[Area.PEOPLE], at=place)


def confirmed(visit: Visit, place: Workplace, giver: str, **changed: str) -> int:
    fields = {
        "token": keyed_hash(place.ledger.keys.seal, "form", giver, "one session"),
        "login": "nora",
        "enrolment": enrolment_digest(enrolled_person(place, "nora", where="")),
        "compared": "1",
        "passphrase": PASSPHRASE,
    }
    return client(visit, place, giver).post("/people/confirmation", data=fields | changed).status_code


@pytest.mark.parametrize("giver", ["vera", "bart"])
def test_who_stands_sees_who_waits_with_which_key_and_confirms_by_the_page_s_own_form(
    awaiting: Workplace, visit: Visit, giver: str
) -> None:
    page = html.fromstring(client(visit, awaiting, giver).get("/people").text)
    nora = enrolled_person(awaiting, "nora", where="")
    (form,) = page.xpath("//form[@action='/people/confirmation']")
    assert nora.person_id in page.xpath("//h3/code/text()")
    assert nora.public_key in "".join(page.xpath("//dd/code/text()")).replace(" ", "")
    hidden = dict(zip(form.xpath(".//input[@type='hidden']/@name"), form.xpath(".//input[@type='hidden']/@value"), strict=True))
    typed = {"login": "nora", "compared": "1", "passphrase": PASSPHRASE}
    sent = client(visit, awaiting, giver).post("/people/confirmation", data=hidden | typed)
    assert (sent.status_code, stands(awaiting, "nora")) == (303, True)
    assert not html.fromstring(client(visit, awaiting, giver).get("/people").text).xpath("//form")
    assert signed(visit, awaiting, "nora") == 303, "what she signs counts from now on"


@pytest.mark.parametrize(
    "giver",
    ["nora", "rita", "dirk", "carl", "nobody"],
    ids=["herself", "a reviewer", "an admin", "another admin", "a stranger"],
)
def test_nobody_else_is_offered_a_confirmation_or_gives_one(awaiting: Workplace, visit: Visit, giver: str) -> None:
    assert not html.fromstring(client(visit, awaiting, giver).get("/people").text).xpath("//form")
    assert confirmed(visit, awaiting, giver) == 403
    assert not stands(awaiting, "nora")


@pytest.mark.parametrize(
    ("changed", "status"),
    [({"token": "forged"}, 403), ({"login": "anna"}, 403), ({"login": ""}, 403), ({"enrolment": "0" * 64}, 403),
     ({"compared": ""}, 400), ({"passphrase": "wrong"}, 403)],
    ids=str,
)  # fmt: skip
def test_a_form_that_doesn_t_fit_confirms_nothing(
    awaiting: Workplace, visit: Visit, changed: dict[str, str], status: int
) -> None:
    assert confirmed(visit, awaiting, "vera", **changed) == status
    assert not stands(awaiting, "nora")


def test_an_enrolment_that_changed_since_it_was_shown_is_not_confirmed(awaiting: Workplace, visit: Visit) -> None:
    nora = enrolled_person(awaiting, "nora", where="")
    shown = enrolment_digest(nora)
    enrol(awaiting.ledger, replace(nora, controller_ids=(*nora.controller_ids, *controllers_of(awaiting, "bart"))))
    assert confirmed(visit, awaiting, "vera", enrolment=shown) == 403
    assert not stands(awaiting, "nora")


def test_who_only_reads_may_not_confirm_and_who_may_not_read_sees_nothing(awaiting: Workplace, visit: Visit) -> None:
    token = keyed_hash(awaiting.ledger.keys.seal, "form", "vera", "one session")
    reader = visit([Area.PEOPLE], login="vera", at=awaiting)
    assert not html.fromstring(reader.get("/people").text).xpath("//form")
    assert reader.post("/people/confirmation", data={"token": token, "compared": "1"}).status_code == 403
    assert visit([Area.DELETIONS], login="vera", at=awaiting).get("/people").status_code == 403


def test_who_was_revoked_neither_waits_nor_confirms(awaiting: Workplace, visit: Visit) -> None:
    revoke(awaiting.ledger, person_id_of(awaiting.ledger, "bart"), awaiting.ledger.now())
    page = client(visit, awaiting, "vera").get("/people").text
    assert person_id_of(awaiting.ledger, "bart") not in page
    assert confirmed(visit, awaiting, "bart") == 403


@pytest.mark.parametrize(
    ("language", "says"),
    [("fr", "n’est pas confirmée"), ("nl", "niet bevestigd"), ("de", "nicht bestätigt"), ("en", "not confirmed")],
)
def test_who_is_not_confirmed_reads_so_before_he_signs_and_may_refuse(
    awaiting: Workplace, visit: Visit, language: str, says: str
) -> None:
    address = f"/deletions/{plan_of(awaiting)}?lang={language}"
    page = html.fromstring(opened(visit, awaiting, "nora").get(address).text)
    (notice,) = [one.text_content() for one in page.xpath("//*[@class='notice warn']") if says in one.text_content()]
    # Vera and the two approvers who aren't administrators besides, and Ada, may confirm her.
    assert "4" in notice
    assert page.xpath("//input[@name='word']/@value") == ["REFUSED"]
    assert says in html.fromstring(client(visit, awaiting, "nora").get(f"/people?lang={language}").text).text_content()
    confirming = html.fromstring(opened(visit, awaiting, "anna").get(address).text)
    assert says not in confirming.text_content()


def test_the_first_officer_confirms_himself_and_nobody_else_does(own: Workplace, visit: Visit, tmp_path: Path) -> None:
    key = read_key(own.settings.ledger_key_file)
    fresh = replace(own, ledger=open_ledger(f"sqlite:///{tmp_path / 'new.db'}", key, clock=own.ledger.clock))
    for login, role in (("nora", "DPO"), ("paul", "APPROVER")):
        enrol_person(fresh, login, [role], [], new_personal_key(tmp_path / f"{login}.key"))
        lock_personal_key(fresh, login, tmp_path / f"{login}.key", PASSPHRASE)
    assert len(people(fresh.ledger)) == 2
    assert not html.fromstring(client(visit, fresh, "paul").get("/people").text).xpath("//form")
    assert confirmed(visit, fresh, "paul") == 403
    assert len(html.fromstring(client(visit, fresh, "nora").get("/people").text).xpath("//form")) == 1
    assert (confirmed(visit, fresh, "nora"), stands(fresh, "nora")) == (303, True)

"""Triage on the page: who answers, who decides, what is refused, and that no form is taken that the page didn't make."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import html
from sqlalchemy import select

import discretio
from airflow_ui.compliance.conftest import Visit
from discretio.airflow_ui.compliance.areas import Area
from discretio.airflow_ui.demo import AS_OF
from discretio.domain.triage.words import Answer, Decision, Dismissal, Lapse, Status
from discretio.ledger.audit_chain import payloads
from discretio.ledger.triage_events import RECORDED
from discretio.ledger.triage_tables import triage_items
from discretio.reporting.vocabulary import LANGUAGES
from discretio.reporting.words import words
from discretio.steps.triage import TriageItem, triage_list, triage_show
from discretio.steps.workplace import Workplace

ACTS = {"resources": [Area.TRIAGE], "acts": [Area.TRIAGE]}


def items(place: Workplace, login: str) -> list[TriageItem]:
    return [item for item in triage_list(place, login, AS_OF) if item.standing.status is Status.OPEN]


def token(client: TestClient, item_id: str) -> str:
    page = html.fromstring(client.get(f"/triage/{item_id}").text)
    return str(page.xpath("//form[@method='post']//input[@name='token']/@value")[0])


def sent(client: TestClient, item_id: str, form: str, fields: Mapping[str, str], **headers: str) -> tuple[int, str]:
    made = {"token": token(client, item_id), **fields}
    answer = client.post(f"/triage/{item_id}/{form}", data=made, headers=headers)
    return answer.status_code, answer.text


def state(place: Workplace, item_id: str) -> Status:
    return triage_show(place, item_id, "vera", AS_OF)[0].standing.status


def test_an_item_goes_from_the_reviewer_s_answer_to_the_dpo_s_decision(place: Workplace, visit: Visit) -> None:
    item = items(place, "rita")[0].item_id
    rita, vera = visit(login="rita", **ACTS), visit(login="vera", **ACTS)
    # A false alarm is dismissed only once somebody who sees the text has called it one.
    dismissal = {"word": "DISMISS", "reason": "OTHER_MEANING"}
    assert sent(vera, item, "decision", dismissal)[0] == 400
    assert sent(rita, item, "answer", {"word": "FALSE_ALARM", "reason": "OTHER_MEANING"})[0] == 303
    assert state(place, item) is Status.ANSWERED
    assert sent(vera, item, "decision", dismissal)[0] == 303
    assert state(place, item) is Status.DISMISSED
    page = vera.get(f"/triage/{item}?lang=en").text
    assert "false alarm: the words mean something else here" in page
    with place.ledger.reading() as connection:
        mark = connection.execute(select(triage_items.c.fingerprint).where(triage_items.c.item_id == item)).scalar_one()
        told = [payload["word"] for payload in payloads(connection, RECORDED, mark)]
    assert told == ["FALSE_ALARM", "DISMISS"], "the audit chain tells of both"


def test_the_dpo_has_it_corrected_by_a_day_or_accepts_the_risk_until_one(place: Workplace, visit: Visit) -> None:
    first, second = (item for item in items(place, "vera")[-2:])
    vera = visit(login="vera", **ACTS)
    assigned = {"word": "CONFIRM", "assignee": first.controller_id, "due": "2126-01-31"}
    assert sent(vera, first.item_id, "decision", assigned)[0] == 303
    page = vera.get(f"/triage/{first.item_id}").text
    assert ("2126-01-31" in page, first.controller_id in page) == (True, True)
    assert sent(vera, second.item_id, "decision", {"word": "ACCEPT_RISK", "until": "2126-01-31"})[0] == 400, "far too long"
    assert state(place, second.item_id) is Status.OPEN


@pytest.mark.parametrize(
    "fields",
    [
        {}, {"word": "OPEN"}, {"word": "DISMISS"}, {"word": "DISMISS", "reason": "WHY_NOT"}, {"word": "ACCEPT_RISK"},
        {"word": "ACCEPT_RISK", "until": "soon"}, {"word": "CONFIRM", "due": "2001-01-01"},
        {"word": "CONFIRM", "assignee": "C1"},
        {"word": "CONFIRM", "until": "2126-01-01"}, {"word": "CONFIRM", "reason": "DUPLICATE"},
        {"word": "CONFIRM", "assignee": "x" * 20_000},
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_decision_that_doesn_t_fit_is_refused_in_the_visitor_s_language(
    place: Workplace, visit: Visit, fields: dict[str, str], language: str
) -> None:
    item = items(place, "vera")[0].item_id
    status, page = sent(visit(login="vera", **ACTS), item, "decision", fields, **{"accept-language": language})
    told = html.fromstring(page).xpath("//*[@role='alert']")[0]
    assert status == 400
    assert words(language)["page"]["kinds"]["UsageError"] in told.text_content()
    assert not told.xpath(".//strong//*[@lang='en']"), "the sentence itself is in the visitor's language"
    assert state(place, item) is Status.OPEN


@pytest.mark.parametrize(
    ("login", "form", "fields"),
    [
        ("vera", "answer", {"word": "RIGHT"}),
        ("rita", "decision", {"word": "CONFIRM"}),
        ("dirk", "decision", {"word": "CONFIRM"}),
        ("nobody", "decision", {"word": "CONFIRM"}),
    ],
)
def test_who_is_not_entitled_is_refused(place: Workplace, visit: Visit, login: str, form: str, fields: dict[str, str]) -> None:
    item = items(place, "rita")[0].item_id
    fields = fields | {"token": made_for(visit, place, login)}
    answer = visit(login=login, **ACTS).post(f"/triage/{item}/{form}", data=fields, headers={"accept-language": "nl"})
    assert answer.status_code == 403
    assert words("nl")["page"]["kinds"]["ApprovalError"] in answer.text
    assert state(place, item) is Status.OPEN


def made_for(visit: Visit, place: Workplace, login: str) -> str:
    """A token as a page would give it to someone whom no form is shown."""
    from discretio.ledger.keys import keyed_hash  # noqa: PLC0415 - what only this test forges with the server's own key

    return keyed_hash(place.ledger.keys.seal, "form", login, "one session")


def test_another_participant_s_reviewer_neither_sees_nor_answers(place: Workplace, visit: Visit) -> None:
    item = items(place, "rita")[0].item_id
    remi = visit(login="remi", **ACTS)
    assert item not in remi.get("/triage").text
    assert remi.get(f"/triage/{item}").status_code == 404
    fields = {"word": "RIGHT", "token": made_for(visit, place, "remi")}
    assert remi.post(f"/triage/{item}/answer", data=fields).status_code == 400
    assert state(place, item) is Status.OPEN


def test_a_form_that_this_page_did_not_make_for_this_session_is_refused(place: Workplace, visit: Visit) -> None:
    item = items(place, "vera")[0].item_id
    vera, other = visit(login="vera", **ACTS), visit(login="dirk", **ACTS)
    before = {"authorization": "an earlier session"}
    earlier = str(html.fromstring(vera.get(f"/triage/{item}", headers=before).text).xpath("//input[@name='token']/@value")[0])
    for forged in ("", "x", "é", token(other, item) if "token" in other.get(f"/triage/{item}").text else "y", earlier):
        answer = vera.post(f"/triage/{item}/decision", data={"word": "CONFIRM", "token": forged})
        assert answer.status_code == 403
    assert vera.post(f"/triage/{item}/decision", content=b"\xff\xfe=%zz").status_code in (400, 403)
    assert state(place, item) is Status.OPEN


def test_a_role_that_only_reads_sends_no_form(place: Workplace, visit: Visit) -> None:
    item = items(place, "vera")[0].item_id
    reader = visit([Area.TRIAGE], login="vera")
    assert '<form method="post"' not in reader.get(f"/triage/{item}").text
    fields = {"word": "CONFIRM", "token": made_for(visit, place, "vera")}
    assert reader.post(f"/triage/{item}/decision", data=fields).status_code == 403


def test_filters_leave_what_they_say_and_nothing_else_is_taken(place: Workplace, visit: Visit) -> None:
    client = visit(login="vera", **ACTS)
    rule = items(place, "vera")[0].rule_id
    page = html.fromstring(client.get(f"/triage?rule={rule}&lang=en").text)
    assert set(page.xpath("//table[caption='Items']//tbody//td[2]/small/text()")) == {rule}
    assert "No item fits" in client.get("/triage?overdue=1&status=RESOLVED").text
    assert client.get("/triage?page=999999999").status_code == 200
    assert (client.get("/triage?status=NONE").status_code, client.get("/triage?store=none").status_code) == (404, 404)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_that_triage_shows_has_words(place: Workplace, language: str) -> None:
    said = words(language)["page"]["triage"]
    assert set(said["words"]) == {*Answer, *Decision}
    assert set(said["lapses"]) == set(Lapse)
    assert set(words(language)["triage_reasons"]) == set(Dismissal)
    assert {rule.scope_kind for rule in place.policy_on(AS_OF).rules.values()} - {"store"} <= set(said["scopes"])


def sentences() -> Iterator[str]:
    """What the rights of triage and the page itself may say, as the code writes it, where nothing is filled in."""
    package = Path(discretio.__file__).parent
    files = ("domain/triage/rights.py", "steps/triage.py", "steps/acting.py", "airflow_ui/compliance")
    for file in [path for name in files for path in ((package / name).rglob("*.py") if "." not in name else [package / name])]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "").endswith("Error"):
                told = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg == "remedy")]
                yield from (str(one.value) for one in told if isinstance(one, ast.Constant))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_page_may_refuse_is_said_in_every_language(language: str) -> None:
    assert sorted(set(sentences()) - set(words(language)["page"]["messages"])) == []

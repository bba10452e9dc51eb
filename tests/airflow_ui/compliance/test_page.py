"""The Compliance page: who may see what, in four languages, with nothing personal and nothing from elsewhere in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from lxml import html

from airflow_ui.compliance.conftest import Visit
from discretio.airflow_ui.compliance.application import create_application
from discretio.airflow_ui.compliance.areas import Area, reports_of
from discretio.airflow_ui.demo import AS_OF
from discretio.ledger.plans import latest_plans
from discretio.reporting.vocabulary import LANGUAGES
from discretio.steps.deletion_overview import plan_view
from discretio.steps.issued_reports import issued_reports
from discretio.steps.triage import triage_list
from discretio.steps.workplace import Workplace


def addresses(place: Workplace) -> list[str]:
    plan = latest_plans(place.ledger)[0].plan_id
    item = triage_list(place, "vera", AS_OF)[0].item_id
    return [
        "/",
        "/findings",
        "/triage",
        f"/triage/{item}",
        "/calendar",
        "/deletions",
        "/deletions/certificates",
        f"/deletions/{plan}",
        f"/deletions/{plan}/items",
        "/coverage",
        "/health",
        "/reports",
        f"/reports/{issued_reports(place)[0].report_id}",
        "/policies",
    ]


def body(client: TestClient, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def test_whoever_nobody_settled_sees_nothing(place: Workplace) -> None:
    client = TestClient(create_application(lambda: place, lambda: None), follow_redirects=False)
    told = {address: client.get(address).status_code for address in addresses(place)}
    assert told == dict.fromkeys(addresses(place), 403)


def test_a_visitor_sees_his_areas_and_is_refused_every_other(place: Workplace, visit: Visit) -> None:
    homes = {area: f"/{area.address}" for area in Area}
    for area, home in homes.items():
        client = visit([area])
        told = {address: client.get(address).status_code for address in homes.values()}
        # Without the overview, the first address leads to what is open.
        expected = {address: 200 if address == home else 303 if address == "/" else 403 for address in homes.values()}
        assert told == expected, area
        assert len(body(client, home).xpath("//header//nav/a")) == 1


def test_a_supervisor_finds_the_reports_to_his_authority_and_no_other(place: Workplace, visit: Visit) -> None:
    mine, other = issued_reports(place)[:2]
    assert mine.authority != other.authority
    client = visit([reports_of(mine.authority)])
    page = body(client, "/reports").text_content()
    assert (mine.report_id in page, other.report_id in page) == (True, False)
    got = client.get(f"/reports/{mine.report_id}.pdf")
    assert (got.status_code, got.content[:5], got.headers["cache-control"]) == (200, b"%PDF-", "no-store")
    refused, unknown = client.get(f"/reports/{other.report_id}.pdf"), client.get("/reports/RAAAAAAAAAAAA.pdf")
    assert (refused.status_code, unknown.status_code) == (404, 404)
    assert refused.text == unknown.text.replace("RAAAAAAAAAAAA", other.report_id), "a refusal doesn't tell that it exists"


@pytest.mark.parametrize("name", ["../ledger.db", "..%2Fledger.db", "*", "[a-z]*", "x/../../ledger"])
def test_no_address_leads_to_another_file(visit: Visit, name: str) -> None:
    assert visit(list(Area)).get(f"/reports/{name}.pdf").status_code == 404


def test_an_approver_sees_the_plans_of_his_controllers_and_their_share(place: Workplace, visit: Visit) -> None:
    plan_id = latest_plans(place.ledger)[0].plan_id
    concerned = list(plan_view(place, plan_id).by_controller)
    mine = body(visit([Area.DELETIONS], concerned[:1]), f"/deletions/{plan_id}").text_content()
    assert concerned[0] in mine
    assert not [other for other in concerned[1:] if re.search(rf"\b{other}\b", mine.split("root")[0])]
    stranger = visit([Area.DELETIONS], ["CAAAAAAAAAAAA"])
    assert plan_id not in body(stranger, "/deletions").text_content()
    assert stranger.get(f"/deletions/{plan_id}").status_code == 403


def test_a_plan_shows_what_a_decision_needs(place: Workplace, visit: Visit) -> None:
    view = plan_view(place, latest_plans(place.ledger)[0].plan_id)
    page = body(visit([Area.DELETIONS]), f"/deletions/{view.plan.plan_id}").text_content()
    assert view.plan.root_hash in page
    assert all(rule_id in page for rule_id in view.by_rule)
    assert view.lacking


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_speaks_the_language_that_was_chosen_and_keeps_it(place: Workplace, visit: Visit, language: str) -> None:
    client = visit(list(Area))
    assert html.fromstring(client.get(f"/?lang={language}").text).get("lang") == language
    for address in addresses(place):
        page = body(client, address)
        assert page.get("lang") == language
        assert not re.search(r"\b[A-Z]+_[A-Z_]+\b|\{|None\b|built-in", page.body.text_content()), address


def test_the_browser_s_language_counts_until_one_is_chosen(visit: Visit) -> None:
    answer = visit(list(Area)).get("/", headers={"accept-language": "de-BE,de;q=0.9,fr;q=0.5"})
    assert html.fromstring(answer.text).get("lang") == "de"
    assert html.fromstring(visit(list(Area)).get("/?lang=xx", headers={"accept-language": "es"}).text).get("lang") == "fr"


def pages(place: Workplace, client: TestClient) -> Iterator[tuple[str, html.HtmlElement]]:
    for address in addresses(place):
        yield address, body(client, address)


def test_pages_load_nothing_and_are_kept_nowhere(place: Workplace, visit: Visit) -> None:
    client = visit(list(Area))
    for address, page in pages(place, client):
        assert not page.xpath("//script | //img | //link | //iframe | //object"), address
        headers = client.get(address).headers
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert (headers["cache-control"], headers["x-content-type-options"]) == ("no-store", "nosniff")


def test_pages_can_be_used_with_a_keyboard_and_read_aloud(place: Workplace, visit: Visit) -> None:
    for address, page in pages(place, visit(list(Area))):
        assert page.xpath("//a[@class='skip']/@href") == ["#content"], address
        assert len(page.xpath("//h1")) == 1
        assert all(region.get("tabindex") == "0" and region.get("aria-label") for region in page.xpath("//*[@class='scroll']"))
        assert all(table.xpath("caption") and table.xpath("thead//th[@scope='col']") for table in page.xpath("//table"))
        names = page.xpath("//@id")
        assert len(names) == len(set(names))


def test_no_page_shows_a_key_a_name_or_a_text_of_the_store(place: Workplace, visit: Visit) -> None:
    store = place.open_store("centre")
    told = "".join(page.text_content() for _, page in pages(place, visit(list(Area))))
    controllers = set(store.read("controllers")["controller_key"])
    dossiers = set(store.read("dossiers")["dossier_key"])
    names = set(store.read("persons")["name"].dropna())
    secret = {str(one) for one in controllers | dossiers | names if len(str(one)) > 3}
    assert secret
    assert not [one for one in secret if one in told]


def test_an_unknown_plan_is_an_error_for_the_visitor_without_a_traceback(visit: Visit) -> None:
    answer = visit(list(Area)).get("/deletions/PLANAAAAAAAAAAAA")
    assert (answer.status_code, "Traceback" in answer.text) == (404, False)

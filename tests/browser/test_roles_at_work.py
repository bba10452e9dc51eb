"""Each role through its main job, clicking; no page of theirs breaks WCAG 2.2 AA; reading needs no JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from browser.conftest import LANGUAGES, Served
from browser.served import PASSPHRASE

pytestmark = pytest.mark.services
AREAS = ["/", "/findings", "/triage", "/calendar", "/deletions", "/coverage", "/reports", "/policies", "/health", "/people"]
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
User = Callable[..., Any]


def first(page: Any, address: str, pattern: str) -> str:  # noqa: ANN401 - Playwright's page
    """The first address on a page that fits."""
    page.goto(address)
    links = [str(link.get_attribute("href")) for link in page.locator("main a").all()]
    return next(link for link in links if re.search(pattern, link))


def test_the_dpo_starts_an_audit(served: Served, as_user: User) -> None:
    page = as_user("dpo")
    page.goto(f"{served.address}/dags/check_minimisation")
    page.get_by_role("button", name=re.compile("Trigger", re.IGNORECASE)).first.click()
    page.get_by_role("button", name=re.compile("^Trigger$", re.IGNORECASE)).last.click()
    started = page.locator("th", has_text="check_minimisation")
    for _ in range(20):
        page.wait_for_timeout(1000)
        page.goto(served.page("/health?lang=en"))
        if started.count():
            break
    assert started.count() == 1, "the page's health tells of the run"


def test_the_dpo_triages_ten_findings(served: Served, as_user: User) -> None:
    page = as_user("dpo")
    for _ in range(10):
        address = first(page, served.page("/triage?status=OPEN&lang=en"), r"/triage/T\w+$")
        page.goto(f"{served.address}{address}")
        page.get_by_label("To be done by").fill("2126-01-31")
        page.get_by_role("button", name="Have it corrected").click()
        assert page.get_by_role("status").inner_text().startswith("Recorded")
    page.goto(served.page("/triage?status=CONFIRMED&lang=en"))
    assert page.locator("main table").last.locator("tbody tr").count() == 10


def test_a_reviewer_answers_with_the_keyboard_alone(served: Served, as_user: User) -> None:
    page = as_user("reviewer")
    address = first(page, served.page("/triage?status=OPEN&lang=en"), r"/triage/T\w+$")
    page.goto(f"{served.address}{address}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "RIGHT":
            break
    page.keyboard.press("Space")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "BUTTON":
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("done=1"))
    assert "Answered" in page.locator("main").inner_text()


def test_an_approver_approves_a_purge_as_the_second_person(served: Served, as_user: User) -> None:
    page = as_user("approver")
    address = first(page, served.page("/deletions?lang=en"), r"/deletions/PLAN")
    page.goto(f"{served.address}{address}")
    page.get_by_label("I approve the deletion").check()
    page.get_by_label("Passphrase").fill("not this one, surely")
    page.get_by_role("button", name="Sign").click()
    assert "the passphrase is wrong" in page.get_by_role("alert").inner_text()
    page.goto(f"{served.address}{address}")
    page.get_by_label("I approve the deletion").check()
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Sign").click()
    page.get_by_role("status").wait_for()
    assert page.locator("dd.state.APPROVED").count() == 1


def test_a_supervisor_downloads_and_verifies_a_report(served: Served, as_user: User, tmp_path: Path) -> None:
    page = as_user("supervisor-apd")
    page.goto(served.page("/?lang=en"))
    assert page.url.endswith("/compliance/reports"), "he is led to what is his"
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("^PDF ")).first.click()
    download.value.save_as(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")
    page.get_by_role("link", name=re.compile("^verify ")).first.click()
    assert "The report is genuine" in page.get_by_role("status").inner_text()
    for other in ("/findings", "/triage", "/deletions", "/health"):
        assert page.goto(served.page(other)).status == 403
        assert page.get_by_role("alert").count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_breaks_the_rules_of_accessibility(served: Served, as_user: User, language: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = as_user("dpo", language=language)
    page.goto(served.page(f"/?lang={language}"))
    item = first(page, served.page("/triage"), r"/triage/T\w+$").removeprefix("/compliance")
    plan = first(page, served.page("/deletions"), r"/deletions/PLAN").removeprefix("/compliance")
    report = first(page, served.page("/reports"), r"/reports/\w+$").removeprefix("/compliance")
    broken: dict[str, list[tuple[str, list[str]]]] = {}
    for address in [*AREAS, item, plan, f"{plan}/items", "/deletions/certificates", report, "/triage/T0"]:
        page.goto(served.page(address))
        assert page.locator("html").get_attribute("lang") == language
        found = axe.run(page, options=AXE).response["violations"]
        broken |= {address: [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found]} if found else {}
    assert broken == {}


def test_the_dpo_confirms_whoever_waits_once_the_key_was_compared(served: Served, as_user: User) -> None:
    page = as_user("dpo")
    page.goto(served.page("/people?lang=en"))
    page.get_by_label("Login of this person").fill("newcomer")
    page.get_by_label("This person read his public key to me himself").check()
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Sign").click()
    assert page.get_by_role("status").inner_text().startswith("Confirmed")
    assert page.get_by_text("Nobody waits").count() == 1


def test_reading_needs_no_javascript(served: Served, as_user: User) -> None:
    page = as_user("dpo", scripts=False)
    for address in AREAS:
        assert page.goto(served.page(address)).status == 200
        assert page.locator("h1").inner_text()


def test_without_a_session_and_after_its_end_nothing_is_shown_or_taken(served: Served, browser: Any) -> None:  # noqa: ANN401
    context = browser.new_context()
    page = context.new_page()
    assert {page.goto(served.page(address)).status for address in AREAS} <= {401, 403}
    context.add_cookies([{"name": "_token", "value": "x.y.z", "url": served.address}])
    assert page.goto(served.page("/triage")).status in {401, 403}
    assert page.request.post(served.page("/triage/T0/decision"), form={"word": "CONFIRM"}).status in {401, 403}
    context.close()

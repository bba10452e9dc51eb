"""What goes wrong on the page is told in the visitor's language, every word of it, and nothing is half done."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from httpx import Response
from lxml import html

from airflow_ui.compliance.conftest import PASSPHRASE, Visit
from airflow_ui.compliance.test_deletion_page import controllers_of, moved, opened, plan_of, signed
from discretio.airflow_ui.compliance.areas import Area
from discretio.ledger.approvals import approvals
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.keys import keyed_hash
from discretio.ledger.plans import load_plan
from discretio.reporting.vocabulary import LANGUAGES
from discretio.steps.workplace import Workplace

OF_NOBODY = [area for area in Area if area not in {Area.OVERVIEW, Area.REPORTS}]


def told(answer: Response, language: str) -> str:
    """What the page says of what went wrong, once no word of it is left untranslated."""
    page = html.fromstring(answer.text)
    (alert,) = page.xpath("//*[@role='alert']")
    assert page.get("lang") == language
    assert not alert.xpath(".//*[@lang='en']"), alert.text_content()
    return str(alert.text_content())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_role_without_an_area_is_refused_it(place: Workplace, visit: Visit, language: str) -> None:
    nobody = visit([], login="nobody", at=place)
    answers = [nobody.get(f"/{area.address}?lang={language}") for area in OF_NOBODY]
    assert {answer.status_code for answer in answers} == {403}
    assert len({told(answer, language).split("Compliance")[0] for answer in answers}) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_store_or_a_plan_that_is_gone_is_not_found(place: Workplace, visit: Visit, language: str) -> None:
    client = visit(list(Area), at=place)
    for address in ("/findings?store=gone", "/triage?store=gone", "/deletions/PLANGONE", "/deletions/PLANGONE/items"):
        answer = client.get(f"{address}{'&' if '?' in address else '?'}lang={language}")
        assert answer.status_code == 404, address
        assert told(answer, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_full_disk_takes_no_signature_and_leaves_all_whole(own: Workplace, visit: Visit, language: str) -> None:
    pages = f"PRAGMA max_page_count = {_pages(own)}"  # what SQLite makes of a disk on which nothing can be added

    def full(connection: object, _record: object) -> None:
        connection.execute(pages)  # type: ignore[attr-defined] # SQLite's own connection

    own.ledger.engine.dispose()
    sa.event.listen(own.ledger.engine, "connect", full)
    plan_id = plan_of(own)
    fields = {
        "token": keyed_hash(own.ledger.keys.seal, "form", "anna", "one session"),
        "root_hash": load_plan(own.ledger, plan_id).root_hash,
        "word": "APPROVED",
        "passphrase": PASSPHRASE,
    }
    client, address = opened(visit, own, "anna"), f"/deletions/{plan_id}/decision?lang={language}"
    # Each forged form is a record of the audit chain, until no room is left.
    assert 503 in {client.post(address, data=fields | {"token": "forged"}).status_code for _ in range(MANY)}
    refused = client.post(address, data=fields)
    assert refused.status_code == 503
    assert told(refused, language)
    sa.event.remove(own.ledger.engine, "connect", full)
    own.ledger.engine.dispose()
    assert verify_chain(own.ledger).records
    assert approvals(own.ledger, plan_id) == []
    assert signed(visit, own, "bart") == 303, "all is well once there is room"


MANY = 60
"""Forms after which the room that was left in the file's last pages is used up."""


def _pages(place: Workplace) -> int:
    with place.ledger.reading() as connection:
        return int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_clocks_that_disagree_take_no_signature(own: Workplace, visit: Visit, language: str) -> None:
    # The page's own clock is ahead of the ledger's.
    ahead = replace(own, now=moved(own.now, timedelta(days=2)))
    fields = {
        "token": keyed_hash(own.ledger.keys.seal, "form", "anna", "one session"),
        "root_hash": load_plan(own.ledger, plan_of(own)).root_hash,
        "word": "APPROVED",
        "passphrase": PASSPHRASE,
    }
    client = visit([Area.DELETIONS], controllers_of(own, "anna"), login="anna", acts=[Area.DELETIONS], at=ahead)
    answer = client.post(f"/deletions/{plan_of(own)}/decision?lang={language}", data=fields)
    assert answer.status_code == 403
    assert told(answer, language)
    assert approvals(own.ledger, plan_of(own)) == []

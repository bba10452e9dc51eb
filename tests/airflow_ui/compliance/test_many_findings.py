"""Ten thousand findings on one dossier: they are counted, and make one dossier's triage, not ten thousand lines of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import html

from airflow_ui.compliance.conftest import Visit
from discretio import wiring
from discretio.airflow_ui.compliance.areas import Area
from discretio.airflow_ui.demo import AS_OF
from discretio.ledger.findings import all_findings
from discretio.ledger.triage_queue import Filters
from discretio.settings import Settings
from discretio.steps import check, scan
from discretio.steps.people_keys import enrol_person, new_personal_key
from discretio.steps.registering import register
from discretio.steps.triage_queue import PAGE, queue_page
from discretio.steps.workplace import Workplace
from discretio.stores.loading import load_rows
from discretio.stores.reference import create_store
from discretio.stores.samples.multiplying import demo_rows

MANY = 10_000


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    out: Path = tmp_path_factory.mktemp("crowded")
    place = wiring.workplace(Settings.from_environment({"DISCRETIO_HOME": str(out / "home")}))
    rows = dict(demo_rows(2))
    rows["entries"] = rows["entries"].copy()
    rows["entries"].loc[rows["entries"].index[0], "text"] = "Elle est séropositive. " * MANY
    load_rows(create_store(f"sqlite:///{out / 'dossiers.db'}", demo=True), rows)
    register(place, "centre", f"sqlite:///{out / 'dossiers.db'}")
    run_id = scan.begin_scan(place, "centre", AS_OF)
    list(scan.scan_in_turn(place, run_id))
    scan.finish_scan(place, run_id)
    check.check(place, "centre", AS_OF)
    enrol_person(place, "vera", ["DPO"], [], new_personal_key(out / "vera.key"))
    return place


def test_every_finding_is_kept_and_the_queue_holds_each_question_once(crowded: Workplace) -> None:
    by_dossier: dict[str, int] = {}
    for finding in all_findings(crowded.ledger, 1):
        by_dossier[finding["dossier_id"]] = by_dossier.get(finding["dossier_id"], 0) + 1
    dossier, number = max(by_dossier.items(), key=lambda one: one[1])
    assert number >= MANY
    page = queue_page(crowded, "vera", AS_OF, Filters(dossier_id=dossier))
    assert 0 < page.total < MANY / 10
    assert len(page.items) <= PAGE


def test_the_page_shows_such_a_dossier_like_any_other(crowded: Workplace, visit: Visit) -> None:
    client: TestClient = visit(list(Area), at=crowded)
    queue = html.fromstring(client.get("/triage").text)
    item = next(link for link in queue.xpath("//main//a/@href") if "/triage/T" in link)
    for address in ("/", "/findings", "/coverage", item):
        answer = client.get(address)
        assert answer.status_code == 200
        assert len(answer.text) < 300_000, "as long as it is for any other"
        assert "séropositive" not in answer.text

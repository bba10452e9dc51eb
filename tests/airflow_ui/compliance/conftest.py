"""A small home with everything in it that the page shows, made once by the real verbs."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable

import pytest
from fastapi import Request
from fastapi.testclient import TestClient

from discretio import wiring
from discretio.airflow_ui.compliance.application import create_application
from discretio.airflow_ui.compliance.areas import Visitor
from discretio.airflow_ui.demo import AS_OF
from discretio.reporting.keys import make_demo_key
from discretio.resources import folder
from discretio.settings import Settings
from discretio.steps import check, plan, report, scan
from discretio.steps.registering import register
from discretio.steps.workplace import Workplace
from discretio.stores.loading import load_rows
from discretio.stores.reference import create_store
from discretio.stores.samples.multiplying import demo_rows

ADOPTION = """\
BE-BILL-56-0485: {adopted_by: Board of the Example Centre, adopted_at: 2024-10-10}
GDPR-BASE: {adopted_by: null, adopted_at: null}
"""
Visit = Callable[..., TestClient]


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    out = tmp_path_factory.mktemp("page")
    shutil.copytree(folder("policies"), out / "home" / "policies")
    (out / "home" / "policies" / "adoption.yaml").write_text(ADOPTION, encoding="utf-8")
    home = {"DISCRETIO_HOME": str(out / "home"), "DISCRETIO_POLICIES": str(out / "home" / "policies")}
    place = wiring.workplace(Settings.from_environment(home))
    make_demo_key(place.settings.signing_key_file, place.now())
    url = f"sqlite:///{out / 'dossiers.db'}"
    load_rows(create_store(url, demo=True), demo_rows(60))
    register(place, "centre", url)
    run_id = scan.begin_scan(place, "centre", AS_OF)
    list(scan.scan_in_turn(place, run_id))
    scan.finish_scan(place, run_id)
    check.check(place, "centre", AS_OF)
    plan.plan_purge(place, "centre", AS_OF, requester="ada")
    for authority in report.authorities_to_report(place)[:2]:
        report.file_report(place, report.ReportOrder.of(authority, "all", "2026-Q4", AS_OF).in_languages(("fr",)))
    return place


@pytest.fixture
def visit(place: Workplace) -> Visit:
    """A browser's client for someone who may read these resources, acting for these controllers."""

    def opened(resources: Iterable[str], controllers: Iterable[str] | None = None) -> TestClient:
        readable = {str(one) for one in resources}
        confined = None if controllers is None else frozenset(controllers)

        def known(request: Request) -> None:
            request.state.visitor = Visitor("vera", lambda resource: str(resource) in readable, confined)

        return TestClient(create_application(lambda: place, known), follow_redirects=False)

    return opened

"""A small home with everything in it that the page shows, made once by the real verbs."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import Request
from fastapi.testclient import TestClient

from centre import scanned_centre
from discretio import wiring
from discretio.airflow_ui.compliance.application import create_application
from discretio.airflow_ui.compliance.areas import Visitor
from discretio.airflow_ui.demo import AS_OF
from discretio.ledger import locator
from discretio.ledger.keys import read_key
from discretio.ledger.opening import open_ledger
from discretio.resources import folder
from discretio.settings import Settings
from discretio.steps import plan, report
from discretio.steps.deletion_overview import plan_view
from discretio.steps.people_keys import enrol_person, lock_personal_key, new_personal_key
from discretio.steps.workplace import Workplace
from enrolments import confirm_all

ADOPTION = """\
BE-BILL-56-0485: {adopted_by: Board of the Example Centre, adopted_at: 2024-10-10}
GDPR-BASE: {adopted_by: null, adopted_at: null}
"""
PASSPHRASE = "a phrase of her own"
Visit = Callable[..., TestClient]


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    out = tmp_path_factory.mktemp("page")
    shutil.copytree(folder("policies"), out / "home" / "policies")
    (out / "home" / "policies" / "adoption.yaml").write_text(ADOPTION, encoding="utf-8")
    home = {"DISCRETIO_HOME": str(out / "home"), "DISCRETIO_POLICIES": str(out / "home" / "policies")}
    place = wiring.workplace(Settings.from_environment(home))
    scanned_centre(place, out)
    plan_id = plan.plan_purge(place, "centre", AS_OF, requester="ada").plan_id
    enrol_everyone(place, out, set(plan_view(place, plan_id).by_controller))
    for authority in report.authorities_to_report(place)[:2]:
        report.file_report(place, report.ReportOrder.of(authority, "all", "2026-Q4", AS_OF).in_languages(("fr",)))
    return place


def enrol_everyone(place: Workplace, out: Path, concerned: set[str]) -> None:
    """A DPO, a reviewer and an approver of each half of the controllers, and somebody who is administrator too.

    Both halves have some of those whom the plan concerns, whatever their random ids.
    """
    keys = place.open_store("centre").read("controllers")["controller_key"]
    known = locator.surrogates(place.ledger, 1, "controller", list(keys)).values()
    ids = sorted(known, key=lambda one: (one not in concerned, one))
    for login, roles, controllers in (
        ("vera", ["DPO"], []), ("rita", ["REVIEWER"], ids[::2]), ("remi", ["REVIEWER"], ids[1::2]),
        ("dirk", ["DPO", "ADMINISTRATOR"], []), ("anna", ["APPROVER"], ids[::2]), ("bart", ["APPROVER"], ids[1::2]),
        ("carl", ["APPROVER", "ADMINISTRATOR"], ids), ("ada", ["APPROVER"], ids),
    ):  # fmt: skip
        enrol_person(place, login, roles, controllers, new_personal_key(out / f"{login}.key"))
        if login != "ada":
            lock_personal_key(place, login, out / f"{login}.key", PASSPHRASE)
    confirm_all(place, "vera", out / "vera.key", ("dirk", "anna", "bart", "carl", "ada"))


@pytest.fixture
def own(place: Workplace, tmp_path: Path) -> Workplace:
    """The same with a ledger of its own, for tests that decide."""
    with closing(sqlite3.connect(place.settings.home / "ledger.db")) as old, closing(sqlite3.connect(tmp_path / "l.db")) as new:
        old.backup(new)
    key = read_key(place.settings.ledger_key_file)
    return replace(place, ledger=open_ledger(f"sqlite:///{tmp_path / 'l.db'}", key, clock=place.ledger.clock))


@pytest.fixture
def visit(place: Workplace) -> Visit:
    """A browser's client for someone who may read these resources, acting for these controllers."""

    def opened(
        resources: Iterable[str],
        controllers: Iterable[str] | None = None,
        *,
        login: str = "vera",
        acts: Iterable[str] = (),
        at: Workplace = place,
    ) -> TestClient:
        readable, acting = {str(one) for one in resources}, {str(one) for one in acts}
        confined = None if controllers is None else frozenset(controllers)

        def known(request: Request) -> None:
            session = request.headers.get("authorization", "one session")
            may_read, may_act = (lambda resource: str(resource) in readable), (lambda resource: str(resource) in acting)
            request.state.visitor = Visitor(login, may_read, may_act, session, confined)

        return TestClient(create_application(lambda: at, known), follow_redirects=False)

    return opened

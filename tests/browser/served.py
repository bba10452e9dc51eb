"""The deployment behind the browser tests: the demo's verbs over a small store, people enrolled under their users' logins."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

from centre import scanned_centre
from discretio import wiring
from discretio.airflow_ui import serving
from discretio.airflow_ui.demo import AS_OF
from discretio.airflow_ui.demo_users import add_users
from discretio.airflow_ui.role_sync import sync_roles
from discretio.airflow_ui.roles import roles
from discretio.ledger import locator
from discretio.resources import folder
from discretio.steps import plan, report
from discretio.steps.approve import approve
from discretio.steps.people_keys import enrol_person, lock_personal_key, new_personal_key
from discretio.steps.workplace import Workplace
from enrolments import confirm_all

AUTHORITY = "apd"
PASSPHRASE = "a phrase of her own"
ADOPTION = """\
BE-BILL-56-0485: {adopted_by: Board of the Example Centre, adopted_at: 2024-10-10}
GDPR-BASE: {adopted_by: null, adopted_at: null}
VL-DECREE-2023-06-30: {adopted_by: null, adopted_at: null}
VL-DECREE-2024-03-29: {adopted_by: null, adopted_at: null}
BE-LAW-LIVC-2018: {adopted_by: null, adopted_at: null}
BE-FUTURE-LAW: {adopted_by: null, adopted_at: null}
"""


def serve(home: Path, port: int) -> None:
    """Fill a home, start Airflow's server, scheduler and DAG processor on it, and run until standard input closes."""
    serving.prepare(home / "airflow", port)
    wanted = roles([AUTHORITY, "coc"])
    sync_roles(wanted)
    add_users(wanted, home / "airflow" / "users.txt")
    fill(home)
    with serving.serving(home / "airflow", port):
        sys.stdout.write("up\n")
        sys.stdout.flush()
        sys.stdin.read()


def fill(home: Path) -> None:
    """A store of sixty dossiers: scanned, checked, planned by the administrator, approved by one person, and reported on."""
    place = adopted()
    scanned_centre(place, home)
    enrol(place, home)
    planned = plan.plan_purge(place, "centre", AS_OF, requester="administrator")
    # The first person signed on the command line; the browser is the second.
    approve(place, planned.plan_id, "approver-two", home / "approver-two.key")
    report.file_report(place, report.ReportOrder.of(AUTHORITY, "all", "2026-Q4", AS_OF).in_languages(("fr",)))
    place.ledger.close()


def adopted() -> Workplace:
    """A place whose policies were adopted."""
    place = wiring.workplace()
    policies = place.settings.home / "policies"
    shutil.copytree(folder("policies"), policies)
    (policies / "adoption.yaml").write_text(ADOPTION, encoding="utf-8")
    return wiring.workplace(replace(place.settings, policies=policies))


def enrol(place: Workplace, home: Path) -> None:
    """A person under the login of each user who decides, each with a key that the same passphrase opens."""
    keys = list(place.open_store("centre").read("controllers")["controller_key"])
    ids = sorted(locator.surrogates(place.ledger, 1, "controller", keys).values())
    for login, role, controllers in (
        ("dpo", "DPO", []), ("reviewer", "REVIEWER", ids), ("approver", "APPROVER", ids), ("approver-two", "APPROVER", ids),
        ("newcomer", "APPROVER", ids),
    ):  # fmt: skip
        enrol_person(place, login, [role], controllers, new_personal_key(home / f"{login}.key"))
        lock_personal_key(place, login, home / f"{login}.key", PASSPHRASE)
    confirm_all(place, "dpo", home / "dpo.key", ("approver", "approver-two"))

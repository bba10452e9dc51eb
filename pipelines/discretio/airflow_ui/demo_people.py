"""The demo's two approvers, and the officer who confirms them. Their keys lie in its folder, which real ones never would."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from pathlib import Path

from discretio.domain.approvals import Role
from discretio.domain.archives import SERIES
from discretio.ledger import locator, stores
from discretio.ledger.plans import latest_plans
from discretio.steps.approve import approve
from discretio.steps.archiving import declare_clearance
from discretio.steps.confirming import confirm_enrolment
from discretio.steps.people_keys import enrol_person, new_personal_key, signer
from discretio.steps.workplace import Workplace

APPROVERS = ("demo-approver-one", "demo-approver-two")
OFFICER = "demo-officer"


def enrol_people(place: Workplace, store_name: str) -> None:
    """Enrol an officer, and two approvers whom he confirms, each for half of the controllers and both for other questions."""
    record = stores.store_named(place.ledger, store_name)
    keys = sorted(place.open_store(store_name).read("controllers")["controller_key"])
    ids = list(locator.surrogates(place.ledger, record.store_id, "controller", keys).values())
    halves = (ids[::2], ids[1::2])
    _enrol_confirmed(place, OFFICER, Role.DPO, [])
    for login, controllers in zip(APPROVERS, halves, strict=True):
        _enrol_confirmed(place, login, Role.APPROVER, controllers)
        _clear_archives(place, login, controllers)


def _enrol_confirmed(place: Workplace, login: str, role: Role, controllers: Sequence[str]) -> None:
    public_key = new_personal_key(_key_file(place, login))
    enrol_person(place, login, [role.value], controllers, public_key)
    officer = signer(place, OFFICER, _key_file(place, OFFICER), where="demo")
    confirm_enrolment(place, login, public_key, officer)


def _clear_archives(place: Workplace, login: str, controllers: Sequence[str]) -> None:
    """The archives of the demo have nothing against any deletion."""
    signing = signer(place, login, _key_file(place, login), where="demo")
    for series in product(controllers, SERIES):
        declare_clearance(place, series, "invented", signing, withdrawn=False)


def approve_as_both(place: Workplace) -> None:
    """Both sign the last plan with their own keys."""
    plan_id = latest_plans(place.ledger)[0].plan_id
    for login in APPROVERS:
        approve(place, plan_id, login, _key_file(place, login))


def _key_file(place: Workplace, login: str) -> Path:
    return place.settings.home / f"{login}.key"

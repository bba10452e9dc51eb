"""Who acts for one controller is told his own share on the command line too, by every command that prints one."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
import sqlalchemy as sa

from cli.conftest import Answer, Run, refused
from discretio import wiring
from discretio.ledger import locator
from discretio.ledger.mentions import record_mentions
from discretio.ledger.plans import latest_plans, plan_items
from discretio.ledger.scan_tables import examined
from discretio.steps.workplace import Workplace

AS_OF = "2026-11-21"


@pytest.fixture
def place(run: Run, filled: object) -> Workplace:
    """A planned store, and its approvers: Anna of the first controller of the plan, Otto of one whom it doesn't concern."""
    assert filled
    assert run("purge", "plan", "main", "--as", "admin", "--as-of", AS_OF).code == 0
    found = wiring.workplace()
    for login, controller in (("anna", annas(found)), ("otto", "CAAAAAAAAAAAA")):
        enrolled = run("people", "enrol", login, "--role", "APPROVER", "--key", f"{login}.key", "--controller", controller)
        assert enrolled.code == 0
    assert run("people", "enrol", "dora", "--role", "DPO", "--key", "dora.key").code == 0
    return found


def plan_id(place: Workplace) -> str:
    return latest_plans(place.ledger)[0].plan_id


def annas(place: Workplace) -> str:
    """The controller for whom Anna acts."""
    return min(by_controller(place))


def units(place: Workplace) -> list[sa.Row[tuple[str, str, str]]]:
    """What was scanned: unit, dossier, controller."""
    with place.ledger.reading() as connection:
        return list(connection.execute(sa.select(examined.c.unit_id, examined.c.dossier_id, examined.c.controller_id)))


def by_controller(place: Workplace) -> Mapping[str, set[str]]:
    """The items of the plan by the controllers concerned."""
    items = plan_items(place.ledger, plan_id(place))
    found: dict[str, set[str]] = {}
    for item, controllers in zip(items["item_id"], items["controllers"], strict=True):
        for controller in json.loads(controllers):
            found.setdefault(controller, set()).add(item)
    return found


def test_the_list_counts_what_concerns_him_and_leaves_out_what_doesn_t(run: Run, place: Workplace) -> None:
    everything = len(plan_items(place.ledger, plan_id(place)))
    mine = len(by_controller(place)[annas(place)])
    assert 0 < mine < everything
    assert listed(run("purge", "list", "--as", "dora")) == [str(everything)]
    assert listed(run("purge", "list", "--as", "anna")) == [str(mine)]
    assert plan_id(place) not in run("purge", "list", "--as", "otto").out
    refused(run("purge", "list", "--as", "nobody"), 2, "enrolled")


def listed(answer: Answer) -> list[str]:
    """How many items each plan of the list holds."""
    return [line.split("│")[5].strip() for line in answer.out.splitlines() if "PLAN" in line and "│" in line]


def test_a_dossier_of_others_is_explained_as_if_there_were_none(run: Run, place: Workplace) -> None:
    mine = {one.dossier_id for one in units(place) if one.controller_id == annas(place)}
    ours, theirs = min(mine), min({one.dossier_id for one in units(place)} - mine)
    asked = ("purge", "explain", "main")
    assert run(*asked, ours, "--as", "anna", "--as-of", AS_OF).code == 0
    assert run(*asked, theirs, "--as", "dora", "--as-of", AS_OF).code == 0
    unknown = run(*asked, "D-nowhere", "--as", "anna", "--as-of", AS_OF)
    for dossier in (theirs, locator.natural_keys(place.ledger, [theirs])[theirs]):
        told = run(*asked, dossier, "--as", "anna", "--as-of", AS_OF)
        assert (told.code, told.out, told.err) == (unknown.code, unknown.out, unknown.err)


def test_mentions_are_told_of_what_his_controllers_introduced(run: Run, place: Workplace) -> None:
    ours = next(one for one in units(place) if one.controller_id == annas(place))
    theirs = next(one for one in units(place) if one.controller_id not in {annas(place), None})
    record_mentions(place.ledger, plan_id(place), {(one.dossier_id, one.unit_id): 1 for one in (ours, theirs)})
    asked = ("purge", "mentions", plan_id(place), "--as")
    whole, mine = run(*asked, "dora").out, run(*asked, "anna").out
    assert (ours.unit_id in whole, theirs.unit_id in whole) == (True, True)
    assert (ours.unit_id in mine, theirs.unit_id in mine) == (True, False)
    refused(run(*asked, "otto"), 2, "none of the controllers")
    refused(run(*asked, "nobody"), 2, "enrolled")

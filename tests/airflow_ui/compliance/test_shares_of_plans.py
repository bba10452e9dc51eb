"""An approver is told of a plan what concerns his own controllers: no rule, number, name, word or proof about others."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from pathlib import Path

import pandas as pd
import pytest
from lxml import html

from airflow_ui.compliance.conftest import PASSPHRASE, Visit
from discretio.airflow_ui.compliance.areas import EVERY_CONTROLLER, Area
from discretio.airflow_ui.demo import AS_OF
from discretio.airflow_ui.roles import roles
from discretio.errors import ApprovalError, NotYoursError
from discretio.ledger.certificates import save_certificate
from discretio.ledger.people import people, person_id_of
from discretio.ledger.plans import latest_plans, plan_items
from discretio.steps import plan
from discretio.steps.approve import decide
from discretio.steps.deletion_overview import plan_view, plan_view_for
from discretio.steps.people_keys import enrol_person, locked_signer, new_personal_key
from discretio.steps.plan_population import Part, population_page
from discretio.steps.workplace import Workplace


@pytest.fixture
def plan_id(own: Workplace) -> str:
    """The newer of two plans, so that something came and went."""
    return plan.plan_purge(own, "centre", AS_OF.replace(year=2027), requester="ada").plan_id


def every(place: Workplace, plan_id: str) -> pd.DataFrame:
    items = plan_items(place.ledger, plan_id)
    return items.assign(controllers=items["controllers"].map(json.loads))


def one_of(place: Workplace, plan_id: str) -> str:
    """The controller concerned whose share knows the fewest rules."""
    items = every(place, plan_id).explode("controllers")
    return str(items.groupby("controllers")["rule_id"].nunique().sort_values(kind="stable").index[0])


def of(items: pd.DataFrame, controllers: Collection[str]) -> pd.DataFrame:
    return items[items["controllers"].map(lambda several: not set(controllers).isdisjoint(several))]


def table(page: html.HtmlElement, number: int) -> dict[str, int]:
    rows = page.xpath(f"(//table)[{number}]/tbody/tr")
    return {row.xpath("string(th)"): int(row.xpath("string(td)").replace("\u202f", "")) for row in rows}


def test_the_summary_counts_his_share_and_names_nobody_else(own: Workplace, visit: Visit, plan_id: str) -> None:
    items, mine = every(own, plan_id), one_of(own, plan_id)
    share, others = of(items, [mine]), set(items["controllers"].explode()) - {mine}
    page = html.fromstring(visit([Area.DELETIONS], [mine], at=own).get(f"/deletions/{plan_id}").text)
    assert (len(share) < len(items), bool(others)) == (True, True), "else there is nothing to hide"
    assert table(page, 1) == Counter(share["rule_id"])
    assert table(page, 2) == {mine: len(share)}
    text = page.xpath("string(//main)")
    assert not [other for other in others if other in text]
    assert not [rule for rule in set(items["rule_id"]) - set(share["rule_id"]) if rule in text]


def test_the_data_protection_officer_and_the_administrator_see_the_whole(own: Workplace, visit: Visit, plan_id: str) -> None:
    items = every(own, plan_id)
    for role in ("dpo", "administrator"):
        readable = [resource for action, resource in roles(["apd"])[f"discretio_{role}"] if action == "can_read"]
        assert EVERY_CONTROLLER in readable
        page = html.fromstring(visit(readable, None, at=own).get(f"/deletions/{plan_id}").text)
        assert table(page, 1) == Counter(items["rule_id"])
        assert set(table(page, 2)) == set(items["controllers"].explode())
    assert EVERY_CONTROLLER not in {resource for _, resource in roles(["apd"])["discretio_approver"]}


def test_what_came_and_went_is_counted_as_it_is_listed(own: Workplace, plan_id: str) -> None:
    mine = one_of(own, plan_id)
    for scope in ([mine], None):
        view = plan_view(own, plan_id, scope)
        listed = {part: population_page(own, plan_id, part, scope, 1).total for part in Part}
        assert listed == {Part.ALL: sum(view.by_state.values()), Part.ADDED: view.added, Part.REMOVED: view.removed}


def test_the_list_of_plans_counts_his_share(own: Workplace, visit: Visit, plan_id: str) -> None:
    items, mine = every(own, plan_id), one_of(own, plan_id)
    for scope, number in (([mine], len(of(items, [mine]))), (None, len(items))):
        page = html.fromstring(visit([Area.DELETIONS], scope, at=own).get("/deletions").text)
        assert page.xpath(f"string(//tr[th/a='{plan_id}']/td[4])") == str(number)


def test_others_decisions_and_whose_are_lacking_are_not_told(own: Workplace, plan_id: str) -> None:
    theirs = next(one.controller_ids for one in people(own.ledger) if one.person_id == person_id_of(own.ledger, "bart"))
    decide(own, plan_id, locked_signer(own, "bart", PASSPHRASE, where=plan_id), "APPROVED")
    told, whole = plan_view_for(own, plan_id, "anna"), plan_view_for(own, plan_id, "vera")
    assert {one.controller_id for one in whole.signed} <= set(theirs)
    assert (len(told.signed), bool(whole.signed)) == (0, True)
    named = {one.controller_id for one in told.lacking} | {one.controller_id for one in told.signed} | set(told.by_controller)
    assert named.isdisjoint(theirs)
    assert {one.reason for one in told.lacking} == {one.reason for one in whole.lacking}, "that something lacks, he is told"


@pytest.mark.parametrize(("scope", "shown"), [("one", False), ("all", True), (None, True)])
def test_a_certificate_counts_the_whole_plan_and_is_shown_to_who_sees_that(
    own: Workplace, visit: Visit, plan_id: str, scope: str | None, *, shown: bool
) -> None:
    concerned = sorted(set(every(own, plan_id)["controllers"].explode()))
    certificate = save_certificate(own.ledger, plan_id, {"deleted_by_rule": {"RULE-OF-OTHERS": 7}}, own.now())
    confined = {"one": [one_of(own, plan_id)], "all": concerned, None: None}[scope]
    page = html.fromstring(visit([Area.DELETIONS], confined, at=own).get(f"/deletions/{plan_id}").text)
    text = page.xpath("string(//main)")
    assert certificate.certificate_id in text
    assert ("RULE-OF-OTHERS" in text) == shown
    assert (certificate.sha256 in text) != shown, "what names it stays, so that it can be asked for"


@pytest.mark.parametrize(
    ("told", "says"),
    [({"rows_searched": 1200, "rows_not_readable": 34}, "1 200 enregistrements lus, 34 illisibles"),
     ({"rows_searched": 1200, "rows_not_readable": 0}, "1 200 enregistrements lus, 0 illisibles"),
     ({"rows_searched": "not_searched", "rows_not_readable": "not_searched"}, "n’ont pas été fouillés"),
     ({}, "n’ont pas été fouillés")],
    ids=["gaps", "all", "none", "older"],
)  # fmt: skip
@pytest.mark.parametrize("second", [True, False])
def test_the_page_says_how_far_the_search_for_mentions_reached(
    own: Workplace, visit: Visit, plan_id: str, told: dict[str, object], says: str, *, second: bool
) -> None:
    save_certificate(own.ledger, plan_id, told if second else {"verification": told}, own.now())
    page = html.fromstring(visit([Area.DELETIONS], None, at=own).get(f"/deletions/{plan_id}?lang=fr").text)
    notice = page.xpath("//h2[starts-with(., 'Certificat')]/following-sibling::div[1]")[0]
    assert says in notice.text_content().replace("\u202f", " ").replace("\xa0", " ")
    assert ("good" in notice.get("class")) == (told.get("rows_not_readable") == 0)


@pytest.mark.parametrize(
    ("enrolled", "sees"),
    [(("APPROVER", "one"), "share"), (("DPO", "one"), "share"), (("ADMINISTRATOR", "one"), "share"), (("DPO", ""), "whole"),
     (("ADMINISTRATOR", ""), "whole"), (("APPROVER", ""), ""), (("REVIEWER", "one"), ""), (("APPROVER", "strange"), "")],
)  # fmt: skip
def test_the_command_line_keeps_to_the_same_scopes(
    own: Workplace, plan_id: str, tmp_path: Path, enrolled: tuple[str, str], sees: str
) -> None:
    mine, (role, controllers) = one_of(own, plan_id), enrolled
    acts_for = {"one": [mine], "strange": ["CAAAAAAAAAAAA"], "": []}[controllers]
    enrol_person(own, "zoe", [role], acts_for, new_personal_key(tmp_path / "zoe.key"))
    if not sees:
        with pytest.raises(NotYoursError, match="none of the controllers for whom you act"):
            plan_view_for(own, plan_id, "zoe")
        return
    assert plan_view_for(own, plan_id, "zoe") == plan_view(own, plan_id, {"share": [mine], "whole": None}[sees])


def test_who_is_not_enrolled_is_shown_no_plan_on_the_command_line(own: Workplace) -> None:
    with pytest.raises(ApprovalError, match="nobody is enrolled"):
        plan_view_for(own, latest_plans(own.ledger)[0].plan_id, "nobody")

"""What falls due, what was not examined, whether everything runs: the figures of the last runs are those counted now."""

from __future__ import annotations

import pytest
from lxml import html
from sqlalchemy import insert

from airflow_ui.compliance.conftest import Visit
from discretio.airflow_ui.compliance.areas import Area
from discretio.airflow_ui.demo import AS_OF
from discretio.ledger import counts, runs
from discretio.ledger.keys import keyed_hash
from discretio.ledger.triage_tables import triage_items
from discretio.steps.explain import calendar
from discretio.steps.pipeline_health import pipeline_health
from discretio.steps.standing_figures import figures_of, trend
from discretio.steps.workplace import Workplace


def test_what_the_runs_counted_is_what_the_ledger_holds(place: Workplace) -> None:
    figures = figures_of(place.ledger, 1)
    covered = counts.coverage_counts(place.ledger, 1).groupby("status")["n"].sum().to_dict()
    unread = counts.not_examined_counts(place.ledger, 1).groupby("reason")["n"].sum().to_dict()
    assert (figures.coverage, figures.unread) == (covered, unread)
    held = counts.counts_of_store(place.ledger, 1, "outcome")
    answered = {(rule, outcome): n for rule, by in figures.rules.items() for outcome, n in by.items() if n}
    assert answered == {(row.rule_id, row.outcome): row.n for row in held.itertuples()}
    assert figures.ends == calendar(place, "centre", AS_OF)


def test_a_check_of_one_rule_leaves_the_answers_of_the_others(own: Workplace) -> None:
    before = figures_of(own.ledger, 1)
    policy = own.policy_on(AS_OF)
    run_id = runs.start_run(own.ledger, runs.RunStart.under(policy, "check", 1, own.now()))
    runs.finish_run(own.ledger, run_id, "DONE", {"ART2-2-CAT:FAIL": 12345}, own.now())
    after = figures_of(own.ledger, 1)
    assert after.rules["ART2-2-CAT"] == {"FAIL": 12345}
    assert {rule: by for rule, by in after.rules.items() if rule != "ART2-2-CAT"} == {
        rule: by for rule, by in before.rules.items() if rule != "ART2-2-CAT"
    }
    assert trend(own.ledger, 1)[-1].outcomes["FAIL"] == 12345


def test_runs_of_an_earlier_version_are_counted_now(own: Workplace) -> None:
    counted = figures_of(own.ledger, 1)
    policy = own.policy_on(AS_OF)
    for verb in ("scan", "plan"):
        run_id = runs.start_run(own.ledger, runs.RunStart.under(policy, verb, 1, own.now()))
        runs.finish_run(own.ledger, run_id, "DONE", {"entries": 1}, own.now())
    found = figures_of(own.ledger, 1)
    assert (found.coverage, found.unread) == (counted.coverage, counted.unread)
    assert sum(found.dues.values()) > 0
    assert found.ends == {}, "and where nothing can be counted, nothing is said"


def test_the_chain_is_verified_on_demand_and_the_page_says_when(own: Workplace, visit: Visit) -> None:
    assert pipeline_health(own).chain_verified is None
    client = visit([Area.HEALTH], acts=[Area.HEALTH], at=own)
    token = html.fromstring(client.get("/health").text).xpath("//input[@name='token']/@value")[0]
    assert client.post("/health/verification", data={"token": "forged"}).status_code == 403
    assert client.post("/health/verification", data={"token": token}).status_code == 303
    assert pipeline_health(own).chain_verified is not None


def test_who_may_not_verify_has_no_button_and_is_refused(own: Workplace, visit: Visit) -> None:
    client = visit([Area.HEALTH], at=own)
    assert "<form" not in client.get("/health").text
    token = keyed_hash(own.ledger.keys.seal, "form", "vera", "one session")
    assert client.post("/health/verification", data={"token": token}).status_code == 403


@pytest.mark.parametrize("page", [1, 100, 200])
def test_ten_thousand_findings_on_one_dossier_are_shown_fifty_at_a_time(own: Workplace, visit: Visit, page: int) -> None:
    with own.ledger.writing() as connection:
        connection.execute(insert(triage_items), [an_item(number) for number in range(10_000)])
    client = visit([Area.TRIAGE], acts=[Area.TRIAGE], at=own)
    answer = client.get(f"/triage?dossier=DCROWDED&page={page}&lang=en")
    shown = html.fromstring(answer.text).xpath("//table[caption='Items']/tbody/tr")
    assert (len(shown), "of 200" in answer.text, len(answer.content) < 150_000) == (50, True, True)


def an_item(number: int) -> dict[str, object]:
    fixed = dict.fromkeys(("record_hash", "policy_hash", "evidence_hash"), "00")
    words = {
        "scope_kind": "entry",
        "target": "health",
        "outcome": "FAIL",
        "reason": "r",
        "severity": "high",
        "evidence": "e",
    }
    ids = {"item_id": f"TMANY{number:06}", "fingerprint": f"many{number}", "scope_id": f"E{number}", "dossier_id": "DCROWDED"}
    return {"store_id": 1, "rule_id": "ART2-2-CAT", "types": "t", "langs": "fr", "first_seen": AS_OF, **fixed, **words, **ids}

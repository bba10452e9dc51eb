"""discretio triage as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

from cli.conftest import AS_OF, Run, refused
from discretio import wiring
from discretio.ledger.triage_items import items_of

DORA, RITA = ("--as", "dora", "--key", "d.key"), ("--as", "rita", "--key", "r.key")


def enrolled(run: Run) -> tuple[str, str]:
    """A DPO, and a reviewer of the controller of one item of health data; returns the item's id and its controller."""
    place = wiring.workplace()
    row = items_of(place.ledger).query("target == 'health'").iloc[0]
    place.ledger.close()
    assert run("people", "enrol", "dora", "--role", "DPO", "--key", "d.key").code == 0
    reviewer = ("--role", "REVIEWER", "--controller", row["controller_id"], "--key", "r.key")
    assert run("people", "enrol", "rita", *reviewer).code == 0
    return row["item_id"], row["controller_id"]


def test_an_item_is_listed_answered_decided_and_shown_with_each_point(run: Run, filled: Path) -> None:
    item, controller = enrolled(run)
    listed = run("triage", "list", "--as", "dora", "--as-of", AS_OF)
    assert item in listed.out
    said = run("triage", "answer", item, *RITA, "--says", "FALSE_ALARM", "--reason", "OTHER_MEANING")
    assert "ANSWERED" in said.out
    decided = run("triage", "decide", item, *DORA, "--decision", "DISMISS", "--reason", "OTHER_MEANING")
    assert "DISMISSED" in decided.out
    assert item not in run("triage", "list", "--as", "dora").out
    assert item in run("triage", "list", "--as", "dora", "--status", "DISMISSED").out
    shown = run("triage", "show", item, "--as", "rita", "--lang", "fr")
    assert "gravité de la règle" in shown.out
    assert "key" in shown.out
    facts = json.loads(run("triage", "show", item, "--as", "dora", "--format", "json").out)["item"]
    assert facts["priority"]["points"] == sum(part["points"] for part in facts["priority"]["parts"])
    by_participant = run("triage", "list", "--as", "rita", "--by", "participant")
    assert controller in by_participant.out
    assert run("verify", "--ledger").code == 0


def test_what_waits_too_long_is_listed_apart(run: Run, filled: Path) -> None:
    item, _ = enrolled(run)
    assert item not in run("triage", "overdue", "--as", "dora", "--as-of", AS_OF).out
    assert item in run("triage", "overdue", "--as", "dora", "--as-of", "2026-12-22").out


def test_a_wrong_person_and_a_missing_reason_are_refused_with_a_remedy(run: Run, filled: Path) -> None:
    item, _ = enrolled(run)
    refused(run("triage", "list", "--as", "nobody"), 2, "enrolled")
    refused(run("triage", "answer", item, "--as", "rita", "--key", "d.key", "--says", "RIGHT"), 2, "signature")
    refused(run("triage", "answer", item, *DORA, "--says", "RIGHT"), 2, "reviewer")
    refused(run("triage", "decide", item, *DORA, "--decision", "DISMISS"), 2, "reason")
    refused(run("triage", "decide", item, *DORA, "--decision", "ACCEPT_RISK", "--until", "soon"), 2, "no such day")
    refused(run("triage", "show", "TNOSUCHITEM", "--as", "dora"), 2, "no such item")


def test_reasons_are_listed_in_four_languages(run: Run) -> None:
    for lang, word in (("fr", "fausse alerte"), ("nl", "vals alarm"), ("de", "Fehlalarm"), ("en", "false alarm")):
        assert word in run("triage", "reasons", "--lang", lang).out


def test_proposals_are_written_for_the_dpo(run: Run, filled: Path) -> None:
    enrolled(run)
    assert run("triage", "propose", "--as", "dora", "-o", "p.yaml").code == 0
    assert "No word of a dossier" in Path("p.yaml").read_text(encoding="utf-8")
    refused(run("triage", "propose", "--as", "rita", "-o", "q.yaml"), 2, "data protection officer")

"""Every delivery of a report is on record: which file, to whom, when, how and by whom; no address."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from cli.conftest import AS_OF, Run, refused
from discretio import wiring
from discretio.domain.approvals import Role
from discretio.domain.deliveries import Way
from discretio.errors import ApprovalError
from discretio.ledger.deliveries import deliveries, record_delivery
from discretio.reporting.attached import read_attached
from discretio.steps.people_keys import enrol_person, new_personal_key

HANDED = ("--way", "BY_HAND", "--as", "dora", "--key", "dora.key")


@pytest.fixture
def officer(filled: Path) -> Path:
    place = wiring.workplace()
    enrol_person(place, "dora", [Role.DPO], [], new_personal_key(filled / "dora.key"))
    enrol_person(place, "adam", [Role.ADMINISTRATOR], [], new_personal_key(filled / "adam.key"))
    place.ledger.close()
    return filled


def test_a_delivery_is_listed_with_the_hash_of_the_very_file(run: Run, officer: Path) -> None:
    assert run("reports", "deliver", "report.pdf", *HANDED).code == 0
    (one,) = deliveries(wiring.workplace().ledger)
    assert (one.way, one.authority) == (Way.BY_HAND, (officer / "authority").read_text())
    assert one.sha256 == hashlib.sha256((officer / "report.pdf").read_bytes()).hexdigest()
    assert one.report_id in run("reports", "deliveries").out
    assert one.report_id in run("reports", "list").out
    assert run("verify", "--ledger").code == 0


def test_a_tampered_file_and_a_strangers_are_not_delivered(run: Run, officer: Path) -> None:
    pdf = (officer / "report.pdf").read_bytes()
    (officer / "bad.pdf").write_bytes(pdf[:-1])
    refused(run("reports", "deliver", "bad.pdf", *HANDED), 1, "not genuine")
    refused(run("reports", "deliver", "report.pdf", "--way", "POST", "--as", "adam", "--key", "adam.key"), 2, "may not deliver")
    refused(run("reports", "deliver", "report.pdf", "--way", "POST", "--as", "dora", "--key", "adam.key"), 2, "signature")
    assert deliveries(wiring.workplace().ledger) == []


def test_a_report_that_was_replaced_is_not_delivered(run: Run, officer: Path) -> None:
    report_id = json.loads(_figures(officer))["report"]["id"]
    authority = (officer / "authority").read_text()
    options = ("--authority", authority, "--period", "2026-Q4", "--as-of", AS_OF, "--lang", "fr", "--out", "new.pdf")
    assert run("report", *options, "--replaces", report_id).code == 0
    refused(run("reports", "deliver", "report.pdf", *HANDED), 2, "another report replaced this one")
    assert run("reports", "deliver", "new.pdf", *HANDED).code == 0


def test_a_delivery_is_worth_its_signature(run: Run, officer: Path) -> None:
    assert run("reports", "deliver", "report.pdf", *HANDED).code == 0
    place = wiring.workplace()
    (one,) = deliveries(place.ledger)
    with pytest.raises(ApprovalError, match="signature"):
        record_delivery(place.ledger, replace(one, way=Way.POST))


def _figures(folder: Path) -> str:
    found = read_attached((folder / "report.pdf").read_bytes())
    assert found is not None
    return found.text

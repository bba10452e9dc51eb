"""Requests as persons type them: both clocks are told, and who asks is told nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.conftest import Run, refused
from discretio import wiring
from discretio.ledger import locator

CANARY = "Jeanne x4711x Dupont"


@pytest.fixture
def addressed(filled: Path) -> tuple[str, str]:
    """A dossier, and the id of a controller of the store."""
    assert filled
    place = wiring.workplace()
    store = place.open_store("main")
    dossier = min(store.read("dossiers")["dossier_key"])
    keys = sorted(store.read("controllers").query("regime == 'GDPR'")["controller_key"])
    controller = locator.surrogates(place.ledger, 1, "controller", keys)[keys[0]]
    place.ledger.close()
    return dossier, controller


def test_a_request_from_register_to_answer(addressed: tuple[str, str], run: Run, bare_home: Path) -> None:
    dossier, controller = addressed
    Path("who.txt").write_text(CANARY, encoding="utf-8")
    run("people", "enrol", "alice", "--role", "APPROVER", "--key", "alice.key", "--controller", controller)
    signed = ("--as", "alice", "--key", "alice.key")
    asks = ("--right", "ERASURE", "--person", "who.txt", "--controller", controller)
    answer = run("rights", "register", "main", dossier, *asks, "--received", "2026-01-15", *signed)
    assert answer.code == 0, answer
    assert all(word in answer.out for word in ("2026-04-15", "2026-02-15", "answer_overdue", "entries by UNKNOWN"))
    request = answer.out.split()[1]
    assert run("rights", "list", "--as-of", "2026-11-21").code == 1
    refused(run("rights", "erase", "QNOWHERE", "--as", "alice"), 2, "no request")
    assert "entries by" in run("rights", "route", request, "--origin", "NONE", *signed).out
    assert run("rights", "decide", request, "--reply", "REFUSED", "--replied", "2026-02-01", *signed).code == 0
    refused(run("rights", "decide", request, "--reply", "GRANTED", "--replied", "2026-02-01", *signed), 2, "answered")
    assert "no_erasure_granted" in run("rights", "erase", request, "--as", "admin").out
    assert run("rights", "list", "--as-of", "2026-11-21").code == 0
    told = [path.read_bytes() for path in bare_home.rglob("*") if path.is_file()]
    assert not any(CANARY.encode() in written for written in told)


def test_a_file_that_is_not_there_is_an_error(addressed: tuple[str, str], run: Run) -> None:
    dossier, controller = addressed
    asks = ("--right", "ACCESS", "--person", "nobody.txt", "--controller", controller, "--received", "2026-01-15")
    refused(run("rights", "register", "main", dossier, *asks, "--as", "x", "--key", "x.key"), 2, "can't be read")

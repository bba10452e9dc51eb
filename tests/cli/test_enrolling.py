"""A person makes the personal key himself; who enrols him gets its public half only."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.conftest import Run, refused

pytestmark = pytest.mark.usefixtures("bare_home")


def test_a_person_makes_the_key_and_another_enrols_its_public_half(run: Run, tmp_path: Path) -> None:
    made = run("people", "key", tmp_path / "mine.key")
    assert made.code == 0
    enrolled = run("people", "enrol", "dora", "--role", "DPO", "--public-key", made.out.strip())
    assert (enrolled.code, "key file" in enrolled.out) == (0, False)
    assert (tmp_path / "mine.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("keys", [[], ["--public-key", "ab" * 32, "--key", "new.key"]], ids=["none", "two"])
def test_a_person_is_enrolled_with_one_key(keys: list[str], run: Run) -> None:
    refused(run("people", "enrol", "dora", "--role", "DPO", *keys), 2, "one key", "--public-key")


def test_an_enrolment_is_confirmed_by_another_who_was_told_the_key(run: Run) -> None:
    for login, role in (("dora", "DPO"), ("mallory", "DPO")):
        assert run("people", "enrol", login, "--role", role, "--key", f"{login}.key").code == 0
    own, other = (run("people", "public", f"{login}.key").out.strip() for login in ("dora", "mallory"))
    by_dora = ("--as", "dora", "--key", "dora.key")
    refused(run("people", "confirm", "mallory", "--public-key", other, *by_dora), 2, "nobody has confirmed this person")
    assert run("people", "confirm", "dora", "--public-key", own, *by_dora).code == 0
    refused(run("people", "confirm", "mallory", "--public-key", own, *by_dora), 2, "another key", "in his name")
    alone = ("--as", "mallory", "--key", "mallory.key")
    refused(run("people", "confirm", "mallory", "--public-key", other, *alone), 2, "nobody confirms his own enrolment")
    assert "not confirmed" in run("people", "list").out
    assert run("people", "confirm", "mallory", "--public-key", other, *by_dora).code == 0
    assert "not confirmed" not in run("people", "list").out
    assert run("verify", "--ledger").code == 0


def test_what_is_no_public_key_enrols_nobody(run: Run) -> None:
    refused(run("people", "enrol", "dora", "--role", "DPO", "--public-key", "not a key"), 2, "no public key")
    assert "DPO" not in run("people", "list").out

"""Holds as persons type them: what is said, and that no ground can be read in the ledger's files."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.conftest import AS_OF, Run, refused
from discretio import wiring
from discretio.ledger import stores

CANARY = "x4711x-Janssens"


@pytest.fixture
def dossier(filled: Path) -> str:
    assert filled
    place = wiring.workplace()
    store = place.open_store(stores.stores(place.ledger)[0].name)
    closed = store.read("dossiers").query("status == 'CLOSED' and closed_precision == 'DAY'")
    key: str = closed["dossier_key"].max()
    place.ledger.close()
    return key


@pytest.fixture
def placed(dossier: str, run: Run) -> str:
    """A hold that a data protection officer placed."""
    for login in ("dora", "dirk"):
        assert run("people", "enrol", login, "--role", "DPO", "--key", f"{login}.key").code == 0
    answer = run(
        "hold", "place", "main", dossier, "--kind", "LITIGATION", "--ground", CANARY, "--until", "2090-01-01",
        "--as", "dora", "--key", "dora.key",
    )  # fmt: skip
    assert answer.code == 0, answer
    return answer.out.split()[1]


def test_a_hold_is_placed_listed_and_approved_and_its_ground_stays_encrypted(
    placed: str, dossier: str, run: Run, bare_home: Path
) -> None:
    listed = run("hold", "list", "main", "--as-of", AS_OF)
    assert placed in listed.out
    assert "nobody approved" in listed.out
    assert "personne" in run("hold", "list", "main", "--as-of", AS_OF, "--lang", "fr").out
    assert "second person" in run("hold", "extend", placed, "--until", "2091-01-01", "--as", "dora", "--key", "dora.key").out
    assert run("hold", "approve", placed, "--as", "dirk", "--key", "dirk.key").code == 0
    assert "nobody approved" not in run("hold", "list", "main", "--as-of", AS_OF).out
    written = b"".join(path.read_bytes() for path in bare_home.rglob("*") if path.is_file())
    assert CANARY.encode() not in written
    assert dossier not in listed.out


def test_a_dossier_held_beyond_the_longest_term_is_an_alarm(placed: str, run: Run) -> None:
    answer = run("hold", "list", "main", "--as-of", "2085-01-01")
    assert answer.code == 1
    assert "longest term" in answer.out
    assert placed in answer.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["approve", "--as", "dora", "--key", "dora.key"], "second person"),
        (["release", "--as", "dora", "--key", "dora.key"], "approver"),
        (["confirm", "--as", "mallory", "--key", "dora.key"], "enrolled"),
        (["extend", "--until", "tomorrow", "--as", "dora", "--key", "dora.key"], "no such day"),
    ],
)
def test_what_is_not_this_persons_to_do_says_whose_it_is(words: list[str], said: str, placed: str, run: Run) -> None:
    refused(run("hold", words[0], placed, *words[1:]), 2, said)


def test_an_unknown_hold_is_an_error(placed: str, run: Run) -> None:
    assert placed
    refused(run("hold", "review", "HNOWHERE", "--as", "dora", "--key", "dora.key"), 2, "no hold")

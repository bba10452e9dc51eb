"""A personal key is kept under a passphrase that nobody else knows, and only the right person's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from discretio.errors import ApprovalError, UsageError
from discretio.ledger.locked_keys import MOST_FAILURES
from discretio.ledger.people import person_id_of
from discretio.ledger.purge_tables import locked_keys
from discretio.steps.people_keys import lock_personal_key, locked_signer, personal_key
from steps.conftest import Made

PHRASE = "a long enough phrase"


def test_the_passphrase_opens_the_key_and_nothing_else_does(made: Made) -> None:
    lock_personal_key(made.place, "alice", made.key("alice"), PHRASE)
    assert locked_signer(made.place, "alice", PHRASE, where="").private_key == personal_key(made.key("alice"))
    with pytest.raises(ApprovalError, match="passphrase is wrong"):
        locked_signer(made.place, "alice", PHRASE + ".", where="")
    with pytest.raises(ApprovalError, match="no key of yours"):
        locked_signer(made.place, "bob", PHRASE, where="")


def test_another_s_key_or_a_short_passphrase_is_not_kept(made: Made) -> None:
    with pytest.raises(ApprovalError, match="enrolment"):
        lock_personal_key(made.place, "alice", made.key("bob"), PHRASE)
    with pytest.raises(UsageError, match="too short"):
        lock_personal_key(made.place, "alice", made.key("alice"), "short")


def test_a_key_moved_to_another_person_in_the_database_opens_nothing(made: Made) -> None:
    lock_personal_key(made.place, "alice", made.key("alice"), PHRASE)
    bob = person_id_of(made.place.ledger, "bob")
    with made.place.ledger.writing() as connection:
        connection.execute(sa.update(locked_keys).values(person_id=bob))
    with pytest.raises(ApprovalError, match="passphrase is wrong"):
        locked_signer(made.place, "bob", PHRASE, where="")


def test_guesses_sent_at_once_are_limited_like_any_others(made: Made) -> None:
    lock_personal_key(made.place, "alice", made.key("alice"), PHRASE)
    with ThreadPoolExecutor(20) as guessers:
        told = list(guessers.map(lambda number: _guessed(made, f"wrong guess {number}"), range(20)))
    assert told.count("the passphrase is wrong") == MOST_FAILURES
    assert set(told) == {"the passphrase is wrong", "the passphrase was wrong too often"}


def _guessed(made: Made, passphrase: str) -> str:
    with pytest.raises(ApprovalError) as refused:
        locked_signer(made.place, "alice", passphrase, where="")
    return refused.value.what

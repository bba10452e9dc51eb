"""Personal signing keys, locked with a passphrase that only their owners know: for those who sign on the Compliance page.

The ledger can't open them, and neither can who copies it. Wrong passphrases are counted and told to the audit chain.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from sqlalchemy import Row, delete, insert, select, update

from discretio.errors import ApprovalError, UsageError
from discretio.ledger.audit_chain import append
from discretio.ledger.connection import Ledger
from discretio.ledger.purge_tables import locked_keys as table

LOCKED, UNLOCK_FAILED = "key.locked", "key.unlock_failed"
SHORTEST = 12
MOST_FAILURES = 5
PAUSE = timedelta(minutes=15)
_SALT, _NONCE = 32, 12
# About a tenth of a second and 32 MB for each guess.
_COST = {"length": 32, "n": 2**15, "r": 8, "p": 1}
_WAIT = "wait a quarter of an hour, or sign on the command line"


def lock_key(ledger: Ledger, person_id: str, private_key: bytes, passphrase: str) -> None:
    """Keep a personal key locked; one that was locked before is replaced.

    Args:
        ledger: the ledger.
        person_id: whose key it is.
        private_key: Ed25519, 32 raw bytes.
        passphrase: what opens it again.

    Raises:
        UsageError: the passphrase is too short.
    """
    if len(passphrase) < SHORTEST:
        raise UsageError("the passphrase is too short", remedy=f"choose one of at least {SHORTEST} characters")
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    locked = nonce + AESGCM(_derived(passphrase, salt)).encrypt(nonce, private_key, person_id.encode())
    with ledger.writing() as connection:
        connection.execute(delete(table).where(table.c.person_id == person_id))
        values = {"salt": salt.hex(), "locked": locked.hex(), "locked_at": ledger.now(), "failures": 0}
        connection.execute(insert(table).values(person_id=person_id, **values))
        append(ledger, connection, LOCKED, {}, subject=person_id)


def unlock_key(ledger: Ledger, person_id: str, passphrase: str) -> bytes:
    """Open a person's key.

    Raises:
        ApprovalError: there is none, the passphrase is wrong, or was wrong too often.
    """
    key = _opened(_counted(ledger, person_id), passphrase)
    with ledger.writing() as connection:
        if key is None:
            append(ledger, connection, UNLOCK_FAILED, {}, subject=person_id)
        else:
            connection.execute(update(table).where(table.c.person_id == person_id).values(failures=0))
    if key is None:
        raise ApprovalError("the passphrase is wrong", remedy="type the passphrase of your signing key, not that of your login")
    return key


def has_locked_key(ledger: Ledger, person_id: str) -> bool:
    """Whether a key of this person is kept."""
    with ledger.reading() as connection:
        return connection.execute(select(table.c.person_id).where(table.c.person_id == person_id)).one_or_none() is not None


def _opened(known: Row[tuple[object, ...]], passphrase: str) -> bytes | None:
    locked = bytes.fromhex(known.locked)
    cipher = AESGCM(_derived(passphrase, bytes.fromhex(known.salt)))
    try:
        return cipher.decrypt(locked[:_NONCE], locked[_NONCE:], known.person_id.encode())
    except InvalidTag:
        return None


def _counted(ledger: Ledger, person_id: str) -> Row[tuple[object, ...]]:
    """The locked key, once this guess is counted as a failure: guesses that are sent at once are limited like any others."""
    here = table.c.person_id == person_id
    with ledger.writing() as connection:
        known = connection.execute(select(table).where(here).with_for_update()).one_or_none()
        if known is None:
            raise ApprovalError(
                "no key of yours is kept for this page", remedy="discretio people lock keeps your key here, under a passphrase"
            )
        now = ledger.now()
        if _is_paused(known.failures, known.failed_at, now):
            raise ApprovalError("the passphrase was wrong too often", remedy=_WAIT)
        connection.execute(update(table).where(here).values(failures=table.c.failures + 1, failed_at=now))
    return known


def _is_paused(failures: int, failed_at: datetime | None, now: datetime) -> bool:
    """After so many failures, each further guess waits until the pause is over."""
    return failures >= MOST_FAILURES and failed_at is not None and now < failed_at + PAUSE


def _derived(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, **_COST).derive(passphrase.encode())

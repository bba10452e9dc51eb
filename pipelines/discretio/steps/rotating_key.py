"""Rotate the ledger's key: the new one lies in a file before the ledger takes it, and in the place of the old one after.

Broken off anywhere, the same command ends it: the new key's file says that one was begun, the ledger says which key it takes.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from discretio.errors import LedgerKeyError
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.key_rotation import rotate_key
from discretio.ledger.keys import LedgerKeys, parse_key, read_key
from discretio.ledger.opening import open_ledger
from discretio.settings import Settings


def rotate_ledger_key(settings: Settings) -> Path:
    """Give the ledger a new key; returns the file that the retired one was kept in.

    Where the key comes from the environment, that is the file of the new one, which the operator puts in its place.

    Raises:
        LedgerKeyError: neither the present key nor the one that was begun with is this ledger's.
        LedgerError: the ledger can't be reached, or something in it was changed; nothing was rotated.
    """
    begun = settings.ledger_key_file.with_name(f"{settings.ledger_key_file.name}.next")
    old = parse_key(settings.ledger_key) if settings.ledger_key else read_key(settings.ledger_key_file)
    new = read_key(begun, create=True)
    _rotate(settings.ledger_url, old, new)
    if settings.ledger_key:
        return begun
    # Backups from before the rotation open with the retired key alone.
    retired = settings.ledger_key_file.with_name(f"{settings.ledger_key_file.name}.retired-{_name(old)}")
    with suppress(FileExistsError):
        retired.hardlink_to(settings.ledger_key_file)
    begun.replace(settings.ledger_key_file)
    return retired


def _rotate(url: str, old: bytes, new: bytes) -> None:
    try:
        ledger = open_ledger(url, old)
    except LedgerKeyError:
        # It was broken off after the ledger had taken the new key.
        open_ledger(url, new).close()
        return
    try:
        verify_chain(ledger)  # what was changed behind the ledger's back is not keyed anew
        rotate_key(ledger, old, new)
    finally:
        ledger.close()


def _name(key: bytes) -> str:
    """What tells two keys apart, and nothing of either."""
    return LedgerKeys.derived_from(key).public_key[:12]

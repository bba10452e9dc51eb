"""Random ids: a letter or two for the kind, then 12 characters of base32 (60 bits)."""

from __future__ import annotations

import base64
import secrets

_RANDOM_CHARACTERS = 12
_BYTES_OF_TWO = 15

PREFIXES = {
    "dossier": "D",
    "entry": "E",
    "attachment": "A",
    "controller": "C",
    "person": "P",
    "own_copy": "O",
    "agreement": "G",
    "hold": "H",
    "request": "Q",
    "art8_row": "L",
    "identity": "I",
    "session": "S",
    "user": "U",
    "run": "RUN",
    "plan": "PLAN",
    "certificate": "CERT",
    "report": "REP",
    "triage_item": "T",
    "sample": "SMP",
    "ledger": "LEDGER",
    "mandate": "MANDATE",
    "location": "W",
    "outside_file": "F",
}


def new_ids(kind: str, count: int) -> list[str]:
    """That many random ids of a kind; unpredictable, so that an id can't be guessed from another."""
    prefix = PREFIXES.get(kind, "X")
    noise = base64.b32encode(secrets.token_bytes(_BYTES_OF_TWO * (-(-count // 2)))).decode()
    starts = range(0, count * _RANDOM_CHARACTERS, _RANDOM_CHARACTERS)
    return [prefix + noise[start : start + _RANDOM_CHARACTERS] for start in starts]


def new_id(kind: str) -> str:
    """One random id of a kind."""
    return new_ids(kind, 1)[0]

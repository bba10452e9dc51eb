"""Random ids: a letter or two for the kind, then 12 characters of base32 (60 bits)."""

from __future__ import annotations

import base64
import secrets

_RANDOM_CHARACTERS = 12
_BYTES_EACH = 8

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
    noise = secrets.token_bytes(_BYTES_EACH * count)
    chunks = (noise[start : start + _BYTES_EACH] for start in range(0, len(noise), _BYTES_EACH))
    return [prefix + base64.b32encode(chunk)[:_RANDOM_CHARACTERS].decode() for chunk in chunks]


def new_id(kind: str) -> str:
    """One random id of a kind."""
    return new_ids(kind, 1)[0]

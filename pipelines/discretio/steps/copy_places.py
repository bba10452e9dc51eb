"""Where copies were found: told to whoever gave the mandate, in a file of his own, and to nobody else."""

from __future__ import annotations

import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from discretio.errors import ApprovalError
from discretio.ledger import locator
from discretio.ledger.mandates import Mandate
from discretio.ledger.people import people, person_id_of
from discretio.ledger.shadow_copies import copies_found, record_telling
from discretio.steps.mandates import mandate_of
from discretio.steps.people_keys import personal_key
from discretio.steps.whole_files import whole_file
from discretio.steps.workplace import Workplace


def write(place: Workplace, mandate_id: str, login: str, key_file: Path, out: Path) -> int:
    """Write one line of JSON per copy: the file's place, the surrogate ids of what was found in it, and how it was known.

    Args:
        place: the collaborators.
        mandate_id: the mandate under which they were found.
        login: who gave it.
        key_file: his personal key.
        out: the file, readable by its owner alone; whole, or not at all.

    Returns:
        How many copies there are.

    Raises:
        UsageError: there is no such mandate, or the file can't be written.
        ApprovalError: the mandate is somebody else's, or has ended.
    """
    mandate = mandate_of(place, mandate_id)
    _require_giver(place, mandate, login, key_file)
    found = copies_found(place.ledger, mandate_id)
    places = locator.natural_keys(place.ledger, {copy.file_id for copy in found})
    record_telling(place.ledger, mandate_id, len(found))
    with whole_file(out) as file:
        for copy in found:
            line = {
                "file": places.get(copy.file_id, "").removeprefix(f"{mandate.location_id}/"),
                "file_id": copy.file_id,
                "dossier_id": copy.dossier_id,
                "unit_id": copy.unit_id,
                "whole": copy.whole,
                "marks": copy.marks,
            }
            file.write(json.dumps(line).encode() + b"\n")
    return len(found)


def _require_giver(place: Workplace, mandate: Mandate, login: str, key_file: Path) -> None:
    """Only the giver, proved by the personal key, and only while the mandate stands."""
    person_id = person_id_of(place.ledger, login)
    person = next((one for one in people(place.ledger) if one.person_id == person_id), None)
    public_key = Ed25519PrivateKey.from_private_bytes(personal_key(key_file)).public_key().public_bytes_raw().hex()
    is_giver = person is not None and person.revoked_at is None and person.public_key == public_key
    if not is_giver or person_id != mandate.person_id or mandate.ended_at is not None:
        raise ApprovalError(
            "where copies are is told to whoever gave the mandate, while it stands",
            where=mandate.mandate_id,
            remedy="ask that person, with the personal key",
        )

"""The signed checkpoints of the audit chain in one file for an outside witness, and the chain held against such a file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select

from discretio.errors import ChainBrokenError, VerificationError
from discretio.ledger.audit_chain import Checkpoint, canonical
from discretio.ledger.chain_tables import chain_segments
from discretio.ledger.chain_verification import ChainReport, verify_chain
from discretio.ledger.connection import Ledger
from discretio.ledger.keys import signature_bytes

_FORMAT = "discretio audit chain 1"


@dataclass(frozen=True, slots=True)
class ChainExport:
    """How far the chain of a ledger reached: the checkpoints of its closed segments, and the head, all signed."""

    ledger_id: str
    public_key: str
    closed: tuple[Checkpoint, ...]
    head: Checkpoint


def export_chain(ledger: Ledger) -> bytes:
    """The checkpoints as canonical JSON: hashes, numbers and moments, nothing of a dossier or a person.

    Raises:
        ChainBrokenError: the chain doesn't verify: a witness of a broken chain would prove nothing.
    """
    head = verify_chain(ledger).head
    fields = {
        "format": _FORMAT,
        "ledger_id": ledger.ledger_id,
        "public_key": ledger.keys.public_key,
        "closed": [asdict(one) for one in _closed(ledger) if one.segment < head.segment],
        "head": asdict(head),
    }
    return canonical(fields).encode() + b"\n"


def read_export(content: bytes) -> ChainExport:
    """Read such a file; every signature is verified, which anybody can do without us.

    Raises:
        VerificationError: it is none (exit code 3), or a signature doesn't fit (exit code 1).
    """
    try:
        fields = json.loads(content)
        closed, head = tuple(Checkpoint(**one) for one in fields["closed"]), Checkpoint(**fields["head"])
        export = ChainExport(str(fields["ledger_id"]), str(fields["public_key"]), closed, head)
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(export.public_key))
    except (ValueError, KeyError, TypeError):
        raise _no_export() from None
    if fields.get("format") != _FORMAT:
        raise _no_export()
    for checkpoint in (*closed, head):
        _check(key, checkpoint, export.ledger_id)
    return export


def verify_against(ledger: Ledger, export: ChainExport) -> ChainReport:
    """Verify the chain, and that it still holds all that the export says.

    Raises:
        ChainBrokenError: it doesn't verify, is another ledger's, or was put back or rewritten since.
    """
    if export.ledger_id != ledger.ledger_id or export.public_key not in ledger.keys.public_keys:
        raise ChainBrokenError("the export is of another ledger", where="witness", remedy="name the ledger that was exported")
    report = verify_chain(ledger, witness=export.head)
    known = set(_closed(ledger))
    if gone := [one.segment for one in export.closed if one not in known]:
        raise ChainBrokenError(
            "the audit chain is broken: a closed segment is not the one that a witness kept",
            where=f"segment {gone[0]}",
            remedy="keep this ledger as it is, restore a backup beside it, and find out who can write to its database",
        )
    return report


def _no_export() -> VerificationError:
    return VerificationError(
        "this is no export of an audit chain", remedy="give the file that discretio ledger export wrote", verifiable=False
    )


def _closed(ledger: Ledger) -> list[Checkpoint]:
    with ledger.reading() as connection:
        rows = connection.execute(select(chain_segments).order_by(chain_segments.c.segment)).mappings()
        return [Checkpoint(**row) for row in rows]


def _check(key: Ed25519PublicKey, checkpoint: Checkpoint, ledger_id: str) -> None:
    try:
        key.verify(signature_bytes(checkpoint.signature), checkpoint.message(ledger_id))
    except (InvalidSignature, ValueError):
        raise VerificationError(
            "a checkpoint of this export was changed", where=f"segment {checkpoint.segment}", remedy="get the file anew"
        ) from None

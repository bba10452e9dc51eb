"""Decisions to deny, signed with the ledger's key; the key of their references is derived, one per store."""

from __future__ import annotations

import json

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from discretio.domain.decisions import DecisionList
from discretio.errors import VerificationError
from discretio.ledger.connection import Ledger
from discretio.ledger.keys import keyed_hash, signature_bytes


def reference_key(ledger: Ledger, store_id: int) -> bytes:
    """The key with which the references of one store are made; its dossier system gets it once, over a safe way."""
    return bytes.fromhex(keyed_hash(ledger.keys.lookup, "decisions", str(store_id)))


def signed(ledger: Ledger, decisions: DecisionList) -> str:
    """The list as a file holds it: JSON with its signature and the public key to verify it by."""
    signature = ledger.keys.checkpoint.sign(decisions.message()).hex()
    told = {"list": decisions.plain(), "signature": signature, "public_key": ledger.keys.public_key}
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def verified(text: str, public_key: str) -> DecisionList:
    """The list in a file, once its signature is verified.

    Args:
        text: what the file holds.
        public_key: the ledger's public key, in hexadecimal, as the reader got it by another way than this file.

    Raises:
        VerificationError: it is no list of decisions, or was changed, or comes from another ledger.
    """
    try:
        told = json.loads(text)
        decisions = DecisionList.of(told["list"])
        signature = signature_bytes(str(told["signature"]))
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    except (ValueError, KeyError, TypeError):
        remedy = "name a file of the folder decisions/, and the public key that `discretio decisions key` prints"
        raise VerificationError("this is no list of decisions", remedy=remedy, verifiable=False) from None
    try:
        key.verify(signature, decisions.message())
    except InvalidSignature:
        remedy = "don't rely on it; ask for a new list"
        raise VerificationError("the list was changed, or comes from another ledger", remedy=remedy) from None
    return decisions

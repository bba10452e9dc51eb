"""The ledger's keys: one master key of 32 bytes, from which every purpose gets its own."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from discretio.errors import LedgerError, LedgerKeyError

_KEY_BYTES = 32
_NONCE_BYTES = 12
_OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class LedgerKeys:
    """One key per purpose, so that none can be turned against another.

    Attributes:
        locator: encrypts the keys and paths of stores (AES-256-GCM).
        lookup: finds a store key again without decrypting (HMAC-SHA-256).
        content_hash: hides the digests of contents, which could be guessed for short texts (HMAC-SHA-256).
        seal: marks rows that only this program may have written (HMAC-SHA-256).
        checkpoint: signs the audit chain and the certificates (Ed25519).
        check: tells the right master key from a wrong one.
    """

    locator: AESGCM = field(repr=False)
    lookup: bytes = field(repr=False)
    content_hash: bytes = field(repr=False)
    seal: bytes = field(repr=False)
    checkpoint: Ed25519PrivateKey = field(repr=False)
    check: bytes = field(repr=False)

    @classmethod
    def derived_from(cls, master: bytes) -> LedgerKeys:
        """Derive every key from the master key (HKDF-SHA-256).

        Raises:
            LedgerKeyError: the master key is not 32 bytes long.
        """
        if len(master) != _KEY_BYTES:
            raise LedgerKeyError("the ledger's key is not 32 bytes long", remedy="give the key that was made with the ledger")
        return cls(
            locator=AESGCM(_derive(master, "locator")),
            lookup=_derive(master, "lookup"),
            content_hash=_derive(master, "content hash"),
            seal=_derive(master, "seal"),
            checkpoint=Ed25519PrivateKey.from_private_bytes(_derive(master, "checkpoint")),
            check=_derive(master, "check"),
        )

    @property
    def public_key(self) -> str:
        """The public half of the checkpoint key, in hexadecimal: what an outsider verifies the chain with."""
        return self.checkpoint.public_key().public_bytes_raw().hex()


def _derive(master: bytes, purpose: str) -> bytes:
    return HKDF(hashes.SHA256(), length=_KEY_BYTES, salt=None, info=f"discretio ledger {purpose}".encode()).derive(master)


def keyed_hash(key: bytes, *parts: str) -> str:
    """HMAC-SHA-256 over the parts, each with its length before it so that no two lists of parts meet; hexadecimal."""
    raws = [part.encode() for part in parts]
    message = b"".join([len(raw).to_bytes(8, "big") + raw for raw in raws])
    return hmac.digest(key, message, hashlib.sha256).hex()


def encrypt(keys: LedgerKeys, text: str, bound_to: str) -> bytes:
    """Encrypt a key or path of a store; what comes out opens only beside the row it is bound to."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + keys.locator.encrypt(nonce, text.encode(), bound_to.encode())


def decrypt(keys: LedgerKeys, sealed: bytes, bound_to: str) -> str:
    """Undo `encrypt`.

    Raises:
        LedgerError: the bytes were changed, or belong to another row.
    """
    try:
        return keys.locator.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to.encode()).decode()
    except InvalidTag:
        raise LedgerError(
            "an encrypted row of the ledger was changed",
            where=bound_to,
            remedy="run discretio verify --ledger; restore a backup",
        ) from None


def signature_bytes(text: str) -> bytes:
    """A signature out of its hexadecimal form, which has one spelling: a second one would pass for a second signature.

    Raises:
        ValueError: the text is not in that spelling.
    """
    raw = bytes.fromhex(text)
    if raw.hex() != text:
        raise ValueError("not lower-case hexadecimal without spaces")
    return raw


def new_key() -> bytes:
    """A fresh master key: 32 random bytes."""
    return secrets.token_bytes(_KEY_BYTES)


def parse_key(text: str) -> bytes:
    """Read a master key from its text form (base64), as the key file or DISCRETIO_LEDGER_KEY holds it.

    Raises:
        LedgerKeyError: the text is no such key.
    """
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        raise LedgerKeyError("the ledger's key is not 32 bytes in base64", remedy="copy the key file whole, or restore it")
    return key


def read_key(path: Path, *, create: bool = False) -> bytes:
    """Read the master key from its file (mode 0600).

    Args:
        path: the key file.
        create: make the key and the file if there is none.

    Raises:
        LedgerKeyError: there is no file, it holds no key, or others may read it.
    """
    if create and not path.exists():
        _write_key(path, new_key())
    try:
        mode, text = path.stat().st_mode, path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        raise LedgerKeyError(
            "the ledger's key file can't be read", remedy="restore it; without its key a ledger can't be opened"
        ) from None
    if mode & _OTHERS:
        raise LedgerKeyError("others than its owner may read the ledger's key file", remedy="chmod 600 the key file")
    return parse_key(text)


def _write_key(path: Path, key: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Whole or not at all, and never over a key that another process has just made.
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(base64.b64encode(key).decode() + "\n")
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()

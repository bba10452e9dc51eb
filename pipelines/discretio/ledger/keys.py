"""The ledger's keys: one master key of 32 bytes, from which every purpose gets its own."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from discretio.errors import LedgerError, LedgerKeyError

_KEY_BYTES = 32
_NONCE_BYTES = 12
_OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class LedgerKeys:
    """One key per purpose, so that none can be turned against another; after a rotation, one per generation, the oldest first.

    Attributes:
        locators: the last encrypts the keys and paths of stores (AES-256-GCM); the others open what was signed encrypted.
        lookups: find a store key again without decrypting (HMAC-SHA-256), each over what the one before it gave.
        content_hash: hides the digests of contents, which could be guessed for short texts (HMAC-SHA-256); the first stays.
        seals: mark rows that only this program may have written (HMAC-SHA-256), each over what the one before it gave.
        checkpoint: signs the audit chain and the certificates (Ed25519).
        public_keys: their public halves, in hexadecimal: what an outsider verifies with. The last is `checkpoint`'s.
        check: tells the right master key from a wrong one.
    """

    locators: tuple[AESGCM, ...] = field(repr=False)
    lookups: tuple[bytes, ...] = field(repr=False)
    content_hash: bytes = field(repr=False)
    seals: tuple[bytes, ...] = field(repr=False)
    checkpoint: Ed25519PrivateKey = field(repr=False)
    public_keys: tuple[str, ...]
    check: bytes = field(repr=False)

    @classmethod
    def derived_from(cls, master: bytes, retired: Sequence[bytes] = ()) -> LedgerKeys:
        """Derive every key from the master key (HKDF-SHA-256).

        Args:
            master: the ledger's key.
            retired: the master keys before it, the oldest first (`retired_keys`).

        Raises:
            LedgerKeyError: the master key is not 32 bytes long.
        """
        if len(master) != _KEY_BYTES:
            raise LedgerKeyError("the ledger's key is not 32 bytes long", remedy="give the key that was made with the ledger")
        masters = (*retired, master)
        signing = [Ed25519PrivateKey.from_private_bytes(_derive(one, "checkpoint")) for one in masters]
        return cls(
            locators=tuple(AESGCM(_derive(one, "locator")) for one in masters),
            lookups=tuple(_derive(one, "lookup") for one in masters),
            content_hash=_derive(masters[0], "content hash"),
            seals=tuple(_derive(one, "seal") for one in masters),
            checkpoint=signing[-1],
            public_keys=tuple(one.public_key().public_bytes_raw().hex() for one in signing),
            check=_derive(master, "check"),
        )

    @property
    def lookup(self) -> bytes:
        """The first of `lookups`: ids that were signed or told hang on it, so that it names persons and items for good."""
        return self.lookups[0]

    @property
    def seal(self) -> bytes:
        """The last of `seals`."""
        return self.seals[-1]

    @property
    def public_key(self) -> str:
        """The public half of the checkpoint key, in hexadecimal: what an outsider verifies the chain with."""
        return self.public_keys[-1]

    def signed(self, message: bytes, signature: str) -> bool:
        """Whether a key of this ledger signed the message, in any generation."""
        return any(_fits(public_key, message, signature) for public_key in self.public_keys)

    def signed_now(self, message: bytes, signature: str) -> bool:
        """Whether the present key did."""
        return _fits(self.public_key, message, signature)


def _derive(master: bytes, purpose: str) -> bytes:
    return HKDF(hashes.SHA256(), length=_KEY_BYTES, salt=None, info=f"discretio ledger {purpose}".encode()).derive(master)


def _fits(public_key: str, message: bytes, signature: str) -> bool:
    with suppress(InvalidSignature, ValueError):
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(signature_bytes(signature), message)
        return True
    return False


def wrapping(master: bytes) -> AESGCM:
    """What keeps the master key before this one."""
    return AESGCM(_derive(master, "wrap"))


def keyed_hash(key: bytes, *parts: str) -> str:
    """HMAC-SHA-256 over the parts, each with its length before it so that no two lists of parts meet; hexadecimal."""
    raws = [part.encode() for part in parts]
    message = b"".join([len(raw).to_bytes(8, "big") + raw for raw in raws])
    return hmac.digest(key, message, hashlib.sha256).hex()


def keyed_hashes(key: bytes, texts: Iterable[str]) -> list[str]:
    """The keyed hash of each of many texts, in their order."""
    primed = hmac.new(key, digestmod=hashlib.sha256)
    found = []
    for text in texts:
        raw = text.encode()
        one = primed.copy()
        one.update(len(raw).to_bytes(8, "big") + raw)
        found.append(one.hexdigest())
    return found


def hash_in_turn(keys: Sequence[bytes], *parts: str) -> str:
    """The keyed hash under the first key, and under each further one that of the hash before: so hashes can be re-keyed."""
    first, *later = keys
    found = keyed_hash(first, *parts)
    for key in later:
        found = keyed_hash(key, found)
    return found


def encrypt(keys: LedgerKeys, text: str, bound_to: str) -> bytes:
    """Encrypt a key or path of a store; what comes out opens only beside the row it is bound to."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + keys.locators[-1].encrypt(nonce, text.encode(), bound_to.encode())


def decrypt(keys: LedgerKeys, sealed: bytes, bound_to: str) -> str:
    """Undo `encrypt`.

    Raises:
        LedgerError: the bytes were changed, or belong to another row.
    """
    for locator in reversed(keys.locators):
        with suppress(InvalidTag):
            return locator.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to.encode()).decode()
    raise LedgerError(
        "an encrypted row of the ledger was changed",
        where=bound_to,
        remedy="run discretio verify --ledger; restore a backup",
    )


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

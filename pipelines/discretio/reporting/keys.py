"""Sealing keys: a PKCS#12 file of the controller, or a demonstration key whose very name says that it proves nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from discretio.errors import ReportError

DEMO = "DEMO"
_VALID_DAYS = 10 * 365
_certificate_store: Callable[[], SimpleCertificateStore] = SimpleCertificateStore  # pyHanko leaves it untyped


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key that can seal: pyHanko's signer, the name in its certificate, its last day, and the root it hangs from.

    `root` is a certificate (PEM or DER) to hand to readers; empty if it isn't held with the key.
    """

    signer: Signer
    name: str
    not_after: datetime
    root: bytes
    demo: bool


def load_key(path: Path, password: bytes | None = None) -> SigningKey:
    """Read a sealing key with its certificates.

    Args:
        path: a PKCS#12 file (.p12, .pfx).
        password: its password; None if it has none.

    Raises:
        ReportError: there is no such file, or the password is wrong.
    """
    try:
        content = path.read_bytes()
    except OSError:
        raise _unreadable() from None
    return parse_signing_key(content, password)


def parse_signing_key(content: bytes, password: bytes | None = None) -> SigningKey:
    """A sealing key out of the bytes of a PKCS#12 file.

    Raises:
        ReportError: they are none, or the password is wrong.
    """
    try:
        _, certificate, others = pkcs12.load_key_and_certificates(content, password)
        signer = SimpleSigner.load_pkcs12_data(content, other_certs=[], passphrase=password)
    except ValueError:
        raise _unreadable() from None
    if certificate is None:
        raise ReportError("the signing key comes without a certificate", remedy="export it again with its certificates")
    roots = [other for other in others if other.subject == other.issuer]
    root = roots[0].public_bytes(serialization.Encoding.PEM) if roots else b""
    name = str(_common_name(certificate))
    return SigningKey(_without_roots(signer), name, certificate.not_valid_after_utc, root, is_demo(name))


def _unreadable() -> ReportError:
    return ReportError(
        "the signing key can't be read, or its password is wrong",
        remedy="name a PKCS#12 file in DISCRETIO_SIGNING_KEY_FILE, its password's file in DISCRETIO_SIGNING_PASSWORD_FILE",
    )


def _without_roots(signer: SimpleSigner) -> SimpleSigner:
    """The signer without self-signed certificates: a seal that carries its own root carries bytes that nobody checks."""
    chain = _certificate_store()
    chain.register_multiple(found for found in signer.cert_registry if found.self_signed == "no")
    return SimpleSigner(signing_key=signer.signing_key, signing_cert=signer.signing_cert, cert_registry=chain)


def is_demo(name: str) -> bool:
    """Whether a certificate's name is that of a demonstration key."""
    return DEMO in name.split()


def make_demo_key(path: Path, now: datetime) -> SigningKey:
    """Make a demonstration key without password, readable by its owner alone; its authority's key is thrown away.

    Args:
        path: where the PKCS#12 file goes; its root certificate goes beside it as <name>.root.pem.
        now: from when it is valid.

    Raises:
        ReportError: a file is already there; keys are never overwritten.
    """
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority_name, name = _name("Discretio DEMO root"), _name("Discretio DEMO seal")
    root = _certificate((authority_name, authority_key), (authority_name, authority_key.public_key()), now)
    leaf = _certificate((authority_name, authority_key), (name, key.public_key()), now)
    content = pkcs12.serialize_key_and_certificates(b"discretio demo", key, leaf, [root], serialization.NoEncryption())
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
    except FileExistsError:
        raise ReportError("a signing key is already there", remedy="use it, or name another file") from None
    path.with_suffix(".root.pem").write_bytes(root.public_bytes(serialization.Encoding.PEM))
    return load_key(path)


def _name(common_name: str) -> x509.Name:
    organisation = x509.NameAttribute(NameOID.ORGANIZATION_NAME, "DEMO - no evidential value")
    return x509.Name([organisation, x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _common_name(certificate: x509.Certificate) -> str | bytes:
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return names[0].value if names else certificate.subject.rfc4514_string()


def _certificate(
    issuer: tuple[x509.Name, ec.EllipticCurvePrivateKey], subject: tuple[x509.Name, ec.EllipticCurvePublicKey], now: datetime
) -> x509.Certificate:
    """A certificate of the authority itself if it names itself, else one that seals documents."""
    root = issuer[0] == subject[0]
    usage = x509.KeyUsage(
        digital_signature=not root, content_commitment=not root, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=root, crl_sign=root, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    builder = x509.CertificateBuilder(issuer[0], subject[0], subject[1], x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=_VALID_DAYS))
    builder = builder.add_extension(x509.BasicConstraints(ca=root, path_length=0 if root else None), critical=True)
    builder = builder.add_extension(usage, critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(subject[1]), critical=False)
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer[1].public_key())
    return builder.add_extension(authority, critical=False).sign(issuer[1], hashes.SHA256())

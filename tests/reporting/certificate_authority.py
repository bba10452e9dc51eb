"""A certificate authority of the tests that says on this machine, over HTTP, which of its certificates are revoked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

_HOUR, _YEAR = timedelta(hours=1), timedelta(days=365)


class CertificateAuthority(ThreadingHTTPServer):
    """It answers as at `at`; `revoked_on` revokes its certificate, `silent` makes it answer nothing of use."""

    revoked_on: datetime | None = None
    silent = False

    def __init__(self, at: datetime) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.at, self._key, self.asked = at, ec.generate_private_key(ec.SECP256R1()), list[str]()
        self._name = _name("Test root")
        usage = x509.KeyUsage(True, False, False, False, False, True, True, False, False)
        root = self._about(self._name, self._key.public_key(), at + 9 * _YEAR).add_extension(usage, critical=True)
        root = root.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        self._root = root.sign(self._key, hashes.SHA256())
        self.root = self._root.public_bytes(serialization.Encoding.PEM)

    def key(self, says: str, not_after: datetime) -> bytes:
        """A sealing key as PKCS#12; `says` is where its certificate sends who asks: crl or ocsp."""
        key, url = ec.generate_private_key(ec.SECP256R1()), f"http://127.0.0.1:{self.server_address[1]}/{says}"
        usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
        leaf = self._about(_name("Centre DEMO seal"), key.public_key(), not_after).add_extension(usage, critical=True)
        where = x509.UniformResourceIdentifier(url)
        if says == "crl":
            leaf = leaf.add_extension(x509.CRLDistributionPoints([x509.DistributionPoint([where], None, None, None)]), False)
        else:
            access = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, where)
            leaf = leaf.add_extension(x509.AuthorityInformationAccess([access]), critical=False)
        self._leaf = leaf.sign(self._key, hashes.SHA256())
        return pkcs12.serialize_key_and_certificates(b"seal", key, self._leaf, [self._root], serialization.NoEncryption())

    def crl(self) -> bytes:
        """The list of what is revoked."""
        began, ends = self.at - _HOUR, self.at + _YEAR
        made = x509.CertificateRevocationListBuilder(self._name, began, ends).add_extension(x509.CRLNumber(1), critical=False)
        made = made.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
        if self.revoked_on:
            revoked = x509.RevokedCertificateBuilder(self._leaf.serial_number, self.revoked_on)
            made = made.add_revoked_certificate(revoked.build())
        return made.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def ocsp(self, asked: bytes) -> bytes:
        """The answer about its certificate."""
        status = ocsp.OCSPCertStatus.REVOKED if self.revoked_on else ocsp.OCSPCertStatus.GOOD
        given = self.at + timedelta(seconds=5)  # when it is asked, after the seal
        times = given, self.at + _YEAR, self.revoked_on, None
        made = ocsp.OCSPResponseBuilder().add_response(self._leaf, self._root, hashes.SHA1(), status, *times)  # noqa: S303 - the names in an answer are hashed so
        made = made.responder_id(ocsp.OCSPResponderEncoding.HASH, self._root)
        for extension in ocsp.load_der_ocsp_request(asked).extensions:
            if isinstance(extension.value, x509.OCSPNonce):
                made = made.add_extension(extension.value, critical=False)
        return made.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def _about(self, subject: x509.Name, public: ec.EllipticCurvePublicKey, not_after: datetime) -> x509.CertificateBuilder:
        made = x509.CertificateBuilder(
            self._name, subject, public, x509.random_serial_number(), self.at - 24 * _HOUR, not_after
        )
        made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        return made.add_extension(issuer, critical=False)


class _Answer(BaseHTTPRequestHandler):
    server: CertificateAuthority

    def do_GET(self) -> None:
        self._say("application/pkix-crl", self.server.crl())

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        self._say("application/ocsp-response", self.server.ocsp(asked))

    def _say(self, kind: str, content: bytes) -> None:
        self.server.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(b"no" if self.server.silent else content)

    def log_message(self, *_: object) -> None:
        """Nothing: a test's output is its own."""


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


@contextmanager
def certificate_authority(at: datetime) -> Iterator[CertificateAuthority]:
    """A server that answers until the block ends."""
    with CertificateAuthority(at) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield serving
        serving.shutdown()

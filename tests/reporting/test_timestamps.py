"""A time stamp proves that a file was there at a moment; one of another file, or of an unknown authority, proves nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

from discretio.errors import VerificationError
from discretio.reporting.timestamps import timestamp_request, verify_timestamp

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
FILE = b'{"head": 42}\n'


class Authority:
    """An authority of time made for these tests, its own root."""

    def __init__(self) -> None:
        key = rsa.generate_private_key(65537, 2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Clock of the tests")])
        builder = x509.CertificateBuilder(name, name, key.public_key(), 4711, AT - timedelta(days=9), AT + timedelta(days=999))
        usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
        builder = builder.add_extension(usage, critical=True)
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        certificate = builder.sign(key, hashes.SHA256())
        self.root = certificate.public_bytes(serialization.Encoding.PEM)
        der = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        loaded = asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
        self._stamper = DummyTimeStamper(loaded, keys.PrivateKeyInfo.load(der), fixed_dt=AT)

    def answers(self, request: bytes) -> bytes:
        return bytes(self._stamper.request_tsa_response(tsp.TimeStampReq.load(request)).dump())


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="module")
def stranger() -> Authority:
    return Authority()


@pytest.fixture(scope="module")
def answer(authority: Authority) -> bytes:
    return authority.answers(timestamp_request(FILE))


def refused(answer: bytes, content: bytes, roots: Sequence[bytes]) -> VerificationError:
    with pytest.raises(VerificationError) as error:
        verify_timestamp(answer, content, roots)
    return error.value


def test_an_answer_of_a_trusted_authority_proves_the_moment(answer: bytes, authority: Authority) -> None:
    stamp = verify_timestamp(answer, FILE, [authority.root])
    assert (stamp.at, stamp.by) == (AT, "Clock of the tests")


def test_a_stamp_of_another_file_is_not_genuine(answer: bytes, authority: Authority) -> None:
    assert refused(answer, FILE + b" ", [authority.root]).exit_code == 1


def test_a_stamp_of_an_unknown_authority_can_not_be_verified(answer: bytes, stranger: Authority) -> None:
    assert refused(answer, FILE, []).exit_code == 3
    assert refused(answer, FILE, [stranger.root]).exit_code == 3


@pytest.mark.parametrize("answer", [b"", b"no stamp", b"\x30\x03\x02\x01\x02"])
def test_what_is_no_stamp_is_called_so(answer: bytes) -> None:
    assert refused(answer, FILE, []).exit_code == 3


def test_no_byte_of_the_signed_moment_can_be_changed(answer: bytes, authority: Authority) -> None:
    moment = answer.index(b"20261121120000Z")
    forged = answer[:moment] + b"2025" + answer[moment + 4 :]
    assert refused(forged, FILE, [authority.root]).exit_code == 1


def test_a_request_holds_the_digest_and_not_the_content() -> None:
    request = timestamp_request(FILE)
    assert FILE not in request
    assert request != timestamp_request(FILE)

"""What a file's certificates are held against: the roots that are trusted here, and what the file carries of revocations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko_certvalidator import ValidationContext


class Revocation(StrEnum):
    """What a file proves of a signer's certificate, offline.

    NOT_REVOKED and REVOKED: the file carries what the certificate's authority said (CRL or OCSP), of the time of signing.
    UNKNOWN: it doesn't, as at B-B and B-T, or the certificate names nobody to ask.
    """

    NOT_REVOKED = "NOT_REVOKED"
    REVOKED = "REVOKED"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Trust:
    """The trusted roots, and the file's own certificates and answers about revocations, where it has any (B-LTA)."""

    roots: tuple[asn1_x509.Certificate, ...]
    carried: DocumentSecurityStore | None

    @classmethod
    def in_file(cls, reader: PdfFileReader, trusted_roots: Sequence[bytes]) -> Trust:
        """What this file brings, beside roots in PEM or DER.

        Raises:
            Exception: whatever pyHanko meets in a damaged file.
        """
        try:
            carried = DocumentSecurityStore.read_dss(reader)
        except NoDSSFoundError:
            carried = None
        return cls(tuple(certificate_of(root) for root in trusted_roots), carried)

    def at(self, moment: datetime | None, *, proven: bool = False) -> ValidationContext:
        """How to judge certificates as at a moment, offline; `proven`: trust only what the file shows not to be revoked."""
        settings: dict[str, Any] = {
            "trust_roots": list(self.roots),
            "allow_fetching": False,
            "revocation_mode": "hard-fail" if proven else "soft-fail",
            "retroactive_revinfo": True,  # an answer is given after the moment that it is asked about
            "moment": moment,
        }
        return self.carried.as_validation_context(settings) if self.carried else ValidationContext(**settings)


def certificate_of(content: bytes) -> asn1_x509.Certificate:
    """A certificate in PEM or DER."""
    der = pem.unarmor(content)[2] if pem.detect(content) else content
    return asn1_x509.Certificate.load(der)


def can_be_asked_about(certificate: asn1_x509.Certificate) -> bool:
    """Whether a certificate names where its authority tells of revocations."""
    return bool(certificate.crl_distribution_points or certificate.ocsp_urls)

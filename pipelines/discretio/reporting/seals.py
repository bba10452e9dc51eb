"""What the signatures of a file say: who sealed it, whether anything changed since, and whether the roots are trusted."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from asn1crypto.parser import peek
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from discretio.reporting.form_fields import SEAL

# pyHanko logs what it finds odd in a file, with its text and a traceback; what matters of it is in the answer.
logging.getLogger("pyhanko").propagate = False
logging.getLogger("pyhanko").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Seal:
    """One signature of a report.

    Attributes:
        field: Seal, DpoAttestation or AuthorityReceipt.
        signer: the name in the certificate.
        signed_at: as the signer claims.
        stamped_by: the authority of time whose stamp of the seal verifies and is trusted; empty if there is none.
        intact: what it covers is byte for byte what was signed, and nothing forbidden was added since.
        trusted: its certificate hangs from a trusted root, on the day claimed.
        certifies: it certifies the document so that only prepared fields may still be signed.
        end: where the signed revision ends in the file, in bytes.
    """

    field: str
    signer: str
    signed_at: datetime | None
    intact: bool
    trusted: bool
    certifies: bool
    end: int
    stamped_by: str = ""


@dataclass(frozen=True, slots=True)
class ArchiveStamp:
    """A time stamp over a whole file, which keeps it verifiable when certificates have expired (B-LTA)."""

    stamped_by: str
    at: datetime
    intact: bool
    trusted: bool
    end: int


def read_seals(pdf: bytes, trusted_roots: Sequence[bytes]) -> tuple[Seal, ...]:
    """All signatures of a file, in the order in which they were put.

    Args:
        pdf: the file.
        trusted_roots: certificates in PEM or DER.

    Raises:
        Exception: whatever pyHanko meets in a damaged file.
    """
    reader = PdfFileReader(io.BytesIO(pdf), strict=True)
    roots = [certificate_of(root) for root in trusted_roots]
    return tuple(
        replace(seal, intact=seal.intact and _only_signature_between(pdf, signature))
        for signature in reader.embedded_regular_signatures
        for seal in [_seal(signature, roots)]
    )


def read_archive_stamps(pdf: bytes, trusted_roots: Sequence[bytes]) -> tuple[ArchiveStamp, ...]:
    """All time stamps over the whole file, in the order in which they were put; arguments and errors as for `read_seals`."""
    reader = PdfFileReader(io.BytesIO(pdf), strict=True)
    roots = [certificate_of(root) for root in trusted_roots]
    return tuple(_archive_stamp(pdf, found, roots) for found in reader.embedded_timestamp_signatures)


def _archive_stamp(pdf: bytes, found: EmbeddedPdfSignature, roots: list[asn1_x509.Certificate]) -> ArchiveStamp:
    moment = found.signed_data["encap_content_info"]["content"].parsed["gen_time"].native
    context = ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail", moment=moment)
    status = validate_pdf_timestamp(found, context)
    byte_range = [int(number) for number in found.byte_range]
    return ArchiveStamp(
        stamped_by=_common_name(found.signer_cert),
        at=status.timestamp,
        intact=bool(status.intact and status.valid) and byte_range[0] == 0 and _only_signature_between(pdf, found),
        trusted=bool(status.trusted),
        end=byte_range[2] + byte_range[3],
    )


def _common_name(certificate: asn1_x509.Certificate) -> str:
    return str(certificate.subject.native.get("common_name", ""))


def _only_signature_between(pdf: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Whether the one stretch that a signature can't cover holds itself and zeros: nothing can hide behind it."""
    start, length, end, _ = (int(number) for number in signature.byte_range)
    gap = pdf[start + length : end].decode("ascii")
    if not (gap.startswith("<") and gap.endswith(">") and gap in (gap.lower(), gap.upper())):
        return False
    content = bytes.fromhex(gap[1:-1])
    return not any(content[peek(content) :])


def certificate_of(content: bytes) -> asn1_x509.Certificate:
    """A certificate in PEM or DER."""
    der = pem.unarmor(content)[2] if pem.detect(content) else content
    return asn1_x509.Certificate.load(der)


def _seal(signature: EmbeddedPdfSignature, roots: list[asn1_x509.Certificate]) -> Seal:
    claimed = signature.self_reported_timestamp
    context = ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail", moment=claimed)
    status = validate_pdf_signature(signature, context)
    stamp = status.timestamp_validity
    byte_range = [int(number) for number in signature.byte_range]
    return Seal(
        field=str(signature.field_name),
        signer=_common_name(signature.signer_cert),
        signed_at=claimed,
        intact=_intact(status) and byte_range[0] == 0,
        trusted=bool(status.trusted),
        certifies=_certifies(signature),
        end=byte_range[2] + byte_range[3],
        stamped_by=_common_name(stamp.signing_cert) if stamp is not None and stamp.trusted else "",
    )


def _intact(status: PdfSignatureStatus) -> bool:
    stamp = status.timestamp_validity
    return bool(status.intact and status.valid and status.docmdp_ok and (stamp is None or (stamp.intact and stamp.valid)))


def _certifies(signature: EmbeddedPdfSignature) -> bool:
    level = signature.docmdp_level
    permitted = level is not None and level <= MDPPerm.FILL_FORMS
    return signature.field_name == SEAL and permitted and _plain_envelope(signature)


def _plain_envelope(signature: EmbeddedPdfSignature) -> bool:
    """Whether the few bytes of the envelope that no signature covers are those that our seals have."""
    envelope, signer = signature.signed_data, signature.signer_info
    algorithm = signer["digest_algorithm"]
    algorithms = [found.dump() for found in envelope["digest_algorithms"]]
    versions = {envelope["version"].native, signer["version"].native}
    return versions == {"v1"} and algorithms == [algorithm.dump()] and algorithm["parameters"].native is None

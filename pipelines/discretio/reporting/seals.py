"""What the signatures of a file say: who sealed it, whether anything changed since, and whether the roots are trusted."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from asn1crypto import x509 as asn1_x509
from asn1crypto.parser import peek
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus

from discretio.reporting.form_fields import SEAL
from discretio.reporting.trust import Revocation, Trust, can_be_asked_about

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
        revocation: what the file proves of the certificate.
        intact: what it covers is byte for byte what was signed, and nothing forbidden was added since.
        trusted: its certificate hangs from a trusted root and was valid, at the time claimed, or proved if that is later.
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
    revocation: Revocation = Revocation.UNKNOWN


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
    trust, stamps = Trust.in_file(reader, trusted_roots), read_archive_stamps(pdf, trusted_roots)
    return tuple(
        replace(seal, intact=seal.intact and _only_signature_between(pdf, signature))
        for signature in reader.embedded_regular_signatures
        for seal in [_seal(signature, trust, stamps)]
    )


def read_archive_stamps(pdf: bytes, trusted_roots: Sequence[bytes]) -> tuple[ArchiveStamp, ...]:
    """All time stamps over the whole file, in the order in which they were put; arguments and errors as for `read_seals`."""
    reader = PdfFileReader(io.BytesIO(pdf), strict=True)
    trust = Trust.in_file(reader, trusted_roots)
    return tuple(_archive_stamp(pdf, found, trust) for found in reader.embedded_timestamp_signatures)


def _archive_stamp(pdf: bytes, found: EmbeddedPdfSignature, trust: Trust) -> ArchiveStamp:
    moment = found.signed_data["encap_content_info"]["content"].parsed["gen_time"].native
    status = validate_pdf_timestamp(found, trust.at(moment))
    return ArchiveStamp(
        stamped_by=_common_name(found.signer_cert),
        at=status.timestamp,
        intact=bool(status.intact and status.valid) and int(found.byte_range[0]) == 0 and _only_signature_between(pdf, found),
        trusted=bool(status.trusted),
        end=_end(found),
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


def _seal(signature: EmbeddedPdfSignature, trust: Trust, stamps: Sequence[ArchiveStamp]) -> Seal:
    claimed = moment = signature.self_reported_timestamp
    status = validate_pdf_signature(signature, trust.at(claimed))
    stamp, proven = status.timestamp_validity, _proven(status, signature, stamps)
    if proven is not None and (claimed is None or claimed < proven):
        moment, status = proven, validate_pdf_signature(signature, trust.at(proven))
    return Seal(
        field=str(signature.field_name),
        signer=_common_name(signature.signer_cert),
        signed_at=claimed,
        intact=_intact(status) and int(signature.byte_range[0]) == 0,
        trusted=bool(status.trusted),
        certifies=_certifies(signature),
        end=_end(signature),
        stamped_by=_common_name(stamp.signing_cert) if stamp is not None and stamp.trusted else "",
        revocation=Revocation.REVOKED if status.revoked else _unrevoked(signature, trust, moment),
    )


def _proven(status: PdfSignatureStatus, signature: EmbeddedPdfSignature, stamps: Sequence[ArchiveStamp]) -> datetime | None:
    """Since when the signature is known to exist, if anybody trusted says so: who signs can date back before a revocation."""
    stamp = status.timestamp_validity
    if stamp is not None and stamp.trusted:
        moment: datetime = stamp.timestamp
        return moment
    return min((one.at for one in stamps if one.trusted and one.end > _end(signature)), default=None)


def _end(signature: EmbeddedPdfSignature) -> int:
    """Where the signed revision ends in the file, in bytes."""
    _, _, start, length = (int(number) for number in signature.byte_range)
    return start + length


def _unrevoked(signature: EmbeddedPdfSignature, trust: Trust, moment: datetime | None) -> Revocation:
    """Whether the file carries the proof that nothing was revoked."""
    if trust.carried is None or not can_be_asked_about(signature.signer_cert):
        return Revocation.UNKNOWN
    proven = validate_pdf_signature(signature, trust.at(moment, proven=True)).trusted
    return Revocation.NOT_REVOKED if proven else Revocation.UNKNOWN


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

"""Sealing a report: PAdES baseline B-B, B-T or B-LTA, certified so that only the prepared fields may still be signed."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.errors import RevokedError

from discretio.errors import ReportError
from discretio.reporting.attached import read_attached
from discretio.reporting.form_fields import ATTESTATION, RECEIPT, SEAL, add_fields
from discretio.reporting.keys import SigningKey
from discretio.reporting.quiet_writer import QuietWriter
from discretio.reporting.stamping import Stamping, is_revoked, keep_verifiable

# A check mark drawn in lines: text would need an embedded font to stay PDF/A.
_MARK = RawContent(b"q 0.08 0.19 0.31 RG 3 w 1 J 1 j 8 22 m 20 8 l 46 42 l S Q", box=BoxConstraints(width=54, height=50))


class _DatedSigner(PdfSigner):
    """pyHanko's signer with the time as an argument."""

    def __init__(self, metadata: PdfSignatureMetadata, key: SigningKey, at: datetime, stamping: Stamping | None) -> None:
        style = StaticStampStyle(background=_MARK, border_width=0)
        super().__init__(metadata, key.signer, timestamper=stamping.authority if stamping else None, stamp_style=style)
        self._at = at

    def init_signing_session(self, *args: Any, **kwargs: Any) -> PdfSigningSession:  # noqa: ANN401 - passed on as they come
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self._at
        return session


def sign(pdf: bytes, key: SigningKey, at: datetime, stamping: Stamping | None = None) -> bytes:
    """Seal a rendered report, and prepare the fields of the DPO's attestation and of the authority's receipt.

    Args:
        pdf: what `render` gave.
        key: the controller's sealing key, or a demonstration key for a report that says so.
        at: the time of sealing, with its zone.
        stamping: who dates the seal; None for B-B, whose time is the sealer's own claim.

    Raises:
        ReportError: the key isn't valid then, or it is a demonstration key and the report doesn't say so (or the reverse), or
            no time stamp could be had, or a certificate was revoked: a report is never sealed at a lower level than was asked.
    """
    _check_key(pdf, key, at)
    writer = QuietWriter(io.BytesIO(pdf))
    add_fields(writer)
    metadata = PdfSignatureMetadata(
        field_name=SEAL,
        md_algorithm="sha256",
        name=key.name,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    signer = _DatedSigner(metadata, key, at, stamping)
    return _signed(writer, signer) if stamping is None else _dated(writer, signer, stamping, at)


def _dated(writer: QuietWriter, signer: PdfSigner, stamping: Stamping, at: datetime) -> bytes:
    try:
        sealed = _signed(writer, signer)
        if stamping.long_term:
            return keep_verifiable(sealed, stamping, at)
        revoked = is_revoked(sealed, stamping, at)
    except RevokedError:
        raise _revoked() from None
    except Exception:  # noqa: BLE001 - the authority's answer, its certificates and the network fail in many ways
        raise ReportError(
            "no time stamp that verifies could be had for the seal",
            remedy="see DISCRETIO_TIMESTAMP_URL; for B-LTA put the authority's root certificate (PEM) in trusted/ of the home, "
            "and see that the addresses at which the certificates let one ask for revocations can be reached",
        ) from None
    if revoked:
        raise _revoked()
    return sealed


def _revoked() -> ReportError:
    return ReportError(
        "the certificate of the signing key, or of the authority of time, was revoked",
        remedy="have a new one issued, and name the key with it in DISCRETIO_SIGNING_KEY_FILE; or name another authority",
    )


def sign_prepared_field(pdf: bytes, field: str, key: SigningKey, at: datetime) -> bytes:
    """Sign one of the two prepared fields of a sealed report.

    Args:
        pdf: the sealed report.
        field: DpoAttestation or AuthorityReceipt.
        key: the key of the one who attests or receives.
        at: the time of signing, with its zone.

    Raises:
        ReportError: there is no such field, or the key has expired.
    """
    if field not in (ATTESTATION, RECEIPT):
        raise ReportError("a report has no such signature field", remedy=f"name {ATTESTATION} or {RECEIPT}")
    _check_validity(key, at)
    metadata = PdfSignatureMetadata(field_name=field, md_algorithm="sha256", name=key.name, subfilter=SigSeedSubFilter.PADES)
    return _signed(QuietWriter(io.BytesIO(pdf)), _DatedSigner(metadata, key, at, None))


def _signed(writer: QuietWriter, signer: PdfSigner) -> bytes:
    output = io.BytesIO()
    signer.sign_pdf(writer, existing_fields_only=True, output=output)
    return output.getvalue()


def _check_key(pdf: bytes, key: SigningKey, at: datetime) -> None:
    _check_validity(key, at)
    attached = read_attached(pdf)
    says_demo = attached is not None and bool(attached.document["report"]["demo"])
    if says_demo != key.demo:
        raise ReportError(
            "a report that says it is a demonstration, and only such a one, is sealed with a demonstration key",
            remedy="name the controller's own key in DISCRETIO_SIGNING_KEY_FILE, or make a demonstration report",
        )


def _check_validity(key: SigningKey, at: datetime) -> None:
    if at > key.not_after:
        raise ReportError(
            "the certificate of the signing key has expired",
            where=f"valid until {key.not_after:%Y-%m-%d}",
            remedy="have it renewed, and name the key with its new certificate in DISCRETIO_SIGNING_KEY_FILE",
        )

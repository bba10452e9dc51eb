"""Time stamps on a seal (PAdES B-T), and what lets it be verified when its certificates have expired (B-LTA)."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.request import Request, urlopen

from asn1crypto import tsp
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper, TimestampDSSContentSettings
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore, collect_validation_info
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.fetchers.requests_fetchers import RequestsFetcherBackend

from discretio.errors import ReportError
from discretio.reporting.quiet_writer import QuietWriter
from discretio.reporting.trust import certificate_of

_SECONDS = 30
_MOST_BYTES = 1024 * 1024


class TimeAuthority(TimeStamper):
    """An authority of time that answers over HTTP (RFC 3161): it learns a hash, and never a report."""

    def __init__(self, url: str) -> None:
        """Name its address.

        Raises:
            ReportError: it is no address of the web.
        """
        super().__init__()  # type: ignore[no-untyped-call]  # - pyHanko leaves it untyped
        if not url.startswith(("https://", "http://")):
            raise ReportError("the authority of time has no address", remedy="write DISCRETIO_TIMESTAMP_URL as https://...")
        self._url = url

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Its answer; pyHanko checks that it is one to this request."""
        return await asyncio.to_thread(self._answer, req.dump())

    def _answer(self, asked: bytes) -> tsp.TimeStampResp:
        headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        with urlopen(Request(self._url, asked, headers), timeout=_SECONDS) as answer:  # noqa: S310 - checked above
            return tsp.TimeStampResp.load(answer.read(_MOST_BYTES))


@dataclass(frozen=True, slots=True)
class Stamping:
    """How a seal is dated.

    Attributes:
        authority: who stamps.
        trusted_roots: root certificates in PEM or DER, of the seal and of the authority; needed where `long_term`.
        long_term: also add the certificates and what revokes them, and stamp the whole file (B-LTA).
    """

    authority: TimeStamper
    trusted_roots: Sequence[bytes] = ()
    long_term: bool = False


def keep_verifiable(pdf: bytes, stamping: Stamping, at: datetime) -> bytes:
    """Add to a sealed file, in one revision, what its verification needs, and a time stamp over everything.

    Args:
        pdf: the sealed file.
        stamping: who stamps, and which roots are trusted.
        at: the time at which the certificates have to be valid.

    Raises:
        RevokedError: a certificate was revoked by then.
        Exception: a certificate doesn't hang from a trusted root, or doesn't get the answer that it says can be had.
    """
    context = _asking(stamping, at, "hard-fail")
    seal = PdfFileReader(io.BytesIO(pdf), strict=True).embedded_regular_signatures[0]
    paths = asyncio.run(collect_validation_info(seal, context))
    writer = QuietWriter(io.BytesIO(pdf))
    DocumentSecurityStore.supply_dss_in_writer(writer, None, paths=paths, validation_context=context)
    output = io.BytesIO()
    settings = TimestampDSSContentSettings(include_vri=False, update_before_ts=True)
    PdfTimeStamper(stamping.authority).timestamp_pdf(writer, "sha256", context, output=output, dss_settings=settings)
    return output.getvalue()


def is_revoked(pdf: bytes, stamping: Stamping, at: datetime) -> bool:
    """Whether a certificate of the seal is told to be revoked by then; where nobody answers, none is.

    Raises:
        Exception: whatever pyHanko meets.
    """
    seal = PdfFileReader(io.BytesIO(pdf), strict=True).embedded_regular_signatures[0]
    return bool(asyncio.run(async_validate_pdf_signature(seal, _asking(stamping, at, "soft-fail"))).revoked)


def _asking(stamping: Stamping, at: datetime, mode: str) -> ValidationContext:
    """How to judge certificates as at a moment, asking at the addresses that they name."""
    return ValidationContext(
        trust_roots=[certificate_of(root) for root in stamping.trusted_roots],
        allow_fetching=True,
        fetcher_backend=RequestsFetcherBackend(per_request_timeout=_SECONDS),
        revocation_mode=mode,
        retroactive_revinfo=True,  # an answer is given after the moment that it is asked about
        moment=at,
    )

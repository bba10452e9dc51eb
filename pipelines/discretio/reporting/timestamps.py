"""Time stamps (RFC 3161): what to send to an authority of time, and what its answer proves. Nothing is sent from here."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import algos, cms, tsp
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko_certvalidator import ValidationContext

from discretio.errors import VerificationError
from discretio.reporting.trust import certificate_of

_GRANTED = ("granted", "granted_with_mods")
_NONCE_BYTES = 8


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time stamp that holds: the moment, and the name of the authority of time."""

    at: datetime
    by: str


def timestamp_request(content: bytes) -> bytes:
    """What to send, as application/timestamp-query: the SHA-256 of the content, and a random number; never the content."""
    imprint = tsp.MessageImprint(
        {"hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}), "hashed_message": hashlib.sha256(content).digest()}
    )
    nonce = int.from_bytes(secrets.token_bytes(_NONCE_BYTES), "big")
    asked = {"version": "v1", "message_imprint": imprint, "nonce": nonce, "cert_req": True}
    return bytes(tsp.TimeStampReq(asked).dump())


def verify_timestamp(answer: bytes, content: bytes, trusted_roots: Sequence[bytes]) -> Stamp:
    """What an answer proves of a content.

    Args:
        answer: the authority's answer (application/timestamp-reply).
        content: what was stamped.
        trusted_roots: certificates in PEM or DER.

    Raises:
        VerificationError: it is not genuine, or of another content (exit code 1); or it is no time stamp, or its root isn't
            trusted here (exit code 3).
    """
    signed = _signed_data(answer)
    try:
        moment = signed["encap_content_info"]["content"].parsed["gen_time"].native
        roots = [certificate_of(root) for root in trusted_roots]
        context = ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail", moment=moment)
        found = asyncio.run(validate_tst_signed_data(signed, context, lambda name: hashlib.new(name, content).digest()))
    except Exception:  # noqa: BLE001 - a damaged answer fails anywhere in the reader
        raise VerificationError("the time stamp is damaged, or none", remedy="ask for another one") from None
    if not (found["intact"] and found["valid"]):
        raise VerificationError("the time stamp is not of this file", remedy="give the file that was stamped")
    if found["trust_problem_indic"] is not None or not found["validation_path"]:
        raise VerificationError(
            "the time stamp is of this file, but the root of who gave it is not known here",
            remedy="name the authority's root certificate by --root",
            verifiable=False,
        )
    return Stamp(moment, str(found["signing_cert"].subject.native.get("common_name", "")))


def _signed_data(answer: bytes) -> cms.SignedData:
    try:
        response = tsp.TimeStampResp.load(answer, strict=True)
        if response["status"]["status"].native not in _GRANTED:
            raise VerificationError("the authority refused to stamp", remedy="ask another one", verifiable=False)
        token = response["time_stamp_token"]
        if token["content_type"].native == "signed_data":
            return token["content"]
    except (ValueError, KeyError, TypeError):
        pass
    raise VerificationError("this is no time stamp", remedy="give the authority's answer as it came", verifiable=False)

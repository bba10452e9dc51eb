"""With what a report is sealed: the controller's key from the environment, a token or a file, and the authority of time."""

from __future__ import annotations

import base64
import binascii

from discretio.errors import ReportError
from discretio.reporting.keys import SigningKey, load_key, parse_signing_key
from discretio.reporting.stamping import Stamping, TimeAuthority
from discretio.settings import Settings

B_T, B_LTA = "B-T", "B-LTA"


def sealing_key(settings: Settings) -> SigningKey:
    """The key that the settings name: the environment's goes before a token's, and that before a file's.

    Raises:
        ReportError: it can't be read, or its password is wrong.
    """
    password = _password(settings)
    if settings.signing_key:
        try:
            content = base64.b64decode(settings.signing_key, validate=True)
        except binascii.Error:
            raise ReportError("DISCRETIO_SIGNING_KEY is not base64", remedy="base64 -w0 of a PKCS#12 file") from None
        return parse_signing_key(content, password)
    if settings.signing_token:
        from discretio.reporting.token_keys import load_token_key  # noqa: PLC0415 - its library is an extra

        return load_token_key(settings.signing_token, password.decode() if password else None)
    return load_key(settings.signing_key_file, password)


def stamping(settings: Settings, key: SigningKey) -> Stamping | None:
    """Who dates the seal, and at which level; None where no authority of time is named.

    Raises:
        ReportError: there is no such level, or none without an authority of time.
    """
    level = settings.signing_level or (B_T if settings.timestamp_url else None)
    if level is None:
        return None
    if level not in (B_T, B_LTA) or not settings.timestamp_url:
        raise ReportError(
            "a seal has no such level, or it takes an authority of time",
            where=level,
            remedy="DISCRETIO_SIGNING_LEVEL is B-T or B-LTA, and DISCRETIO_TIMESTAMP_URL names the authority",
        )
    trusted = [file.read_bytes() for file in sorted((settings.home / "trusted").glob("*.pem"))]
    return Stamping(TimeAuthority(settings.timestamp_url), [*([key.root] if key.root else []), *trusted], level == B_LTA)


def _password(settings: Settings) -> bytes | None:
    try:
        return settings.signing_password_file.read_bytes().strip() if settings.signing_password_file else None
    except OSError:
        raise ReportError(
            "the file with the signing key's password can't be read", remedy="see what DISCRETIO_SIGNING_PASSWORD_FILE names"
        ) from None
